import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Series } from "../../src/index.js";
import { readCsv, readSeries } from "../../src/node.js";

const folder = mkdtempSync(join(tmpdir(), "yule-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const IDS = ["b", "a", "x,y", 'say "hi"', "two\nlines", "émoji 🚀", "k".repeat(10_000)];

function row(id: string, t: number): string {
  const written = /[",\n]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id;
  return `${written},2024-01-${String(t + 1).padStart(2, "0")},${(t * 7919) % 13}`;
}

function file(name: string, rows: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${["shop,day,sales", ...rows].join("\n")}\n`);
  return path;
}

async function all(source: AsyncIterable<Series>): Promise<Series[]> {
  const found: Series[] = [];
  for await (const one of source) found.push(one);
  return found;
}

const days = Array.from({ length: 20 }, (_, t) => t);

test("series come one by one as a whole reading has them, sorted by id or by time", async () => {
  const byId = file(
    "ids.csv",
    IDS.flatMap((id) => days.map((t) => row(id, t))),
  );
  const byTime = file(
    "times.csv",
    days.flatMap((t) => IDS.map((id) => row(id, t))),
  );
  const { panel } = await readCsv(byId);
  expect(await all(readSeries(byId))).toEqual(panel);
  expect(await all(readSeries(byTime))).toEqual(panel);
});

test("the one series of a file without ids comes as a whole reading has it", async () => {
  const path = join(folder, "one.csv");
  writeFileSync(path, "month,sales\n2024-01,5\n2024-02,7\n2024-03,6\n");
  expect(await all(readSeries(path))).toEqual((await readCsv(path)).panel);
});

test("a bad series is left out and told, or refuses the file by its row", async () => {
  const rows = IDS.flatMap((id) => days.map((t) => row(id, t)));
  rows[25] = "a,2024-01-06,many";
  const path = file("bad.csv", rows);
  await expect(all(readSeries(path))).rejects.toThrow(/row 27/);
  const told: string[] = [];
  const onSkipped = ({ id }: { id: string }) => told.push(id);
  const ids = (await all(readSeries(path, { skipBadSeries: true, onSkipped }))).map(({ id }) => id);
  expect(ids).toEqual(IDS.filter((id) => id !== "a"));
  expect(told).toEqual(["a"]);
});

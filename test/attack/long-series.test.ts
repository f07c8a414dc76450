import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, run } from "../cli/run.js";

const at = folder();
const LONG = 5_000_000;
const SHORT = 3000;

/** YULE_ATTACK_LONG=1: a file of 140 MB. */
test.skipIf(process.env.YULE_ATTACK_LONG === undefined)(
  "a series of 5,000,000 rows among short ones is forecast as they are",
  async () => {
    const file = openSync(join(at.path, "long.csv"), "w");
    writeSync(file, "unique_id,ds,y\n");
    for (const [id, length] of [
      ["a", SHORT],
      ["long", LONG],
      ["z", SHORT],
    ] as const) {
      for (let from = 0; from < length; from += 10_000) {
        const rows = Array.from({ length: Math.min(10_000, length - from) }, (_, i) => rowOf(id, from + i));
        writeSync(file, rows.join(""));
      }
    }
    closeSync(file);
    const words = "forecast long.csv -m snaive --period 1440 -n 2 -q --jobs 1 -o out.csv";
    expect((await run(words.split(" "), { cwd: at.path })).code).toBe(0);
    const rows = at.read("out.csv").trimEnd().split("\n").slice(1);
    expect(rows.map((row) => row.split(",").filter((_, column) => [0, 1, 3].includes(column)))).toEqual([
      ...ahead("a", SHORT),
      ...ahead("long", LONG),
      ...ahead("z", SHORT),
    ]);
  },
  600_000,
);

function rowOf(id: string, minute: number): string {
  return `${id},${timeOf(minute)},${minute % 1440}.5\n`;
}

function timeOf(minute: number): string {
  return new Date(Date.UTC(2000, 0, 1) + 60_000 * minute).toISOString().slice(0, 16);
}

/** The next two values of a day that repeats. */
function ahead(id: string, length: number): string[][] {
  return [0, 1].map((h) => [id, timeOf(length + h), `${(length + h) % 1440}.5`]);
}

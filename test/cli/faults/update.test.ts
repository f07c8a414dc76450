import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { contextOf } from "../../../src/cli/context.js";
import { locked } from "../../../src/cli/places/lock.js";
import { twoWriters } from "../../attack/writers.js";
import { folder, run } from "../run.js";

const at = folder();
const world = { cwd: at.path };
const months = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `2020-${String(from + i + 1).padStart(2, "0")}`);
const rowsOf = (id: string, from: number, to: number) =>
  months(from, to).map((month, i) => `${id},${month},${10 + ((i * 7) % 5)}`);
const csv = (...rows: string[][]) => `unique_id,ds,y\n${rows.flat().join("\n")}\n`;

beforeEach(async () => {
  at.write("base.csv", csv(rowsOf("a", 0, 6), rowsOf("b", 0, 6)));
  await run(["fit", "base.csv", "-m", "naive", "--save", "m.json"], world);
  at.write("new.csv", csv(rowsOf("a", 6, 8), rowsOf("A", 6, 8), rowsOf("c", 0, 8)));
});

const seen = () =>
  Object.fromEntries(
    (JSON.parse(at.read("m.json")).models as { origin: { id: string; length: number } }[]).map(
      ({ origin }) => [origin.id, origin.length],
    ),
  );

describe("series that no model follows", () => {
  test("are told and left out, under --quiet too, the alike id named", async () => {
    const { code, stderr } = await run(["update", "m.json", "new.csv", "-q"], world);
    expect(code).toBe(0);
    expect(stderr).toContain("no model for the series A (did you mean a?), c; their rows were left out");
    expect(seen()).toEqual({ a: 8, b: 6 });
  });

  test("are refused with --new error, and nothing is changed", async () => {
    const before = at.read("m.json");
    const { code, stdout, stderr } = await run(["update", "m.json", "new.csv", "--new", "error"], world);
    expect([code, stdout, at.read("m.json")]).toEqual([3, "", before]);
    expect(stderr).toContain("no model for the series A (did you mean a?), c; nothing was changed");
  });

  test("get models of their own with --new fit", async () => {
    expect((await run(["update", "m.json", "new.csv", "--new", "fit"], world)).code).toBe(0);
    expect(seen()).toEqual({ a: 8, b: 6, A: 2, c: 8 });
  });
});

describe("the result and the models are one step", () => {
  test("a result that cannot be written leaves the models as they were", async () => {
    const before = at.read("m.json");
    const { code, stderr } = await run(["update", "m.json", "new.csv", "-q", "-o", "/dev/full"], world);
    expect(code).toBe(1);
    expect(stderr).toContain("/dev/full cannot be written (the disk is full)");
    expect(at.read("m.json")).toBe(before);
    expect(readdirSync(at.path).filter((name) => /part|lock/.test(name))).toEqual([]);
  });

  test("a reader that has seen enough is no failure", async () => {
    expect((await run(["update", "m.json", "new.csv", "-q"], { ...world, closed: true })).code).toBe(0);
    expect(seen().a).toBe(8);
  });
});

describe("a lock", () => {
  const silent = { write: () => true };
  const context = contextOf(
    { stdin: process.stdin, stdout: silent, stderr: silent, env: {}, cwd: at.path },
    { quiet: true },
  );
  const lock = join(at.path, "m.json.lock");

  test("lets one work at a time", async () => {
    const order: string[] = [];
    const work = (name: string) =>
      locked(context, "m.json", async () => {
        order.push(`${name} begins`);
        await new Promise((next) => setTimeout(next, 60));
        order.push(`${name} ends`);
      });
    await Promise.all([work("first"), work("second")]);
    expect(order.map((entry) => entry.split(" ")[1])).toEqual(["begins", "ends", "begins", "ends"]);
    expect(existsSync(lock)).toBe(false);
  });

  test("that a crash left behind is taken over", async () => {
    const gone = { pid: 2 ** 22 - 3, host: hostname(), started: "1", token: "x" };
    writeFileSync(lock, JSON.stringify(gone));
    expect((await run(["update", "m.json", "new.csv", "-q"], world)).code).toBe(0);
    writeFileSync(lock, JSON.stringify({ ...gone, pid: process.pid }));
    expect(await locked(context, "m.json", async () => "done")).toBe("done");
  });

  test("of another machine is waited for, then refused with what to do", async () => {
    writeFileSync(lock, JSON.stringify({ pid: 1, host: "elsewhere", started: null, token: "x" }));
    await expect(locked(context, "m.json", async () => "done", 100)).rejects.toMatchObject({
      code: "locked",
      message: expect.stringMatching(
        /being updated by process 1 on elsewhere; wait for it, or remove .*m\.json\.lock/,
      ),
    });
  });

  test("that is removed by someone stops the update before anything is changed", async () => {
    writeFileSync(lock, "");
    const { unlinkSync } = await import("node:fs");
    unlinkSync(lock);
    await expect(
      locked(context, "m.json", async ({ requireHeld }) => {
        unlinkSync(lock);
        requireHeld();
      }),
    ).rejects.toMatchObject({ code: "lock-lost" });
  });
});

test("two writers at once lose no row", async () => {
  const { lost, rounds } = await twoWriters({ rounds: 3, folder: at.path });
  expect([rounds, lost]).toEqual([3, 0]);
}, 240_000);

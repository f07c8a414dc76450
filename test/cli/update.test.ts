import { parse } from "csv-parse/sync";
import { beforeEach, describe, expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
const y = Array.from({ length: 40 }, (_, t) => 10 + 3 * Math.sin(t) + ((t * 7) % 5));
const line = (t: number) => `${new Date(Date.UTC(2020, t, 1)).toISOString().slice(0, 7)},${y[t]}`;
const rowsFrom = (from: number, to: number) =>
  `ds,y\n${Array.from({ length: to - from }, (_, i) => line(from + i)).join("\n")}\n`;
const world = (stdin: string) => ({ cwd: at.path, stdin });
const ahead = async (file: string) =>
  (await run(["forecast", "--load", file, "-n", "3"], { cwd: at.path })).stdout;

beforeEach(async () => {
  await run(["fit", "-", "--model", "ar(2)", "--save", "m.json"], world(rowsFrom(0, 30)));
});

describe("update", () => {
  test("forecasts as if the state had been refitted to all rows", async () => {
    expect((await run(["update", "m.json", "-"], world(rowsFrom(30, 40)))).code).toBe(0);
    const updated = parse(await ahead("m.json"), { columns: true }) as Record<string, string>[];
    await run(["fit", "-", "--model", "ar(2)", "--save", "again.json"], world(rowsFrom(0, 30)));
    const whole = await run(["forecast", "-", "--load", "again.json", "-n", "3"], world(rowsFrom(0, 40)));
    const refitted = parse(whole.stdout, { columns: true }) as Record<string, string>[];
    updated.forEach((row, h) => {
      expect(row.ds).toBe(refitted[h]!.ds);
      for (const name of ["mean", "lo-95", "hi-80"])
        expect(Number(row[name]) / Number(refitted[h]![name])).toBeCloseTo(1, 10);
    });
  });

  test("a row at a time or all at once come to the same, rows seen already are left out", async () => {
    await run(["update", "m.json", "-", "--save", "once.json"], world(rowsFrom(30, 36)));
    for (let t = 30; t < 36; t++) await run(["update", "m.json", "-"], world(rowsFrom(t, t + 1)));
    expect(await ahead("m.json")).toBe(await ahead("once.json"));
    const { stderr } = await run(["update", "m.json", "-", "--save", "later.json"], world(rowsFrom(20, 40)));
    expect(stderr).toContain("16 rows that ar(2) already includes were left out");
  });

  test("shows what was expected of each row", async () => {
    const { stdout } = await run(["update", "m.json", "-"], world(rowsFrom(30, 32)));
    const [row] = parse(stdout, { columns: true }) as Record<string, string>[];
    expect(Object.keys(row!)).toEqual(["ds", "model", "y", "mean", "residual", "standardized"]);
    expect(Number(row!.residual)).toBeCloseTo(Number(row!.y) - Number(row!.mean), 12);
  });

  test("--plot draws new rows, marks what lies beyond the interval, and goes on from there", async () => {
    const far = `${rowsFrom(30, 35)}${line(35).replace(/,.*/, ",99")}\n`;
    await run(["update", "m.json", "-", "--save", "p.json", "--plot", "p.svg"], world(far));
    const drawn = at.read("p.svg");
    expect(drawn).toContain(": new rows and ar(2)");
    expect(drawn).toContain("one-step forecast");
    expect(drawn).toContain("forecast from here");
    expect(drawn).toContain("beyond the 95 % interval");
    await run(["update", "p.json", "-", "--plot", "one.html"], world(rowsFrom(36, 37)));
    expect(at.read("one.html")).toContain("one-step forecast");
  });

  test("steps that are missing before the new rows count as missing values", async () => {
    const { stderr } = await run(["update", "m.json", "-", "--save", "gap.json"], world(rowsFrom(32, 40)));
    expect(stderr).toContain("2 steps are missing before the first new row");
    const blank = rowsFrom(30, 40)
      .replace(line(30), line(30).replace(/,.*/, ","))
      .replace(line(31), line(31).replace(/,.*/, ","));
    await run(["update", "m.json", "-"], world(blank));
    expect(await ahead("m.json")).toBe(await ahead("gap.json"));
  });

  test("nothing new, another frequency and a missing model are refused, and nothing is changed", async () => {
    const before = at.read("m.json");
    const none = await run(["update", "m.json", "-"], world(rowsFrom(10, 20)));
    expect([none.code, none.stdout]).toEqual([3, ""]);
    expect(none.stderr).toContain("nothing was changed");
    const daily = await run(
      ["update", "m.json", "-", "--frequency", "D"],
      world("ds,y\n2022-07-01,1\n2022-07-02,2\n"),
    );
    expect(daily.code).toBe(3);
    expect(daily.stderr).toContain("step by D, the model by M");
    const absent = await run(["update", "nowhere.json", "-"], world(rowsFrom(30, 31)));
    expect(absent.code).toBe(2);
    expect(at.read("m.json")).toBe(before);
  });
});

import { describe, expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
const file = (name: string, values: readonly number[]) =>
  at.write(
    name,
    `ds,sales\n${values.map((value, t) => `${2000 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, "0")},${value}`).join("\n")}\n`,
  );

const zeros = file("zeros.csv", new Array<number>(40).fill(0));
const short = file("short.csv", [5, 7, 6, 8, 9, 7, 8, 10, 9, 11, 12, 10, 9]);
const below = file(
  "below.csv",
  Array.from({ length: 40 }, (_, t) => -3 - (t % 12)),
);

describe("difficult series on the command line", () => {
  test("all zeros are forecast as zeros, by default and by every member", async () => {
    const { code, stdout, stderr } = await run(["forecast", zeros, "-n", "2", "-f", "csv"]);
    expect(code).toBe(0);
    const [, first] = stdout.split("\n");
    expect(first!.split(",").slice(-5).map(Number)).toEqual([0, 0, 0, 0, 0]);
    expect(stderr).not.toContain("converge");
  });

  test("less than two seasons: the default forecasts, a season that cannot be found is refused", async () => {
    expect((await run(["forecast", short, "-n", "3", "-f", "csv"])).code).toBe(0);
    const refused = await run(["forecast", short, "--model", "mstl(naive)"]);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(
      "A season of 12 needs more than two periods, so at least 25 values, not 13.",
    );
  });

  test.each([
    [["--model", "log(auto-ets)"], "needs values above 0"],
    [["--transform", "log", "--model", "naive"], "needs values above 0"],
    [["--model", "ets(M,N,N)"], "row 1 of below is -3; use additive components."],
    [["--model", "croston"], "demand, which cannot be negative, but row 1 of below is -3."],
    [["--min", "0", "--model", "naive"], "outside the bounds 0"],
  ])("negative data under %j", async (argv, sentence) => {
    const { code, stderr, stdout } = await run(["forecast", below, ...argv]);
    expect([code, stdout]).toEqual([argv[0] === "--min" ? 2 : 3, ""]);
    expect(stderr).toContain(sentence);
  });

  test("a member with a wrong notation is a usage error, in JSON too", async () => {
    const { code, stderr } = await run([
      "forecast",
      short,
      "-q",
      "-f",
      "json",
      "--model",
      "ensemble(ets(A,Q,N),naive)",
    ]);
    expect(code).toBe(2);
    expect(JSON.parse(stderr).error).toMatchObject({ code: "bad-trend", value: "Q" });
  });

  test("folds that do not fit: how many would", async () => {
    const { code, stderr } = await run(["backtest", below, "-n", "4", "--folds", "9"]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      "below has 40 rows: 3 folds of step 4 fit (each needs 27 training rows and 4 after them), not 9.",
    );
  });

  test("a period longer than the series", async () => {
    const { code, stderr } = await run(["forecast", short, "--period", "52", "--model", "holt-winters"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /holt-winters\[52\] estimates 57 numbers and needs 58 observed values, short has 13/,
    );
    expect((await run(["forecast", short, "--period", "52", "-n", "2", "-f", "csv"])).code).toBe(0);
  });
});

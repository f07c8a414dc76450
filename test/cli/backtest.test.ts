import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import { naiveScale } from "../../src/evaluate/measures.js";
import { naive } from "../../src/models/baselines/index.js";
import { registerFamily } from "../../src/select/catalogue.js";
import { folder, run } from "./run.js";

const at = folder();

/** Values with a trend, a season of 4 and something irregular that no model knows. */
function values(length: number, scale = 1): number[] {
  return Array.from({ length }, (_, t) => scale * (50 + t + [8, -3, 0, -5][t % 4]! + ((t * 37) % 11) / 3));
}

function quarterly(rows: readonly (number | null)[], id?: string): string[] {
  return rows.map((value, t) => {
    const ds = `${2000 + Math.floor(t / 4)}-Q${(t % 4) + 1}`;
    return `${id === undefined ? "" : `${id},`}${ds},${value ?? ""}`;
  });
}

const SALES = values(40);
const sales = at.write("sales.csv", `ds,sales\n${quarterly(SALES).join("\n")}\n`);
const panel = at.write(
  "panel.csv",
  `unique_id,ds,y\n${[...quarterly(values(40), "a"), ...quarterly(values(32, 7), "b"), ...quarterly(values(5), "late")].join("\n")}\n`,
);

const NAIVE = ["--model", "naive"];

async function json(argv: readonly string[]) {
  const result = await run(["backtest", ...argv, "-f", "json"]);
  return { ...result, ...JSON.parse(result.stdout) };
}

interface Score {
  readonly model: string;
  readonly [key: string]: unknown;
}

function scoreOf(scores: readonly Score[], model: string) {
  return scores.find((score) => score.model === model) as Score & Record<string, number>;
}

describe("backtest --format json", () => {
  test("has the keys of the contract, best first, with every baseline", async () => {
    const { code, scores, horizon, folds } = await json([sales, "--model", "theta"]);
    expect([code, horizon, folds]).toEqual([0, 8, 3]);
    expect(scores.map(({ model }: Score) => model).sort()).toEqual([
      "drift",
      "mean",
      "naive",
      "snaive",
      "theta",
    ]);
    const mases = scores.map(({ mase }: Score) => mase);
    expect(mases).toEqual([...mases].sort((a, b) => a - b));
    for (const score of scores) {
      for (const key of ["smape", "rmse", "mae", "crps", "msis", "seconds", "owa", "mape", "bias"])
        expect(typeof score[key], key).toBe("number");
      expect(Object.keys(score.coverage)).toEqual(["80", "95"]);
      expect(score.byHorizon.map(({ step }: { step: number }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(score.failures).toEqual([]);
      expect(score.baseline).toBe(score.model !== "theta");
    }
  });

  test("the naive scores are those worked out by hand from the folds", async () => {
    const { scores } = await json([sales, ...NAIVE, "-n", "3", "--folds", "4", "--step", "2", "--gap", "1"]);
    const errors: number[] = [];
    const scaled: number[] = [];
    for (const origin of [30, 32, 34, 36]) {
      const scale = naiveScale(SALES.slice(0, origin), 4, 1);
      for (const h of [1, 2, 3]) {
        errors.push(SALES[origin + h]! - SALES[origin - 1]!);
        scaled.push(Math.abs(errors.at(-1)!) / scale);
      }
    }
    const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
    const naive = scoreOf(scores, "naive");
    expect(naive.count).toBe(12);
    expect(naive.mae).toBeCloseTo(mean(errors.map(Math.abs)), 10);
    expect(naive.bias).toBeCloseTo(mean(errors), 10);
    expect(naive.rmse).toBeCloseTo(Math.sqrt(mean(errors.map((error) => error ** 2))), 10);
    expect(naive.mase).toBeCloseTo(mean(scaled), 10);
  });

  test("a sliding window forgets: the mean is that of its rows", async () => {
    const argv = [sales, "--model", "mean", "-n", "1", "--folds", "1", "--window", "6"];
    const { scores } = await json(argv);
    const expected = SALES[39]! - SALES.slice(33, 39).reduce((sum, value) => sum + value, 0) / 6;
    expect(scoreOf(scores, "mean").bias).toBeCloseTo(expected, 10);
  });

  test("models that are asked for twice, or are baselines anyway, stand there once", async () => {
    const { scores } = await json([sales, ...NAIVE, ...NAIVE, "--model", "snaive[4]"]);
    const models = scores.map(({ model }: Score) => model).sort();
    expect(models).toEqual(["drift", "mean", "naive", "snaive[4]"]);
  });

  test("a series without season has no seasonal baseline", async () => {
    const { scores } = await json([sales, ...NAIVE, "--period", "1"]);
    expect(scores.map(({ model }: Score) => model)).not.toContain("snaive");
  });

  test("the same seed gives the same numbers, another seed others, where something is sampled", async () => {
    const argv = [sales, "-n", "4", "--folds", "2", "--paths", "50"];
    const crpsOf = async (seed: string) =>
      scoreOf((await json([...argv, "--model", "croston", "--seed", seed])).scores, "croston").crps;
    expect(await crpsOf("3")).toBe(await crpsOf("3"));
    expect(await crpsOf("3")).not.toBe(await crpsOf("4"));
  });
});

describe("--test", () => {
  const rows = [...quarterly(values(40), "a"), ...quarterly(values(32, 7), "b")];
  const head = "unique_id,ds,y";
  const cut = (id: string, from: number, to?: number) =>
    rows.filter((row) => row.startsWith(`${id},`)).slice(from, to);
  const train = at.write("train.csv", `${[head, ...cut("a", 0, 36), ...cut("b", 0, 26)].join("\n")}\n`);
  const test6 = at.write("test.csv", `${[head, ...cut("a", 36), ...cut("b", 26)].join("\n")}\n`);

  test("scores an official test part, every value and every series weighing the same", async () => {
    const { code, scores, series, horizon, stderr } = await json([train, "--test", test6, ...NAIVE]);
    expect([code, series, horizon]).toEqual([0, 2, 6]);
    expect(stderr).toContain("4 models fitted to all rows before and scored on the 10 rows of ");
    const naive = scoreOf(scores, "naive") as Score & { perSeries: { mae: number; count: number } };
    const errors = [values(40).slice(35), values(32, 7).slice(25)].map((list) =>
      list.slice(1).map((value) => Math.abs(value - list[0]!)),
    );
    const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
    expect(naive.mae).toBeCloseTo(mean(errors.flat()), 10);
    expect(naive.perSeries.mae).toBeCloseTo(mean(errors.map(mean)), 10);
    expect([naive.count, naive.perSeries.count]).toEqual([10, 2]);
  });

  test("in windows of the horizon", async () => {
    const { folds, horizon, stderr } = await json([train, "--test", test6, ...NAIVE, "-n", "2"]);
    expect([folds, horizon]).toEqual([3, 2]);
    expect(stderr).toContain("in 3 windows.");
  });

  test("fixes where to forecast from, and must follow the training rows", async () => {
    const clash = await run(["backtest", train, "--test", test6, "--folds", "3"]);
    expect(clash.code).toBe(2);
    expect(clash.stderr).toContain("leave --folds out");
    const again = await run(["backtest", train, "--test", train]);
    expect(again.code).toBe(3);
    expect(again.stderr).toMatch(
      /The test part of a begins at 2000-Q1, but its training part ends before 2009-Q1/,
    );
  });
});

describe("other formats", () => {
  test("csv has one row a model with every measure, ndjson one line a model", async () => {
    const argv = ["backtest", sales, "--model", "theta", "--level", "50,90"];
    const rows = parse((await run([...argv, "-f", "csv"])).stdout, { columns: true }) as Score[];
    expect(Object.keys(rows[0]!).join()).toBe(
      "model,mase,rmsse,smape,mape,owa,mae,rmse,bias,crps,weighted_quantile_loss,coverage-50,coverage-90,msis,seconds,values,failed",
    );
    expect(rows).toHaveLength(5);
    const lines = (await run([...argv, "-f", "ndjson"])).stdout.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).model)).toEqual(rows.map(({ model }) => model));
  });

  test("a terminal gets a leaderboard, the error by horizon and the test, no wider than it is", async () => {
    const argv = ["backtest", sales, "--model", "theta", "--folds", "10", "--step", "2"];
    for (const terminal of [40, 60, 80, 120]) {
      const { stdout } = await run(argv, { terminal, env: { NO_COLOR: "1" } });
      expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(terminal);
      expect(stdout).toMatch(/sales, 10 folds of 8 steps ahead/);
      expect(stdout).toMatch(/model +MASE +/);
      expect(stdout).toMatch(/steps ahead +1 +[2-8]/);
      expect(stdout).toMatch(/[⠁-⣿]/);
      const prose = stdout.replace(/\s+/g, " ");
      expect(prose).toMatch(/\(Diebold-Mariano test over 10 forecasts, p (= 0\.|< )\d+/);
    }
  });

  test("markdown is the leaderboard, and a plot draws the series with its past forecasts", async () => {
    const argv = ["backtest", sales, ...NAIVE, "-f", "markdown", "--plot", "past.svg"];
    const { code, stdout } = await run(argv, { cwd: at.path });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\| model +\| +MASE \|/);
    expect(at.read("past.svg")).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
    expect(at.read("past.svg")).not.toContain("NaN");
  });
});

describe("what does not work out is said", () => {
  test("folds that do not fit: how many would", async () => {
    const { code, stderr } = await run(["backtest", sales, ...NAIVE, "-n", "8", "--folds", "9"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/40 rows: 3 folds of step 8 fit .* not 9/);
  });

  test("a series that is too short for one fold", async () => {
    const { code, stderr } = await run(["backtest", "-", ...NAIVE], { stdin: "y\n1\n2\n3\n4\n" });
    expect(code).toBe(3);
    expect(stderr).toMatch(/4 rows, too few for one fold, .*; use more rows\./);
  });

  test("one row and one other series are told in the singular", async () => {
    const long = Array.from({ length: 40 }, (_, t) => `a,${1980 + t},${(t * 7) % 5}`);
    const stdin = ["id,year,y", "one,2019,5", "two,2018,5", "two,2019,5", ...long, ""].join("\n");
    const { code, stderr } = await run(["backtest", "-", ...NAIVE, "-n", "4"], { stdin });
    expect(code).toBe(4);
    expect(stderr).toContain("left out (and 1 other): one has 1 row, too few for one fold");
  });

  test.each([
    ["--folds", "0"],
    ["--step", "0"],
    ["--gap", "-1"],
    ["--window", "1"],
    ["--window", "growing"],
    ["--refit", "0"],
    ["--model", "narx(2)"],
    ["--save", "model.json"],
  ])("%s %s is refused", async (option, value) => {
    const { code, stdout } = await run(["backtest", sales, option, value]);
    expect([code, stdout]).toEqual([2, ""]);
  });

  test("a series of a panel without room is left out, the others are scored", async () => {
    const { code, stderr, series, leftOut, scores } = await json([panel, ...NAIVE, "-n", "4"]);
    expect([code, series]).toEqual([4, 2]);
    expect(leftOut[0].id).toBe("late");
    expect(stderr).toMatch(/left out: late has 5 rows/);
    expect(scoreOf(scores, "naive").count).toBe(40);
  });

  test("a model that fails is named, with why, and stands last", async () => {
    const negative = at.write("signs.csv", `ds,y\n${quarterly(SALES.map((y) => y - 60)).join("\n")}\n`);
    const { code, stderr, scores } = await json([negative, "--model", "log(naive)"]);
    expect(code).toBe(4);
    expect(stderr).toMatch(/log\(naive\) failed on signs: /);
    expect(scores.at(-1).model).toBe("log(naive)");
    expect(scores.at(-1).failures[0].id).toBe("signs");
    expect(scores.at(-1).mase).toBeNull();
  });

  test("MAPE at a zero, and MASE of a flat history, are undefined, not skewed", async () => {
    const zero = at.write(
      "zero.csv",
      `ds,y\n${quarterly(SALES.map((y, t) => (t === 39 ? 0 : y))).join("\n")}\n`,
    );
    const first = await json([zero, ...NAIVE]);
    expect(first.stderr).toMatch(/MAPE is undefined, since 1 of the 24 values/);
    expect(scoreOf(first.scores, "naive").mape).toBeNull();
    const flat = at.write(
      "flat.csv",
      `ds,y\n${quarterly(SALES.map((y, t) => (t < 32 ? 5 : y))).join("\n")}\n`,
    );
    const second = await json([flat, ...NAIVE, "--folds", "1"]);
    expect(second.stderr).toMatch(/MASE is undefined, since flat does not change/);
    expect(second.rankedBy).toBe("rmse");
  });

  test("missing values are neither scored nor a reason to fail", async () => {
    const gaps = at.write(
      "gaps.csv",
      `ds,y\n${quarterly(SALES.map((y, t) => (t === 10 || t === 35 ? null : y))).join("\n")}\n`,
    );
    const { code, scores } = await json([gaps, ...NAIVE, "--model", "theta", "-n", "8"]);
    expect(code).toBe(0);
    for (const { count } of scores) expect(count).toBe(23);
    const strict = await run(["backtest", gaps, ...NAIVE, "--missing", "error", "--folds", "1"]);
    expect(strict.code).toBe(3);
    expect(strict.stderr).toMatch(/1 missing value, the first at row 11/);
  });
});

describe("a model that learns from a whole panel", () => {
  registerFamily({
    name: "together",
    summary: "naive, for all series at once",
    forms: ["together", "together(broken)"],
    options: [],
    seasonal: false,
    processes: [],
    build: ({ groups }) => ({
      ...naive(),
      notation: groups.length === 0 ? "together" : "together(broken)",
      async fitPanel(trainings) {
        if (groups.length > 0) throw new YuleError({ code: "no", category: "data", message: "No luck." });
        if (trainings.some(({ y }) => y.some((value) => Number.isNaN(value)))) throw new Error("a gap");
        return trainings.map((training) => naive().fit(training));
      },
    }),
  });

  test("is scored beside the others, on the same values", async () => {
    const { scores } = await json([panel, "--model", "together", "-n", "4", "--folds", "3", "--refit", "2"]);
    const { model: _, baseline: _0, seconds: _1, ...together } = scoreOf(scores, "together");
    const { model: _2, baseline: _3, seconds: _4, ...alone } = scoreOf(scores, "naive");
    expect(together).toEqual(alone);
  });

  test("fills gaps where that is asked for, and fails like others", async () => {
    const gaps = at.write(
      "holes.csv",
      `ds,y\n${quarterly(SALES.map((y, t) => (t === 10 ? null : y))).join("\n")}\n`,
    );
    const filled = await json([gaps, "--model", "together", "--missing", "interpolate", "-n", "2"]);
    expect(filled.code).toBe(0);
    const { code, stderr } = await json([gaps, "--model", "together(broken)", "-n", "2"]);
    expect(code).toBe(4);
    expect(stderr).toContain("together(broken) failed on holes: No luck.");
  });
});

test("perplexity is the last column where a model gives counts probabilities, blank of the others", async () => {
  const argv = [
    "backtest",
    "datasets/discoveries.csv",
    "--model",
    "tsb",
    "-n",
    "3",
    "--folds",
    "3",
    "-f",
    "csv",
  ];
  const rows = parse((await run(argv)).stdout, { columns: true }) as (Score & { perplexity: string })[];
  expect(Object.keys(rows[0]!).at(-1)).toBe("perplexity");
  expect(Number(rows.find(({ model }) => model === "tsb")!.perplexity)).toBeGreaterThan(1);
  expect(rows.find(({ model }) => model.startsWith("naive"))!.perplexity).toBe("");
});

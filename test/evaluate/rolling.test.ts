import { describe, expect, test } from "vitest";
import type { Model } from "../../src/core/model.js";
import { type Series, series, slice } from "../../src/core/series.js";
import { rollingOrigins } from "../../src/evaluate/folds.js";
import { leaderboard } from "../../src/evaluate/leaderboard.js";
import type { Outcome } from "../../src/evaluate/outcome.js";
import { rollSeries, rollTogether } from "../../src/evaluate/rolling.js";
import { calendar, parseModel, random } from "../../src/index.js";
import { drift } from "../../src/models/baselines/index.js";

const LEVELS = [80, 95];

function wavy(length: number, id: string): Series {
  return series(
    Float64Array.from({ length }, (_, t) => 20 + t / 3 + ((t * 29) % 13)),
    { id },
  );
}

describe("models that learn from a panel", () => {
  const panel = [wavy(60, "long"), wavy(40, "short"), wavy(23, "shortest")];
  const horizon = 5;
  const folds = panel.map((one) => rollingOrigins(one, { horizon, folds: one.y.length === 23 ? 2 : 3 }));

  /** Drift series by series, which remembers what it was given. */
  function spy() {
    const given: Series[][] = [];
    const model: Model & Required<Pick<Model, "fitPanel">> = {
      ...drift(),
      async fitPanel(trainings) {
        given.push([...trainings]);
        return trainings.map((training) => drift().fit(training));
      },
    };
    return { given, model };
  }

  test.each([1, 2, 5])(
    "give what the same model gives series by series, refitted every %i",
    async (refit) => {
      const { model } = spy();
      const options = { horizon, levels: LEVELS, refit };
      const together = await rollTogether(panel, folds, model, options);
      const apart = panel.map((one, i) => rollSeries(one, folds[i]!, drift(), options));
      expect(together).toEqual(apart);
    },
  );

  test("see nothing after the origin of each fold, and the last folds together", async () => {
    const { model, given } = spy();
    await rollTogether(panel, folds, model, { horizon, levels: LEVELS });
    expect(given.map((trainings) => trainings.map(({ id, y }) => [id, y.length]))).toEqual([
      [
        ["long", 45],
        ["short", 25],
      ],
      [
        ["long", 50],
        ["short", 30],
        ["shortest", 13],
      ],
      [
        ["long", 55],
        ["short", 35],
        ["shortest", 18],
      ],
    ]);
    for (const trainings of given)
      for (const training of trainings) {
        const whole = panel.find(({ id }) => id === training.id)!;
        expect(training.y).toEqual(slice(whole, 0, training.y.length).y);
      }
  });
});

describe("the order of a leaderboard", () => {
  const outcome = (fold: number, error: number, absoluteScale: number): Outcome => ({
    id: "s",
    fold,
    step: 1,
    actual: 10,
    mean: 10 + error,
    median: 10 + error,
    crps: Math.abs(error),
    pinball: new Float64Array(9),
    lower: Float64Array.of(9),
    upper: Float64Array.of(11),
    absoluteScale,
    squaredScale: absoluteScale ** 2,
    naive2: 12,
  });
  const run = (model: string, errors: readonly number[], scale: number) => ({
    model,
    outcomes: errors.map((error, fold) => outcome(fold, error, scale)),
    seconds: 0,
    failures: [],
  });

  test("is that of MASE, and of RMSE for all where MASE is undefined for one; empty runs stand last", () => {
    const byMase = leaderboard([run("empty", [], 1), run("b", [2, 2], 1), run("a", [1, 1], 1)], [80], 1);
    expect(byMase.rankedBy).toBe("mase");
    expect(byMase.scores.map(({ model }) => model)).toEqual(["a", "b", "empty"]);
    const byRmse = leaderboard([run("b", [0, 2], 0), run("a", [1, 1], 0)], [80], 1);
    expect(byRmse.rankedBy).toBe("rmse");
    expect(byRmse.scores.map(({ model }) => model)).toEqual(["a", "b"]);
  });

  test("OWA is the mean of the ratios to Naive2, by hand: errors 1 on 10 against 2", () => {
    const { owa } = leaderboard([run("a", [1, -1], 1)], [80], 1).scores[0]!;
    const smape = (200 / 21 + 200 / 19) / 2;
    expect(owa).toBeCloseTo((smape / (400 / 22) + 1 / 2) / 2, 12);
  });

  test("the two best are compared on the forecasts both made, and only where there are four", () => {
    const long = run("a", [1, 1, 2, 1, 1], 1);
    const short = { ...run("b", [2, 3, 2, 4], 1) };
    expect(leaderboard([long, short], [80], 1).comparison).toMatchObject({ models: ["a", "b"], count: 4 });
    expect(leaderboard([long, run("b", [2, 3, 2], 1)], [80], 1).comparison).toBeNull();
  });
});

describe("regressors of past forecasts", () => {
  const rng = random(4);
  const price = Array.from({ length: 120 }, () => rng.uniform());
  const y = price.map((value) => 10 + 5 * value + 0.01 * rng.uniform());
  const sales = series(y, { period: 7, start: "2024-01-01", frequency: "D", inputs: { price } });
  const folds = [{ from: 0, origin: 100 }];
  const model = parseModel("arima(0,0,0)");
  const errors = (inputs: "known" | "withheld", one = sales) =>
    rollSeries(one, folds, model, { horizon: 14, levels: [95], inputs }).map(
      ({ actual, mean }) => actual - mean,
    );

  test("are those that came, or their values one season before", () => {
    expect(Math.max(...errors("known").map(Math.abs))).toBeLessThan(0.02);
    const expected = Array.from({ length: 14 }, (_, h) => 5 * (price[100 + h]! - price[93 + (h % 7)]!));
    for (const [h, error] of errors("withheld").entries())
      expect(Math.abs(error - expected[h]!)).toBeLessThan(0.03);
  });

  test("that follow from the dates are known either way", () => {
    const dated = calendar({ ...sales, inputs: { names: [], columns: [] } }, "weekday");
    expect(errors("withheld", dated)).toEqual(errors("known", dated));
  });
});

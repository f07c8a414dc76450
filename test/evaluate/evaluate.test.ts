import { describe, expect, test } from "vitest";
import type { Model } from "../../src/core/model.js";
import { type Series, series, slice } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { evaluate } from "../../src/evaluate/evaluate.js";
import { mase, smape } from "../../src/evaluate/measures.js";
import { naive2 } from "../../src/evaluate/naive2.js";
import { rollSeries } from "../../src/evaluate/rolling.js";
import { drift, mean, naive, snaive } from "../../src/models/baselines/index.js";

/** Values with a trend, a season of 4 and something irregular. */
function wavy(length: number, id: string, scale = 1): Series {
  return series(
    Float64Array.from(
      { length },
      (_, t) => scale * (30 + t / 2 + [6, -2, 0, -4][t % 4]! + ((t * 29) % 13) / 3),
    ),
    { id, period: 4, start: "2000-01", frequency: "Q" },
  );
}

/** Series of different length and horizon, as in M3. */
const whole = [wavy(40, "a"), wavy(33, "b", 50), wavy(60, "c", 0.1)];
const horizons = [4, 7, 2];
const train = whole.map((one, i) => slice(one, 0, one.y.length - horizons[i]!));
const rest = whole.map((one, i) => slice(one, one.y.length - horizons[i]!));

const average = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;

describe("every series is fitted to its training part and scored on its test part", () => {
  test("each series weighs the same in perSeries, each value the same otherwise; OWA is M4's", async () => {
    const { scores, without } = await evaluate(train, [...rest].reverse(), [snaive(), drift()]);
    expect(without).toEqual([]);
    for (const model of [snaive(), drift()]) {
      const score = scores.find((one) => one.model === model.notation)!;
      const each = train.map((training, i) => {
        const actual = rest[i]!.y;
        const { median } = forecast(model.fit(training), { horizon: actual.length });
        const benchmark = naive2(training, actual.length);
        return {
          mase: mase(actual, median, training.y, 4),
          smape: smape(actual, median),
          mase2: mase(actual, benchmark, training.y, 4),
          smape2: smape(actual, benchmark),
          count: actual.length,
        };
      });
      expect(score.perSeries.mase).toBeCloseTo(average(each.map((one) => one.mase)), 12);
      expect(score.perSeries.smape).toBeCloseTo(average(each.map((one) => one.smape)), 12);
      const owa =
        average(each.map((one) => one.mase)) / average(each.map((one) => one.mase2)) / 2 +
        average(each.map((one) => one.smape)) / average(each.map((one) => one.smape2)) / 2;
      expect(score.perSeries.owa).toBeCloseTo(owa, 12);
      expect([score.perSeries.count, score.count]).toEqual([3, 13]);
      const byValue = each.reduce((sum, one) => sum + one.count * one.mase, 0) / 13;
      expect(score.mase).toBeCloseTo(byValue, 12);
      expect(score.byHorizon.map(({ count }) => count)).toEqual([3, 3, 2, 2, 1, 1, 1]);
    }
  });

  test("with a horizon the test part is several windows, refitted or only updated", async () => {
    for (const refit of [1, 9]) {
      const { scores } = await evaluate([train[1]!], [rest[1]!], [drift()], { horizon: 3, refit });
      const folds = [26, 29, 32].map((origin, k) => ({ from: 0, origin, horizon: k === 2 ? 1 : 3 }));
      const expected = rollSeries(whole[1]!, folds, drift(), { horizon: 3, refit, levels: [80, 95] });
      expect(scores[0]!.count).toBe(7);
      expect(scores[0]!.mae).toBe(average(expected.map(({ actual, median }) => Math.abs(actual - median))));
    }
  });

  test("a model that learns from a panel is fitted once, to the training parts alone", async () => {
    const given: number[][] = [];
    const together: Model = {
      ...mean(),
      notation: "together",
      fitPanel: async (panel) => {
        given.push(panel.map(({ y }) => y.length));
        return panel.map((one) => mean().fit(one));
      },
    };
    const { scores } = await evaluate(train, rest, [together, mean()]);
    expect(given).toEqual([train.map(({ y }) => y.length)]);
    const [first, second] = scores;
    expect(first!.mase).toBe(second!.mase);
    expect(first!.msis).toBe(second!.msis);
  });

  test("missing test values are not scored; a model that fails is named", async () => {
    const holed = { ...rest[0]!, y: rest[0]!.y.with(1, Number.NaN) };
    const failing: Model = { ...naive(), notation: "failing", fit: () => naive().fit(series([1])) };
    const { scores } = await evaluate([train[0]!], [holed], [naive(), failing]);
    expect(scores.map(({ model, count }) => [model, count])).toEqual([
      ["naive", 3],
      ["failing", 0],
    ]);
    expect(scores[1]!.failures[0]!.message).toContain("needs at least 2 observed values");
  });
});

describe("parts that do not belong together are refused, by name", () => {
  const codeOf = (training: readonly Series[], testing: readonly Series[], options = {}) =>
    expect(evaluate(training, testing, [naive()], options)).rejects;

  test("a series without training rows", async () => {
    await codeOf([train[0]!, train[1]!], rest).toMatchObject({ code: "unknown-series", argument: "c" });
  });
  test("a test part that does not begin where the training part ends", async () => {
    await codeOf([train[0]!], [slice(rest[0]!, 1)]).toMatchObject({ code: "test-not-following" });
    await codeOf([train[0]!], [whole[0]!]).toMatchObject({ code: "test-not-following" });
  });
  test("no rows, no input, no horizon", async () => {
    await codeOf([train[0]!], [slice(rest[0]!, 4)]).toMatchObject({ code: "no-test-rows" });
    const priced = { ...train[0]!, inputs: { names: ["price"], columns: [train[0]!.y] } };
    await codeOf([priced], [rest[0]!]).toMatchObject({ code: "missing-inputs", argument: "price" });
    await codeOf([train[0]!], [rest[0]!], { horizon: 0 }).toMatchObject({ code: "bad-horizon" });
  });
  test("a series without a test part is left out and named", async () => {
    const { without, scores } = await evaluate(train, rest.slice(0, 2), [naive()]);
    expect(without).toEqual(["c"]);
    expect(scores[0]!.count).toBe(11);
  });
});

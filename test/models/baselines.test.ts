import { afterAll, describe, expect, test } from "vitest";
import { interval } from "../../src/core/forecast.js";
import type { Model } from "../../src/core/model.js";
import { series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { drift, mean, naive, snaive } from "../../src/models/baselines/index.js";
import { Worst } from "../diagnostics/reference.js";
import { referenceCases, referenceSeries } from "../reference.js";

interface Intervals {
  readonly mean: (number | null)[];
  readonly level: number[];
  readonly [bound: string]: (number | null)[];
}

const MODELS: readonly [RegExp, () => Model][] = [
  [/::meanf\(x, h/, mean],
  [/::naive\(x, h/, naive],
  [/::rwf\(x, drift=TRUE, h/, drift],
  [/::snaive\(x, h/, snaive],
];

/** Closed forms; only the order of summation differs from R's. */
const RELATIVE = 1e-9;
const worst = new Worst();

/** Where R differs on purpose: how, and why ours is kept. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  presidents: "R counts missing values into n, and carries NA forward; here they are exact gaps",
};

const cases = referenceCases<Intervals>("simple-forecasts").flatMap((item) => {
  const model = MODELS.find(([pattern]) => pattern.test(item.call))?.[1];
  const plain = !/lambda|biasadj|model\[/.test(item.call);
  return model === undefined || !plain || item.series! in LEFT_OUT ? [] : [{ ...item, model }];
});

describe("baselines against simple-forecasts.json (R forecast 8.20)", () => {
  test("most cases are compared", () => {
    expect(cases.length).toBeGreaterThanOrEqual(16);
  });

  test.each(cases)("$id", ({ series: name, result, model }) => {
    const { values, period } = referenceSeries(name!);
    const ahead = forecast(model().fit(series(values, { period })), { horizon: result.mean.length });
    const expectAll = (actual: Float64Array, expected: (number | null)[], what: string) => {
      expected.forEach((value, h) => {
        worst.absolute("means and limits", actual[h]!, value!, name!, Math.abs(value!) + 1e-3);
        expect(Math.abs(actual[h]! - value!), `${what} at step ${h + 1}`).toBeLessThanOrEqual(
          RELATIVE * Math.abs(value!) + 1e-12,
        );
      });
    };
    expectAll(ahead.mean, result.mean, "mean");
    for (const level of result.level) {
      const { lower, upper } = interval(ahead, level);
      expectAll(lower, result[`lower${level}`]!, `lower ${level}`);
      expectAll(upper, result[`upper${level}`]!, `upper ${level}`);
    }
  });
  afterAll(() => worst.report("simple-forecasts, baselines"));
});

describe("missing values are exact gaps, not deletions", () => {
  const holed = [5, Number.NaN, Number.NaN, 11, 10, 14];

  test("a drift depends on its ends and the time between them", () => {
    const fitted = drift().fit(series(holed));
    expect(forecast(fitted, { horizon: 1 }).mean[0]).toBeCloseTo(14 + 9 / 5, 12);
  });

  test("a step over two missing values counts as three steps of variance", () => {
    const { report } = naive().fit(series(holed));
    expect(report.sigma2).toBeCloseTo((36 / 3 + 1 + 16) / 3, 12);
  });

  test("after missing values at the end the interval starts wider", () => {
    const fitted = naive().fit(series([...holed, Number.NaN]));
    const [first] = forecast(fitted, { horizon: 1 }).distributions;
    expect(first!.variance).toBeCloseTo(2 * fitted.report.sigma2, 12);
  });
});

describe("short and flat series", () => {
  test("two points give a finite drift forecast and say so", () => {
    const fitted = drift().fit(series([3, 5]));
    expect(fitted.report.notes.map(({ code }) => code)).toEqual(["too-few-values"]);
    expect(interval(forecast(fitted, { horizon: 1 }), 95).upper[0]).toBeGreaterThan(7);
  });

  test("a constant is forecast as itself, with a note", () => {
    for (const model of [mean(), naive(), drift()]) {
      const fitted = model.fit(series([4, 4, 4, 4]));
      expect([...forecast(fitted, { horizon: 2 }).mean], model.notation).toEqual([4, 4]);
      expect(
        fitted.report.notes.map(({ code }) => code),
        model.notation,
      ).toContain("no-variation");
    }
  });

  test("one point, or a season never seen, is refused by name", () => {
    expect(() => naive().fit(series([1], { id: "sales" }))).toThrow(
      "The model naive needs at least 2 observed values, sales has 1.",
    );
    const y = [1, 2, Number.NaN, 4, 5, Number.NaN, 7, 8, Number.NaN];
    expect(() => snaive({ period: 3 }).fit(series(y, { id: "sales" }))).toThrow(
      /season 3 of 3 \(3 steps ahead\) was never observed/,
    );
  });
});

import { afterAll, describe, expect, test } from "vitest";
import { dieboldMariano } from "../../src/evaluate/diebold-mariano.js";
import {
  coverage,
  intervalScore,
  mape,
  mase,
  meanAbsoluteError,
  meanError,
  msis,
  naiveScale,
  pinball,
  quantileLossSum,
  rmsse,
  rootMeanSquaredError,
  smape,
} from "../../src/evaluate/measures.js";
import { Worst } from "../diagnostics/reference.js";
import { referenceCases, referenceSeries } from "../reference.js";

/** Closed forms: only the order of summation differs from R. */
const RELATIVE = 1e-10;
const worst = new Worst();
afterAll(() => worst.report("accuracy and scores"));

function expectRelative(actual: number, expected: number, name: string) {
  worst.absolute(name, actual, expected, name, Math.max(1e-6, Math.abs(expected)));
  expect(Math.abs(actual - expected), name).toBeLessThanOrEqual(
    RELATIVE * Math.max(1e-6, Math.abs(expected)),
  );
}

interface Accuracy {
  readonly test: Record<string, number | null>;
  readonly nTrain: number;
  readonly nTest: number;
  readonly forecast: number[];
  readonly extra: Record<string, number>;
}

describe("accuracy.json (R's accuracy() and formulas)", () => {
  test.each(referenceCases<Accuracy>("accuracy"))("$id", ({ series, result }) => {
    const { values, period } = referenceSeries(series!);
    const training = values.slice(0, result.nTrain);
    const actual = values.slice(result.nTrain, result.nTrain + result.nTest);
    const { forecast, extra } = result;
    const measured: Record<string, number> = {
      ME: meanError(actual, forecast),
      RMSE: rootMeanSquaredError(actual, forecast),
      MAE: meanAbsoluteError(actual, forecast),
      MAPE: mape(actual, forecast),
      MASE: mase(actual, forecast, training, period),
    };
    for (const [name, value] of Object.entries(measured)) {
      const expected = result.test[name];
      if (actual.includes(0) && name === "MAPE") expect(value, "undefined at zero").toBeNaN();
      else if (typeof expected === "number" && Number.isFinite(expected))
        expectRelative(value, expected, name);
    }
    const extras: Record<string, number> = {
      sMAPE200: smape(actual, forecast),
      MSE: rootMeanSquaredError(actual, forecast) ** 2,
      RMSSElag1: rmsse(actual, forecast, training, 1),
      RMSSEseasonal: rmsse(actual, forecast, training, period),
      MASElag1: mase(actual, forecast, training, 1),
      MASEseasonal: mase(actual, forecast, training, period),
    };
    let compared = 0;
    for (const [name, value] of Object.entries(extras)) {
      const expected = extra[name];
      if (typeof expected !== "number" || !Number.isFinite(expected)) continue;
      expectRelative(value, expected, name);
      compared++;
    }
    expect(compared).toBeGreaterThan(2);
  });
});

describe("scores.json", () => {
  const cases = referenceCases<never>("scores") as unknown as {
    id: string;
    input: Record<string, number>;
    result: number;
  }[];

  test.each(cases.filter(({ id }) => id.startsWith("pinball")))("$id", ({ input, result }) => {
    expectRelative(pinball([input.y!], [input.quantile!], input.p!), result, "pinball");
  });

  test.each(cases.filter(({ id }) => id.startsWith("winkler")))("$id", ({ input, result }) => {
    expectRelative(
      intervalScore([input.y!], [input.lo!], [input.up!], 100 * input.level!),
      result,
      "winkler",
    );
  });

  const first = cases.find(({ id }) => id === "dm-dm-air-1-1-acf")! as unknown as {
    input: { e1: number[]; e2: number[] };
  };
  const tests = referenceCases<{ statistic: number; pvalue: number }>("scores").filter(({ id }) =>
    id.startsWith("dm-"),
  );

  test.each(tests)("$id", ({ id, result }) => {
    const [, horizon, power, weights] = /-(\d)-(\d)-(acf|bartlett)$/.exec(id)!;
    const { statistic, pValue } = dieboldMariano(first.input.e1, first.input.e2, {
      horizon: Number(horizon),
      power: Number(power),
      weights: weights === "bartlett" ? "bartlett" : "none",
    });
    expectRelative(statistic, result.statistic, "statistic");
    expectRelative(pValue, result.pvalue, "p value");
  });
});

describe("measures leave missing values out", () => {
  test("of the actual values and of the training scale", () => {
    expect(meanAbsoluteError([1, Number.NaN, 5], [2, 9, 7])).toBe(1.5);
    expect(naiveScale([1, 2, Number.NaN, 4, 6], 1, 1)).toBe(1.5);
    expect(quantileLossSum([Number.NaN, 4], [1, 2], 0.5)).toBe(2);
    expect(coverage([1, Number.NaN, 5], [0, 0, 6], [2, 0, 7])).toBe(50);
    expect(msis([3], [1], [2], 95, [1, 2], 1)).toBeCloseTo(41, 12);
  });

  test("lists of different length are refused, by name", () => {
    expect(() => meanError([1, 2], [1])).toThrow(/2 actual values but 1 in forecast/);
    expect(() => dieboldMariano([1, 2], [1])).toThrow(/equally long/);
  });
});

describe("a history that gives no scale", () => {
  test.each([
    ["constant", [5, 5, 5, 5], 1, /never change from one season of 1/],
    ["seasonal without change", [1, 2, 1, 2, 1, 2], 2, /never change from one season of 2/],
    ["shorter than a season", [1, 2, 3], 4, /no two of the 3 training values/],
    ["all missing", [Number.NaN, Number.NaN], 1, /no two of the 2/],
  ])("%s: refused with a code, never NaN", (_, training, period, why) => {
    const expected = expect.objectContaining({ code: "no-scale", message: expect.stringMatching(why) });
    expect(() => mase([5, 6], [5, 5], training, period)).toThrowError(expected);
    expect(() => rmsse([5, 6], [5, 5], training, period)).toThrowError(expected);
    expect(() => msis([5, 6], [4, 4], [7, 7], 95, training, period)).toThrowError(expected);
  });

  test("its scale is documented: 0 or NaN", () => {
    expect(naiveScale([5, 5, 5], 1, 1)).toBe(0);
    expect(naiveScale([1, 2], 4, 2)).toBeNaN();
  });
});

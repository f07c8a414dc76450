import { describe, expect, test } from "vitest";
import type { YuleError } from "../../../src/core/errors.js";
import { interval } from "../../../src/core/forecast.js";
import type { Fitted } from "../../../src/core/model.js";
import { type Rng, random } from "../../../src/core/random.js";
import { type Series, series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { replay } from "../../../src/engine/replay.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { type ArimaOptions, arima } from "../../../src/models/arima/index.js";

function noise(n: number, rng: Rng = random(7)): Float64Array {
  return Float64Array.from({ length: n }, () => standardNormal(rng));
}

/** Monthly: a slow random walk, a season and noise. */
function monthly(n: number): Float64Array {
  const e = noise(2 * n);
  let level = 20;
  return Float64Array.from({ length: n }, (_, t) => {
    level += 0.3 * e[n + t]!;
    return level + 3 * Math.sin((Math.PI * t) / 6) + 0.5 * e[t]!;
  });
}

function failure(options: ArimaOptions, data: Series): YuleError {
  try {
    arima(options).fit(data);
  } catch (error) {
    return error as YuleError;
  }
  throw new Error("nothing was thrown");
}

/** Every number of a fit and of its forecasts is one; standard errors may be unknown, if a note says why. */
function expectNumbers(fitted: Fitted, horizon = 12): void {
  const { report } = fitted;
  const known = report.covariance !== null;
  for (const { name, estimate, stdError } of report.coefficients) {
    expect(estimate, name).toSatisfy(Number.isFinite);
    if (known) expect(stdError, name).toSatisfy(Number.isFinite);
  }
  const codes = report.notes.map(({ code }) => code);
  if (!known && report.coefficients.length > 0) {
    expect(codes.some((code) => code === "flat-likelihood" || code === "no-variation")).toBe(true);
  }
  expect(report.sigma2).toSatisfy(Number.isFinite);
  for (const value of [report.logLikelihood, report.aic, report.bic, report.aicc])
    expect(value).not.toBeNaN();
  const ahead = forecast(fitted, { horizon });
  const { lower, upper } = interval(ahead, 95);
  for (let h = 0; h < horizon; h++) {
    expect(ahead.mean[h]).toSatisfy(Number.isFinite);
    expect(lower[h]).not.toBeNaN();
    expect(upper[h]).not.toBeNaN();
    expect(lower[h]!).toBeLessThanOrEqual(upper[h]!);
  }
  const { standardized } = replay(fitted.process, fitted.params, fitted.history!);
  fitted.history!.y.forEach((value, t) => {
    if (Number.isNaN(value)) expect(standardized[t]).toBeNaN();
  });
}

describe("orders", () => {
  const data = series(noise(40), { id: "x", period: 12 });

  test.each([
    [[-1, 0, 0], "bad-order", -1],
    [[0, 0, 1.5], "bad-order", 1.5],
    [[0, 5, 0], "bad-order", 5],
    [[0, 0, 201], "bad-order", 201],
    [[1e9, 0, 0], "bad-order", 1e9],
    [[Number.NaN, 0, 0], "bad-order", Number.NaN],
  ])("%j is refused", (order, code, value) => {
    const error = failure({ order: order as [number, number, number] }, data);
    expect(error).toMatchObject({ code, value });
    expect(error.message).toMatch(/whole number from 0 to/);
  });

  test("a seasonal order above its limit is refused", () => {
    const error = failure({ order: [0, 0, 0], seasonal: [0, 0, 21] }, data);
    expect(error).toMatchObject({ code: "bad-seasonal", value: 21 });
  });

  test("more coefficients than values: the error counts what is needed and found", () => {
    const error = failure({ order: [5, 1, 5] }, series(noise(8), { id: "short" }));
    expect(error).toMatchObject({ code: "series-too-short", argument: "short", value: 8 });
    expect(error.message).toBe(
      "The model arima(5,1,5) needs at least 12 values and short has 8: choose lower orders.",
    );
  });

  test("a season longer than the series", () => {
    for (const seasonal of [
      [0, 1, 1],
      [1, 0, 0],
    ] as const) {
      const error = failure({ order: [0, 0, 0], seasonal, period: 52 }, data);
      expect(error).toMatchObject({ code: "series-too-short", argument: "x", value: 40 });
      expect(error.message).toMatch(/shorter season/);
    }
    // A seasonal moving average reaches back before the data, which is no hindrance.
    expectNumbers(arima({ order: [0, 0, 0], seasonal: [0, 0, 1], period: 52 }).fit(data));
  });

  test("lags beyond any sense", () => {
    const error = failure({ order: [0, 0, 0], seasonal: [2, 0, 0], period: 3000 }, series(noise(9000)));
    expect(error).toMatchObject({ code: "bad-period", value: 3000 });
  });

  test("as many lags as a third of the values, all of them estimated", () => {
    const fitted = arima({ order: [12, 0, 0] }).fit(data);
    expect(fitted.report.coefficients.length).toBe(13);
    expectNumbers(fitted);
  });
});

describe("inputs", () => {
  const n = 60;
  const a = noise(n, random(1));
  const b = noise(n, random(2));
  const y = Float64Array.from(noise(n), (e, t) => e + 2 * a[t]! - b[t]!);

  const leftOut = (fitted: ReturnType<ReturnType<typeof arima>["fit"]>) =>
    fitted.report.notes.find(({ code }) => code === "input-left-out");

  test("collinear ones are left out, named with those they follow from", () => {
    const both = a.map((value, t) => value - 3 * b[t]!);
    const fitted = arima({ order: [1, 0, 0] }).fit(
      series(y, { id: "y", inputs: { price: a, promo: b, both } }),
    );
    expect(leftOut(fitted)?.message).toMatch(/Input both .* follows from intercept, price, promo/);
    expect(fitted.report.coefficients.map(({ name }) => name)).toEqual([
      "ar1",
      "intercept",
      "price",
      "promo",
    ]);
  });

  test("constant ones beside a mean, and straight lines beside a drift, are left out", () => {
    const one = new Float64Array(n).fill(3);
    for (const order of [
      [0, 0, 0],
      [0, 1, 0],
    ] as const) {
      const fitted = arima({ order }).fit(series(y, { inputs: { one, a } }));
      expect(leftOut(fitted)?.message).toMatch(/Input one .* does not vary/);
      expect(fitted.report.coefficients.at(-1)!.name).toBe("a");
    }
    const level = arima({ order: [0, 0, 0], mean: false }).fit(series(y, { inputs: { one } }));
    expect(leftOut(level)).toBeUndefined();
    const line = Float64Array.from({ length: n }, (_, t) => 5 - 2 * t);
    expect(
      leftOut(arima({ order: [0, 1, 0], drift: true }).fit(series(y, { inputs: { line } })))?.details,
    ).toEqual({ input: "line", used: [] });
  });

  test("missing values: the error counts them and says where", () => {
    const holes = a.slice();
    holes[4] = Number.NaN;
    holes[9] = Number.NaN;
    const error = failure({ order: [1, 0, 0] }, series(y, { inputs: { holes } }));
    expect(error).toMatchObject({ code: "missing-inputs", argument: "holes" });
    expect(error.message).toMatch(/2 of 60 rows, the first at row 5/);
  });

  test("too few future rows: the error counts them", () => {
    const fitted = arima({ order: [1, 0, 0] }).fit(series(y, { inputs: { a, b } }));
    expect(() => forecast(fitted, { horizon: 12, inputs: { a: [1, 2, 3], b: [1, 2, 3] } })).toThrow(
      /has 3 future values, the forecast needs 12/,
    );
    expect(() => forecast(fitted, { horizon: 12 })).toThrow(
      /fitted with the input a: give its next 12 values/,
    );
  });
});

describe("series that leave little to estimate", () => {
  test.each([
    ["constant", (t: number) => 5 + 0 * t],
    ["all zero", (t: number) => 0 * t],
    ["a straight line", (t: number) => 3 + 2 * t],
    ["one value differs", (t: number) => (t === 20 ? 1 : 0)],
    ["almost constant", (t: number) => 1e6 + 1e-6 * Math.sin(t * t)],
    ["a perfect season", (t: number) => [1, 4, 2, 8][t % 4]!],
    ["a perfect wave, exact unit roots", (t: number) => Math.sin((2 * Math.PI * t) / 12)],
    ["a perfect geometric decay", (t: number) => 0.9 ** t],
    ["growth by a tenth a step", (t: number) => 1.1 ** t],
    ["alternating", (t: number) => (t % 2 === 0 ? 1 : -1)],
    ["a step", (t: number) => (t < 20 ? 0 : 1)],
    ["a season of zeros", (t: number) => (Math.floor(t / 4) % 3 === 1 ? 0 : 2 + Math.sin(t * t))],
  ])("%s", (_, f) => {
    const data = series(
      Float64Array.from({ length: 40 }, (_, t) => f(t)),
      { period: 4 },
    );
    for (const options of [
      { order: [0, 0, 0] },
      { order: [1, 0, 0] },
      { order: [1, 0, 1] },
      { order: [2, 0, 2] },
      { order: [0, 1, 1] },
      { order: [2, 1, 1] },
      { order: [0, 2, 1] },
      { order: [1, 1, 0], drift: true },
      { order: [0, 1, 1], seasonal: [0, 1, 1] },
      { order: [1, 0, 0], seasonal: [1, 1, 1] },
    ] as ArimaOptions[]) {
      const fitted = arima(options).fit(data);
      expectNumbers(fitted, 8);
      const { evaluations } = fitted.report.details.optimum as { evaluations: number };
      expect(evaluations).toBeLessThan(1500);
    }
  });

  test("fits to five values are finite", () => {
    const data = series([3, 1, 4, 1, 5]);
    for (const order of [
      [0, 0, 0],
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
      [0, 1, 1],
      [1, 0, 1],
    ] as const) {
      expectNumbers(arima({ order }).fit(data), 5);
    }
    expect(failure({ order: [3, 0, 2] }, data)).toMatchObject({ code: "series-too-short", value: 5 });
  });

  test("a random walk taken for an autoregression: the root is reported, not crossed", () => {
    let level = 0;
    const walk = Float64Array.from(noise(200), (e) => (level += e));
    const fitted = arima({ order: [1, 0, 0] }).fit(series(walk));
    expect(fitted.report.coefficients[0]!.estimate).toBeLessThan(1);
    expect(fitted.report.details.stationary).toBe(true);
    expectNumbers(fitted);
  });

  test("differenced once too often: the moving average ends on the circle, and a note says so", () => {
    const fitted = arima({ order: [0, 1, 1] }).fit(series(noise(100, random(3))));
    expect(fitted.report.coefficients[0]!.estimate).toBeCloseTo(-1, 3);
    expect(fitted.report.notes.map(({ code }) => code)).toContain("ma-unit-root");
    expectNumbers(fitted);
  });
});

describe("units do not matter", () => {
  const y = monthly(120);
  const inputs = { temperature: noise(120, random(9)) };
  test.each([
    { order: [0, 1, 1], seasonal: [0, 1, 1] },
    { order: [2, 0, 1] },
    { order: [1, 1, 1], drift: true },
    { order: [1, 0, 0], method: "css" },
  ] as ArimaOptions[])("%j at 1e12 and 1e-12", (options) => {
    const fit = (factor: number) =>
      arima(options).fit(
        series(
          y.map((value) => value * factor),
          { period: 12, inputs },
        ),
      ).report;
    const plain = fit(1);
    for (const factor of [1e12, 1e-12]) {
      const scaled = fit(factor);
      expect(scaled.converged).toBe(plain.converged);
      expect(scaled.sigma2 / factor / factor / plain.sigma2).toBeCloseTo(1, 8);
      scaled.coefficients.forEach(({ name, estimate, stdError }, i) => {
        const other = plain.coefficients[i]!;
        expect(Math.abs(estimate / stdError - other.estimate / other.stdError), name).toBeLessThan(1e-5);
      });
      const n = 120 - (plain.details.effectiveObservations as number);
      const expected = plain.logLikelihood - (120 - n) * Math.log(factor);
      expect(scaled.logLikelihood).toBeCloseTo(expected, 5);
    }
  });

  test("nor does the level, however far from zero", () => {
    const fit = (level: number) =>
      arima({ order: [1, 0, 1] }).fit(
        series(
          y.map((value) => value + level),
          { period: 12 },
        ),
      ).report;
    const plain = fit(0);
    for (const level of [1e6, -1e9]) {
      const moved = fit(level);
      expect(moved.logLikelihood).toBeCloseTo(plain.logLikelihood, 4);
      expect(moved.coefficients[0]!.estimate).toBeCloseTo(plain.coefficients[0]!.estimate, 4);
    }
  });
});

describe("missing values", () => {
  test("a third of them: nothing is filled in, and the estimates are those of the process", () => {
    const rng = random(3);
    const e = noise(600, rng);
    const x = new Float64Array(600);
    for (let t = 0; t < 600; t++) x[t] = e[t]! + 0.7 * (x[t - 1] ?? 0);
    const holed = x.map((value) => (rng.uniform() < 0.3 ? Number.NaN : value));
    const { report, ...fitted } = arima({ order: [1, 0, 0] }).fit(series(holed));
    expect(report.observations).toBe(holed.filter((value) => !Number.isNaN(value)).length);
    const [ar] = report.coefficients;
    expect(Math.abs(ar!.estimate - 0.7)).toBeLessThan(3 * ar!.stdError);
    expectNumbers({ ...fitted, report });
  });

  test.each([
    { order: [0, 1, 1], seasonal: [0, 1, 1] },
    { order: [1, 0, 1] },
    { order: [2, 1, 0], seasonal: [1, 0, 0] },
  ] as ArimaOptions[])("%j with a third of the months missing", (options) => {
    const rng = random(4);
    const y = monthly(144).map((value) => (rng.uniform() < 0.3 ? Number.NaN : value));
    const fitted = arima(options).fit(series(y, { period: 12 }));
    expect(fitted.report.converged).toBe(true);
    expectNumbers(fitted);
  });

  test("at both ends, in a run as long as a season, and nearly everywhere", () => {
    const y = monthly(120);
    y.fill(Number.NaN, 0, 5);
    y.fill(Number.NaN, 40, 53);
    y.fill(Number.NaN, 116);
    expectNumbers(arima({ order: [0, 1, 1], seasonal: [0, 1, 1] }).fit(series(y, { period: 12 })));
    const rare = monthly(120).map((value, t) => (t % 10 === 0 ? value : Number.NaN));
    expectNumbers(arima({ order: [1, 0, 0] }).fit(series(rare)));
  });

  test("a month that was never observed cannot be differenced: the error says so", () => {
    const y = monthly(60).map((value, t) => (t % 12 === 3 ? Number.NaN : value));
    expect(failure({ order: [0, 1, 1], seasonal: [0, 1, 1] }, series(y, { period: 12 }))).toMatchObject({
      code: "unseen-season",
    });
  });

  test("eleven values in 94 rows, differenced three times, leave a likelihood inside its bounds only", () => {
    const y = new Float64Array(94).fill(Number.NaN);
    const seen = [2, -1, 10, 0, 14, 1, 16, 1, 24, 1, 35, 10, 38, 9, 42, 10, 51, 8, 68, 10, 84, 10];
    for (let i = 0; i < seen.length; i += 2) y[seen[i]!] = seen[i + 1]!;
    const model = arima({ order: [1, 2, 2], seasonal: [0, 1, 1], fixed: { ar1: 0.5 } });
    expectNumbers(model.fit(series(y, { period: 4 })));
  });

  test("a line with gaps has a maximum on the boundary, where rounding leaves no likelihood", () => {
    const missing = [1, 10, 17, 27, 28, 37, 40, 46, 50, 55, 56, 57];
    const y = Float64Array.from({ length: 62 }, (_, t) => (missing.includes(t) ? Number.NaN : 3 + 2 * t));
    const fitted = arima({ order: [1, 0, 2], seasonal: [1, 0, 0] }).fit(series(y, { period: 4 }));
    expectNumbers(fitted);
    const { mean } = forecast(fitted, { horizon: 1 });
    expect(Math.abs(mean[0]! - 127)).toBeLessThan(2);
  });

  test("a maximum that was reached roughly and then exactly is one", () => {
    const y = [0.16, 0.09, -0.61, -0.35, 0.11, Number.NaN, -1.8, Number.NaN, Number.NaN, -0.06, 0.68];
    const { notes } = arima({ order: [0, 0, 1] }).fit(series([Number.NaN, ...y, Number.NaN])).report;
    expect(notes.map(({ code }) => code)).toEqual(["ma-unit-root"]);
  });

  test("no value at all", () => {
    expect(failure({ order: [1, 0, 0] }, series([Number.NaN, Number.NaN], { id: "void" }))).toMatchObject({
      code: "no-values",
      argument: "void",
    });
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { ljungBox } from "../../../src/diagnostics/residual-tests/portmanteau.js";
import { checkResiduals } from "../../../src/engine/check-residuals.js";
import { forecast } from "../../../src/engine/forecast.js";
import { replay } from "../../../src/engine/replay.js";
import { update } from "../../../src/engine/update.js";
import { save } from "../../../src/io/model-file.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { arima } from "../../../src/models/arima/index.js";
import { logged } from "../../../src/models/transformed/index.js";
import { referenceSeries } from "../../reference.js";

const passengers = series(referenceSeries("AirPassengers").values, { period: 12 });
const logs = series(passengers.y.map(Math.log), { period: 12 });

interface Details {
  readonly effectiveObservations: number;
  readonly sigma2Definition: string;
  readonly sigma2Unbiased: number;
  readonly roots: Record<"ar" | "ma", { re: number; im: number; modulus: number; power: number }[]>;
  readonly stationary: boolean;
  readonly invertible: boolean;
  readonly psi: number[];
  readonly optimum: { starts: number; ended: number; evaluations: number; maxima: number[] };
}

describe("what a fit reports", () => {
  const fitted = arima({ order: [2, 1, 1], seasonal: [1, 1, 1] }).fit(logs);
  const { report } = fitted;
  const details = report.details as unknown as Details;
  const [ar1, ar2, ma1, sar1, sma1] = report.coefficients.map(({ estimate }) => estimate);

  test("starts, and how many of them ended at the best maximum, with gaps and without", () => {
    const gapped = series(
      logs.y.map((y, t) => (t === 40 || t === 90 ? Number.NaN : y)),
      { period: 12 },
    );
    const rows = readFileSync("datasets/austres.csv", "utf8").trim().split("\n").slice(1);
    const flat = series(
      rows.map((row) => Number(row.split(",").at(-1))),
      { period: 4 },
    );
    const fits = [
      fitted,
      arima({ order: [2, 1, 1], seasonal: [1, 1, 1] }).fit(gapped),
      arima({ order: [4, 0, 2] }).fit(flat),
    ];
    for (const fit of fits) {
      const { starts, ended } = (fit.report.details as unknown as Details).optimum;
      expect(starts).toBeGreaterThan(1);
      expect(ended).toBeGreaterThan(0);
      expect(ended).toBeLessThanOrEqual(starts);
    }
  });

  test("coefficients by R's names, their standard errors the roots of the covariance's diagonal", () => {
    expect(report.coefficients.map(({ name }) => name)).toEqual(["ar1", "ar2", "ma1", "sar1", "sma1"]);
    report.coefficients.forEach(({ stdError }, i) => {
      expect(stdError).toBeCloseTo(Math.sqrt(report.covariance![i]![i]!), 12);
    });
  });

  test("sigma2 by the definition it tells, and the criteria", () => {
    const { standardized } = replay(fitted.process, fitted.params, logs);
    const squares = standardized.reduce((sum, z) => sum + (Number.isNaN(z) ? 0 : z * z), 0);
    expect(details.effectiveObservations).toBe(144 - 13);
    expect(squares / 131).toBeCloseTo(1, 9);
    expect(details.sigma2Definition).toMatch(/effective observations/);
    expect(details.sigma2Unbiased).toBeCloseTo((report.sigma2 * 131) / (131 - 5), 12);
    const k = 6;
    expect(report.aic).toBeCloseTo(-2 * report.logLikelihood + 2 * k, 9);
    expect(report.aicc).toBeCloseTo(report.aic + (2 * k * (k + 1)) / (131 - k - 1), 9);
    expect(report.bic).toBeCloseTo(-2 * report.logLikelihood + k * Math.log(131), 9);
  });

  test("fitted values and raw residuals add up to the series, and start after the differences", () => {
    const replayed = replay(fitted.process, fitted.params, logs);
    for (let t = 0; t < 144; t++) {
      if (t < 13) expect(replayed.residuals[t]).toBeNaN();
      else expect(replayed.fitted[t]! + replayed.residuals[t]!).toBeCloseTo(logs.y[t]!, 12);
    }
    expect(replayed.logLikelihood).toBeCloseTo(report.logLikelihood, 9);
  });

  test("roots are roots, and say whether the model is stationary and invertible", () => {
    const zeros = [
      ...details.roots.ar.map((root) =>
        root.power === 1 ? value([1, -ar1!, -ar2!], root) : value([1, -sar1!], root),
      ),
      ...details.roots.ma.map((root) =>
        root.power === 1 ? value([1, ma1!], root) : value([1, sma1!], root),
      ),
    ];
    expect(zeros.length).toBe(5);
    for (const zero of zeros) expect(zero).toBeLessThan(1e-9);
    expect([details.stationary, details.invertible]).toEqual([true, true]);
    for (const { re, im, modulus, power } of [...details.roots.ar, ...details.roots.ma]) {
      expect(modulus).toBeCloseTo(Math.hypot(re, im) ** (1 / power), 12);
    }
  });

  function value(ascending: number[], { re, im }: { re: number; im: number }): number {
    let [x, y] = [0, 0];
    for (const c of [...ascending].reverse()) [x, y] = [x * re - y * im + c, x * im + y * re];
    return Math.hypot(x, y);
  }

  test("psi weights are those of the whole polynomials, differences included", () => {
    const product = (a: number[], b: number[]) => {
      const c = new Array<number>(a.length + b.length - 1).fill(0);
      a.forEach((u, i) => {
        b.forEach((v, j) => {
          c[i + j]! += u * v;
        });
      });
      return c;
    };
    const spread = (c: number) => [1, ...Array(11).fill(0), c];
    const left = [[1, -ar1!, -ar2!], spread(-sar1!), [1, -1], spread(-1)].reduce(product);
    const right = product([1, ma1!], spread(sma1!));
    // ψ solves left(B)ψ(B) = right(B).
    const psi: number[] = [];
    for (let k = 0; k < 24; k++) {
      let sum = right[k] ?? 0;
      for (let j = 1; j <= k; j++) sum -= (left[j] ?? 0) * psi[k - j]!;
      psi.push(sum);
    }
    details.psi.forEach((weight, k) => {
      expect(weight).toBeCloseTo(psi[k]!, 9);
    });
  });

  test("Ljung and Box's test is that of the standardised residuals, two seasons long", () => {
    const { standardized } = replay(fitted.process, fitted.params, logs);
    const direct = ljungBox(standardized, { lags: 24, parameters: 5 });
    const test = checkResiduals(fitted)!;
    expect(test).toMatchObject({ lags: 24, df: 19 });
    expect(test.statistic).toBeCloseTo(direct.statistic, 8);
    expect(test.pValue).toBeCloseTo(direct.pValue, 8);
  });

  test("how the maximum was found: starts, evaluations, the maxima met", () => {
    expect(report.converged).toBe(true);
    expect(details.optimum.starts).toBeGreaterThan(0);
    expect(details.optimum.evaluations).toBeLessThan(200);
    expect(details.optimum.maxima[0]).toBeCloseTo(report.logLikelihood, 5);
  });
});

describe("notes", () => {
  const codes = (options: Parameters<typeof arima>[0], y: ArrayLike<number>) =>
    arima(options)
      .fit(series(y))
      .report.notes.map(({ code }) => code);
  const rng = random(11);
  const e = Float64Array.from({ length: 300 }, () => standardNormal(rng));

  test("near-cancelling roots", () => {
    expect(codes({ order: [2, 0, 2] }, e)).toContain("cancelling-roots");
  });

  test("a unit root in the autoregression", () => {
    let level = 0;
    const walk = e.map((value) => (level += 1 + 0.01 * value));
    expect(codes({ order: [1, 0, 0], mean: false }, walk)).toContain("near-unit-root");
  });

  test("a likelihood without curvature", () => {
    const constantButOne = Float64Array.from({ length: 40 }, (_, t) => (t === 20 ? 1 : 0));
    const fitted = arima({ order: [1, 0, 1] }).fit(series(constantButOne));
    if (fitted.report.covariance === null) {
      expect(fitted.report.notes.map(({ code }) => code)).toContain("flat-likelihood");
      for (const { stdError } of fitted.report.coefficients) expect(stdError).toBeNaN();
    }
  });
});

describe("held coefficients", () => {
  test("stay where they are, cost no parameter, and the others are at their best given them", () => {
    const free = arima({ order: [1, 0, 1] }).fit(logs).report;
    const held = arima({ order: [1, 0, 1], fixed: { ma1: 0.3, mean: 5.4 } }).fit(logs).report;
    expect(held.coefficients[1]).toMatchObject({ name: "ma1", estimate: 0.3, stdError: 0 });
    expect(held.coefficients[2]).toMatchObject({ name: "mean", estimate: 5.4, stdError: 0 });
    expect(held.logLikelihood).toBeLessThan(free.logLikelihood);
    expect(held.aic).toBeCloseTo(-2 * held.logLikelihood + 2 * 2, 9);
    const all = { ar1: free.coefficients[0]!.estimate, ma1: free.coefficients[1]!.estimate };
    const again = arima({ order: [1, 0, 1], fixed: all }).fit(logs).report;
    expect(again.logLikelihood).toBeCloseTo(free.logLikelihood, 6);
  });

  test("a level is held by either of its names, with and without inputs", () => {
    const x = Float64Array.from(logs.y, (_, t) => Math.sin(t));
    const withInput = { ...logs, inputs: { names: ["x"], columns: [x] } };
    const level = (fixed: Record<string, number>, data: typeof logs) =>
      arima({ order: [1, 0, 0], fixed })
        .fit(data)
        .report.coefficients.find(({ name }) => name === "mean" || name === "intercept");
    for (const fixed of [{ mean: 5.4 }, { intercept: 5.4 }]) {
      expect(level(fixed, withInput)).toEqual({ name: "intercept", estimate: 5.4, stdError: 0 });
      expect(level(fixed, logs)).toEqual({ name: "mean", estimate: 5.4, stdError: 0 });
    }
  });

  test("unknown names are refused with the nearest", () => {
    expect(() => arima({ order: [1, 0, 1], fixed: { ma2: 0 } }).fit(logs)).toThrow(/ma1/);
  });
});

describe("forecasts", () => {
  test("with inputs follow their future values", () => {
    const x = Float64Array.from({ length: 144 }, (_, t) => Math.sin(t * t));
    const y = logs.y.map((value, t) => value + 2 * x[t]!);
    const fitted = arima({ order: [0, 1, 1], seasonal: [0, 1, 1] }).fit(
      series(y, { period: 12, inputs: { x } }),
    );
    const { estimate } = fitted.report.coefficients.find(({ name }) => name === "x")!;
    const at = (future: number[]) => forecast(fitted, { horizon: 3, inputs: { x: future } });
    const [low, high] = [at([0, 0, 0]), at([0, 1, 5])];
    expect(high.mean[0]! - low.mean[0]!).toBeCloseTo(0, 10);
    expect(high.mean[1]! - low.mean[1]!).toBeCloseTo(estimate, 10);
    expect(high.mean[2]! - low.mean[2]!).toBeCloseTo(5 * estimate, 10);
    for (let h = 0; h < 3; h++) {
      expect(high.distributions[h]!.variance).toBeCloseTo(low.distributions[h]!.variance, 12);
    }
  });

  test("under a logarithm the mean is that of the log-normal, above the median", () => {
    const model = arima({ order: [0, 1, 1], seasonal: [0, 1, 1] });
    const plain = forecast(model.fit(logs), { horizon: 12 });
    const ahead = forecast(logged(model).fit(passengers), { horizon: 12 });
    plain.distributions.forEach(({ mean, variance }, h) => {
      expect(ahead.mean[h]! / Math.exp(mean + variance / 2)).toBeCloseTo(1, 10);
      expect(ahead.distributions[h]!.quantile(0.5) / Math.exp(mean)).toBeCloseTo(1, 10);
    });
  });
});

describe("memory", () => {
  const long = series(
    Float64Array.from({ length: 5000 }, (_, t) => Math.sin(t * t) + Math.sin((Math.PI * t) / 6)),
    { period: 12 },
  );
  const model = arima({ order: [1, 1, 1], seasonal: [1, 1, 1] });

  test("is as large after 5,000 values as after 144", () => {
    const size = (y: Float64Array) => save(model.fit(series(y, { period: 12 }))).length;
    expect(Math.abs(size(long.y) - size(long.y.slice(0, 144)))).toBeLessThan(1500);
  });

  test("does not grow with updates, which agree with a replay", () => {
    const start = model.fit(series(long.y.slice(0, 144), { period: 12 }));
    const updated = update(start, long.y.slice(144, 3144));
    const replayed = replay(start.process, start.params, series(long.y.slice(0, 3144), { period: 12 }));
    const inputs = Array(12).fill(new Float64Array(0));
    const one = start.process.ahead!(start.params, updated.state, inputs)!;
    const two = start.process.ahead!(start.params, replayed.state, inputs)!;
    one.forEach(({ mean, variance }, h) => {
      expect(mean).toBeCloseTo(two[h]!.mean, 8);
      expect(variance).toBeCloseTo(two[h]!.variance, 8);
    });
    expect(save(updated).length).toBeLessThan(save(start).length + 1500);
  });
});

import { afterAll, describe, expect, test } from "vitest";
import { series } from "../../../src/core/series.js";
import { replay, replayStepwise } from "../../../src/engine/replay.js";
import { etsProcess } from "../../../src/models/ets/index.js";
import type { EtsForm } from "../../../src/models/ets/recursion/form.js";
import type { EtsParams } from "../../../src/models/ets/recursion/transition.js";
import { Worst } from "../../diagnostics/reference.js";
import { readReference, referenceSeries } from "../../reference.js";

interface FixedCase {
  readonly id: string;
  readonly series: string;
  readonly error: "A" | "M";
  readonly trend: "N" | "A" | "M";
  readonly season: "N" | "A" | "M";
  readonly damped: boolean;
  readonly period: number;
  readonly alpha: number;
  readonly beta: number | null;
  readonly gamma: number | null;
  readonly phi: number | null;
  readonly init: number[];
  readonly result: {
    readonly loglik: number;
    readonly finalState: number[];
    readonly forecastMean: number[];
    readonly residuals: { readonly first: number[]; readonly last: number[]; readonly sumsq: number };
  };
}

/** A stored case as parameters; R lists the seasons with the most recent first. */
function paramsOf(c: FixedCase, sigma2: number): EtsParams {
  const form: EtsForm = {
    error: c.error,
    trend: c.trend,
    damped: c.damped,
    season: c.season,
    period: c.period,
  };
  const slopes = c.trend === "N" ? 0 : 1;
  return {
    form,
    smoothing: { alpha: c.alpha, beta: c.beta ?? 0, gamma: c.gamma ?? 0, phi: c.phi ?? 1 },
    sigma2,
    level: c.init[0]!,
    slope: slopes === 0 ? 0 : c.init[1]!,
    season: Float64Array.from(c.init.slice(1 + slopes).reverse()),
    floor: 0,
  };
}

const worst = new Worst();

const cases = readReference("ets-likelihood").cases as unknown as FixedCase[];

// R's C code at fixed parameters and states (test/reference/ets-likelihood.json): no optimiser, so rounding only.
describe("the recursion at R's parameters and states", () => {
  test.each(cases)("$id", (c) => {
    const { values } = referenceSeries(c.series);
    const n = values.length;
    const sigma2 = c.result.residuals.sumsq / n;
    const params = paramsOf(c, sigma2);
    const { logLikelihood, residuals, fitted, state } = replay(etsProcess, params, series(values));
    const relative = residuals.map((e, t) => (c.error === "M" ? e / fitted[t]! : e));
    c.result.residuals.first.forEach((e, t) => {
      expect(relative[t]).toBeCloseTo(e, 9);
    });
    c.result.residuals.last.forEach((e, i) => {
      expect(relative[n - c.result.residuals.last.length + i]).toBeCloseTo(e, 9);
    });
    // R leaves out the Gaussian constants; σ² is the mean square, where the likelihood is greatest.
    const constants = 0.5 * n * (1 + Math.log((2 * Math.PI) / n));
    worst.relative("log-likelihood", logLikelihood + constants, c.result.loglik, c.id);
    expect(logLikelihood + constants).toBeCloseTo(c.result.loglik, 8);
    expect(state.level / c.result.finalState[0]!).toBeCloseTo(1, 10);
    const means = meansAhead(params, state, 12);
    c.result.forecastMean.forEach((mean, h) => {
      // R's inner routine adds the first power of φ twice (its forecast() does not); one step is right either way.
      if (c.damped && h > 0) return;
      worst.relative("forecasts", means[h]!, mean, c.id);
      expect(means[h]! / mean).toBeCloseTo(1, 10);
    });
  });
  afterAll(() => worst.report("ets-likelihood"));
});

/** The forecasts with every error at zero. */
function meansAhead(
  params: EtsParams,
  state: ReturnType<typeof etsProcess.start>,
  horizon: number,
): number[] {
  const none = new Float64Array(0);
  let memory = state;
  return Array.from({ length: horizon }, () => {
    const { mean } = etsProcess.conditional(params, memory, none);
    memory = etsProcess.advance(params, memory, mean, none);
    return mean;
  });
}

test("statsmodels' full Gaussian likelihood at fixed parameters", () => {
  const stored = (
    readReference("statsmodels-models").cases as {
      id: string;
      series: string;
      result: { loglike?: number; llf?: number };
    }[]
  ).filter(({ id }) => id.startsWith("ets-aan-fixed"));
  expect(stored.length).toBe(3);
  for (const { series: name, result } of stored) {
    const y = referenceSeries(name).values;
    const form: EtsForm = { error: "A", trend: "A", damped: false, season: "N", period: 1 };
    const at = { form, level: y[0]!, slope: y[1]! - y[0]!, season: new Float64Array(0), floor: 0 };
    const smoothing = { alpha: 0.6, beta: 0.1, gamma: 0, phi: 1 };
    const unit = replay(etsProcess, { ...at, smoothing, sigma2: 1 }, series(y));
    const sigma2 = unit.residuals.reduce((sum, e) => sum + e * e, 0) / y.length;
    const { logLikelihood } = replay(etsProcess, { ...at, smoothing, sigma2 }, series(y));
    const expected = (result.loglike ?? result.llf)!;
    expect(Math.abs(logLikelihood - expected)).toBeLessThan(1e-8 * Math.abs(expected));
  }
});

describe("missing values of a linear form", () => {
  const form: EtsForm = { error: "A", trend: "A", damped: true, season: "A", period: 4 };
  const params: EtsParams = {
    form,
    smoothing: { alpha: 0.5, beta: 0.1, gamma: 0.2, phi: 0.9 },
    sigma2: 2.5,
    level: 10,
    slope: 0.4,
    season: Float64Array.of(1, -2, 0.5, 0.5),
    floor: 0,
  };
  const whole = Float64Array.from(
    { length: 30 },
    (_, t) => 10 + 0.3 * t + [1, -2, 0.5, 0.5][t % 4]! + Math.sin(7 * t),
  );
  const holes = new Set([0, 3, 4, 11, 12, 13, 14, 15, 16, 17, 18, 25]);
  const y = whole.map((value, t) => (holes.has(t) ? Number.NaN : value));

  /** Mean and covariance of the whole future from the start: y = mean + L·e, by running unit errors through. */
  function jointMoments(n: number): { mean: number[]; root: number[][] } {
    const none = new Float64Array(0);
    const run = (impulse: number) => {
      let state = etsProcess.start(params);
      return Array.from({ length: n }, (_, t) => {
        const value = etsProcess.conditional(params, state, none).mean + (t === impulse ? 1 : 0);
        state = etsProcess.advance(params, state, value, none);
        return value;
      });
    };
    const mean = run(-1);
    const root = Array.from({ length: n }, (_, i) => run(i).map((value, t) => value - mean[t]!));
    return { mean, root };
  }

  // Brute force: the joint normal density of the observed values, with its covariance matrix written out.
  test("the likelihood is that of the joint normal distribution of what is observed", () => {
    const { mean, root } = jointMoments(30);
    const seen = Array.from(y.keys()).filter((t) => !holes.has(t));
    const covariance = seen.map((s) =>
      seen.map((t) => params.sigma2 * root.reduce((sum, column) => sum + column[s]! * column[t]!, 0)),
    );
    const expected = normalLogDensity(
      seen.map((t) => y[t]! - mean[t]!),
      covariance,
    );
    const { logLikelihood } = replayStepwise(etsProcess, params, series(y));
    expect(logLikelihood).toBeCloseTo(expected, 9);
  });

  test("forecasts after gaps are the joint distribution's conditionals", () => {
    const { mean, root } = jointMoments(36);
    const seen = Array.from(y.keys()).filter((t) => !holes.has(t));
    const cov = (s: number, t: number) =>
      params.sigma2 * root.reduce((sum, column) => sum + column[s]! * column[t]!, 0);
    const state = replayStepwise(etsProcess, params, series(y)).state;
    const inputs = Array.from({ length: 6 }, () => new Float64Array(0));
    etsProcess.ahead!(params, state, inputs)!.forEach((marginal, h) => {
      const target = 30 + h;
      const weights = solve(
        seen.map((s) => seen.map((t) => cov(s, t))),
        seen.map((s) => cov(s, target)),
      );
      const expected = weights.reduce(
        (sum, w, i) => sum + w * (y[seen[i]!]! - mean[seen[i]!]!),
        mean[target]!,
      );
      const variance = weights.reduce((sum, w, i) => sum - w * cov(seen[i]!, target), cov(target, target));
      expect(marginal.mean).toBeCloseTo(expected, 9);
      expect(marginal.variance).toBeCloseTo(variance, 9);
    });
  });

  test("no more columns than states, however many values are missing", () => {
    let state = etsProcess.start(params);
    for (let t = 0; t < 40; t++) state = etsProcess.advance(params, state, Number.NaN, new Float64Array(0));
    expect(state.covarianceRoot.length).toBe(6);
    expect(forecastVariance(state)).toBeGreaterThan(40 * 0.25 * params.sigma2);
  });

  function forecastVariance(state: ReturnType<typeof etsProcess.start>): number {
    return etsProcess.conditional(params, state, new Float64Array(0)).variance;
  }
});

test("a nonlinear form takes a missing value's error to be zero", () => {
  const params: EtsParams = {
    form: { error: "M", trend: "N", damped: false, season: "N", period: 1 },
    smoothing: { alpha: 0.5, beta: 0, gamma: 0, phi: 1 },
    sigma2: 0.01,
    level: 10,
    slope: 0,
    season: new Float64Array(0),
    floor: 0,
  };
  const none = new Float64Array(0);
  const after = etsProcess.advance(params, etsProcess.start(params), Number.NaN, none);
  expect(after).toEqual(etsProcess.start(params));
  expect(forecastOf(params).mean).toBe(10);
});

function forecastOf(params: EtsParams) {
  return etsProcess.conditional(params, etsProcess.start(params), new Float64Array(0));
}

/** log N(x; 0, covariance) by elimination. */
function normalLogDensity(x: number[], covariance: number[][]): number {
  const a = covariance.map((row) => row.slice());
  const z = x.slice();
  let result = -0.5 * x.length * Math.log(2 * Math.PI);
  for (let i = 0; i < z.length; i++) {
    result -= 0.5 * (Math.log(a[i]![i]!) + z[i]! ** 2 / a[i]![i]!);
    for (let j = i + 1; j < z.length; j++) {
      const factor = a[j]![i]! / a[i]![i]!;
      for (let k = i; k < z.length; k++) a[j]![k] = a[j]![k]! - factor * a[i]![k]!;
      z[j] = z[j]! - factor * z[i]!;
    }
  }
  return result;
}

function solve(matrix: number[][], right: number[]): number[] {
  const a = matrix.map((row, i) => [...row, right[i]!]);
  const n = right.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const factor = a[j]![i]! / a[i]![i]!;
      for (let k = i; k <= n; k++) a[j]![k] = a[j]![k]! - factor * a[i]![k]!;
    }
  }
  return a.map((row, i) => row[n]! / row[i]!);
}

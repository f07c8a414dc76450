import { describe, expect, test } from "vitest";
import { series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { replayStepwise } from "../../../src/engine/replay.js";
import { cholesky, solveCholesky } from "../../../src/math/linear-algebra/cholesky.js";
import { type ThetaParams, type ThetaState, theta, thetaProcess } from "../../../src/models/theta/index.js";
import { referenceSeries } from "../../reference.js";

const NONE = new Float64Array(0);
const HORIZON = 9;
const y = referenceSeries("Nile").values.slice(0, 40);

function paramsOf(dynamic: boolean): ThetaParams {
  return {
    dynamic,
    alpha: 0.4,
    omega: 0.6,
    level: 1100,
    slope: -3,
    sigma2: 900,
    origin: y.length,
    driftVariance: 0.03,
    figure: NONE,
    multiplicative: false,
  };
}

/** Values that follow the state when errors are 0 but one, and the drift is what the state says: the model written out. */
function run(params: ThetaParams, from: ThetaState, impulse: number): number[] {
  let state = from;
  return Array.from({ length: HORIZON }, (_, h) => {
    const value = thetaProcess.conditional(params, state, NONE).mean + (h === impulse ? 1 : 0);
    state = thetaProcess.advance(params, state, value, NONE);
    return value;
  });
}

describe.each([false, true])(
  "an uncertain drift from the end of the training series on (dynamic: %s)",
  (dynamic) => {
    const params = paramsOf(dynamic);
    const certain = { ...params, driftVariance: 0 };
    const end = replayStepwise(thetaProcess, certain, series(y)).state;
    const mean = run(certain, end, -1);
    const drifting = run(certain, { ...end, drift: 1 }, -1).map((value, h) => value - mean[h]!);
    const impulses = mean.map((_, i) => run(certain, end, i).map((value, h) => value - mean[h]!));
    const covariance = (s: number, t: number) =>
      params.sigma2 *
      (impulses.reduce((sum, column) => sum + column[s]! * column[t]!, 0) +
        params.driftVariance * drifting[s]! * drifting[t]!);

    test("marginals are those of the joint normal distribution", () => {
      const { state } = replayStepwise(thetaProcess, params, series(y));
      const inputs = mean.map(() => NONE);
      thetaProcess.ahead!(params, state, inputs)!.forEach((marginal, h) => {
        expect(marginal.mean).toBeCloseTo(mean[h]!, 9);
        expect(marginal.variance / covariance(h, h)).toBeCloseTo(1, 10);
      });
    });

    // Brute force: the conditional normal distribution of what is to come given what came, the third value missing.
    test("values after the training series update the drift", () => {
      const seen = [0, 1, 3, 4];
      const values = [700, 820, Number.NaN, 910, 650];
      let { state } = replayStepwise(thetaProcess, params, series(y));
      for (const value of values) state = thetaProcess.advance(params, state, value, NONE);
      const factor = Float64Array.from(seen.flatMap((s) => seen.map((t) => covariance(s, t))));
      expect(cholesky(factor, seen.length)).not.toBeNaN();
      const inputs = Array.from({ length: 4 }, () => NONE);
      thetaProcess.ahead!(params, state, inputs)!.forEach((marginal, h) => {
        const weights = Float64Array.from(seen, (s) => covariance(s, 5 + h));
        solveCholesky(factor, seen.length, weights);
        const shift = seen.reduce((sum, s, i) => sum + weights[i]! * (values[s]! - mean[s]!), 0);
        const told = seen.reduce((sum, s, i) => sum + weights[i]! * covariance(s, 5 + h), 0);
        expect(marginal.mean).toBeCloseTo(mean[5 + h]! + shift, 8);
        expect(marginal.variance / (covariance(5 + h, 5 + h) - told)).toBeCloseTo(1, 9);
      });
    });
  },
);

test.each(["Nile", "lynx", "LakeHuron"])(
  "%s: widths are smoothing's plus the drift's, made of what is left out of the slope and its standard error",
  (name) => {
    const { values } = referenceSeries(name);
    const fitted = theta().fit(series(values));
    const { alpha, omega, slope, sigma2, driftVariance } = fitted.params as ThetaParams;
    const n = values.length;
    const v = sigma2 * ((1.2 * alpha ** 2) / n + 12 / n ** 3);
    expect(driftVariance * sigma2).toBeCloseTo(
      omega ** 2 * v + (1 - omega) ** 2 * Math.max(0, slope ** 2 - v),
      9,
    );
    forecast(fitted, { horizon: 12 }).distributions.forEach(({ variance }, h) => {
      expect(variance / sigma2).toBeCloseTo(1 + h * alpha ** 2 + h ** 2 * driftVariance, 9);
    });
  },
);

// Monte Carlo: the slope through a random walk observed with noise has the variance that is assumed of it.
test("the variance of a least-squares slope through a wandering level", () => {
  const n = 60;
  const alpha = 0.7;
  const slopes: number[] = [];
  let seed = 12345;
  const uniform = () => {
    seed = (1103515245 * seed + 12345) % 2147483648;
    return (seed + 0.5) / 2147483648;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  for (let run = 0; run < 3000; run++) {
    let level = 0;
    const walk = Float64Array.from({ length: n }, () => {
      const e = normal();
      const value = level + e;
      level += alpha * e;
      return value;
    });
    const fitted = walk.reduce((sum, value, t) => sum + value * (t - (n - 1) / 2), 0);
    slopes.push(fitted / ((n * (n * n - 1)) / 12));
  }
  const variance = slopes.reduce((sum, b) => sum + b * b, 0) / slopes.length;
  const expected = (1.2 * alpha ** 2) / n + 12 / n ** 3;
  // The standard error of a variance from 3000 draws is 2.6 %; terms of order 1/n² are left out of the formula.
  expect(Math.abs(variance / expected - 1)).toBeLessThan(0.1);
});

import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast, simulate } from "../../../src/engine/forecast.js";
import { replayStepwise } from "../../../src/engine/replay.js";
import { structuredCholesky, structuredInverse } from "../../../src/math/linear-algebra/displacement.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { arima } from "../../../src/models/arima/index.js";
import { gradient } from "../../../src/models/arima/likelihood/gradient.js";
import { negativeLogLikelihood } from "../../../src/models/arima/likelihood/log-likelihood.js";
import { Workspace } from "../../../src/models/arima/likelihood/workspace.js";

/** A wave of its own shape each season, a slow rise and autocorrelated noise. */
function wave(n: number, period: number, seed: number): number[] {
  const rng = random(seed);
  const shape = Array.from(
    { length: period },
    (_, i) => 10 * Math.sin((2 * Math.PI * i) / period) + standardNormal(rng),
  );
  let noise = 0;
  return Array.from({ length: n }, (_, t) => {
    noise = 0.6 * noise + standardNormal(rng);
    return 100 + 0.01 * t + shape[t % period]! + noise;
  });
}

describe("the presample matrix by its displacement structure", () => {
  test("factor and inverse of a matrix built entry by entry", () => {
    const rng = random(5);
    for (const size of [1, 2, 3, 7, 20]) {
      const plus = Float64Array.from({ length: size }, () => 0.3 * standardNormal(rng));
      const minus = Float64Array.from({ length: size }, () => 0.3 * standardNormal(rng));
      const first = Float64Array.from({ length: size }, (_, k) =>
        k === 0 ? 4 + size : 0.5 * standardNormal(rng),
      );
      const dense = Array.from({ length: size }, () => new Array<number>(size).fill(0));
      for (let k = 0; k < size; k++) {
        dense[k]![0] = first[k]!;
        dense[0]![k] = first[k]!;
      }
      for (let k = 1; k < size; k++) {
        for (let l = 1; l < size; l++) {
          dense[k]![l] = dense[k - 1]![l - 1]! + plus[k - 1]! * plus[l - 1]! - minus[k - 1]! * minus[l - 1]!;
        }
      }
      const factor = new Float64Array(size * size);
      const inverse = new Float64Array(size * size);
      const displacement = { size, first, plus, minus };
      const logDeterminant = structuredCholesky(displacement, factor);
      structuredInverse(displacement, factor, inverse);
      let expected = 0;
      for (let i = 0; i < size; i++) {
        expected -= 2 * Math.log(factor[i * size + i]!);
        for (let j = 0; j < size; j++) {
          let product = 0;
          for (let k = 0; k < size; k++) product += dense[i]![k]! * inverse[k * size + j]!;
          expect(product).toBeCloseTo(i === j ? 1 : 0, 10);
          if (j > i) continue;
          let rebuilt = 0;
          for (let k = 0; k <= j; k++) rebuilt += entry(factor, size, i, k) * entry(factor, size, j, k);
          expect(rebuilt).toBeCloseTo(dense[i]![j]!, 10);
        }
      }
      expect(logDeterminant).toBeCloseTo(expected, 10);
    }
  });

  /** The diagonal is stored inverted. */
  const entry = (factor: Float64Array, size: number, i: number, j: number) =>
    i === j ? 1 / factor[i * size + i]! : factor[i * size + j]!;

  test("an indefinite matrix is told", () => {
    const displacement = {
      size: 2,
      first: Float64Array.of(1, 2),
      plus: new Float64Array(2),
      minus: new Float64Array(2),
    };
    expect(structuredCholesky(displacement, new Float64Array(4))).toBeNaN();
  });
});

describe("seasons of 52, 168 and 365 steps", () => {
  test.each([
    [52, 208],
    [168, 504],
    [365, 1095],
  ])("gradient against differences, m = %d", (period, n) => {
    const ws = new Workspace();
    const w = Float64Array.from(wave(n, period, 1))
      .map((v, t, all) => (t < period ? 0 : v - all[t - period]!))
      .slice(period);
    ws.configure({ p: 1, q: 1, P: 1, Q: 1, period }, [w], 0);
    const x = Float64Array.of(0.5, 0.2, 0.3, -0.6);
    negativeLogLikelihood(ws, x);
    gradient(ws, false);
    const analytic = ws.gradient.slice(0, 4);
    for (let j = 0; j < 4; j++) {
      const up = x.slice();
      const down = x.slice();
      up[j]! += 1e-5;
      down[j]! -= 1e-5;
      const slope = (negativeLogLikelihood(ws, up) - negativeLogLikelihood(ws, down)) / 2e-5;
      expect(Math.abs(slope - analytic[j]!)).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
    }
  });

  test.each([
    [52, 260],
    [168, 504],
  ])("the fit is the plain step's, m = %d", (period, n) => {
    const data = series(wave(n, period, 2), { period });
    const fitted = arima({ order: [1, 0, 0], seasonal: [0, 1, 1] }).fit(data);
    const plain = replayStepwise(fitted.process, fitted.params as never, data);
    expect(Math.abs(plain.logLikelihood - fitted.report.logLikelihood)).toBeLessThan(1e-7);
    expect(fitted.report.converged).toBe(true);
  });

  test("a year of days: fit, forecast, paths and update", () => {
    const data = series(wave(1095, 365, 3), { period: 365 });
    const fitted = arima({ order: [1, 0, 1], seasonal: [0, 1, 1] }).fit(data);
    const ahead = forecast(fitted, { horizon: 730 });
    expect(ahead.mean.every(Number.isFinite)).toBe(true);
    const paths = simulate(fitted, { horizon: 10, paths: 400, seed: 2 });
    const last = Array.from({ length: 400 }, (_, i) => paths.values[i * 10 + 9]!);
    const mean = last.reduce((sum, v) => sum + v, 0) / 400;
    const { mean: exact, variance } = ahead.distributions[9]!;
    expect(Math.abs(mean - exact)).toBeLessThan(5 * Math.sqrt(variance / 400));
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { replay, replayStepwise } from "../../../src/engine/replay.js";
import { pathStreams, rollStepwise } from "../../../src/engine/roll.js";
import { aheadThroughGaps } from "../../../src/engine/through-gaps.js";
import { autocovariancesFromPartials } from "../../../src/math/levinson.js";
import { cholesky, solveCholesky } from "../../../src/math/linear-algebra/cholesky.js";
import { arFromPartials, partialsFromAr } from "../../../src/math/polynomials.js";
import { type ArParams, type ArState, arProcess } from "../../../src/models/ar/index.js";

const NONE = new Float64Array(0);
const steps = (horizon: number) => Array.from({ length: horizon }, () => NONE);

const params = (ar: ArrayLike<number>, start: ArParams["start"] = "stationary", intercept = 0): ArParams => ({
  ar: Float64Array.from(ar),
  center: 10,
  intercept,
  sigma2: 2,
  start,
});

/** Mean and variance of one normal variable given others, from means and a covariance function. */
function conditional(
  at: number,
  given: number[],
  y: Float64Array,
  mean: number,
  covariance: (s: number, t: number) => number,
) {
  const n = given.length;
  const factor = Float64Array.from({ length: n * n }, (_, i) =>
    covariance(given[Math.floor(i / n)]!, given[i % n]!),
  );
  expect(cholesky(factor, n)).not.toBeNaN();
  const weights = Float64Array.from(given, (t) => covariance(at, t));
  const row = weights.slice();
  solveCholesky(factor, n, weights);
  let value = mean;
  let variance = covariance(at, at);
  given.forEach((t, i) => {
    value += weights[i]! * (y[t]! - mean);
    variance -= weights[i]! * row[i]!;
  });
  return { value, variance };
}

const gappy = fc.record({
  partials: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 4 }),
  holes: fc.uniqueArray(fc.nat(13), { maxLength: 9 }),
  seed: fc.nat(1000),
});

function valuesOf(seed: number, holes: readonly number[], n = 14): Float64Array {
  const rng = random(seed);
  const y = Float64Array.from({ length: n }, () => 10 + 4 * (rng.uniform() - 0.5));
  for (const hole of holes) y[hole] = Number.NaN;
  return y;
}

describe("the stationary process", () => {
  test("its conditionals and forecasts are those of the joint normal distribution, whatever is missing", () => {
    fc.assert(
      fc.property(gappy, ({ partials, holes, seed }) => {
        const p = params(arFromPartials(partials.map((r) => r / 10)));
        const y = valuesOf(seed, holes);
        const gamma = autocovariancesFromPartials(partialsFromAr(p.ar), 20);
        const covariance = (s: number, t: number) => p.sigma2 * gamma[Math.abs(s - t)]!;
        let state = arProcess.start(p);
        const seen: number[] = [];
        for (let t = 0; t < y.length; t++) {
          const expected = conditional(t, seen, y, 10, covariance);
          const found = arProcess.conditional(p, state, NONE);
          expect(Math.abs(found.mean - expected.value)).toBeLessThan(1e-8);
          expect(Math.abs(found.variance / expected.variance - 1)).toBeLessThan(1e-8);
          state = arProcess.advance(p, state, y[t]!, NONE);
          if (!Number.isNaN(y[t]!)) seen.push(t);
        }
        arProcess.ahead!(p, state, steps(6))!.forEach((found, h) => {
          const expected = conditional(y.length + h, seen, y, 10, covariance);
          expect(Math.abs(found.mean - expected.value)).toBeLessThan(1e-8);
          expect(Math.abs(found.variance / expected.variance - 1)).toBeLessThan(1e-8);
        });
      }),
      { numRuns: 300 },
    );
  });

  test("memory holds no covariances once the last p values are known", () => {
    const p = params([0.5, 0.2, -0.3]);
    let state = arProcess.start(p);
    for (const y of [1, Number.NaN, 2, 3]) state = arProcess.advance(p, state, y, NONE);
    expect(state.covariance).not.toBeNull();
    state = arProcess.advance(p, state, 4, NONE);
    expect(state).toEqual({
      values: Float64Array.of(4, 3, 2),
      covariance: null,
      unbounded: null,
      pending: 0,
    });
  });

  test("the closed form of the forecasts is what gaps lead to", () => {
    const p = params([1.1, -0.4, 0.2], "stationary", 0.3);
    const state: ArState = {
      values: Float64Array.of(12, 9, 7),
      covariance: null,
      unbounded: null,
      pending: 0,
    };
    const slow = aheadThroughGaps(arProcess, p, state, steps(30));
    arProcess.ahead!(p, state, steps(30))!.forEach((found, h) => {
      expect(found.mean).toBeCloseTo(slow[h]!.mean, 10);
      expect(found.variance / slow[h]!.variance).toBeCloseTo(1, 12);
    });
  });

  test("an intercept moves the mean to center + intercept/(1 − Σφ)", () => {
    const p = params([0.5, 0.25], "stationary", 1);
    const far = arProcess.ahead!(p, arProcess.start(p), steps(200))!.at(-1)!;
    expect(arProcess.conditional(p, arProcess.start(p), NONE).mean).toBeCloseTo(14, 12);
    expect(far.mean).toBeCloseTo(14, 12);
  });
});

describe("the diffuse start", () => {
  /** x_t for t < p has a wide variance and no correlation; what follows comes by the recursion. */
  function wideCovariance(p: ArParams, n: number, width: number): (s: number, t: number) => number {
    const order = p.ar.length;
    const rows: Float64Array[] = [];
    for (let t = 0; t < n; t++) {
      const row = new Float64Array(n);
      if (t < order) row[t] = width;
      else {
        row[t] = Math.sqrt(p.sigma2);
        for (let j = 1; j <= order; j++) {
          for (let i = 0; i < n; i++) row[i]! += p.ar[j - 1]! * rows[t - j]![i]!;
        }
      }
      rows.push(row);
    }
    return (s, t) => rows[s]!.reduce((sum, value, i) => sum + value * rows[t]![i]!, 0);
  }

  test("is the limit of an ever wider start, whatever is missing; its terms drop out", () => {
    fc.assert(
      fc.property(gappy, fc.boolean(), ({ partials, holes, seed }, explosive) => {
        const ar = arFromPartials(partials.map((r) => r / 10));
        if (explosive) ar[0]! += 0.3;
        // A last coefficient of zero leaves the first value without a bearing on anything.
        fc.pre(ar.every((value) => Math.abs(value) > 0.15));
        const p = params(ar, "diffuse");
        const y = valuesOf(seed, holes);
        const covariance = wideCovariance(p, 20, 3e3);
        const wider = wideCovariance(p, 20, 6e3);
        let state = arProcess.start(p);
        const seen: number[] = [];
        let logLikelihood = 0;
        for (let t = 0; t < y.length; t++) {
          const expected = conditional(t, seen, y, 10, covariance);
          const found = arProcess.conditional(p, state, NONE);
          // Where a gap has worn the width down to the size of the noise, neither limit is in sight: left out.
          const growth = conditional(t, seen, y, 10, wider).variance / expected.variance;
          if (growth > 3.5) expect(found.kind).toBe("diffuse");
          else if (growth < 1 + 1e-4 && found.kind === "normal") {
            expect(Math.abs(found.mean - expected.value)).toBeLessThan(1e-2);
            expect(Math.abs(found.variance / expected.variance - 1)).toBeLessThan(1e-3);
          }
          if (!Number.isNaN(y[t]!)) {
            logLikelihood += found.logDensity(y[t]!);
            seen.push(t);
          }
          state = arProcess.advance(p, state, y[t]!, NONE);
        }
        expect(replay(arProcess, p, series(y)).logLikelihood).toBeCloseTo(logLikelihood, 9);
      }),
      { numRuns: 300 },
    );
  });

  test("the first p values are given, whatever they are", () => {
    const p = params([1.2, -0.1], "diffuse");
    const { logLikelihood, fitted, residuals } = replay(arProcess, p, series([3, 100, 120]));
    expect(Array.from(fitted.subarray(0, 2))).toEqual([Number.NaN, Number.NaN]);
    const mean = 10 + 1.2 * 90 - 0.1 * -7;
    expect(fitted[2]).toBeCloseTo(mean, 12);
    expect(residuals[2]).toBeCloseTo(120 - mean, 12);
    expect(logLikelihood).toBeCloseTo(-0.5 * (Math.log(4 * Math.PI) + (120 - mean) ** 2 / 2), 12);
  });
});

describe("fast forms", () => {
  test("replay of a whole series equals the plain fold", () => {
    fc.assert(
      fc.property(gappy, fc.constantFrom("stationary", "diffuse"), ({ partials, holes, seed }, start) => {
        const p = params(arFromPartials(partials.map((r) => r / 10)), start, 0.4);
        const on = series(valuesOf(seed, holes, 25));
        const fast = replay(arProcess, p, on);
        const plain = replayStepwise(arProcess, p, on);
        expect(fast.state).toEqual(plain.state);
        expect(fast.fitted).toEqual(plain.fitted);
        expect(fast.residuals).toEqual(plain.residuals);
        expect(fast.logLikelihood).toBeCloseTo(plain.logLikelihood, 10);
        fast.standardized.forEach((value, t) => {
          if (Number.isNaN(value)) expect(plain.standardized[t]).toBeNaN();
          else expect(value).toBeCloseTo(plain.standardized[t]!, 12);
        });
      }),
    );
  });

  test.each([
    ["twelve lags, all known", Array.from({ length: 12 }, (_, j) => 0.5 / (j + 1.5) ** 2), 0],
    ["three lags, one value missing", [0.6, -0.2, 0.3], 1],
    ["order 0", [], 0],
  ])("a batch of paths is bit-equal to the plain roll: %s", (_, ar, gaps) => {
    const p = params(ar, "stationary", 0.7);
    let state = arProcess.start(p);
    for (let t = 0; t < 14; t++)
      state = arProcess.advance(p, state, t === 13 && gaps > 0 ? Number.NaN : t % 5, NONE);
    const fast = arProcess.rollMany!(p, state, steps(24), pathStreams(3, 20));
    const plain = rollStepwise(arProcess, p, state, steps(24), pathStreams(3, 20));
    expect(fast).toEqual(plain);
  });

  test("nothing is mutated", () => {
    const p = params([0.5, 0.2]);
    const start = arProcess.start(p);
    const copy = structuredClone(start);
    arProcess.advance(p, start, 3, NONE);
    arProcess.advance(p, start, Number.NaN, NONE);
    arProcess.ahead!(p, start, steps(5));
    expect(start).toEqual(copy);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { replay, replayStepwise } from "../../../src/engine/replay.js";
import { autocovariancesFromPartials } from "../../../src/math/levinson.js";
import { cholesky, solveCholesky } from "../../../src/math/linear-algebra/cholesky.js";
import { minimiseInCube } from "../../../src/math/minimise/newton.js";
import { arFromPartials, multiply } from "../../../src/math/polynomials.js";
import { arProcess, maximumLikelihoodAr } from "../../../src/models/ar/index.js";
import { exactObjective } from "../../../src/models/ar/likelihood/exact-objective.js";
import { gapObjective } from "../../../src/models/ar/likelihood/gap-objective.js";
import { gapSeries } from "../../../src/models/ar/likelihood/gap-series.js";
import {
  likelihoods,
  logLikelihoodAt,
  profileLogLikelihood,
} from "../../../src/models/ar/likelihood/likelihood.js";
import { arMoments } from "../../../src/models/ar/likelihood/moments.js";
import { prepare } from "../../../src/models/ar/likelihood/prepare.js";
import { referenceCases, referenceSeries } from "../../reference.js";

/** A short series, positions missing from it, and partial autocorrelations of some order below its length. */
const situation = fc
  .record({
    seed: fc.nat(10_000),
    n: fc.integer({ min: 3, max: 14 }),
    order: fc.integer({ min: 0, max: 6 }),
    holes: fc.uniqueArray(fc.nat(13), { maxLength: 6 }),
    partials: fc.array(fc.integer({ min: -97, max: 97 }), { minLength: 6, maxLength: 6 }),
    freeMean: fc.boolean(),
  })
  .map(({ seed, n, order, holes, partials, freeMean }) => {
    const rng = random(seed);
    const missing = Int32Array.from(holes.filter((hole) => hole < n).sort((a, b) => a - b)).subarray(
      0,
      n - 2,
    );
    const x = Float64Array.from({ length: n }, () => rng.uniform() - 0.5);
    for (const hole of missing) x[hole] = 0;
    return {
      x,
      missing,
      freeMean,
      partials: Float64Array.from(partials, (r) => r / 100).subarray(0, Math.min(order, n - 1)),
    };
  });

/** ½ n log S + ½ log|Σ| of the values present, from their dense covariance matrix. */
function dense(x: Float64Array, missing: Int32Array, partials: Float64Array, freeMean: boolean): number {
  const present = Array.from(x.keys()).filter((t) => !missing.includes(t));
  const n = present.length;
  const gamma = autocovariancesFromPartials(partials, x.length);
  const factor = Float64Array.from({ length: n * n }, (_, at) => {
    return gamma[Math.abs(present[Math.floor(at / n)]! - present[at % n]!)]!;
  });
  const logDeterminant = cholesky(factor, n);
  const y = Float64Array.from(present, (t) => x[t]!);
  const solve = (v: Float64Array) => {
    const solution = v.slice();
    solveCholesky(factor, n, solution);
    return solution;
  };
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const ones = new Float64Array(n).fill(1);
  const cross = dot(ones, solve(y));
  const quadratic = dot(y, solve(y)) - (freeMean ? cross ** 2 / dot(ones, solve(ones)) : 0);
  return (n / 2) * Math.log(quadratic) + logDeterminant / 2;
}

function objectiveOf({
  x,
  missing,
  partials,
  freeMean,
}: typeof situation extends fc.Arbitrary<infer T> ? T : never) {
  return missing.length > 0
    ? gapObjective(gapSeries(x, missing, partials.length), partials.length, freeMean)
    : exactObjective(arMoments(x, partials.length), partials.length, freeMean);
}

describe("the exact likelihood", () => {
  test("is the joint normal density of the values present, whichever are missing", () => {
    fc.assert(
      fc.property(situation, (found) => {
        const value = objectiveOf(found).value(found.partials);
        const expected = dense(found.x, found.missing, found.partials, found.freeMean);
        expect(Math.abs(value - expected)).toBeLessThan(1e-7);
      }),
      { numRuns: 400 },
    );
  });

  test("its gradient and Hessian are those of central differences", () => {
    fc.assert(
      fc.property(situation, (found) => {
        const objective = objectiveOf(found);
        const { partials } = found;
        const { gradient } = objective.derivatives(partials);
        const hessian = objective.hessian(partials);
        for (let k = 0; k < partials.length; k++) {
          const width = 1e-5 * (1 - partials[k]! ** 2);
          const ahead = partials.with(k, partials[k]! + width);
          const behind = partials.with(k, partials[k]! - width);
          const slope = (objective.value(ahead) - objective.value(behind)) / (2 * width);
          expect(Math.abs(gradient[k]! - slope)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
          const after = objective.derivatives(ahead).gradient;
          const before = objective.derivatives(behind).gradient;
          for (let l = 0; l < partials.length; l++) {
            const bend = (after[l]! - before[l]!) / (2 * width);
            const scale =
              1 +
              Math.sqrt(Math.abs(hessian[k * (partials.length + 1)]! * hessian[l * (partials.length + 1)]!));
            expect(Math.abs(hessian[k * partials.length + l]! - bend)).toBeLessThan(1e-4 * scale);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test("equals what the process replays to at any mean and variance", () => {
    fc.assert(
      fc.property(
        situation,
        fc.integer({ min: -20, max: 20 }),
        ({ x, missing, partials, freeMean }, shift) => {
          const y = x.map((value, t) => (missing.includes(t) ? Number.NaN : 3 + value));
          const prepared = prepare(y, freeMean);
          const all = likelihoods(prepared, partials.length, freeMean);
          const center = prepared.mean + shift / 10;
          const params = {
            ar: arFromPartials(partials),
            center,
            intercept: 0,
            sigma2: 0.3,
            start: "stationary",
          } as const;
          const expected = logLikelihoodAt(all, partials, center - prepared.mean, 0.3);
          fc.pre(freeMean || shift === 0);
          for (const replayed of [
            replay(arProcess, params, series(y)),
            replayStepwise(arProcess, params, series(y)),
          ]) {
            expect(Math.abs(replayed.logLikelihood - expected)).toBeLessThan(1e-7 * (1 + Math.abs(expected)));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("its maximum", () => {
  test("is the same when values that are known are hidden from the fit's shortcut", () => {
    // Two ways to one likelihood: appended missing values add nothing.
    const { values } = referenceSeries("LakeHuron");
    const plain = maximumLikelihoodAr(values, { order: 3 });
    const padded = maximumLikelihoodAr([Number.NaN, ...values, Number.NaN, Number.NaN], { order: 3 });
    expect(Math.abs(padded.logLikelihood! - plain.logLikelihood!)).toBeLessThan(1e-9);
    plain.ar.forEach((value, j) => {
      expect(Math.abs(padded.ar[j]! - value)).toBeLessThan(1e-6);
      expect(Math.abs(padded.stdErrors[j]! / plain.stdErrors[j]! - 1)).toBeLessThan(1e-6);
    });
    expect(Math.abs(padded.constantStdError / plain.constantStdError - 1)).toBeLessThan(1e-6);
  });

  test("with gaps: nothing nearby is better", () => {
    const { values } = referenceSeries("presidents");
    const prepared = prepare(values, true);
    const all = likelihoods(prepared, 3, true);
    const objective = all.objective(3);
    const fit = minimiseInCube(objective, Float64Array.of(0.5, 0, 0))!;
    const estimate = maximumLikelihoodAr(values, { order: 3 });
    expect(profileLogLikelihood(all, fit.value)).toBeCloseTo(estimate.logLikelihood!, 9);
    const rng = random(4);
    for (let trial = 0; trial < 50; trial++) {
      const nearby = fit.point.map((r) => r + 1e-3 * (rng.uniform() - 0.5));
      expect(objective.value(nearby)).toBeGreaterThanOrEqual(fit.value);
    }
  });
});

/** test/reference/loglik-fixed.json: pure autoregressions, seasonal ones multiplied out, with and without gaps. */
describe("at fixed parameters, against 50-digit arithmetic", () => {
  interface Fixed {
    readonly id: string;
    readonly series: string;
    readonly order: number[];
    readonly seasonal: number[];
    readonly period: number;
    readonly ar: number[];
    readonly sar: number[];
    readonly mean: number | null;
    readonly xreg: unknown;
    readonly exact: { loglik: number; sigma2: number };
    readonly predictExact: { mean: number[]; se: number[] };
  }
  const cases = (referenceCases("loglik-fixed") as unknown as Fixed[]).filter(
    ({ order, seasonal, xreg }) =>
      order[1] === 0 && order[2] === 0 && seasonal[1] === 0 && seasonal[2] === 0 && xreg === null,
  );

  test.each(cases)("$id", ({ series: name, ar, sar, period, mean, exact, predictExact }) => {
    const y = series(referenceSeries(name).values);
    const seasonal = new Float64Array(sar.length * period + 1);
    for (const [j, value] of [-1, ...sar].entries()) seasonal[j * period] = -value;
    const product = multiply([1, ...ar.map((value) => -value)], seasonal);
    const params = {
      ar: product.slice(1).map((value) => -value),
      center: mean ?? 0,
      intercept: 0,
      sigma2: exact.sigma2,
      start: "stationary",
    } as const;
    // 1e-9 (test/reference/README.md); the process starts from variances of 1e6 where a root is 1 + 1e-6.
    for (const replayed of [replay(arProcess, params, y), replayStepwise(arProcess, params, y)]) {
      expect(Math.abs(replayed.logLikelihood / exact.loglik - 1)).toBeLessThan(1e-9);
    }
    const { state } = replay(arProcess, params, y);
    const inputs = predictExact.mean.map(() => new Float64Array(0));
    arProcess.ahead!(params, state, inputs)!.forEach((distribution, h) => {
      const se = predictExact.se[h]!;
      expect(Math.abs(distribution.mean - predictExact.mean[h]!)).toBeLessThan(1e-7 * se);
      expect(Math.abs(Math.sqrt(distribution.variance) / se - 1)).toBeLessThan(1e-7);
    });
  });
});

/** test/reference/arima-ml.json: pure autoregressions at their maximum, presidents with gaps. */
describe("at the maximum, against R polished by Newton steps", () => {
  interface Maximum {
    readonly id: string;
    readonly series: string;
    readonly order: number[];
    readonly seasonal: number[];
    readonly includeMean: boolean;
    readonly xreg: unknown;
    readonly tight: { sigma2: number };
    readonly polished: { coef: Record<string, number>; loglik: number; varCoef: number[][] };
  }
  const cases = (referenceCases("arima-ml") as unknown as Maximum[]).filter(
    ({ id, order, seasonal, xreg }) =>
      !id.startsWith("constant") &&
      order[1] === 0 &&
      order[2] === 0 &&
      seasonal.every((value) => value === 0) &&
      xreg === null,
  );

  test.each(cases)("$id", ({ series: name, order, includeMean, tight, polished }) => {
    const estimate = maximumLikelihoodAr(referenceSeries(name).values, {
      order: order[0]!,
      demean: includeMean,
    });
    expect(Math.abs(estimate.logLikelihood! - polished.loglik)).toBeLessThan(1e-8);
    const found = includeMean ? [...estimate.ar, estimate.mean] : Array.from(estimate.ar);
    const errors = includeMean
      ? [...estimate.stdErrors, estimate.constantStdError]
      : Array.from(estimate.stdErrors);
    // "coefficients then good to about 1e-8 standard errors"; sqrtSunspot's nine to 1e-6.
    for (const [j, value] of Object.values(polished.coef).entries()) {
      expect(Math.abs(found[j]! - value) / errors[j]!, `coefficient ${j + 1}`).toBeLessThan(2e-6);
    }
    expect(Math.abs(estimate.variance / tight.sigma2 - 1)).toBeLessThan(1e-6);
    // varCoef: relative 1e-3 (R's numerical Hessians).
    for (const [i, row] of polished.varCoef.entries()) {
      for (const [j, value] of row.entries()) {
        const p = order[0]!;
        const covariance =
          i < p && j < p
            ? estimate.covariance[i * p + j]!
            : i === j
              ? estimate.constantStdError ** 2
              : estimate.constantCovariance[Math.min(i, j)]!;
        expect(Math.abs(covariance - value)).toBeLessThan(1e-3 * errors[i]! * errors[j]!);
      }
    }
  });
});

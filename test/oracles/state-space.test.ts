import { describe, expect, test } from "vitest";
import { harveyForm, oracleLogLikelihood, type Written } from "../models/arima/oracles.js";
import { readReference, referenceSeries } from "../reference.js";
import { filterStateSpace, type StateSpace } from "./state-space.js";

const localLevel = (noise: number, observationVariance: number): StateSpace => ({
  size: 1,
  observation: Float64Array.of(1),
  observationVariance,
  transition: Float64Array.of(1),
  noise: Float64Array.of(noise),
  mean: Float64Array.of(0),
  covariance: Float64Array.of(0),
  diffuse: Float64Array.of(1),
});

describe("the textbook filter", () => {
  test("a random walk predicts the last value", () => {
    const { errors, variances, count } = filterStateSpace(
      localLevel(2, 0),
      Float64Array.of(3, 4, Number.NaN, 8),
    );
    expect(Array.from(errors)).toEqual([3, 1, Number.NaN, 4]);
    expect(Array.from(variances)).toEqual([Number.POSITIVE_INFINITY, 2, 2, 4]);
    expect(count).toBe(2);
  });

  test("a local level by hand: prediction variances 1 + h + …", () => {
    // After the first value the level is known to variance h = 3; then P = 3 + 1, F = 7, P' = 4 − 16/7 + 1 …
    const { errors, variances, mean, covariance } = filterStateSpace(
      localLevel(1, 3),
      Float64Array.of(10, 17, 13),
    );
    expect(variances[1]).toBe(7);
    expect(errors[1]).toBe(7);
    expect(errors[2]).toBeCloseTo(13 - (10 + (4 / 7) * 7), 12);
    expect(variances[2]).toBeCloseTo(4 - 16 / 7 + 1 + 3, 12);
    const p = 4 - 16 / 7 + 1;
    expect(mean[0]).toBeCloseTo(14 + (p / (p + 3)) * -1, 12);
    expect(covariance[0]).toBeCloseTo(p - p ** 2 / (p + 3) + 1, 12);
  });

  test("a huge prior variance instead of a diffuse one comes near the same", () => {
    const diffuse = filterStateSpace(localLevel(1, 3), referenceSeries("Nile").values);
    const proper = filterStateSpace(
      { ...localLevel(1, 3), covariance: Float64Array.of(1e9), diffuse: Float64Array.of(0) },
      referenceSeries("Nile").values,
    );
    expect(proper.errors[99]).toBeCloseTo(diffuse.errors[99]!, 6);
    expect(proper.variances[99]).toBeCloseTo(diffuse.variances[99]!, 6);
  });
});

interface FixedCase extends Written {
  readonly id: string;
  readonly series: string;
  readonly mean: number | null;
  readonly xreg: { coef: number; values: number[] } | null;
  readonly exact: { loglik: number; nobs: number; sumLogFinfDropped?: number };
}

const cases = readReference("loglik-fixed").cases as FixedCase[];

describe("loglik-fixed.json through R's state-space form", () => {
  // Where R's own filter loses digits so does this one, which is the same textbook recursion.
  const lossy = new Set(["ll-019-LakeHuron"]);

  test.each(cases)("$id", (c) => {
    const y = referenceSeries(c.series).values.map(
      (value, t) => value - (c.mean ?? 0) - (c.xreg ? c.xreg.coef * c.xreg.values[t]! : 0),
    );
    const filtered = filterStateSpace(harveyForm(c), y);
    const tolerance = lossy.has(c.id) ? 1e-5 : 1e-8;
    expect(filtered.count).toBe(c.exact.nobs);
    expect(Math.abs(oracleLogLikelihood(filtered) - c.exact.loglik)).toBeLessThan(
      tolerance * Math.abs(c.exact.loglik),
    );
    if (c.exact.sumLogFinfDropped !== undefined) {
      expect(filtered.diffuseLogDeterminant).toBeCloseTo(c.exact.sumLogFinfDropped, 9);
    }
  });
});

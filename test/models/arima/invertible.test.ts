import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { polynomialRoots } from "../../../src/math/polynomials.js";
import {
  isInvertibleFactor,
  reflectMovingAverage,
} from "../../../src/models/arima/lag-polynomial/invertible.js";

/** Autocorrelations of a moving average: what its mirror images share. */
function autocorrelations(theta: readonly number[]): number[] {
  const b = [1, ...theta];
  const gamma = b.map((_, k) => b.reduce((sum, value, i) => sum + value * (b[i + k] ?? 0), 0));
  return gamma.map((value) => value / gamma[0]!);
}

const smallest = (theta: readonly number[]) =>
  Math.min(...polynomialRoots([1, ...theta]).map(({ re, im }) => Math.hypot(re, im)));

describe("mirroring a moving average", () => {
  test("keeps its autocorrelations and leaves no root inside the circle, 500 of every degree to 8", () => {
    const rng = random(21);
    for (let degree = 1; degree <= 8; degree++) {
      for (let i = 0; i < 500; i++) {
        const theta = Array.from({ length: degree }, () => 4 * rng.uniform() - 2);
        if (Math.abs(theta[degree - 1]!) < 0.01) continue;
        const x = Float64Array.of(7, ...theta, 7);
        const before = autocorrelations(theta);
        const fine = isInvertibleFactor(x, 1, degree);
        expect(fine).toBe(smallest(theta) >= 1);
        if (fine && degree === 1) continue;
        reflectMovingAverage(x, 1, degree);
        const mirrored = Array.from(x.subarray(1, degree + 1));
        expect(smallest(mirrored)).toBeGreaterThan(1 - 1e-7);
        autocorrelations(mirrored).forEach((value, k) => {
          expect(Math.abs(value - before[k]!)).toBeLessThan(1e-8);
        });
        if (fine) for (let k = 0; k < degree; k++) expect(mirrored[k]).toBeCloseTo(theta[k]!, 8);
        expect([x[0], x[degree + 1]]).toEqual([7, 7]);
      }
    }
  });

  test("roots on the circle, double roots and a zero coefficient", () => {
    for (const theta of [
      [-2, 1],
      [0, 1],
      [-2.5, 1],
      [-3, 3, -1],
      [0, 0, 2],
      [0, 0, 0, 16],
    ]) {
      const x = Float64Array.from(theta);
      reflectMovingAverage(x, 0, theta.length);
      const mirrored = Array.from(x);
      autocorrelations(mirrored).forEach((value, k) => {
        expect(value).toBeCloseTo(autocorrelations(theta)[k]!, 4);
      });
    }
  });
});

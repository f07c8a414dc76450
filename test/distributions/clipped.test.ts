import { describe, expect, it } from "vitest";
import type { Distribution } from "../../src/core/distribution.js";
import { clipped } from "../../src/distributions/derived/clipped.js";
import { mixture } from "../../src/distributions/derived/mixture.js";
import { empirical } from "../../src/distributions/families/empirical.js";
import { normal } from "../../src/distributions/families/normal.js";
import { studentT } from "../../src/distributions/families/student-t.js";

/** Mean and variance of the quantiles at the middles of many equal steps of probability: the definition, by brute force. */
function bruteForce(distribution: Distribution): { mean: number; variance: number } {
  const steps = 40_000;
  let mean = 0;
  const values = Array.from({ length: steps }, (_, i) => distribution.quantile((i + 0.5) / steps));
  for (const value of values) mean += value / steps;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2 / steps, 0) };
}

/** Heavy tails beyond the outermost step are missed by brute force, hence the tolerances. */
const CASES: readonly (readonly [string, Distribution, number, number, number])[] = [
  ["normal above its mean", normal(1, 4), 2, Number.POSITIVE_INFINITY, 1e-4],
  ["normal on both sides", normal(1, 4), -1, 2.5, 1e-6],
  ["normal far inside", normal(50, 4), 0, 55, 1e-4],
  ["normal almost wholly below", normal(-6, 1), 0, Number.POSITIVE_INFINITY, 1e-9],
  ["normal almost wholly above", normal(6, 1), -3, 0, 1e-9],
  ["normal mostly below", normal(-2, 1), 0, 4, 1e-5],
  ["t with 3 degrees", studentT(2, 1.5, 3), 0, 9, 1e-5],
  ["t with 8 degrees", studentT(2, 1.5, 8), 0, Number.POSITIVE_INFINITY, 1e-3],
  ["t with 2 degrees, by integration", studentT(2, 1.5, 2), 0, 9, 1e-5],
  ["sample", empirical([-3, -1, 0.5, 0.5, 2, 7, 9]), 0, 8, 1e-5],
  ["sample below its bound", empirical([-3, -1]), 0, 8, 1e-9],
  ["pool, by integration", mixture([normal(0, 1), normal(5, 2)]), 0, 6, 1e-5],
];

describe("clipped", () => {
  it.each(CASES)("has the moments of its quantiles: %s", (_, base, lower, upper, tolerance) => {
    const distribution = clipped(base, lower, upper);
    const expected = bruteForce(distribution);
    expect(Math.abs(distribution.mean - expected.mean)).toBeLessThan(tolerance);
    expect(Math.abs(distribution.variance - expected.variance)).toBeLessThan(4 * tolerance);
  });

  it("is exact for half of a standard normal", () => {
    const half = clipped(normal(0, 1), 0, Number.POSITIVE_INFINITY);
    expect(half.mean).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 14);
    expect(half.variance).toBeCloseTo(0.5 - 1 / (2 * Math.PI), 14);
  });
});

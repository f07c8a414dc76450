import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import {
  normalCdf,
  normalDensity,
  normalLogCdf,
  normalQuantile,
  standardNormal,
} from "../../src/math/special-functions/normal.js";

describe("the standard normal", () => {
  test("the far tails keep their digits", () => {
    // Φ(-37) in 40 digits begins 5.725571222524576.
    expect(Math.abs(normalCdf(-37) / 5.725571222524576e-300 - 1)).toBeLessThan(2e-15);
    expect(Math.abs(normalCdf(normalQuantile(1e-300)) / 1e-300 - 1)).toBeLessThan(1e-12);
    expect(normalLogCdf(-1e8)).toBeCloseTo(-5e15, -2);
  });

  test("limits at probabilities 0, 1/2 and 1 and at infinity", () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(normalDensity(38)).toBeGreaterThan(0);
    expect(normalDensity(Number.POSITIVE_INFINITY)).toBe(0);
  });

  test.each([-0.1, 1.1, Number.NaN])("a probability of %d is refused", (p) => {
    expect(() => normalQuantile(p)).toThrowError(expect.objectContaining({ code: "bad-probability" }));
  });

  test("a draw is the quantile of one uniform number", () => {
    const draws = random(5);
    const uniforms = random(5);
    for (let i = 0; i < 2000; i++) expect(standardNormal(draws)).toBe(normalQuantile(uniforms.uniform()));
  });

  test("draws have the moments of the normal distribution", () => {
    const rng = random(11);
    const n = 200_000;
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const z = standardNormal(rng);
      [z, z * z - 1, z ** 3, z ** 4 - 3].forEach((value, k) => {
        sums[k]! += value / n;
      });
    }
    // Standard errors √(Var zᵏ / n): 1, 2, 15, 96.
    [1, 2, 15, 96].forEach((variance, k) => {
      expect(Math.abs(sums[k]!)).toBeLessThan(4 * Math.sqrt(variance / n));
    });
  });
});

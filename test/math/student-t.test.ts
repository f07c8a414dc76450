import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalCdf, normalQuantile } from "../../src/math/special-functions/normal.js";
import { studentTCdf, studentTQuantile } from "../../src/math/special-functions/student-t.js";

const exponent = (low: number, high: number) =>
  fc.double({ min: low, max: high, noNaN: true }).map((x) => 10 ** x);

describe("Student's t", () => {
  test("closed forms at 1 and 2 degrees of freedom", () => {
    for (const p of [1e-250, 1e-20, 0.001, 0.2, 0.3, 0.499, 0.7, 0.999]) {
      const two = (2 * p - 1) * Math.sqrt(2 / (4 * p * (1 - p)));
      expect(Math.abs(studentTQuantile(p, 2) / two - 1)).toBeLessThan(1e-12);
      const cauchy = -1 / Math.tan(Math.PI * p);
      expect(Math.abs(studentTQuantile(p, 1) / cauchy - 1)).toBeLessThan(1e-12);
    }
  });

  test("the quantile undoes the distribution function, for any degrees of freedom and any tail", () => {
    fc.assert(
      fc.property(exponent(-0.3, 8), exponent(-150, -0.301), (df, p) => {
        const t = studentTQuantile(p, df);
        if (t !== Number.NEGATIVE_INFINITY) expect(Math.abs(studentTCdf(t, df) / p - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test("symmetric and monotone", () => {
    for (const df of [0.5, 1, 3, 30, 1e6]) {
      let before = Number.NEGATIVE_INFINITY;
      for (let i = 1; i < 400; i++) {
        const t = studentTQuantile(i / 400, df);
        expect(t).toBeGreaterThan(before);
        // 1 - i/400 is rounded, and the quantile of ν = 1/2 magnifies that most.
        expect(Math.abs(studentTQuantile(1 - i / 400, df) + t)).toBeLessThan(1e-11 * (1 + Math.abs(t)));
        before = t;
      }
    }
  });

  test("infinite degrees of freedom are the normal distribution, many are next to it", () => {
    expect(studentTQuantile(0.01, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.01));
    expect(studentTCdf(-3, Number.POSITIVE_INFINITY)).toBe(normalCdf(-3));
    expect(studentTQuantile(0.01, 1e15)).toBeCloseTo(normalQuantile(0.01), 12);
  });

  test("limits at probabilities 0, 1/2 and 1; invalid arguments are refused", () => {
    expect(studentTQuantile(0, 3)).toBe(Number.NEGATIVE_INFINITY);
    expect(studentTQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY);
    expect(studentTQuantile(0.5, 3)).toBeCloseTo(0, 15);
    // The true value, about -1e599, is beyond the largest double.
    expect(studentTQuantile(1e-300, 0.5)).toBe(Number.NEGATIVE_INFINITY);
    expect(() => studentTQuantile(1.5, 3)).toThrowError(expect.objectContaining({ code: "bad-probability" }));
    expect(() => studentTQuantile(0.5, 0)).toThrowError(expect.objectContaining({ code: "bad-argument" }));
    expect(() => studentTCdf(0, Number.NaN)).toThrowError(expect.objectContaining({ code: "bad-argument" }));
  });
});

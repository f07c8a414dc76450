import { describe, expect, test } from "vitest";
import { bisectQuantile } from "../../src/math/minimise/bisect-quantile.js";

describe("the least value that reaches a target", () => {
  test("to the last digit on smooth functions", () => {
    for (const target of [0.1, 0.5, 0.9, 0.999999]) {
      const y = bisectQuantile(Math.tanh, target, -10, 30);
      expect(Math.tanh(y)).toBeGreaterThanOrEqual(target);
      expect(Math.abs(y / Math.atanh(target) - 1)).toBeLessThan(1e-9);
    }
  });

  test("exactly at jumps", () => {
    expect(bisectQuantile((y) => Math.floor(y), 3, -5.5, 1000)).toBe(3);
    expect(bisectQuantile((y) => (y >= 0 ? 1 : 0), 0.5, -1, 7)).toBe(0);
    expect(bisectQuantile((y) => (y >= 1e-20 ? 1 : 0), 0.5, -1e20, 1e20)).toBe(1e-20);
  });

  test("few steps on a smooth function", () => {
    let calls = 0;
    const counted = (y: number) => {
      calls++;
      return Math.atan(y);
    };
    expect(bisectQuantile(counted, 0.3, -1e3, 1e4)).toBeCloseTo(Math.tan(0.3), 14);
    expect(calls).toBeLessThan(80);
  });
});

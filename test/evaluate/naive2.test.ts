import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { series } from "../../src/core/series.js";
import { naive2 } from "../../src/evaluate/naive2.js";

/**
 * By hand: a trend of 1 around a season (8, 12, 10, 10)/10 of period 4 over four seasons. The centred average of four with
 * half weights at the ends removes the season up to what the trend mixes in, so the factors are worked out below anew.
 */
function byHand(y: readonly number[], m: number): number[] {
  const half = m / 2;
  const ratios: number[][] = Array.from({ length: m }, () => []);
  for (let t = half; t < y.length - half; t++) {
    let sum = (y[t - half]! + y[t + half]!) / 2;
    for (let k = 1 - half; k < half; k++) sum += y[t + k]!;
    ratios[t % m]!.push(y[t]! / (sum / m));
  }
  const means = ratios.map((list) => list.reduce((sum, value) => sum + value, 0) / list.length);
  const level = means.reduce((sum, value) => sum + value, 0) / m;
  return means.map((value) => value / level);
}

describe("Naive2", () => {
  const SEASON = [0.8, 1.2, 1, 1];
  const seasonal = Array.from({ length: 16 }, (_, t) => (100 + t) * SEASON[t % 4]!);

  test("carries the last adjusted value forward and puts the season back", () => {
    const factors = byHand(seasonal, 4);
    const adjusted = seasonal[15]! / factors[3]!;
    const expected = [0, 1, 2, 3, 0, 1].map((phase) => adjusted * factors[phase]!);
    const found = naive2(series(seasonal, { period: 4 }), 6);
    expected.forEach((value, h) => {
      expect(found[h], `step ${h + 1}`).toBeCloseTo(value, 9);
    });
  });

  test("is the last value without a season, with one that is not significant, and with too few of them", () => {
    expect([...naive2(series([3, 5, 4]), 2)]).toEqual([4, 4]);
    const trend = Array.from({ length: 16 }, (_, t) => t + 1);
    expect([...naive2(series(trend, { period: 4 }), 2)]).toEqual([16, 16]);
    expect([...naive2(series(seasonal.slice(0, 11), { period: 4 }), 1)]).toEqual([seasonal[10]]);
    expect([...naive2(series(new Float64Array(20).fill(7), { period: 4 }), 1)]).toEqual([7]);
  });

  test("the test for a season is that of the competition: 1.645 standard errors at lag m", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 12, maxLength: 40 }), (y) => {
        const n = y.length;
        const centre = y.reduce((sum, value) => sum + value, 0) / n;
        const r = (lag: number) =>
          y.slice(lag).reduce((sum, value, t) => sum + (value - centre) * (y[t]! - centre), 0) /
          y.reduce((sum, value) => sum + (value - centre) ** 2, 0);
        const limit = 1.645 * Math.sqrt((1 + 2 * (r(1) ** 2 + r(2) ** 2 + r(3) ** 2)) / n);
        fc.pre(y.some((value) => value !== y[0]) && Math.abs(Math.abs(r(4)) - limit) > 1e-9);
        const flat = new Set(naive2(series(y, { period: 4 }), 4)).size === 1;
        const expected = byHand(y, 4);
        fc.pre(new Set(expected.map((value) => value.toFixed(9))).size > 1);
        expect(flat).toBe(Math.abs(r(4)) <= limit);
      }),
      { numRuns: 200 },
    );
  });

  test("adds instead of multiplying where values are not positive, and goes through gaps", () => {
    const signs = Array.from({ length: 24 }, (_, t) => [5, -5, 2, -2][t % 4]!);
    expect(
      [...naive2(series(signs, { period: 4 }), 4)].map((value) => Math.round(1e9 * value) / 1e9),
    ).toEqual([5, -5, 2, -2]);
    const gaps = seasonal.map((value, t) => (t === 6 ? Number.NaN : value));
    expect(naive2(series(gaps, { period: 4 }), 4).every(Number.isFinite)).toBe(true);
    expect([...naive2(series([Number.NaN, Number.NaN]), 1)]).toEqual([Number.NaN]);
  });
});

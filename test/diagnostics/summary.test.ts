import fc from "fast-check";
import { expect, test } from "vitest";
import {
  meanOf,
  medianOf,
  quantileOfSorted,
  sumOfSquares,
  varianceOf,
} from "../../src/diagnostics/summary.js";

const values = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 700 })
  .map((list) => Float64Array.from(list));

test("median and quantiles are R's type 7, to the bit", () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (y, p) => {
      const sorted = y.slice().sort();
      const place = (y.length - 1) * p;
      const [low, high] = [Math.floor(place), Math.ceil(place)];
      const expected = sorted[low]! + (place - low) * (sorted[high]! - sorted[low]!);
      expect(quantileOfSorted(sorted, p)).toBe(expected);
      const half = y.length >> 1;
      const middle =
        y.length % 2 === 1 ? sorted[half]! : sorted[half - 1]! + 0.5 * (sorted[half]! - sorted[half - 1]!);
      expect(medianOf(y)).toBe(middle);
    }),
  );
});

test("the variance is the sample's, with n - 1, within 1e-12 of exact sums over whole numbers", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 200 }), (list) => {
      const n = BigInt(list.length);
      const sum = list.reduce((total, value) => total + BigInt(value), 0n);
      const squares = list.reduce((total, value) => total + BigInt(value) ** 2n, 0n);
      const exact = Number(n * squares - sum * sum) / Number(n);
      const y = Float64Array.from(list);
      expect(Math.abs(sumOfSquares(y) - exact)).toBeLessThanOrEqual(1e-12 * exact + 1e-24);
      expect(Math.abs(varianceOf(y) - exact / (list.length - 1))).toBeLessThanOrEqual(1e-12 * exact + 1e-24);
      expect(Math.abs(meanOf(y) - Number(sum) / list.length)).toBeLessThanOrEqual(1e-12 * 1000);
    }),
  );
});

test("a mean keeps its digits beside a large one", () => {
  expect(meanOf(Float64Array.of(1e16, 1, -1e16))).toBeCloseTo(1 / 3, 12);
});

test("none and one: NaN where there is nothing to say, no raw error", () => {
  const [none, one] = [new Float64Array(0), Float64Array.of(3)];
  expect([meanOf(none), medianOf(none), varianceOf(none), quantileOfSorted(none, 0.5)]).toEqual(
    new Array(4).fill(Number.NaN),
  );
  expect([meanOf(one), medianOf(one), sumOfSquares(one), varianceOf(one)]).toEqual([3, 3, 0, Number.NaN]);
});

import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { crossProducts } from "../../src/math/lag-filters/cross-products.js";
import { divide, divideBackward } from "../../src/math/lag-filters/divide.js";
import { multiply } from "../../src/math/lag-filters/multiply.js";

const ORDERS = [1, 2, 3, 4, 5].flatMap((degree) => [1, 2, 12].map((stride) => [degree, stride] as const));

describe("filters by lag polynomials agree with their recursions", () => {
  test.each(ORDERS)("degree %d, stride %d", (degree, stride) => {
    const rng = random(degree * 100 + stride);
    const c = Float64Array.from({ length: degree }, () => (rng.uniform() - 0.5) / degree);
    const reach = degree * stride;
    for (const length of [1, 2, 3, 4, 7, 9, 40]) {
      const [from, to] = [reach, reach + length];
      const source = new Float64Array(to + reach);
      for (let i = from; i < to; i++) source[i] = rng.uniform() - 0.5;
      const past = (x: Float64Array, i: number, step: number) =>
        c.reduce((sum, value, j) => sum + value * x[i + (j + 1) * step]!, 0);
      const target = () => new Float64Array(source.length);

      const product = target();
      multiply(source, product, from, to, c, degree, stride);
      const quotient = target();
      divide(source, quotient, from, to, c, degree, stride);
      const reversed = target();
      divideBackward(source, reversed, from, to, c, degree, stride);
      for (let i = from; i < to; i++) {
        expect(product[i]).toBeCloseTo(source[i]! + past(source, i, -stride), 13);
        expect(quotient[i]! + past(quotient, i, -stride)).toBeCloseTo(source[i]!, 13);
        expect(reversed[i]! + past(reversed, i, stride)).toBeCloseTo(source[i]!, 13);
      }
    }
  });
});

test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])("cross-products at %d lags are sums of products", (count) => {
  const rng = random(count);
  const [a, b] = [0, 1].map(() => Float64Array.from({ length: 60 }, () => rng.uniform() - 0.5)) as [
    Float64Array,
    Float64Array,
  ];
  for (const length of [0, 1, 2, 7, 30]) {
    const sums = new Float64Array(count + 3);
    crossProducts(a, 15, b, 11, length, sums, count);
    for (let k = 0; k < count; k++) {
      let expected = 0;
      for (let t = 0; t < length; t++) expected += a[15 - k + t]! * b[11 + t]!;
      expect(sums[k]).toBeCloseTo(expected, 13);
    }
  }
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { centre } from "../../src/math/centre.js";
import { forward, fourierPlan, inverse, laggedProductsByFourier } from "../../src/math/fft.js";
import { laggedGrams } from "../../src/math/linear-algebra/lagged-gram.js";
import { laggedProducts, laggedProductsDirect } from "../../src/math/linear-algebra/lagged-products.js";
import { laggedRegression } from "../../src/math/linear-algebra/lagged-regression.js";
import { leastSquares } from "../../src/math/linear-algebra/least-squares.js";

function uniforms(seed: number, n: number): Float64Array {
  const rng = random(seed);
  return Float64Array.from({ length: n }, () => rng.uniform() - 0.5);
}

function naive(x: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = 0; t + lag < x.length; t++) sum += x[t]! * x[t + lag]!;
  return sum;
}

describe("laggedProducts", () => {
  test("direct and Fourier sums equal the definition at every length and lag", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat(1000), (n, highest, seed) => {
        const x = uniforms(seed, n);
        const maxLag = highest % n;
        const direct = laggedProductsDirect(x, maxLag);
        const fourier = laggedProductsByFourier(x, maxLag);
        const either = laggedProducts(x, maxLag);
        for (let k = 0; k <= maxLag; k++) {
          const expected = naive(x, k);
          for (const found of [direct, fourier, either]) {
            expect(Math.abs(found[k]! - expected)).toBeLessThan(1e-12 * (1 + naive(x, 0)));
          }
        }
      }),
    );
  });

  test("long series in passes of 2048", () => {
    const x = uniforms(1, 10_000);
    const found = laggedProductsDirect(x, 37);
    for (const k of [0, 1, 5, 36, 37]) expect(Math.abs(found[k]! - naive(x, k))).toBeLessThan(1e-10);
  });
});

describe("Fourier transform", () => {
  test("equals its definition in bit-reversed order, and inverse undoes it", () => {
    const size = 16;
    const plan = fourierPlan(size);
    const re = uniforms(2, size);
    const im = uniforms(3, size);
    const [transformedRe, transformedIm] = [re.slice(), im.slice()];
    forward(plan, transformedRe, transformedIm);
    for (let k = 0; k < size; k++) {
      let sumRe = 0;
      let sumIm = 0;
      for (let t = 0; t < size; t++) {
        const angle = (-2 * Math.PI * k * t) / size;
        sumRe += re[t]! * Math.cos(angle) - im[t]! * Math.sin(angle);
        sumIm += re[t]! * Math.sin(angle) + im[t]! * Math.cos(angle);
      }
      const at = Number.parseInt(k.toString(2).padStart(4, "0").split("").reverse().join(""), 2);
      expect(transformedRe[at]).toBeCloseTo(sumRe, 12);
      expect(transformedIm[at]).toBeCloseTo(sumIm, 12);
    }
    inverse(plan, transformedRe, transformedIm);
    for (let t = 0; t < size; t++) {
      expect(transformedRe[t]! / size).toBeCloseTo(re[t]!, 14);
      expect(transformedIm[t]! / size).toBeCloseTo(im[t]!, 14);
    }
  });
});

describe("laggedRegression", () => {
  function byHand(x: Float64Array, order: number, intercept: boolean) {
    const rows = x.length - order;
    const columns = order + (intercept ? 1 : 0);
    const design = new Float64Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      if (intercept) design[row * columns] = 1;
      for (let j = 1; j <= order; j++) design[row * columns + columns - 1 - order + j] = x[order + row - j]!;
    }
    return leastSquares(design, rows, columns, x.slice(order));
  }

  test.each([
    ["white noise", uniforms(4, 60)],
    ["far from zero", uniforms(4, 60).map((value) => value + 1e5)],
    ["a smooth curve with little noise", uniforms(4, 60).map((value, t) => Math.sin(t / 9) + 1e-4 * value)],
    ["a random walk", uniforms(4, 60).map((_, t, e) => e.slice(0, t + 1).reduce((a, b) => a + b, 0))],
  ])("%s: Gram, refined and QR solutions agree with plain QR", (_, x) => {
    for (const order of [0, 1, 2, 5]) {
      for (const intercept of [true, false]) {
        const found = laggedRegression(x, laggedGrams(x, order)(order), intercept)!;
        const expected = byHand(x, order, intercept);
        const coefficients = intercept ? [found.intercept, ...found.ar] : Array.from(found.ar);
        coefficients.forEach((value, j) => {
          const error = Math.sqrt(expected.unscaledCovariance[j * (coefficients.length + 1)]! * expected.rss);
          expect(Math.abs(value - expected.coefficients[j]!)).toBeLessThanOrEqual(1e-7 * error);
        });
        expect(Math.abs(found.rss / expected.rss - 1)).toBeLessThan(1e-9);
        const scale = Math.max(0, ...expected.unscaledCovariance.map(Math.abs));
        found.unscaledCovariance.forEach((value, at) => {
          expect(Math.abs(value - expected.unscaledCovariance[at]!)).toBeLessThanOrEqual(1e-7 * scale);
        });
      }
    }
  });

  test("collinear lags and too few rows give null", () => {
    const line = Float64Array.from({ length: 30 }, (_, t) => t);
    expect(laggedRegression(line, laggedGrams(line, 2)(2), true)).toBeNull();
    expect(laggedRegression(line, laggedGrams(line, 2)(2), false)).not.toBeNull();
    const short = uniforms(5, 6);
    expect(laggedRegression(short, laggedGrams(short, 4)(4), true)).toBeNull();
  });

  test("the products of every order are those of its rows", () => {
    const x = uniforms(6, 12);
    const gramOf = laggedGrams(x, 4);
    for (let order = 0; order <= 4; order++) {
      const { products, sums, rows } = gramOf(order);
      expect(rows).toBe(12 - order);
      for (let i = 0; i <= order; i++) {
        let sum = 0;
        for (let t = order; t < 12; t++) sum += x[t - i]!;
        expect(Math.abs(sums[i]! - sum)).toBeLessThan(1e-13);
        for (let j = 0; j <= order; j++) {
          let product = 0;
          for (let t = order; t < 12; t++) product += x[t - i]! * x[t - j]!;
          expect(Math.abs(products[i * (order + 1) + j]! - product)).toBeLessThan(1e-13);
        }
      }
    }
  });
});

describe("centre", () => {
  test("takes out the mean to the last digits, and leaves gaps at 0", () => {
    const { mean, values, count } = centre([1e15 + 1, 1e15 + 2, Number.NaN, 1e15 + 6]);
    expect(mean).toBe(1e15 + 3);
    expect(Array.from(values)).toEqual([-2, -1, 0, 3]);
    expect(count).toBe(3);
    expect(centre([]).mean).toBeNaN();
  });
});

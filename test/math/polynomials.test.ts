import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  arFromPartials,
  type Complex,
  isInvertible,
  isStationary,
  multiply,
  partialsFromAr,
  polynomialRoots,
  rootTable,
} from "../../src/math/polynomials.js";

interface TheoryCase {
  id: string;
  ar: number[];
  ma: number[];
  result: { arRoots: Complex[]; maRoots: Complex[] };
}
const theory = JSON.parse(
  readFileSync(new URL("../reference/arma-theory.json", import.meta.url), "utf8"),
) as {
  cases: TheoryCase[];
};

/** Distance of the nearest of `roots` to `target`. */
function distance(roots: readonly Complex[], target: Complex): number {
  return Math.min(...roots.map((root) => Math.hypot(root.re - target.re, root.im - target.im)));
}

describe("polynomialRoots", () => {
  // R polyroot; 1e-8, multiple roots 1e-5: their conditioning (test/reference/README.md).
  test.each(theory.cases)("R's polyroot: $id", ({ id, ar, ma, result }) => {
    const tolerance = id === "double-root" ? 1e-5 : 1e-8;
    const sides = [
      { roots: polynomialRoots([1, ...ar.map((value) => -value)]), expected: result.arRoots },
      { roots: polynomialRoots([1, ...ma]), expected: result.maRoots },
    ];
    for (const { roots, expected } of sides) {
      expect(roots.length).toBe(expected.length);
      for (const target of expected) expect(distance(roots, target)).toBeLessThan(tolerance);
      for (const root of roots) expect(distance(expected, root)).toBeLessThan(tolerance);
    }
  });

  test("roots of known products, to 1e-12 when they are apart", () => {
    const factors = [
      [-0.5, 1],
      [1.25, -1],
      [13, -4, 1],
      [-300, 1],
    ];
    const product = factors.reduce<ArrayLike<number>>((left, right) => multiply(left, right), [1]);
    const expected = [
      { re: 0.5, im: 0 },
      { re: 1.25, im: 0 },
      { re: 2, im: -3 },
      { re: 2, im: 3 },
      { re: 300, im: 0 },
    ];
    polynomialRoots(product).forEach((root, i) => {
      expect(Math.hypot(root.re - expected[i]!.re, root.im - expected[i]!.im)).toBeLessThan(
        1e-12 * (1 + Math.abs(expected[i]!.re)),
      );
    });
  });

  test("wide scales: coefficients from 1e-200 to 1e200", () => {
    const [small, large] = polynomialRoots([1e200, -1e100, 1e-200]);
    expect(small!.re / 1e100 - 1).toBeCloseTo(0, 10);
    expect(large!.re / 1e300 - 1).toBeCloseTo(0, 10);
  });

  test("zero roots, lower degree, constants and refusals", () => {
    expect(polynomialRoots([0, 0, -2, 1, 0])).toEqual([
      { re: 0, im: 0 },
      { re: 0, im: 0 },
      { re: 2, im: 0 },
    ]);
    expect(polynomialRoots([3])).toEqual([]);
    expect(polynomialRoots([4, -4, 1]).every((root) => root.im === 0 && Math.abs(root.re - 2) < 1e-7)).toBe(
      true,
    );
    expect(() => polynomialRoots([0, 0])).toThrow(/all zero/);
    expect(() => polynomialRoots([1, Number.NaN])).toThrow(/finite/);
  });
});

describe("stationarity", () => {
  const partial = fc.integer({ min: -999, max: 999 }).map((value) => value / 1000);

  test("partial autocorrelations and coefficients are inverse to each other", () => {
    fc.assert(
      fc.property(fc.array(partial, { maxLength: 12 }), (partials) => {
        const back = partialsFromAr(arFromPartials(partials));
        const room = partials.reduce((product, value) => product * (1 - value * value), 1);
        partials.forEach((value, i) => {
          expect(Math.abs(back[i]! - value)).toBeLessThan(1e-13 / room + 1e-12);
        });
      }),
    );
  });

  test("the step-down test agrees with the roots", () => {
    const coefficient = fc.integer({ min: -150, max: 150 }).map((value) => value / 100);
    fc.assert(
      fc.property(fc.array(coefficient, { minLength: 1, maxLength: 6 }), (ar) => {
        const table = rootTable(ar);
        const least = Math.min(...table.map((root) => root.modulus));
        fc.pre(Math.abs(least - 1) > 1e-6);
        expect(isStationary(ar)).toBe(least > 1);
        expect(isInvertible(ar.map((value) => -value))).toBe(least > 1);
      }),
      { numRuns: 500 },
    );
  });

  test("the boundary and trivial cases", () => {
    expect(isStationary([])).toBe(true);
    expect(isStationary([1])).toBe(false);
    expect(isStationary([2, -1])).toBe(false);
    expect(isStationary([0.5, 0.5])).toBe(false);
    expect(isStationary([Number.NaN])).toBe(false);
    expect(isStationary([1 - 1e-15])).toBe(true);
    expect(isInvertible([-1])).toBe(false);
  });

  test("moduli and periods: x_t = 2r cos(2π/P) x_{t−1} − r² x_{t−2} cycles in P steps", () => {
    for (const [damping, period] of [
      [0.9, 11],
      [0.99, 4],
      [0.5, 100],
    ] as const) {
      const table = rootTable([2 * damping * Math.cos((2 * Math.PI) / period), -damping * damping]);
      for (const root of table) {
        expect(root.period / period - 1).toBeCloseTo(0, 10);
        expect(root.modulus * damping).toBeCloseTo(1, 12);
      }
    }
    expect(rootTable([0.5])[0]).toMatchObject({ re: 2, period: Number.POSITIVE_INFINITY, frequency: 0 });
    expect(rootTable([-0.5])[0]).toMatchObject({ re: -2, period: 2, frequency: 0.5 });
    expect(rootTable([0, 0])).toEqual([]);
  });
});

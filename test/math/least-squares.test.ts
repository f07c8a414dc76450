import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { leastSquares } from "../../src/math/linear-algebra/least-squares.js";
import { byNormalEquations } from "../../src/math/linear-algebra/normal-equations.js";

/** Longley's data (1967): the classic ill-conditioned regression, with NIST's certified coefficients. */
const LONGLEY = [
  [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
  [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
];
const CERTIFIED = [
  -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359,
  -0.0511041056535807, 1829.15146461355,
];
const CERTIFIED_ERRORS = [
  890420.383607373, 84.9149257747669, 0.0334910077722432, 0.488399681651699, 0.214274163161675,
  0.22607320006937, 455.478499142212,
];

function longley() {
  const design = Float64Array.from(LONGLEY.flatMap((row) => [1, ...row.slice(1)]));
  return { design, y: Float64Array.from(LONGLEY, (row) => row[0]!) };
}

describe("leastSquares", () => {
  test("Longley's data to ten digits (NIST StRD certified values)", () => {
    const { design, y } = longley();
    const fit = leastSquares(design, 16, 7, y);
    const scale = Math.sqrt(fit.rss / 9);
    expect(fit.rank).toBe(7);
    CERTIFIED.forEach((value, j) => {
      expect(Math.abs(fit.coefficients[j]! / value - 1)).toBeLessThan(1e-9);
      const error = scale * Math.sqrt(fit.unscaledCovariance[j * 8]!);
      expect(Math.abs(error / CERTIFIED_ERRORS[j]! - 1)).toBeLessThan(1e-9);
    });
    expect(Math.abs(fit.rss / 836424.055505915 - 1)).toBeLessThan(1e-10);
  });

  test("collinear columns are left out, named, and change nothing else", () => {
    const { design, y } = longley();
    const wider = new Float64Array(16 * 9);
    for (let i = 0; i < 16; i++) {
      wider.set(design.subarray(i * 7, i * 7 + 4), i * 9);
      wider[i * 9 + 4] = 3 * design[i * 7 + 1]! - 2 * design[i * 7 + 3]!;
      wider.set(design.subarray(i * 7 + 4, i * 7 + 7), i * 9 + 5);
      wider[i * 9 + 8] = 5;
    }
    const fit = leastSquares(wider, 16, 9, y);
    expect(fit.collinear).toEqual([4, 8]);
    expect(fit.rank).toBe(7);
    expect(fit.coefficients[4]).toBeNaN();
    expect(fit.unscaledCovariance[4 * 9 + 4]).toBeNaN();
    expect(Math.abs(fit.coefficients[7]! / CERTIFIED[6]! - 1)).toBeLessThan(1e-9);
  });

  test("more columns than rows, zero columns and no columns", () => {
    const fit = leastSquares(Float64Array.of(1, 0, 2, 1, 0, 1), 2, 3, Float64Array.of(3, 4));
    expect(fit.collinear).toEqual([1]);
    const crowded = leastSquares(Float64Array.of(1, 3, 2, 1, 0, 1), 2, 3, Float64Array.of(3, 4));
    expect(crowded.collinear).toEqual([2]);
    expect(fit.rss).toBeLessThan(1e-24);
    const none = leastSquares(new Float64Array(0), 2, 0, Float64Array.of(3, 4));
    expect(none.rss).toBe(25);
    expect(none.rank).toBe(0);
  });

  test("residuals are orthogonal to every column, whatever the scales", () => {
    const cell = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 1000);
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 40, maxLength: 40 }),
        fc.integer({ min: -12, max: 12 }),
        (cells, power) => {
          const design = Float64Array.from(cells.slice(0, 30), (value, i) =>
            i % 3 === 1 ? value * 10 ** power : value,
          );
          const fit = leastSquares(design, 10, 3, Float64Array.from(cells.slice(30)));
          for (let j = 0; j < 3; j++) {
            let product = 0;
            let length = 0;
            for (let i = 0; i < 10; i++) {
              product += design[i * 3 + j]! * fit.residuals[i]!;
              length += design[i * 3 + j]! ** 2;
            }
            expect(Math.abs(product)).toBeLessThanOrEqual(1e-9 * Math.sqrt(length));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test("designs far from collinear are solved through X'X to the digits of QR", () => {
    const rng = random(3);
    const [n, k] = [60, 6];
    const design = Float64Array.from(
      { length: n * k },
      (_, at) => (rng.uniform() - 0.3) * 10 ** ((at % k) - 3),
    );
    const y = Float64Array.from({ length: n }, () => rng.uniform());
    const fast = byNormalEquations(design, n, k, y)!;
    // Twice the same column sends the design to QR, which leaves the second one out.
    const doubled = new Float64Array(n * (k + 1));
    for (let i = 0; i < n; i++) {
      doubled.set(design.subarray(i * k, (i + 1) * k), i * (k + 1));
      doubled[i * (k + 1) + k] = design[i * k]!;
    }
    const slow = leastSquares(doubled, n, k + 1, y);
    expect(slow.collinear).toEqual([k]);
    expect(byNormalEquations(doubled, n, k + 1, y)).toBeNull();
    for (let i = 0; i < k; i++) {
      expect(Math.abs(fast.coefficients[i]! / slow.coefficients[i]! - 1)).toBeLessThan(1e-12);
      for (let j = 0; j < k; j++) {
        const expected = slow.unscaledCovariance[i * (k + 1) + j]!;
        expect(Math.abs(fast.unscaledCovariance[i * k + j]! / expected - 1)).toBeLessThan(1e-11);
      }
    }
    expect(Math.abs(fast.rss / slow.rss - 1)).toBeLessThan(1e-13);
  });

  test("bad sizes and numbers that are not finite are refused", () => {
    expect(() => leastSquares(Float64Array.of(1, 2), 2, 2, Float64Array.of(1, 2))).toThrow(
      /2 rows and 2 columns/,
    );
    expect(() => leastSquares(Float64Array.of(1, Number.NaN), 2, 1, Float64Array.of(1, 2))).toThrow(
      /row 2 of design/,
    );
    expect(() => leastSquares(Float64Array.of(1, 2), 2, 1, Float64Array.of(Number.NaN, 2))).toThrow(
      /row 1 of y/,
    );
  });
});

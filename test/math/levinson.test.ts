import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { autocovariance } from "../../src/diagnostics/correlation/autocovariance.js";
import { burgFromProducts, burgLattice, burgRecursion } from "../../src/math/burg.js";
import { centre } from "../../src/math/centre.js";
import { autocovariancesFromPartials, inverseToeplitz, levinsonDurbin } from "../../src/math/levinson.js";
import { cholesky } from "../../src/math/linear-algebra/cholesky.js";
import { invertCholesky } from "../../src/math/linear-algebra/cholesky-inverse.js";
import { arFromPartials, partialsFromAr } from "../../src/math/polynomials.js";
import { type ReferenceCase, referenceCases, referenceSeries } from "../reference.js";

const partial = fc.integer({ min: -95, max: 95 }).map((value) => value / 100);

interface Levinson {
  readonly sigma2: number;
  readonly ar: number[];
  readonly pacf: number[];
  readonly sigmas: number[];
}

/** Closed forms at 1e-9 (test/reference/README.md). */
function expectClose(actual: number, expected: number, tolerance = 1e-9): void {
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.max(1e-3, Math.abs(expected)),
  );
}

describe("levinsonDurbin", () => {
  const cases = referenceCases<Levinson>("statsmodels-correlation").filter(
    ({ id, series }) => id.startsWith("levinson") && series !== "constant",
  );

  test.each(cases)("statsmodels: $id", ({ series, result }) => {
    const order = result.ar.length;
    const fits = levinsonDurbin(autocovariance(referenceSeries(series!).values, { maxLag: order }));
    for (const [j, value] of result.ar.entries()) expectClose(fits.coefficients[order]![j]!, value);
    for (const [k, value] of result.pacf.entries()) if (k > 0) expectClose(fits.partials[k - 1]!, value);
    // statsmodels leaves sigmas[0] at 0.
    for (const [k, value] of result.sigmas.entries()) if (k > 0) expectClose(fits.variances[k]!, value);
    expectClose(fits.variances[order]!, result.sigma2);
  });

  test("solves the Yule-Walker equations of every order", () => {
    fc.assert(
      fc.property(fc.array(partial, { minLength: 1, maxLength: 8 }), (partials) => {
        const gamma = autocovariancesFromPartials(Float64Array.from(partials), 12);
        const fits = levinsonDurbin(gamma);
        const ar = arFromPartials(partials);
        expectClose(fits.variances[partials.length]!, 1, 1e-8);
        for (let k = 0; k < partials.length; k++)
          expect(Math.abs(fits.partials[k]! - partials[k]!)).toBeLessThan(1e-7);
        for (let k = 1; k <= 12; k++) {
          let sum = 0;
          for (const [j, value] of ar.entries()) sum += value * gamma[Math.abs(k - 1 - j)]!;
          expect(Math.abs(gamma[k]! - sum)).toBeLessThan(1e-9 * gamma[0]!);
        }
      }),
    );
  });

  test("inverts the Toeplitz matrix", () => {
    fc.assert(
      fc.property(fc.array(partial, { minLength: 1, maxLength: 6 }), (partials) => {
        const order = partials.length;
        const gamma = autocovariancesFromPartials(Float64Array.from(partials), order);
        const dense = Float64Array.from({ length: order * order }, (_, at) => {
          return gamma[Math.abs(Math.floor(at / order) - (at % order))]!;
        });
        const inverse = inverseToeplitz(levinsonDurbin(gamma), order);
        cholesky(dense, order);
        const expected = invertCholesky(dense, order);
        const scale = Math.max(...expected.map(Math.abs));
        inverse.forEach((value, at) => {
          expect(Math.abs(value - expected[at]!)).toBeLessThan(1e-8 * scale);
        });
      }),
    );
  });

  test("a series without variance has no partial correlations; too few autocovariances are refused", () => {
    expect(Array.from(levinsonDurbin([0, 0, 0]).partials)).toEqual([0, 0]);
    expect(Array.from(levinsonDurbin([1, 1, 1]).variances)).toEqual([1, 0, 0]);
    expect(() => levinsonDurbin([1, 0.5], 2)).toThrow(/needs 3 autocovariances/);
  });
});

/** test/reference/arma-theory.json: R's ARMAacf of pure autoregressions, to 1e-9. */
describe("theoretical correlations of autoregressions", () => {
  interface Theory {
    readonly id: string;
    readonly ar: number[];
    readonly ma: number[];
    readonly result: { acf: number[]; pacf: number[] };
  }
  const cases = (referenceCases("arma-theory") as unknown as Theory[]).filter(
    ({ ar, ma }) => ar.length > 0 && ma.length === 0,
  );

  test.each(cases)("$id", ({ ar, result }) => {
    const partials = partialsFromAr(ar);
    const gamma = autocovariancesFromPartials(Float64Array.from(partials), result.acf.length - 1);
    for (const [k, value] of result.acf.entries()) expectClose(gamma[k]! / gamma[0]!, value);
    for (const [k, value] of result.pacf.entries()) expectClose(partials[k] ?? 0, value);
  });
});

describe("burgRecursion", () => {
  const cases = referenceCases<{ ar: number[]; sigma2: number }>("statsmodels-correlation").filter(
    ({ id, series }) => id.startsWith("burg") && series !== "constant",
  );

  test.each(cases)(
    "statsmodels: $id",
    ({ series, result }: ReferenceCase<{ ar: number[]; sigma2: number }>) => {
      const order = result.ar.length;
      const found = burgRecursion(centre(referenceSeries(series!).values).values, order);
      const ar = arFromPartials(found.partials);
      for (const [j, value] of result.ar.entries()) expectClose(ar[j]!, value);
      expectClose(found.meanSquare[order]!, result.sigma2);
    },
  );

  test("is the same from lagged products as by the lattice", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 8, maxLength: 40 }), (numbers) => {
        const x = centre(numbers).values;
        const fast = burgFromProducts(x, 5);
        const lattice = burgLattice(x, 5);
        fc.pre(fast !== null);
        for (let k = 0; k < 5; k++) {
          expect(Math.abs(fast!.partials[k]! - lattice.partials[k]!)).toBeLessThan(1e-10);
          expect(Math.abs(fast!.meanSquare[k + 1]! - lattice.meanSquare[k + 1]!)).toBeLessThan(
            1e-10 * lattice.meanSquare[0]!,
          );
        }
      }),
    );
  });

  test("leaves series without noise to the lattice", () => {
    const x = Float64Array.from({ length: 200 }, (_, t) => Math.sin(t));
    expect(burgFromProducts(x, 6)).toBeNull();
    const { partials } = burgRecursion(x, 2);
    expect(partials[1]).toBeLessThan(-0.99);
    expect(Array.from(burgLattice(new Float64Array(5), 2).partials)).toEqual([0, 0]);
  });
});

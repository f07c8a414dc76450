import fc from "fast-check";
import { EigenvalueDecomposition, Matrix, QrDecomposition } from "ml-matrix";
import { expect, test } from "vitest";
import { hessenbergEigenvalues } from "../../src/math/linear-algebra/hessenberg.js";
import { HouseholderQr } from "../../src/math/linear-algebra/householder.js";

// Of few bits: the steps of ml-matrix do not end for some matrices with entries of very different size.
const number = fc.integer({ min: -160, max: 160 }).map((value) => value / 16);
const matrixOf = (rows: number, columns: number) =>
  fc.array(fc.array(number, { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  });
const sized = fc.integer({ min: 1, max: 8 });

/** Entries above the diagonal, on it and right below it. */
const hessenberg = sized.chain((n) =>
  matrixOf(n, n).map((rows) => rows.map((row, i) => row.map((value, j) => (j < i - 1 ? 0 : value)))),
);

test("eigenvalues of Hessenberg matrices are those of ml-matrix, in any order", () => {
  fc.assert(
    fc.property(hessenberg, (rows) => {
      const n = rows.length;
      const found = hessenbergEigenvalues(Float64Array.from(rows.flat()), n);
      const oracle = new EigenvalueDecomposition(new Matrix(rows));
      expect(found.length).toBe(n);
      const size = Math.max(1e-300, ...rows.flat().map(Math.abs));
      for (let i = 0; i < n; i++) {
        const [re, im] = [oracle.realEigenvalues[i]!, oracle.imaginaryEigenvalues[i]!];
        const nearest = Math.min(...found.map((own) => Math.hypot(own.re - re, own.im - im)));
        // Eigenvalues that coincide m times move by eps^(1/m) when entries move by eps.
        expect(nearest).toBeLessThan(1e-5 * size);
      }
      const trace = rows.reduce((sum, row, i) => sum + row[i]!, 0);
      expect(Math.abs(found.reduce((sum, { re }) => sum + re, 0) - trace)).toBeLessThan(1e-12 * n * size);
      expect(Math.abs(found.reduce((sum, { im }) => sum + im, 0))).toBeLessThan(1e-12 * size);
    }),
    { numRuns: 300, seed: 3 },
  );
});

test("eigenvalues that are known: rotations, a Jordan block, a cycle that needs other shifts", () => {
  const rotation = hessenbergEigenvalues(Float64Array.of(0, -1, 1, 0), 2);
  expect(rotation).toEqual([
    { re: 0, im: 1 },
    { re: 0, im: -1 },
  ]);
  // The companion of z⁴ = 1, on which steps without exceptional shifts stand still.
  const roots = hessenbergEigenvalues(Float64Array.of(0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0), 4);
  for (const { re, im } of roots) expect(Math.abs(Math.hypot(re, im) - 1)).toBeLessThan(1e-14);
  expect(new Set(roots.map(({ re, im }) => `${Math.round(re)},${Math.round(im)}`)).size).toBe(4);
  const jordan = hessenbergEigenvalues(Float64Array.of(2, 1, 0, 0, 2, 1, 0, 0, 2), 3);
  expect(jordan.map(({ re }) => re)).toEqual([2, 2, 2]);
});

test("R'R is A'A, and the triangle that of ml-matrix", () => {
  const shape = fc.tuple(sized, fc.integer({ min: 0, max: 20 })).chain(([k, more]) => matrixOf(k + more, k));
  fc.assert(
    fc.property(shape, (rows) => {
      const [n, k] = [rows.length, rows[0]!.length];
      const columns = Float64Array.from({ length: n * k }, (_, at) => rows[at % n]![Math.floor(at / n)]!);
      const factors = new HouseholderQr(columns, n, k);
      const oracle = new QrDecomposition(new Matrix(rows)).upperTriangularMatrix;
      for (let i = 0; i < k; i++) {
        for (let j = 0; j < k; j++) {
          let product = 0;
          let wanted = 0;
          for (let l = 0; l < k; l++) product += factors.triangle(l, i) * factors.triangle(l, j);
          for (const row of rows) wanted += row[i]! * row[j]!;
          expect(Math.abs(product - wanted)).toBeLessThan(1e-11 * n);
        }
        expect(Math.abs(factors.triangle(0, i) - oracle.get(0, i))).toBeLessThan(1e-12 * n);
      }
    }),
    { numRuns: 300, seed: 4 },
  );
});

test("squares out of range, and columns of zeros", () => {
  const large = new HouseholderQr(Float64Array.of(3e200, 4e200), 2, 1);
  expect(Math.abs(large.triangle(0, 0) + 5e200)).toBeLessThan(1e186);
  expect(large.solve(Float64Array.of(6e200, 8e200))[0]).toBeCloseTo(2, 12);
  expect(new HouseholderQr(new Float64Array(4), 2, 2).triangle(1, 1)).toBe(-0);
});

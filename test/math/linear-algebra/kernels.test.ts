import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import {
  type Displacement,
  structuredCholesky,
  structuredInverse,
} from "../../../src/math/linear-algebra/displacement.js";
import {
  compressRows,
  rowProducts,
  semidefiniteFactor,
} from "../../../src/math/linear-algebra/row-compression.js";
import { invertUpper, solveUpper } from "../../../src/math/linear-algebra/triangular.js";

/** A (rows × inner) times B (inner × columns), row-major, by the definition. */
function product(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  rows: number,
  inner: number,
  columns: number,
): number[] {
  return Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    return Array.from({ length: inner }, (_, k) => a[i * inner + k]! * b[k * columns + j]!).reduce(
      (sum, x) => sum + x,
      0,
    );
  });
}

const transposed = (a: ArrayLike<number>, rows: number, columns: number) =>
  Array.from({ length: rows * columns }, (_, at) => a[(at % rows) * columns + Math.floor(at / rows)]!);

const identity = (k: number) => Array.from({ length: k * k }, (_, at) => (at % (k + 1) === 0 ? 1 : 0));

/** Entries differ by rounding of numbers near 1 in sums of at most 12 terms. */
function expectClose(found: ArrayLike<number>, wanted: readonly number[], most = 1e-12): void {
  expect(found.length).toBe(wanted.length);
  for (const [i, x] of wanted.entries()) {
    expect(Math.abs(found[i]! - x), `entry ${i}`).toBeLessThan(most * Math.max(1, Math.abs(x)));
  }
}

const numbers = (seed: number, count: number) => {
  const rng = random(seed);
  return Float64Array.from({ length: count }, () => 2 * rng.uniform() - 1);
};

describe("upper triangular systems", () => {
  const k = 5;
  const upper = numbers(1, k * k).map((x, at) =>
    at % k > Math.floor(at / k) ? x : at % (k + 1) === 0 ? x + 2 : 0,
  );

  test("the solution of Rx = b solves it", () => {
    const b = numbers(2, k);
    const x = b.slice();
    solveUpper(upper, k, x);
    expectClose(product(upper, x, k, k, 1), Array.from(b));
  });

  test("the inverse times R is the identity", () => {
    expectClose(product(invertUpper(upper, k), upper, k, k, k), identity(k));
  });

  test("an unknown with diagonal 0 is 0, in the solution and in the inverse", () => {
    const singular = upper.slice();
    singular[2 * k + 2] = 0;
    const x = new Float64Array(k).fill(1);
    solveUpper(singular, k, x);
    expect(x[2]).toBe(0);
    const inverse = invertUpper(singular, k);
    expect(Array.from({ length: k }, (_, j) => [inverse[2 * k + j], inverse[j * k + 2]]).flat()).toEqual(
      Array(2 * k).fill(0),
    );
  });
});

/** M written out from its first column and M_{k+1,l+1} = M_{k,l} + c_k c_l − h_k h_l. */
function dense({ size, first, plus, minus }: Displacement): Float64Array {
  const m = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    m[k] = first[k]!;
    m[k * size] = first[k]!;
  }
  for (let k = 1; k < size; k++) {
    for (let l = 1; l < size; l++) {
      m[k * size + l] =
        m[(k - 1) * size + l - 1]! + plus[k - 1]! * plus[l - 1]! - minus[k - 1]! * minus[l - 1]!;
    }
  }
  return m;
}

describe("matrices by their displacement structure", () => {
  test.each([1, 2, 5, 12])(
    "factor, log-determinant and inverse of size %d agree with the matrix written out",
    (size) => {
      const near = numbers(3, size).map((x, k) => (k === 0 ? 3 : x / (k + 1)));
      const structure = {
        size,
        first: near,
        plus: numbers(4, size),
        minus: numbers(5, size).map((x) => 0.4 * x),
      };
      const m = dense(structure);
      const factor = new Float64Array(size * size);
      const logDeterminant = structuredCholesky(structure, factor);
      const lower = factor.map((x, at) =>
        at % (size + 1) === 0 ? 1 / x : at % size < Math.floor(at / size) ? x : 0,
      );
      expectClose(product(lower, transposed(lower, size, size), size, size, size), Array.from(m));
      const pivots = Array.from({ length: size }, (_, k) => 2 * Math.log(lower[k * size + k]!));
      expect(logDeterminant).toBeCloseTo(
        pivots.reduce((sum, x) => sum + x, 0),
        12,
      );
      const inverse = new Float64Array(size * size);
      structuredInverse(structure, factor, inverse);
      expectClose(product(inverse, m, size, size, size), identity(size), 1e-11);
    },
  );

  test("a matrix that is not positive definite gives NaN", () => {
    const structure = {
      size: 2,
      first: Float64Array.of(1, 2),
      plus: new Float64Array(2),
      minus: new Float64Array(2),
    };
    expect(structuredCholesky(structure, new Float64Array(4))).toBeNaN();
  });
});

describe("square roots of covariances", () => {
  test.each([
    [3, 7],
    [4, 5],
  ])("a %d × %d factor keeps SS' when it is made square and lower triangular", (rows, columns) => {
    const wide = numbers(6, rows * columns);
    const square = compressRows(wide, rows, columns);
    const wanted = product(wide, transposed(wide, rows, columns), rows, columns, rows);
    expectClose(rowProducts(square, rows, rows), wanted);
    expectClose(rowProducts(wide, rows, columns), wanted);
    for (let i = 0; i < rows; i++) for (let j = i + 1; j < rows; j++) expect(square[i * rows + j]).toBe(0);
  });

  test("rows of zeros stay zeros", () => {
    expect(Array.from(compressRows(new Float64Array(6), 2, 3))).toEqual([0, 0, 0, 0]);
  });

  test("a covariance of rank 2 in four dimensions is the product of its factor", () => {
    const thin = numbers(7, 8);
    const covariance = Float64Array.from(product(thin, transposed(thin, 4, 2), 4, 2, 4));
    expectClose(rowProducts(semidefiniteFactor(covariance, 4), 4, 4), Array.from(covariance));
  });

  test("a variance near 0 before a large one keeps their covariance", () => {
    const products = rowProducts(semidefiniteFactor(Float64Array.of(1e-16, 1e-8, 1e-8, 1), 2), 2, 2);
    expect(products[2]).toBe(1e-8);
    expect(products[3]).toBe(1);
  });
});

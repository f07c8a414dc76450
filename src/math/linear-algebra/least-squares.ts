import { usageError } from "../../core/errors.js";
import { HouseholderQr } from "./householder.js";
import { byNormalEquations, type LeastSquaresFit } from "./normal-equations.js";

export type { LeastSquaresFit } from "./normal-equations.js";

export interface LeastSquaresOptions {
  /**
   * A column is collinear when less than this share of its length is left after the columns before it are
   * taken out. Default 1e-10.
   */
  readonly tolerance?: number;
}

const DEFAULT_TOLERANCE = 1e-10;

/**
 * Ordinary least squares: b minimises |y − Xb|².
 *
 * By Householder QR of the design as it stands, neither scaled nor squared, so that the condition number of X and not
 * that of X'X limits the digits. Where columns are collinear the later one is left out and named in `collinear`. A
 * design whose columns are far from collinear is solved through X'X with one step of refinement, to the same digits.
 *
 * @param design n×k, row-major.
 * @param n rows, at least 1.
 * @param k columns, at least 0.
 * @param y n values without NaN.
 * @throws YuleError `bad-design` when sizes do not fit or a value is not finite.
 * @see G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed. (2013), section 5.3.
 * @example
 * const line = leastSquares(Float64Array.of(1, 0, 1, 1, 1, 2), 3, 2, Float64Array.of(1, 3, 5));
 * line.coefficients; // [1, 2]
 */
export function leastSquares(
  design: Float64Array,
  n: number,
  k: number,
  y: Float64Array,
  options: LeastSquaresOptions = {},
): LeastSquaresFit {
  requireSizes(design, n, k, y);
  return byNormalEquations(design, n, k, y) ?? byQr(design, n, k, y, options.tolerance ?? DEFAULT_TOLERANCE);
}

function byQr(
  design: Float64Array,
  n: number,
  k: number,
  y: Float64Array,
  tolerance: number,
): LeastSquaresFit {
  const { kept, collinear, factors } = independentColumns(design, n, k, tolerance);
  const coefficients = new Float64Array(k).fill(Number.NaN);
  const unscaledCovariance = new Float64Array(k * k).fill(Number.NaN);
  if (factors !== null) {
    const solution = factors.solve(y);
    const inverse = upperInverse(factors);
    kept.forEach((column, i) => {
      coefficients[column] = solution[i];
      kept.forEach((other, j) => {
        unscaledCovariance[column * k + other] = rowProduct(inverse, kept.length, i, j);
      });
    });
  }
  const residuals = residualsOf(design, n, k, y, coefficients, kept);
  let rss = 0;
  for (const residual of residuals) rss += residual * residual;
  return { coefficients, residuals, rss, unscaledCovariance, rank: kept.length, collinear };
}

function requireSizes(design: Float64Array, n: number, k: number, y: Float64Array): void {
  if (design.length !== n * k || y.length !== n || n < 1) {
    throw usageError(
      "bad-design",
      "design",
      design.length,
      `A least-squares design of ${n} rows and ${k} columns needs ${n * k} values and ${n} observations, not ${design.length} and ${y.length}.`,
    );
  }
  const bad = design.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw notFinite("design", Math.floor(bad / k), design[bad]);
  const badY = y.findIndex((value) => !Number.isFinite(value));
  if (badY >= 0) throw notFinite("y", badY, y[badY]);
}

function notFinite(name: string, row: number, value: number) {
  return usageError(
    "bad-design",
    name,
    value,
    `Least squares needs finite numbers, but row ${row + 1} of ${name} holds ${value}; leave that row out.`,
  );
}

/** Factors X, dropping the first collinear column and starting again until none is left. */
function independentColumns(design: Float64Array, n: number, k: number, tolerance: number) {
  const kept = Array.from({ length: k }, (_, j) => j);
  const collinear: number[] = [];
  while (kept.length > 0) {
    // More columns than rows: those beyond the rows are combinations of the first ones.
    const width = Math.min(kept.length, n);
    const columns = kept.slice(0, width);
    const matrix = new Float64Array(n * width);
    columns.forEach((column, j) => {
      for (let i = 0; i < n; i++) matrix[j * n + i] = design[i * k + column];
    });
    const factors = new HouseholderQr(matrix, n, width);
    const dependent = columns.findIndex(
      (_, j) => Math.abs(factors.triangle(j, j)) <= tolerance * columnLength(factors, j),
    );
    const drop = dependent >= 0 ? dependent : width < kept.length ? width : -1;
    if (drop < 0) return { kept, collinear, factors };
    collinear.push(kept[drop]);
    kept.splice(drop, 1);
  }
  return { kept, collinear, factors: null };
}

/** Length of column j of R, which is that of column j of X. */
function columnLength(factors: HouseholderQr, j: number): number {
  let length = 0;
  for (let i = 0; i <= j; i++) length = Math.hypot(length, factors.triangle(i, j));
  return length;
}

/** R⁻¹ of an upper triangular matrix, row-major. */
function upperInverse(factors: HouseholderQr): Float64Array {
  const k = factors.width;
  const inverse = new Float64Array(k * k);
  for (let j = 0; j < k; j++) {
    inverse[j * k + j] = 1 / factors.triangle(j, j);
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let l = i + 1; l <= j; l++) sum += factors.triangle(i, l) * inverse[l * k + j];
      inverse[i * k + j] = -sum / factors.triangle(i, i);
    }
  }
  return inverse;
}

/** Entry (i, j) of R⁻¹R⁻ᵀ. */
function rowProduct(inverse: Float64Array, k: number, i: number, j: number): number {
  let sum = 0;
  for (let l = Math.max(i, j); l < k; l++) sum += inverse[i * k + l] * inverse[j * k + l];
  return sum;
}

function residualsOf(
  design: Float64Array,
  n: number,
  k: number,
  y: Float64Array,
  coefficients: Float64Array,
  kept: readonly number[],
): Float64Array {
  const residuals = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let value = y[i];
    for (const j of kept) value -= design[i * k + j] * coefficients[j];
    residuals[i] = value;
  }
  return residuals;
}

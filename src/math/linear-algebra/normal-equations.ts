import { square } from "../square.js";
import { cholesky, solveCholesky } from "./cholesky.js";
import { invertCholesky } from "./cholesky-inverse.js";

/** A least-squares fit y ≈ Xb. */
export interface LeastSquaresFit {
  /** k values; NaN for a collinear column, which is left out as if it were not there. */
  readonly coefficients: Float64Array;
  /** y − Xb, n values. */
  readonly residuals: Float64Array;
  /** Sum of squared residuals. */
  readonly rss: number;
  /** (X'X)⁻¹, k×k row-major; NaN in the rows and columns of collinear columns. */
  readonly unscaledCovariance: Float64Array;
  /** Number of columns that stand on their own. */
  readonly rank: number;
  /** Indices of the columns that are linear combinations of columns before them, ascending. */
  readonly collinear: readonly number[];
}

/** Share of a column's square left after those before it, above which X'X loses no digit that matters. */
const WELL_CONDITIONED = 1e-3;

/**
 * Least squares through X'X of columns at unit length with one step of refinement, to the digits of a QR solution; null
 * where columns are near enough to collinear for that to be in doubt.
 *
 * @see Å. Björck, Numerical Methods for Least Squares Problems (1996), section 6.6 (corrected semi-normal equations).
 */
export function byNormalEquations(
  design: Float64Array,
  n: number,
  k: number,
  y: Float64Array,
): LeastSquaresFit | null {
  if (n <= k || k === 0) return null;
  const { factor, lengths } = normalisedGram(design, n, k);
  if (Number.isNaN(cholesky(factor, k))) return null;
  for (let j = 0; j < k; j++) if (!(square(factor[j * (k + 1)]) * WELL_CONDITIONED < 1)) return null;
  const coefficients = new Float64Array(k);
  const residuals = y.slice();
  for (let pass = 0; pass < 2; pass++) {
    const step = projections(design, n, k, residuals, lengths);
    solveCholesky(factor, k, step);
    for (let j = 0; j < k; j++) coefficients[j] += step[j] / lengths[j];
    takeOut(design, n, k, y, coefficients, residuals);
  }
  let rss = 0;
  for (let i = 0; i < n; i++) rss += residuals[i] * residuals[i];
  const unscaledCovariance = invertCholesky(factor, k).map(
    (value, at) => value / (lengths[Math.floor(at / k)] * lengths[at % k]),
  );
  return { coefficients, residuals, rss, unscaledCovariance, rank: k, collinear: [] };
}

/** X'X with columns at unit length (lower triangle), and their lengths. */
function normalisedGram(design: Float64Array, n: number, k: number) {
  const factor = new Float64Array(k * k);
  for (let i = 0, at = 0; i < n; i++, at += k) {
    for (let a = 0; a < k; a++) {
      const value = design[at + a];
      for (let b = 0; b <= a; b++) factor[a * k + b] += value * design[at + b];
    }
  }
  const lengths = Float64Array.from({ length: k }, (_, j) => Math.sqrt(factor[j * (k + 1)]));
  for (let a = 0; a < k; a++) {
    for (let b = 0; b <= a; b++) factor[a * k + b] /= lengths[a] * lengths[b];
  }
  return { factor, lengths };
}

/** X'e with columns at unit length. */
function projections(design: Float64Array, n: number, k: number, e: Float64Array, lengths: Float64Array) {
  const sums = new Float64Array(k);
  for (let i = 0, at = 0; i < n; i++, at += k) {
    for (let j = 0; j < k; j++) sums[j] += design[at + j] * e[i];
  }
  for (let j = 0; j < k; j++) sums[j] /= lengths[j];
  return sums;
}

/** Writes y − Xb into `residuals`. */
function takeOut(
  design: Float64Array,
  n: number,
  k: number,
  y: Float64Array,
  b: Float64Array,
  residuals: Float64Array,
): void {
  for (let i = 0, at = 0; i < n; i++, at += k) {
    let value = y[i];
    for (let j = 0; j < k; j++) value -= design[at + j] * b[j];
    residuals[i] = value;
  }
}

/** A pivot below this share of its diagonal entry: the column adds nothing and its coefficient is 0. */
const NEGLIGIBLE = 1e-13;

/**
 * Solves normal equations of which columns may add nothing, by Cholesky, upper triangle of `a` given and overwritten; `right` becomes the solution.
 *
 * @returns the explained sum of squares.
 */
export function solveSemidefinite(a: Float64Array, right: Float64Array, k: number): number {
  let explained = 0;
  for (let i = 0; i < k; i++) {
    const row = i * k;
    const whole = a[row + i];
    let pivot = whole;
    let value = right[i];
    for (let l = 0; l < i; l++) {
      const u = a[l * k + i];
      pivot -= u * u;
      value -= u * right[l];
    }
    if (!(pivot > NEGLIGIBLE * whole)) {
      for (let j = i; j < k; j++) a[row + j] = 0;
      right[i] = 0;
      continue;
    }
    const inverse = 1 / Math.sqrt(pivot);
    a[row + i] = inverse;
    value *= inverse;
    right[i] = value;
    explained += value * value;
    for (let j = i + 1; j < k; j++) {
      let sum = a[row + j];
      for (let l = 0; l < i; l++) sum -= a[l * k + i] * a[l * k + j];
      a[row + j] = sum * inverse;
    }
  }
  for (let i = k - 1; i >= 0; i--) {
    let value = right[i];
    for (let j = i + 1; j < k; j++) value -= a[i * k + j] * right[j];
    right[i] = value * a[i * k + i];
  }
  return explained;
}

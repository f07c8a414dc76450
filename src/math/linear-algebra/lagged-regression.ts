import { square } from "../square.js";
import { cholesky, solveCholesky } from "./cholesky.js";
import { invertCholesky } from "./cholesky-inverse.js";
import type { LaggedGram } from "./lagged-gram.js";
import { leastSquares } from "./least-squares.js";

/** The regression of x_t on x_{t−1} … x_{t−p}, and on a constant where there is an intercept. */
export interface LaggedRegression {
  /** φ₁ … φ_p. */
  readonly ar: Float64Array;
  /** 0 without an intercept. */
  readonly intercept: number;
  readonly rss: number;
  readonly rows: number;
  /** (X'X)⁻¹ of the columns [1, lag 1, …, lag p] (without the 1 where there is no intercept), row-major. */
  readonly unscaledCovariance: Float64Array;
}

/** Share of a column's sum of squares that remains after projection on the columns before it: above this, X'X is accurate to all digits. */
const WELL_CONDITIONED = 1e-3;
/** Above this, X'X with one step of refinement does; below it, QR of the columns themselves decides. */
const REFINABLE = 1e-7;

/**
 * Least squares of a series on its own past over the rows t = p … n−1.
 *
 * The Gram matrix, had from lagged products, is solved by Cholesky; where columns are close to collinear the
 * solution is refined with residuals of the series itself, and where they are very close the columns are formed and
 * factored by QR.
 *
 * @returns null where columns are collinear: the order is too high for the series.
 * @see Å. Björck, Numerical Methods for Least Squares Problems (1996), section 6.6 (corrected semi-normal equations).
 */
export function laggedRegression(
  x: Float64Array,
  gram: LaggedGram,
  intercept: boolean,
): LaggedRegression | null {
  const { order, rows } = gram;
  if (rows < order + (intercept ? 1 : 0)) return null;
  const size = order + 1;
  const moments = gram.products.slice();
  if (intercept) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) moments[i * size + j] -= (gram.sums[i] * gram.sums[j]) / rows;
    }
  }
  const factor = new Float64Array(order * order);
  const ar = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    ar[i] = moments[i + 1];
    for (let j = 0; j < order; j++) factor[i * order + j] = moments[(i + 1) * size + j + 1];
  }
  // A mean much larger than the spread costs digits already in the lagged products.
  let left = 1;
  for (let i = 0; i <= order; i++) {
    left = Math.min(left, moments[i * (size + 1)] / gram.products[i * (size + 1)]);
  }
  if (Number.isNaN(cholesky(factor, order))) return byQr(x, order, intercept);
  let share = 1;
  for (let i = 0; i < order; i++) {
    share = Math.min(share, 1 / (square(factor[i * order + i]) * moments[(i + 1) * (size + 1)]));
  }
  left *= share;
  if (!(left > REFINABLE)) return byQr(x, order, intercept);
  solveCholesky(factor, order, ar);
  let rss = moments[0];
  for (let i = 0; i < order; i++) rss -= ar[i] * moments[i + 1];
  if (left < WELL_CONDITIONED || rss < WELL_CONDITIONED * moments[0]) {
    rss = refine(x, gram, intercept, factor, ar);
  }
  return {
    ar,
    intercept: intercept ? interceptOf(gram, ar) : 0,
    rss,
    rows,
    unscaledCovariance: unscaled(gram, intercept, factor),
  };
}

function interceptOf({ sums, rows, order }: LaggedGram, ar: Float64Array): number {
  let value = sums[0];
  for (let j = 1; j <= order; j++) value -= ar[j - 1] * sums[j];
  return value / rows;
}

/** One step of iterative refinement: solves X'Xδ = X'e with the residuals e of the series. Returns Σe². */
function refine(
  x: Float64Array,
  gram: LaggedGram,
  intercept: boolean,
  factor: Float64Array,
  ar: Float64Array,
): number {
  const { order } = gram;
  const residuals = new Float64Array(x.length);
  centredResiduals(x, order, ar, intercept, residuals);
  const step = new Float64Array(order);
  for (let j = 1; j <= order; j++) {
    let sum = 0;
    for (let t = order; t < x.length; t++) sum += residuals[t] * x[t - j];
    step[j - 1] = sum;
  }
  solveCholesky(factor, order, step);
  for (let j = 0; j < order; j++) ar[j] += step[j];
  return centredResiduals(x, order, ar, intercept, residuals);
}

/** Residuals of rows order … n−1, less their mean where there is an intercept to take it up. Returns Σe². */
function centredResiduals(
  x: Float64Array,
  order: number,
  ar: Float64Array,
  intercept: boolean,
  residuals: Float64Array,
): number {
  let sum = 0;
  for (let t = order; t < x.length; t++) {
    let value = x[t];
    for (let j = 0; j < order; j++) value -= ar[j] * x[t - 1 - j];
    residuals[t] = value;
    sum += value;
  }
  const mean = intercept ? sum / (x.length - order) : 0;
  let rss = 0;
  for (let t = order; t < x.length; t++) {
    residuals[t] -= mean;
    rss += residuals[t] * residuals[t];
  }
  return rss;
}

/** (X'X)⁻¹ with the intercept's row and column put back in front. */
function unscaled(gram: LaggedGram, intercept: boolean, factor: Float64Array): Float64Array {
  const { order, rows, sums } = gram;
  const inner = invertCholesky(factor, order);
  if (!intercept) return inner;
  const size = order + 1;
  const covariance = new Float64Array(size * size);
  covariance[0] = 1 / rows;
  for (let i = 0; i < order; i++) {
    let product = 0;
    for (let j = 0; j < order; j++) {
      covariance[(i + 1) * size + j + 1] = inner[i * order + j];
      product -= (inner[i * order + j] * sums[j + 1]) / rows;
    }
    covariance[i + 1] = product;
    covariance[(i + 1) * size] = product;
    covariance[0] -= (product * sums[i + 1]) / rows;
  }
  return covariance;
}

/** The same regression from the rows themselves. */
function byQr(x: Float64Array, order: number, intercept: boolean): LaggedRegression | null {
  const rows = x.length - order;
  const columns = order + (intercept ? 1 : 0);
  const design = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    if (intercept) design[at] = 1;
    for (let j = 1; j <= order; j++) design[at + columns - 1 - order + j] = x[order + row - j];
  }
  const fit = leastSquares(design, rows, columns, x.slice(order));
  if (fit.collinear.length > 0) return null;
  return {
    ar: fit.coefficients.slice(columns - order),
    intercept: intercept ? fit.coefficients[0] : 0,
    rss: fit.rss,
    rows,
    unscaledCovariance: fit.unscaledCovariance,
  };
}

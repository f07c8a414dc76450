import { solveUpper } from "../../../math/linear-algebra/triangular.js";
import { dot, project } from "../../../math/linear-algebra/vector.js";
import type { Design } from "./design.js";

/** What least squares on a few columns leaves. */
export interface Regression {
  /** Coefficients of the columns. */
  readonly beta: Float64Array;
  /** R of the columns' QR decomposition, upper, row-major. */
  readonly triangle: Float64Array;
}

/**
 * Least squares of `target` on the columns by Gram and Schmidt; target becomes what is left. Only the indices
 * from ≤ t < to count.
 */
export function regressOut(
  target: Float64Array,
  columns: readonly Float64Array[],
  from: number,
  to: number,
): Regression {
  const k = columns.length;
  const length = to - from;
  const basis: Float64Array[] = [];
  const triangle = new Float64Array(k * k);
  const beta = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    const column = columns[j]!.slice();
    for (let i = 0; i < j; i++) triangle[i * k + j] = project(column, basis[i]!, from, to);
    const size = Math.sqrt(dot(column, from, column, from, length));
    triangle[j * k + j] = size;
    if (size > 0) for (let t = from; t < to; t++) column[t]! /= size;
    beta[j] = project(target, column, from, to);
    basis.push(column);
  }
  solveUpper(triangle, k, beta);
  return { beta, triangle };
}

/** Regression coefficients from those on the scaled, orthonormal columns. */
export function regressionCoefficients(design: Design, gamma: ArrayLike<number>): number[] {
  const k = design.regressors.length;
  const solution = Array.from({ length: k }, (_, i) => design.offset[i]! + design.scale * gamma[i]!);
  solveUpper(design.triangle, k, solution);
  return solution;
}

/** Rows on the orthonormal columns (regressors × width) become rows on the regressors, times `scale`. */
export function toRegressors(design: Design, rows: Float64Array, width: number, scale: number): Float64Array {
  const k = design.regressors.length;
  const result = new Float64Array(k * width);
  const column = new Float64Array(k);
  for (let c = 0; c < width; c++) {
    for (let i = 0; i < k; i++) column[i] = rows[i * width + c]! * scale;
    solveUpper(design.triangle, k, column);
    for (let i = 0; i < k; i++) result[i * width + c] = column[i]!;
  }
  return result;
}

import { solveUpper } from "../../../math/linear-algebra/triangular.js";
import { dot, project } from "../../../math/linear-algebra/vector.js";

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

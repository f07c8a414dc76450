import { cholesky, solveLower, solveLowerTransposed } from "../../../math/linear-algebra/cholesky.js";
import { dot } from "../../../math/linear-algebra/vector.js";
import type { Workspace } from "./workspace.js";

/** y⁰ = w/t, e⁰ = a·y⁰ and Vy⁰ of one column of data. */
export function filterColumn(ws: Workspace, column: number): void {
  const { origin, maDegree: q, end } = ws;
  if (q > 0) ws.ma.divide(ws.data[column], ws.autoregressive[column], ws.betweenMa, origin + q, end);
  if (ws.arDegree === 0) return;
  const y = beforeAr(ws, column);
  ws.ar.multiply(y, ws.innovations[column], ws.betweenAr, origin + q, end);
  ws.ar.multiplyHankel(y, origin, ws.boundary[column], -1);
}

/** y⁰, which is w itself without an MA part. */
function beforeAr(ws: Workspace, column: number): Float64Array {
  return ws.maDegree > 0 ? ws.autoregressive[column] : ws.data[column];
}

/** e⁰, which is y⁰ itself without an AR part. */
export function filteredColumn(ws: Workspace, column: number): Float64Array {
  return ws.arDegree > 0 ? ws.innovations[column] : beforeAr(ws, column);
}

/** x_i'V⁻¹x_j = e_i'e_j − (Vy_i)'(Vy_j) − (L⁻¹b_i)'(L⁻¹b_j) of two columns. */
export function innerProduct(ws: Workspace, i: number, j: number): number {
  const start = ws.origin + ws.maDegree;
  const sum = dot(filteredColumn(ws, i), start, filteredColumn(ws, j), start, ws.n);
  if (ws.gaps !== null) return sum - dot(ws.projections[i], 0, ws.projections[j], 0, ws.gaps.size);
  const before = dot(ws.boundary[i], 0, ws.boundary[j], 0, ws.arDegree);
  return sum - before - dot(ws.projections[i], 0, ws.projections[j], 0, ws.maDegree);
}

/**
 * Generalised least squares of the series on the other columns, which are pulses first and regressors after.
 *
 * Leaves the coefficients in `beta`, the Cholesky factor of the columns' inner products in `gram` (its diagonal
 * inverted) and log|D'V⁻¹D| of the pulses D.
 *
 * @returns the sum of squares that is left, or NaN where the columns are collinear to rounding.
 */
export function solveColumns(ws: Workspace): number {
  const { gram, beta, pulses } = ws;
  const size = ws.columns - 1;
  for (let j = 0; j < size; j++) {
    for (let i = 0; i <= j; i++) gram[j * size + i] = innerProduct(ws, j + 1, i + 1);
    beta[j] = innerProduct(ws, j + 1, 0);
  }
  if (Number.isNaN(cholesky(gram, size))) return Number.NaN;
  let logDeterminant = 0;
  for (let j = 0; j < pulses; j++) logDeterminant -= 2 * Math.log(gram[j * size + j]);
  ws.pulseLogDeterminant = logDeterminant;
  solveLower(gram, size, beta);
  const left = innerProduct(ws, 0, 0) - dot(beta, 0, beta, 0, size);
  solveLowerTransposed(gram, size, beta);
  return left;
}

import { compressRows } from "../../../math/linear-algebra/row-compression.js";
import { inner } from "../../../math/linear-algebra/vector.js";
import type { Smoothing } from "../recursion/trace.js";

/**
 * What is uncertain of the states of a linear form after missing values, exactly: a square-root Kalman filter whose
 * covariance σ²CC' has one column for each missing value, at most one for each state.
 *
 * A column holds deviations of level, slope and seasons (in the ring order of the states).
 */
export type CovarianceRoot = readonly Float64Array[];

/** How far each column moves the prediction of the next value. */
export function leverage(root: CovarianceRoot, phi: number, phase: number): Float64Array {
  const h = new Float64Array(root.length);
  for (let k = 0; k < h.length; k++) {
    const c = root[k];
    h[k] = c[0] + phi * c[1] + (c.length > 2 ? c[2 + phase] : 0);
  }
  return h;
}

/** Variance of the next value in units of σ²: 1 + Σ h². */
export function unitVariance(h: Float64Array): number {
  return 1 + inner(h, h);
}

/** Deviations one step on, before anything is learned from the value, in place: the season's own phase stays in its place. */
function transition(c: Float64Array, phi: number): Float64Array {
  c[1] = phi * c[1];
  c[0] = c[0] + c[1];
  return c;
}

/** How an error of one σ moves the states. */
function impact({ alpha, beta, gamma }: Smoothing, size: number, phase: number): Float64Array {
  const g = new Float64Array(size);
  g[0] = alpha;
  g[1] = beta;
  if (size > 2) g[2 + phase] = gamma;
  return g;
}

/** The root after a missing value: its error is one more unknown. */
export function afterMissing(
  root: CovarianceRoot,
  smoothing: Smoothing,
  seasons: number,
  phase: number,
): Float64Array[] {
  const size = 2 + seasons;
  const columns = root.map((c) => transition(c.slice(), smoothing.phi));
  columns.push(impact(smoothing, size, phase));
  return columns.length > size ? compressed(columns, size) : columns;
}

/** The root after an observed value, and how an error of 1 moves the states then (Kalman's gain). */
export function afterValue(
  root: CovarianceRoot,
  h: Float64Array,
  smoothing: Smoothing,
  seasons: number,
  phase: number,
): { root: Float64Array[]; gain: Float64Array } {
  const columns = root.map((c) => c.slice());
  const gain = new Float64Array(2 + seasons);
  learn(columns, h, smoothing, phase, gain);
  return { root: columns, gain };
}

/**
 * `afterValue` in place: the columns move on, and the gain is filled.
 *
 * Given the error e = Σ h_k u_k + ε the unknowns (u, ε) keep only what is orthogonal to a = (h, 1)/√v; a reflection takes a
 * to the last axis, and the last column is dropped. It goes along (h, 1 + √v): column k loses h_k times `along`.
 */
export function learn(
  columns: CovarianceRoot,
  h: Float64Array,
  smoothing: Smoothing,
  phase: number,
  gain: Float64Array,
): void {
  const variance = unitVariance(h);
  const root = Math.sqrt(variance);
  const last = 1 + root;
  for (const column of columns) transition(column, smoothing.phi);
  for (let i = 0; i < gain.length; i++) {
    const own = i === 0 ? smoothing.alpha : i === 1 ? smoothing.beta : i === 2 + phase ? smoothing.gamma : 0;
    let moved = own;
    let along = last * own;
    for (let k = 0; k < h.length; k++) {
      const product = h[k] * columns[k][i];
      moved += product;
      along += product;
    }
    gain[i] = moved / variance;
    along /= root * last;
    for (let k = 0; k < h.length; k++) columns[k][i] = columns[k][i] - h[k] * along;
  }
}

/** As many columns as there are states, with the same CC'. */
function compressed(columns: readonly Float64Array[], size: number): Float64Array[] {
  const width = columns.length;
  const factor = new Float64Array(size * width);
  columns.forEach((column, k) => {
    for (let row = 0; row < size; row++) factor[row * width + k] = column[row];
  });
  const square = compressRows(factor, size, width);
  return Array.from({ length: size }, (_, k) => column(square, size, k));
}

function column(matrix: Float64Array, size: number, k: number): Float64Array {
  return Float64Array.from({ length: size }, (_, row) => matrix[row * size + k]);
}

import { cholesky, solveLower } from "../../../math/linear-algebra/cholesky.js";
import { fillInverse } from "../../../math/linear-algebra/cholesky-inverse.js";
import {
  type Displacement,
  structuredCholesky,
  structuredInverse,
} from "../../../math/linear-algebra/displacement.js";
import { dot } from "../../../math/linear-algebra/vector.js";
import type { Workspace } from "./workspace.js";

/** Responses below this cannot change a sum of squares that contains a 1. */
const NEGLIGIBLE = 1e-18;
const FIRST_BLOCK = 64;
/** From this size on the structured factorisation is the faster one. */
const LONG = 40;

/**
 * The information matrix M of the q* unknown values before the data, factored, and log|M|.
 *
 * M = H'H − C'C, (H)_{s,k} = h_{s−k} for 0 ≤ s < N, (C)_{τ,k} = c_{τ+k}. Both are shift-invariant, so that
 * M_{k+1,l+1} = M_{k,l} − h_{N−1−k}h_{N−1−l} + c_k c_l and one backward filter, which gives the first column, suffices.
 *
 * @returns NaN where M is not positive definite to rounding.
 */
export function factorPresample(ws: Workspace): number {
  impulseResponses(ws);
  firstColumn(ws);
  if (ws.maDegree >= LONG) return structuredCholesky(displacementOf(ws), ws.factor);
  fillByDisplacement(ws);
  return cholesky(ws.factor, ws.maDegree);
}

/** M⁻¹ in `ws.inverse`, from the factor that `factorPresample` left. */
export function invertPresample(ws: Workspace): void {
  if (ws.maDegree >= LONG) structuredInverse(displacementOf(ws), ws.factor, ws.inverse);
  else fillInverse(ws.factor, ws.maDegree, ws.inverseRoot, ws.inverse);
}

/** h, which is π itself without an AR part. */
export function responses(ws: Workspace): Float64Array {
  return ws.arDegree > 0 ? ws.h : ws.pi;
}

/** target = source/t(F) over 0 ≤ s < `reach`, beyond which the source counts as zero. */
export function backward(ws: Workspace, source: Float64Array, target: Float64Array, reach: number): void {
  const { origin, maDegree: q, between } = ws;
  const end = origin + reach;
  target.fill(0, end, end + q);
  between.fill(0, end, end + q);
  ws.ma.divideBackward(source, target, between, origin, end);
}

/** The first column survives as autocorrelations less what the AR boundary takes. */
function displacementOf(ws: Workspace): Displacement {
  const { maDegree: q, arDegree: p, c, length, end, reach, autocorrelation } = ws;
  const h = responses(ws);
  const first = new Float64Array(q);
  const plus = new Float64Array(q);
  const minus = new Float64Array(q);
  for (let k = 0; k < q; k++) {
    first[k] = autocorrelation[k] - dot(c, 0, c, k, Math.max(0, p - k));
    plus[k] = k < p ? c[k] : 0;
    minus[k] = reach === length ? h[end - 1 - k] : 0;
  }
  return { size: q, first, plus, minus };
}

/** π = 1/t and h = a/t in blocks, up to where a whole window of them is negligible. */
function impulseResponses(ws: Workspace): void {
  const { origin, length, delta, pi, h, between, scratch } = ws;
  const window = Math.max(ws.arDegree, ws.maDegree);
  let done = 0;
  ws.reach = length;
  while (done < length) {
    let next = Math.min(length, done + Math.max(FIRST_BLOCK, window));
    if (length - next < FIRST_BLOCK / 2) next = length;
    ws.ma.divide(delta, pi, between, origin + done, origin + next);
    if (ws.arDegree > 0) ws.ar.multiply(pi, h, scratch, origin + done, origin + next);
    done = next;
    if (done < length && done > 3 * window && negligible(ws, origin + done - window, origin + done)) {
      ws.reach = done;
      const clearTo = origin + Math.min(done + 3 * window, length);
      pi.fill(0, origin + done, clearTo);
      h.fill(0, origin + done, clearTo);
      return;
    }
  }
}

function negligible(ws: Workspace, from: number, to: number): boolean {
  const { pi } = ws;
  const h = responses(ws);
  for (let i = from; i < to; i++) {
    if (Math.abs(pi[i]) > NEGLIGIBLE || Math.abs(h[i]) > NEGLIGIBLE) return false;
  }
  return true;
}

/** r_l = Σ_s h_s h_{s−l} through z = h/t(F), then M's first column. */
function firstColumn(ws: Workspace): void {
  const { arDegree: p, maDegree: q, origin, c, autocorrelation, factor } = ws;
  const h = responses(ws);
  backward(ws, h, ws.z, ws.reach);
  if (p > 0) ws.ar.multiplyForward(ws.z, ws.scratch, origin, origin + q);
  const correlated = p > 0 ? ws.scratch : ws.z;
  // c_s = −Σ_{j>s} a_j π_{j−1−s}, s < p*.
  if (p > 0) ws.ar.multiplyHankel(ws.pi, origin, c, -1);
  for (let l = 0; l < q; l++) {
    const r = correlated[origin + l];
    autocorrelation[l] = r;
    factor[l * q] = r - dot(c, 0, c, l, Math.max(0, p - l));
  }
}

function fillByDisplacement(ws: Workspace): void {
  const { maDegree: q, length, end, reach } = ws;
  const h = responses(ws);
  for (let l = 1; l < q; l++) {
    if (reach === length) displaceRow(ws.factor, q, l, h, end);
    else shiftRow(ws.factor, q, l);
    if (l <= ws.arDegree) addBoundaryRow(ws.factor, q, l, ws.c);
  }
}

function displaceRow(matrix: Float64Array, q: number, l: number, h: Float64Array, end: number): void {
  const row = l * q;
  const above = row - q - 1;
  const last = h[end - l];
  for (let k = 1; k <= l; k++) matrix[row + k] = matrix[above + k] - last * h[end - k];
}

function shiftRow(matrix: Float64Array, q: number, l: number): void {
  const row = l * q;
  const above = row - q - 1;
  for (let k = 1; k <= l; k++) matrix[row + k] = matrix[above + k];
}

function addBoundaryRow(matrix: Float64Array, q: number, l: number, c: Float64Array): void {
  const row = l * q;
  const last = c[l - 1];
  for (let k = 1; k <= l; k++) matrix[row + k] += last * c[k - 1];
}

/** L⁻¹b for column `column`, b = H'e⁰ − C'Vy⁰ with e⁰ and y⁰ from a zero presample. */
export function projectColumn(ws: Workspace, column: number, e0: Float64Array): void {
  const { arDegree: p, maDegree: q, origin, scratch, zz, c } = ws;
  const projection = ws.projections[column];
  const boundary = ws.boundary[column];
  backward(ws, e0, zz, Math.min(ws.length, ws.reach + q));
  if (p > 0) ws.ar.multiplyForward(zz, scratch, origin, origin + q);
  const correlated = p > 0 ? scratch : zz;
  for (let k = 0; k < q; k++) {
    projection[k] = correlated[origin + k] - dot(c, k, boundary, 0, Math.max(0, p - k));
  }
  solveLower(ws.factor, q, projection);
}

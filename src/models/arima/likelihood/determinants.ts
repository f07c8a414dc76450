import { dot } from "../../../math/linear-algebra/vector.js";
import type { LagPolynomial } from "../lag-polynomial/polynomial.js";
import { backward, invertPresample, responses } from "./presample.js";
import { autocovariances } from "./stationary.js";
import type { Workspace } from "./workspace.js";

/** slopes += ½ ∂log|Σ_AR|, with ∂log|Σ_AR|/∂a_l = 2 Σ_i i·a_i·γ_{|i−l|}, γ of the AR part with unit innovations. */
export function addStationarySlopes(ws: Workspace): void {
  const { count, lags, coefficients, slopes } = ws.ar;
  const gamma = autocovariances(ws);
  for (let j = 0; j < count; j++) {
    const lag = lags[j];
    let sum = 0;
    for (let i = 0; i < count; i++) sum += lags[i] * coefficients[i] * gamma[Math.abs(lags[i] - lag)];
    slopes[j] += sum;
  }
}

/**
 * slopes += ½ ∂log|M| = tr(M⁻¹H'∂H) − tr(M⁻¹C'∂C).
 *
 * ∂h_s/∂t_j = −(h/t)_{s−j} and ∂h_s/∂a_j = π_{s−j}, so with X = M⁻¹ the first trace is −Σ X_{ek}D_{e,k+j} or
 * Σ X_{ek}P_{e,k+j}, D_{e,m} = Σ_{s<N} h_{s−e}(h/t)_{s−m} and P_{e,m} = Σ_{s<N} h_{s−e}π_{s−m}. Both are all but Toeplitz.
 */
export function addPresampleSlopes(ws: Workspace): void {
  const { maDegree: q, origin, ar, ma, z, zz, scratch, hOverT, pi, reach, length } = ws;
  invertPresample(ws);
  const edge = reach === length;
  sumDiagonals(ws, edge);
  // D's first row is a(F)/t(F)² h, P's is h/t(F).
  backward(ws, z, zz, reach);
  if (ws.arDegree > 0) ar.multiplyForward(zz, scratch, origin, origin + 2 * q);
  fillCross(ws, ws.arDegree > 0 ? scratch : zz, 2 * q);
  if (edge) ma.divide(responses(ws), hOverT, ws.between, origin, ws.end);
  addTraces(ws, ma, -1, edge ? hOverT : null);
  if (ar.count === 0) return;
  fillCross(ws, z, q + ws.arDegree);
  addTraces(ws, ar, 1, edge ? pi : null);
  addBoundaryTrace(ws);
}

/**
 * Sums of X's diagonals, d = 1 − q* … q* − 1, at `diagonals[d + q* − 1]`. With `edge` also their tails against the last responses:
 * z_k = Σ_{a ≥ 1} h_{N−a} Σ_{i ≥ 0} X_{a+i,k+i}, 2 − q* ≤ k < q*, in `tails[q* − 1 − k]`; terms with k + i < 0 are none.
 *
 * Row by row from below: Σ_{i ≥ 0} X_{a+i,k+i} is X_{ak} more than its neighbour at (a + 1, k + 1).
 */
function sumDiagonals(ws: Workspace, edge: boolean): void {
  const { maDegree: q, end, inverse, diagonals, diagonalTails: sums, tails, inverseRoot: firsts } = ws;
  const h = responses(ws);
  sums.fill(0, 0, q + 1);
  if (edge) tails.fill(0, 0, 2 * q);
  for (let a = q - 1; a >= 1; a--) {
    const row = a * q;
    for (let k = edge ? 0 : a; k < q; k++) sums[k] = inverse[row + k] + sums[k + 1];
    if (!edge) continue;
    const weight = h[end - a];
    firsts[a] = sums[0];
    for (let k = 0; k < q; k++) tails[q - 1 - k] += weight * sums[k];
  }
  for (let k = 1; edge && k < q - 1; k++)
    tails[q - 1 + k] = reversedDot(h, end - 1, firsts, k + 1, q - 1 - k);
  for (let d = 0; d < q; d++) {
    const sum = inverse[d] + sums[d + 1];
    diagonals[q - 1 + d] = sum;
    diagonals[q - 1 - d] = sum;
  }
}

/** Σ_i a[lastA − i]·b[fromB + i], i < length. */
function reversedDot(a: Float64Array, lastA: number, b: Float64Array, fromB: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[lastA - i] * b[fromB + i];
  return sum;
}

/** The first row of D or P at `cross[q* …]`; what is left of it follows from {@link addTraces}. */
function fillCross(ws: Workspace, row: Float64Array, count: number): void {
  const { cross, origin, maDegree: q } = ws;
  for (let m = 0; m < count; m++) cross[q + m] = row[origin + m];
}

/**
 * slopes_j += sign·Σ X_{ek}C_{e,k+j} for C = D or P. C_{e,m} depends on m − e alone, by its first row, and its first column,
 * which follows from Σ_j c_j C_{e,j} = r_e over all lags j of the polynomial, c₀ = 1; less, where responses reach the end,
 * Σ_i h_{N−e+i}·other_{N−m+i}, i < min(e, m), of which all lags have {@link fillEdges} in common.
 *
 * @param other h/t or π; null where responses die out before the end.
 */
function addTraces(ws: Workspace, polynomial: LagPolynomial, sign: number, other: Float64Array | null): void {
  const { cross, diagonals, tails, edges, autocorrelation, end, maDegree: q } = ws;
  const { count, lags, coefficients, slopes } = polynomial;
  const h = responses(ws);
  if (other !== null) fillEdges(ws, polynomial, other);
  for (let e = 1; e < q; e++) {
    let entry = autocorrelation[e];
    for (let j = 0; j < count; j++) entry -= coefficients[j] * cross[q + lags[j] - e];
    if (other !== null) entry += dot(h, end - e, edges, 0, e);
    cross[q - e] = entry;
  }
  for (let j = 0; j < count; j++) {
    const lag = lags[j];
    let trace = dot(diagonals, 0, cross, lag + 1, 2 * q - 1);
    // Σ_{b ≥ 1} other_{N−b} z_{b−lag}: what X's tails meet at the end.
    if (other !== null) trace -= dot(other, end - lag - q + 1, tails, 0, q - 1 + Math.min(lag, q - 1));
    slopes[j] += sign * trace;
  }
}

/** Σ_{lag > i} c_lag·other_{N−lag+i}, i < q*: how far the polynomial times `other` goes on past the end. */
function fillEdges(
  { edges, end, maDegree: q }: Workspace,
  polynomial: LagPolynomial,
  other: Float64Array,
): void {
  const { count, lags, coefficients } = polynomial;
  edges.fill(0, 0, q);
  for (let j = 0; j < count; j++) {
    const c = coefficients[j];
    const from = end - lags[j];
    for (let i = 0; i < Math.min(q, lags[j]); i++) edges[i] += c * other[from + i];
  }
}

/** −tr(M⁻¹C'∂C) through c_s = −Σ_{j>s} a_j π_{j−1−s}. */
function addBoundaryTrace(ws: Workspace): void {
  const { arDegree: p, origin, ar, ma, pi, cAdjoint, tail, scratch } = ws;
  fillBoundaryAdjoint(ws);
  for (let j = 0; j < ar.count; j++) {
    const lag = ar.lags[j];
    let sum = 0;
    for (let s = 0; s < lag; s++) sum += cAdjoint[s] * pi[origin + lag - 1 - s];
    ar.slopes[j] -= sum;
  }
  ma.divide(pi, scratch, ws.between, origin, origin + p);
  ar.multiplyHankel(cAdjoint, 0, tail, 1);
  for (let j = 0; j < ma.count; j++) {
    const lag = ma.lags[j];
    if (lag < p) ma.slopes[j] += dot(tail, lag, scratch, origin, p - lag);
  }
}

/** Derivative with respect to c_r: −Σ_{τ+k=r} (CX)_{τk} = −Σ_k Σ_l c_{r−k+l}X_{lk}, by running sums along X's diagonals. */
function fillBoundaryAdjoint(ws: Workspace): void {
  const { arDegree: p, maDegree: q, c, cAdjoint, inverse } = ws;
  cAdjoint.fill(0, 0, p);
  for (let d = 0; d < Math.min(p, q); d++) addDiagonal(c, cAdjoint, p, inverse, q, d);
}

/** With B_i = Σ_{k≤i} X_{k,k+d}: adjoint_i −= B_i·c_{i+d} and, off the main diagonal, adjoint_{i+d} −= B_i·c_i. */
function addDiagonal(
  c: Float64Array,
  adjoint: Float64Array,
  p: number,
  inverse: Float64Array,
  q: number,
  d: number,
): void {
  let running = 0;
  for (let i = 0; i + d < p; i++) {
    if (i + d < q) running += inverse[i * q + i + d];
    adjoint[i] -= running * c[i + d];
    if (d > 0) adjoint[i + d] -= running * c[i];
  }
}

import { dot } from "./kernels.js";
import { backward, invertPresample, responses } from "./presample.js";
import { correlateWithAr } from "./quadratic.js";
import { autocovariances } from "./stationary.js";
import type { Workspace } from "./workspace.js";

/** slopes += ½ ∂log|Σ_AR|, with ∂log|Σ_AR|/∂a_l = 2 Σ_i i·a_i·γ_{|i−l|}, γ of the AR part with unit innovations. */
export function addStationarySlopes(ws: Workspace): void {
  const { count, lags, coefficients, slopes } = ws.ar;
  const gamma = autocovariances(ws);
  for (let j = 0; j < count; j++) {
    const lag = lags[j]!;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += lags[i]! * coefficients[i]! * gamma[Math.abs(lags[i]! - lag)]!;
    slopes[j]! += sum;
  }
}

/**
 * slopes += ½ ∂log|M| = tr(M⁻¹H'∂H) − tr(M⁻¹C'∂C).
 *
 * ∂h_s/∂t_j = −(h/t)_{s−j} and ∂h_s/∂a_j = π_{s−j}, so the first trace needs the sums Σ_s h_{s−e}(h/t)_{s−m} and
 * Σ_s h_{s−e}π_{s−m}, s < N. Each row e follows from the one above by the same displacement as M.
 */
export function addPresampleSlopes(ws: Workspace): void {
  const { maDegree: q, ar, ma, inverse } = ws;
  invertPresample(ws);
  fillMaCross(ws);
  for (let j = 0; j < ma.count; j++)
    ma.slopes[j]! -= shiftedTrace(inverse, q, ws.maCross, 2 * q, ma.lags[j]!);
  if (ar.count === 0) return;
  fillArCross(ws);
  const width = q + ws.arDegree;
  for (let j = 0; j < ar.count; j++)
    ar.slopes[j]! += shiftedTrace(inverse, q, ws.arCross, width, ar.lags[j]!);
  addBoundaryTrace(ws);
}

/** Σ_{l,k} X_{lk} D_{l,k+shift}. */
function shiftedTrace(x: Float64Array, size: number, d: Float64Array, width: number, shift: number): number {
  let sum = 0;
  for (let l = 0; l < size; l++) sum += dot(x, l * size, d, l * width + shift, size);
  return sum;
}

/** D_{e,m} = Σ_s h_{s−e}(h/t)_{s−m}: row 0 is a(F)/t(F)² h; D_{e,0} follows from Σ_j t_j D_{e,j} = r_e, t₀ = 1. */
function fillMaCross(ws: Workspace): void {
  const { maDegree: q, origin, end, z, zz, scratch, hOverT, maCross, reach, length } = ws;
  const width = 2 * q;
  backward(ws, z, zz, reach);
  if (ws.arDegree > 0) ws.ar.multiplyForward(zz, scratch, origin, origin + width);
  const top = ws.arDegree > 0 ? scratch : zz;
  for (let m = 0; m < width; m++) maCross[m] = top[origin + m]!;
  const edge = reach === length;
  if (edge) ws.ma.divide(responses(ws), hOverT, ws.between, origin, end);
  fillRows(ws, maCross, width, ws.ma, edge ? hOverT : null);
}

/** P_{e,m} = Σ_s h_{s−e}π_{s−m}: row 0 is h/t(F); P_{e,0} follows from Σ_j a_j P_{e,j} = r_e, a₀ = 1. */
function fillArCross(ws: Workspace): void {
  const { maDegree: q, arDegree: p, origin, z, arCross, reach, length, pi } = ws;
  const width = q + p;
  for (let m = 0; m < width; m++) arCross[m] = z[origin + m]!;
  fillRows(ws, arCross, width, ws.ar, reach === length ? pi : null);
}

function fillRows(
  ws: Workspace,
  cross: Float64Array,
  width: number,
  polynomial: { count: number; lags: Int32Array; coefficients: Float64Array },
  other: Float64Array | null,
): void {
  const { maDegree: q, autocorrelation } = ws;
  const h = responses(ws);
  for (let e = 1; e < q; e++) {
    const row = e * width;
    if (other === null) copyDown(cross, width, row);
    else displaceDown(cross, width, row, h[ws.end - e]!, other, ws.end);
    cross[row] = autocorrelation[e]! - laggedSum(cross, row, polynomial);
  }
}

function copyDown(cross: Float64Array, width: number, row: number): void {
  const above = row - width - 1;
  for (let m = 1; m < width; m++) cross[row + m] = cross[above + m]!;
}

function displaceDown(
  cross: Float64Array,
  width: number,
  row: number,
  last: number,
  other: Float64Array,
  end: number,
): void {
  const above = row - width - 1;
  for (let m = 1; m < width; m++) cross[row + m] = cross[above + m]! - last * other[end - m]!;
}

function laggedSum(
  cross: Float64Array,
  row: number,
  polynomial: { count: number; lags: Int32Array; coefficients: Float64Array },
): number {
  const { count, lags, coefficients } = polynomial;
  let sum = 0;
  for (let j = 0; j < count; j++) sum += coefficients[j]! * cross[row + lags[j]!]!;
  return sum;
}

/** −tr(M⁻¹C'∂C) through c_s = −Σ_{j>s} a_j π_{j−1−s}. */
function addBoundaryTrace(ws: Workspace): void {
  const { arDegree: p, origin, ar, ma, pi, cAdjoint, tail, scratch } = ws;
  fillBoundaryAdjoint(ws);
  for (let j = 0; j < ar.count; j++) {
    const lag = ar.lags[j]!;
    let sum = 0;
    for (let s = 0; s < lag; s++) sum += cAdjoint[s]! * pi[origin + lag - 1 - s]!;
    ar.slopes[j]! -= sum;
  }
  ma.divide(pi, scratch, ws.between, origin, origin + p);
  correlateWithAr(ws, cAdjoint, tail);
  for (let j = 0; j < ma.count; j++) {
    const lag = ma.lags[j]!;
    if (lag < p) ma.slopes[j]! += dot(tail, lag, scratch, origin, p - lag);
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
    if (i + d < q) running += inverse[i * q + i + d]!;
    adjoint[i]! -= running * c[i + d]!;
    if (d > 0) adjoint[i + d]! -= running * c[i]!;
  }
}

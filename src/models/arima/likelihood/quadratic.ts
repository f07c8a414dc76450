import { crossProducts } from "../../../math/lag-filters/cross-products.js";
import { divide } from "../../../math/lag-filters/divide.js";
import { multiply } from "../../../math/lag-filters/multiply.js";
import { solveLowerTransposed } from "../../../math/linear-algebra/cholesky.js";
import { addMultiple, copy, dot } from "../../../math/linear-algebra/vector.js";
import type { Workspace } from "./workspace.js";

/**
 * The quadratic form S = |e|² − |Vy|² of one combination of the columns, and its derivatives.
 *
 * Here the presample values are at their best for that combination and stay fixed: by the envelope theorem the
 * derivatives of the minimised form are those at the fixed minimum.
 */

/** Filters Σ_c weights_c·column_c behind its own best presample values; returns S. */
export function filterCombination(ws: Workspace, weights: Float64Array): number {
  combineColumns(ws, weights);
  filterInput(ws);
  const { e, v, origin, length, arDegree } = ws;
  const sum = dot(e, origin, e, origin, length);
  if (arDegree === 0) return sum;
  ws.ar.multiplyHankel(ws.y, origin, v, -1);
  return sum - dot(v, 0, v, 0, arDegree);
}

/** Weights of the columns whose sum is the series less its regression. */
export function residualWeights(ws: Workspace): Float64Array {
  const { combination, beta, columns } = ws;
  combination[0] = 1;
  for (let c = 1; c < columns; c++) combination[c] = -beta[c - 1];
  return combination;
}

function combineColumns(ws: Workspace, weights: Float64Array): void {
  const { input, presample, maDegree: q, origin, columns } = ws;
  combineData(ws, weights);
  presample.fill(0, 0, q);
  for (let c = 0; c < columns; c++) addMultiple(ws.projections[c], presample, 0, q, weights[c]);
  if (q > 0) solveLowerTransposed(ws.factor, q, presample);
  for (let i = 0; i < q; i++) input[origin + i] = -presample[i];
}

/** Σ_c weights_c·column_c as `input`, where the data stand. */
export function combineData(ws: Workspace, weights: Float64Array): void {
  const { input, maDegree: q, origin, end, columns } = ws;
  const start = origin + q;
  input.fill(0, start, end);
  for (let c = 0; c < columns; c++) {
    const weight = weights[c];
    if (weight === 0) continue;
    if (c === 0 && weight === 1) copy(ws.data[0], input, start, end);
    else addMultiple(ws.data[c], input, start, end, weight);
  }
}

/** y = input/t, e = a·y, and the signals whose shifts are the derivatives of e. */
function filterInput(ws: Workspace): void {
  filterByAr(ws);
  filterErrors(ws);
}

/** y = input/t, e = a·y, and y behind each factor of a. */
export function filterByAr(ws: Workspace): void {
  const { input, y, e, origin, end, ar, ma } = ws;
  const { p, P, period } = ws.orders;
  if (ws.maDegree > 0) ma.divide(input, y, ws.between, origin, end);
  else copy(input, y, origin, end);
  if (p > 0 && P > 0) {
    multiply(y, ws.yOrdinary, origin, end, ar.ordinary, p, 1);
    multiply(y, ws.ySeasonal, origin, end, ar.seasonal, P, period);
    multiply(ws.yOrdinary, e, origin, end, ar.seasonal, P, period);
  } else if (p > 0) multiply(y, e, origin, end, ar.ordinary, p, 1);
  else if (P > 0) multiply(y, e, origin, end, ar.seasonal, P, period);
  else copy(y, e, origin, end);
}

/** e behind each factor of t. */
export function filterErrors(ws: Workspace): void {
  const { e, origin, end, ma } = ws;
  const { q, Q, period } = ws.orders;
  if (q > 0) divide(e, ws.eOrdinary, origin, end, ma.ordinary, q, 1);
  if (Q > 0) divide(e, ws.eSeasonal, origin, end, ma.seasonal, Q, period);
}

/** gradient and slopes += weight·∂S; with `curved` also curvature = 2·weight·J'J, J = ∂e/∂x. */
export function addQuadraticSlopes(ws: Workspace, weight: number, curved: boolean): void {
  addErrorSlopes(ws, 2 * weight);
  if (curved) gaussNewton(ws, 2 * weight);
  if (ws.arDegree > 0) addBoundarySlopes(ws, 2 * weight);
}

/** gradient += weight·½∂|e|². */
export function addErrorSlopes(ws: Workspace, weight: number): void {
  const { e, origin, length, size, gradient, derivatives, shifts } = ws;
  const { p, q } = ws.orders;
  addLags(ws, 0, p, weight);
  addLags(ws, p, q, weight);
  for (let i = p + q; i < size; i++) {
    gradient[i] -= weight * dot(e, origin + shifts[i], derivatives[i], origin, length - shifts[i]);
  }
}

/** The same for the lags 1 … count of an ordinary factor, whose first coefficient is the `from`-th. */
function addLags(ws: Workspace, from: number, count: number, weight: number): void {
  const { e, origin, length, gradient, derivatives, products } = ws;
  if (count === 0) return;
  crossProducts(derivatives[from], origin, e, origin + 1, length - 1, products, count);
  for (let k = 0; k < count; k++) gradient[from + k] -= weight * products[k];
}

/** curvature = weight·J'J, J = ∂e/∂x. */
export function gaussNewton(ws: Workspace, weight: number): void {
  const { origin, length, size, derivatives, shifts } = ws;
  const { p, q } = ws.orders;
  ordinaryBlock(ws, 0, p, 0, p);
  ordinaryBlock(ws, p, q, 0, p);
  ordinaryBlock(ws, p, q, p, q);
  for (let i = p + q; i < size; i++) {
    mixedRow(ws, i, 0, p);
    mixedRow(ws, i, p, q);
    for (let j = p + q; j <= i; j++) {
      const later = Math.max(shifts[i], shifts[j]);
      const fromI = origin + later - shifts[i];
      const fromJ = origin + later - shifts[j];
      setCurvature(ws, i, j, dot(derivatives[i], fromI, derivatives[j], fromJ, length - later));
    }
  }
  for (let i = 0; i < size * size; i++) ws.curvature[i] *= weight;
}

function setCurvature({ curvature, size }: Workspace, i: number, j: number, entry: number): void {
  curvature[i * size + j] = entry;
  curvature[j * size + i] = entry;
}

/**
 * Lags 1 … rows of one signal against 1 … columns of another. One lag more on both sides leaves the last product out, so that the first
 * row and the first column imply the rest.
 */
function ordinaryBlock(ws: Workspace, i0: number, rows: number, j0: number, columns: number): void {
  const { origin, end, length, size, curvature, derivatives, products } = ws;
  if (rows === 0 || columns === 0) return;
  const a = derivatives[i0];
  const b = derivatives[j0];
  crossProducts(a, origin, b, origin, length - 1, products, rows);
  for (let k = 0; k < rows; k++) setCurvature(ws, i0 + k, j0, products[k]);
  if (i0 !== j0) {
    crossProducts(b, origin, a, origin, length - 1, products, columns);
    for (let k = 1; k < columns; k++) setCurvature(ws, i0, j0 + k, products[k]);
  }
  for (let i = 1; i < rows; i++) {
    const last = i0 === j0 ? i : columns - 1;
    for (let j = 1; j <= last; j++) {
      const above = curvature[(i0 + i - 1) * size + j0 + j - 1];
      setCurvature(ws, i0 + i, j0 + j, above - a[end - 1 - i] * b[end - 1 - j]);
    }
  }
}

/** A seasonal lag of one signal against the lags 1 … count of another. */
function mixedRow(ws: Workspace, i: number, j0: number, count: number): void {
  const { origin, length, derivatives, shifts, products } = ws;
  if (count === 0) return;
  const shift = shifts[i];
  crossProducts(derivatives[j0], origin + shift - 1, derivatives[i], origin, length - shift, products, count);
  for (let k = 0; k < count; k++) setCurvature(ws, i, j0 + k, products[k]);
}

/** The part of −|Vy|²: through a itself, and through y = input/t. */
function addBoundarySlopes(ws: Workspace, weight: number): void {
  const { ar, ma, v, y, origin, arDegree: p, maDegree: q, tail, scratch } = ws;
  for (let j = 0; j < ar.count; j++) {
    const lag = ar.lags[j];
    let sum = 0;
    for (let tau = 0; tau < lag; tau++) sum += v[tau] * y[origin + lag - 1 - tau];
    ar.slopes[j] += weight * sum;
  }
  if (q === 0) return;
  ma.divide(y, scratch, ws.between, origin, origin + p);
  ar.multiplyHankel(v, 0, tail, 1);
  for (let j = 0; j < ma.count; j++) {
    const lag = ma.lags[j];
    if (lag < p) ma.slopes[j] -= weight * dot(tail, lag, scratch, origin, p - lag);
  }
}

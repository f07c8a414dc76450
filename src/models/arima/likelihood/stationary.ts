import type { Workspace } from "./workspace.js";

/**
 * log|Σ_AR| = −Σ_k k·log(1 − r_k²) for the AR part with unit innovations, r_k its partial autocorrelations.
 *
 * Leaves r₁ … r_p* in `partials[1 …]`.
 *
 * @returns NaN where the AR part is not stationary.
 */
export function stationaryLogDeterminant(ws: Workspace): number {
  const { arDegree: degree, partials } = ws;
  const current = ws.stepA;
  expandAr(ws, current);
  let logDeterminant = 0;
  for (let k = degree; k >= 1; k--) {
    const r = current[k]!;
    partials[k] = r;
    if (r === 0) continue;
    const left = (1 - r) * (1 + r);
    if (!(left > 0)) return Number.NaN;
    logDeterminant -= k * Math.log(left);
    stepDown(current, ws.stepB, k, r, 1 / left);
  }
  return logDeterminant;
}

/** φ₁ … φ_p* = −a₁ … −a_p* at indices 1 …, zeros included. */
function expandAr(ws: Workspace, target: Float64Array): void {
  const { count, lags, coefficients } = ws.ar;
  target.fill(0, 0, ws.arDegree + 1);
  for (let j = 0; j < count; j++) target[lags[j]!] = -coefficients[j]!;
}

function stepDown(
  current: Float64Array,
  other: Float64Array,
  k: number,
  r: number,
  inverseLeft: number,
): void {
  for (let i = 1; i < k; i++) other[i] = (current[i]! + r * current[k - i]!) * inverseLeft;
  for (let i = 1; i < k; i++) current[i] = other[i]!;
}

/** γ₀ … γ_p* of the AR part with unit innovations, from the partial autocorrelations, by Levinson's recursion. */
export function autocovariances(ws: Workspace): Float64Array {
  const { arDegree: degree, partials, autocovariance, stepA: current, stepB: other } = ws;
  let variance = 1;
  for (let k = 1; k <= degree; k++) variance /= (1 - partials[k]!) * (1 + partials[k]!);
  autocovariance[0] = variance;
  for (let k = 1; k <= degree; k++) {
    const r = partials[k]!;
    let sum = r * variance;
    for (let i = 1; i < k; i++) sum += current[i]! * autocovariance[k - i]!;
    autocovariance[k] = sum;
    if (r !== 0) stepUp(current, other, k, r);
    current[k] = r;
    variance *= (1 - r) * (1 + r);
  }
  return autocovariance;
}

function stepUp(current: Float64Array, other: Float64Array, k: number, r: number): void {
  for (let i = 1; i < k; i++) other[i] = current[i]! - r * current[k - i]!;
  for (let i = 1; i < k; i++) current[i] = other[i]!;
}

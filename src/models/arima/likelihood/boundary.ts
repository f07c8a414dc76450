import type { Workspace } from "./workspace.js";

/** Short sums over the AR polynomial and the responses, where the data begin and end. */

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

/** target_τ = −Σ_{j>τ} a_j signal_{j−1−τ}, τ < p*: what the AR filter would still add before time 0. */
export function weightedBoundary(ws: Workspace, signal: Float64Array, target: Float64Array): void {
  const { count, lags, coefficients } = ws.ar;
  const { origin, arDegree: p } = ws;
  for (let tau = 0; tau < p; tau++) target[tau] = 0;
  for (let j = 0; j < count; j++) {
    const lag = lags[j]!;
    const a = coefficients[j]!;
    const at = origin + lag - 1;
    for (let tau = 0; tau < lag; tau++) target[tau]! -= a * signal[at - tau]!;
  }
}

/** target_i = Σ_{τ + i + 1 = l} source_τ a_l, i < p*. */
export function correlateWithAr(ws: Workspace, source: Float64Array, target: Float64Array): void {
  const { count, lags, coefficients } = ws.ar;
  target.fill(0, 0, ws.arDegree);
  for (let j = 0; j < count; j++) {
    const lag = lags[j]!;
    const a = coefficients[j]!;
    for (let tau = 0; tau < lag; tau++) target[lag - 1 - tau]! += a * source[tau]!;
  }
}

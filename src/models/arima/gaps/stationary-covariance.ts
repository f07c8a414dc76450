import { armaAutocovariances, armaResponses } from "../lag-polynomial/autocovariances.js";
import type { LagList } from "../lag-polynomial/model.js";

/**
 * The stationary covariance of Harvey's W_i, i < r, lower triangle, row-major.
 *
 * That of the predictions z_i = E[w_{t+i} | e_t, e_{t−1}, …] is γ_{i−j} − Σ_{s<j} ψ_s ψ_{s+i−j}, j ≤ i; and W_i = z_i + Σ_j
 * a_j z_{i−j}.
 *
 * @returns false where the AR part is not stationary.
 */
export function stationaryCovariance(ar: LagList, ma: LagList, size: number, target: Float64Array): boolean {
  const gamma = armaAutocovariances({ ar, ma }, size);
  if (gamma === null) return false;
  const psi = armaResponses({ ar, ma }, size);
  for (let lag = 0; lag < size; lag++) {
    let entry = gamma[lag]!;
    for (let j = 0; j + lag < size; j++) {
      target[(j + lag) * size + j] = entry;
      target[j * size + j + lag] = entry;
      entry -= psi[j]! * psi[j + lag]!;
    }
  }
  if (ar.lags.length > 0) fromPredictions(ar, size, target);
  return true;
}

/** P ← APA', A = I + Σ a_j (shift down by j): rows, then columns, the last first. */
function fromPredictions({ lags, coefficients }: LagList, size: number, target: Float64Array): void {
  for (let i = size - 1; i > 0; i--) {
    for (let j = 0; j < lags.length && lags[j]! <= i; j++) {
      const from = (i - lags[j]!) * size;
      const weight = coefficients[j]!;
      for (let k = 0; k < size; k++) target[i * size + k]! += weight * target[from + k]!;
    }
  }
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let k = i; k > 0; k--) {
      for (let j = 0; j < lags.length && lags[j]! <= k; j++) {
        target[row + k]! += coefficients[j]! * target[row + k - lags[j]!]!;
      }
    }
  }
}

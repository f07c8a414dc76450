import { arToPartials, fillAutocovariances } from "../../../math/levinson.js";
import type { Workspace } from "./workspace.js";

/**
 * log|Σ_AR| = −Σ_k k·log(1 − r_k²) for the AR part with unit innovations, r_k its partial autocorrelations.
 *
 * Leaves r₁ … r_p* in `partials`.
 *
 * @returns NaN where the AR part is not stationary.
 */
export function stationaryLogDeterminant(ws: Workspace): number {
  const { arDegree: degree, partials } = ws;
  expandAr(ws, partials);
  if (arToPartials(partials, 0, degree) > 0) return Number.NaN;
  let logDeterminant = 0;
  for (let k = degree; k >= 1; k--) {
    const r = partials[k - 1];
    if (r !== 0) logDeterminant -= k * Math.log((1 - r) * (1 + r));
  }
  return logDeterminant;
}

/** φ₁ … φ_p* = −a₁ … −a_p*, zeros included. */
function expandAr(ws: Workspace, target: Float64Array): void {
  const { count, lags, coefficients } = ws.ar;
  target.fill(0, 0, ws.arDegree);
  for (let j = 0; j < count; j++) target[lags[j] - 1] = -coefficients[j];
}

/** γ₀ … γ_p* of the AR part with unit innovations, from the partial autocorrelations. */
export function autocovariances(ws: Workspace): Float64Array {
  const { arDegree: degree, partials, autocovariance, phi } = ws;
  fillAutocovariances(partials, degree, phi, autocovariance, degree);
  return autocovariance;
}

import { arToPartials, autocovariancesFromPartials } from "../../../math/levinson.js";
import type { LagList, LagModel } from "./model.js";

/** The polynomials a and t, without differences. */
type StationaryPart = Pick<LagModel, "ar" | "ma">;

/** Partial autocorrelations of the autoregression 1 + Σ a_j B^j; null where it is not stationary. */
export function arPartials({ degree, lags, coefficients }: LagList): Float64Array | null {
  const partials = new Float64Array(degree);
  for (let j = 0; j < lags.length; j++) partials[lags[j] - 1] = -coefficients[j];
  return arToPartials(partials, 0, degree) > 0 ? null : partials;
}

/** ψ₀ … of the stationary part. */
export function armaResponses({ ar, ma }: StationaryPart, count: number): Float64Array {
  const psi = new Float64Array(count);
  psi[0] = 1;
  for (let j = 0; j < ma.lags.length; j++) if (ma.lags[j] < count) psi[ma.lags[j]] = ma.coefficients[j];
  for (let k = 1; k < count; k++) {
    for (let j = 0; j < ar.lags.length; j++) {
      if (ar.lags[j] <= k) psi[k] -= ar.coefficients[j] * psi[k - ar.lags[j]];
    }
  }
  return psi;
}

/** γ₀ … γ_count of the stationary part with unit innovations; null where it is not stationary. */
export function armaAutocovariances(model: StationaryPart, count: number): Float64Array | null {
  const { ar, ma } = model;
  const own = arAutocovariances(ar, count + ma.degree);
  if (own === null) return null;
  const overlap = new Float64Array(ma.degree + 1);
  const dense = new Float64Array(ma.degree + 1);
  dense[0] = 1;
  for (let j = 0; j < ma.lags.length; j++) dense[ma.lags[j]] = ma.coefficients[j];
  for (let k = 0; k <= ma.degree; k++) {
    overlap[k] = dense[k];
    for (let j = 0; j < ma.lags.length; j++) {
      const lag = ma.lags[j];
      if (lag + k <= ma.degree) overlap[k] += ma.coefficients[j] * dense[lag + k];
    }
  }
  const gamma = new Float64Array(count + 1);
  for (let k = 0; k <= count; k++) {
    let sum = overlap[0] * own[k];
    for (let j = 1; j <= ma.degree; j++) sum += overlap[j] * (own[Math.abs(k - j)] + own[k + j]);
    gamma[k] = sum;
  }
  return gamma;
}

function arAutocovariances(ar: LagList, count: number): Float64Array | null {
  const partials = arPartials(ar);
  return partials === null ? null : autocovariancesFromPartials(partials, count);
}

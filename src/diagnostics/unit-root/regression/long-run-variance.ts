import { powerOf, square } from "../../../math/power.js";

/** γ₀ + 2 Σ (1 − k/(lags+1)) γ_k of values around zero, with divisor n (Bartlett's weights; Newey and West 1987). */
export function longRunVariance(residuals: Float64Array, lags: number): number {
  const n = residuals.length;
  let variance = product(residuals, 0);
  for (let k = 1; k <= lags && k < n; k++) variance += 2 * (1 - k / (lags + 1)) * product(residuals, k);
  return variance / n;
}

/** Σ r_t r_{t−k}. */
export function product(residuals: Float64Array, k: number): number {
  let sum = 0;
  for (let t = k; t < residuals.length; t++) sum += residuals[t] * residuals[t - k];
  return sum;
}

/** Rules for the number of autocovariances in a long-run variance. */
export type LagRule = "short" | "long" | "legacy" | "square-root" | "auto" | "none";

/**
 * Lags of a rule for n residuals: `short` ⌊4(n/100)^¼⌋ and `long` ⌊12(n/100)^¼⌋ as in R, `legacy` ⌈12(n/100)^¼⌉ as
 * in statsmodels, `square-root` ⌊3√n/13⌋ as in forecast::ndiffs, `auto` from the residuals (Hobijn, Franses, Ooms
 * 2004, after Newey and West 1994).
 */
export function lagsOf(rule: LagRule, residuals: Float64Array): number {
  const n = residuals.length;
  const root = powerOf(n / 100, 0.25);
  if (rule === "none") return 0;
  if (rule === "short") return Math.trunc(4 * root);
  if (rule === "long") return Math.trunc(12 * root);
  if (rule === "legacy") return Math.min(Math.ceil(12 * root), n - 1);
  if (rule === "square-root") return Math.trunc((3 * Math.sqrt(n)) / 13);
  return automaticLags(residuals);
}

function automaticLags(residuals: Float64Array): number {
  const n = residuals.length;
  let level = product(residuals, 0) / n;
  let slope = 0;
  for (let k = 1; k <= Math.trunc(powerOf(n, 2 / 9)); k++) {
    const twice = (2 * product(residuals, k)) / n;
    level += twice;
    slope += k * twice;
  }
  const scale = 1.1447 * powerOf(square(slope / level), 1 / 3);
  return Math.min(Math.trunc(scale * powerOf(n, 1 / 3)), n - 1);
}

import type { Smoothing } from "./trace.js";

/** Which smoothing parameters are allowed; `both` is the intersection. */
export type Bounds = "both" | "usual" | "admissible";

/** The limits of R's `ets`: 0.0001 to 0.9999, φ from 0.8 to 0.98. */
export const LOWEST = 1e-4;
export const HIGHEST = 0.9999;
export const LOWEST_PHI = 0.8;
export const HIGHEST_PHI = 0.98;

/** Roots of the moving-average polynomial may come this near to the unit circle, from either side. */
const CIRCLE = 1e-10;

/**
 * Whether the effect of an error on the errors that follow dies out, so that the start is forgotten: all roots of the
 * form's moving-average polynomial lie on or outside the unit circle (the admissible, or forecastability, region).
 *
 * With S(B) = 1 + B + … + B^{m−1}: θ(B) = (1 − B^m)(1 − φB) + [αB(1 − φB) + φβB]·S(B) + γB^m(1 − φB) with a trend and a
 * season; without a trend the factor 1 − φB falls out, without a season S(B) = 1, m = 1 and γ = 0.
 *
 * @see R. J. Hyndman, M. Akram, B. C. Archibald, The admissible parameter space for exponential smoothing models,
 * Annals of the Institute of Statistical Mathematics 60 (2008), 407-426; here with the slope's effect φβ throughout.
 */
export function isAdmissible(smoothing: Smoothing, trend: boolean, period: number): boolean {
  if (smoothing.phi < 0 || smoothing.phi > 1 || smoothing.gamma < 0) return false;
  return rootsOutside(movingAverage(smoothing, trend, period));
}

/** θ_0 … θ_q of the differenced series. */
export function movingAverage(
  { alpha, beta, gamma, phi }: Smoothing,
  trend: boolean,
  period: number,
): Float64Array {
  if (!trend) {
    const theta = new Float64Array(period + 1).fill(alpha);
    theta[0] = 1;
    theta[period] = alpha + gamma - 1;
    return theta;
  }
  const theta = new Float64Array(period + 2);
  theta[0] = 1;
  theta[1] = -phi;
  theta[period] = theta[period]! - 1 + gamma;
  theta[period + 1] = phi - gamma * phi;
  for (let j = 0; j < period; j++) {
    theta[j + 1] = theta[j + 1]! + alpha + phi * beta;
    theta[j + 2] = theta[j + 2]! - alpha * phi;
  }
  return theta;
}

/** Schur and Cohn's step-down: every reflection coefficient of a polynomial with its roots outside is below 1. */
function rootsOutside(theta: Float64Array): boolean {
  // Pulled in by the tolerance: a root on the circle is then safely outside.
  let shrink = 1;
  const current = theta.map((value) => {
    const shrunk = value * shrink;
    shrink *= 1 - CIRCLE;
    return shrunk;
  });
  const next = new Float64Array(theta.length);
  for (let degree = theta.length - 1; degree > 0; degree--) {
    const reflection = current[degree]! / current[0]!;
    const left = 1 - reflection * reflection;
    if (!(left > 0)) return false;
    for (let j = 0; j < degree; j++) next[j] = (current[j]! - reflection * current[degree - j]!) / left;
    current.set(next.subarray(0, degree));
  }
  return true;
}

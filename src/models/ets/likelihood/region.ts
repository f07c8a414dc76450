import { arToPartials } from "../../../math/levinson.js";
import type { Smoothing } from "../recursion/trace.js";

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

/**
 * The slope parameter β at which a seasonal form stops being admissible, the other parameters given: the root that
 * reaches the unit circle first does so at a frequency ω between a half and the whole of 2π/m, where
 * β(ω) = −(1 − φB)[(1 − B)/B + α + γB^{m−1}/S(B)]/φ, B = e^{iω}, is real.
 *
 * With a slow season it is far below the usual bound: as γ → 0 it tends to (2 − α)(1 − cos(2π/m)) for φ = 1.
 *
 * @returns Infinity where no such frequency is found.
 */
export function admissibleSlope(smoothing: Smoothing, period: number): number {
  let low = Math.PI / period;
  let high = 2 * low;
  let atLow = slopeOnCircle(smoothing, period, low, true);
  let atHigh = slopeOnCircle(smoothing, period, high, true);
  if (!(atLow < 0 && atHigh > 0)) return Number.POSITIVE_INFINITY;
  for (let i = 0; i < 60 && high - low > 1e-14 * high; i++) {
    // The secant, with the value at an end that stays halved (Illinois); plain halves at times to be sure.
    const middle = i % 4 === 3 ? 0.5 * (low + high) : (low * atHigh - high * atLow) / (atHigh - atLow);
    const value = slopeOnCircle(smoothing, period, middle, true);
    if (value === 0) {
      low = middle;
      break;
    }
    if (value < 0) {
      low = middle;
      atLow = value;
      atHigh *= 0.5;
    } else {
      high = middle;
      atHigh = value;
      atLow *= 0.5;
    }
  }
  return slopeOnCircle(smoothing, period, 0.5 * (low + high), false) * (1 - MARGIN);
}

/** Keeps clear of the edge by more than rounding. */
const MARGIN = 1e-8;

/** β(ω), or with `imaginary` the imaginary part that it must not have, times a factor that removes its pole. */
function slopeOnCircle(
  { alpha, gamma, phi }: Smoothing,
  period: number,
  omega: number,
  imaginary: boolean,
): number {
  const c = Math.cos(omega);
  const s = Math.sin(omega);
  const wave = Math.sin(0.5 * period * omega);
  const turn = 0.5 * (period - 1) * omega;
  const pull = gamma * Math.sin(0.5 * omega);
  const re = (c - 1 + alpha) * wave + pull * Math.cos(turn);
  const im = -s * wave + pull * Math.sin(turn);
  if (imaginary) return (1 - phi * c) * im - phi * s * re;
  return -((1 - phi * c) * re + phi * s * im) / (phi * wave);
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
  theta[period] = theta[period] - 1 + gamma;
  theta[period + 1] = phi - gamma * phi;
  for (let j = 0; j < period; j++) {
    theta[j + 1] = theta[j + 1] + alpha + phi * beta;
    theta[j + 2] = theta[j + 2] - alpha * phi;
  }
  return theta;
}

/** By Schur and Cohn's step-down, θ₀ = 1: the corresponding autoregression is stationary. */
function rootsOutside(theta: Float64Array): boolean {
  // Pulled in by the tolerance: a root on the circle is then safely outside.
  let shrink = 1;
  for (let j = 0; j < theta.length; j++) {
    theta[j] = -theta[j] * shrink;
    shrink *= 1 - CIRCLE;
  }
  return arToPartials(theta, 1, theta.length - 1) === 0;
}

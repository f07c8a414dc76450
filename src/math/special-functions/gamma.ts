export { digamma, logGamma } from "./log-gamma.js";

import { gammaExponent, log1pMinus } from "./deviance.js";
import { logGamma, requirePositive, stirlingError } from "./log-gamma.js";
import { integrateDecay } from "./quadrature.js";

/** log(2π) / 2 */
const LOG_SQRT_TWO_PI = 0.9189385332046728;

/** From this shape on tails are integrated, at a cost that no longer grows with the shape. */
const LARGE_SHAPE = 100;

/**
 * The regularised lower incomplete gamma function P(a, x) = ∫₀ˣ tᵃ⁻¹ e⁻ᵗ dt / Γ(a).
 *
 * @param a shape, above 0. @param x from 0 to Infinity.
 * @throws YuleError `bad-argument` when a is not above 0 or x below 0.
 * @example gammaLower(1, 2); // 0.864665; that is 1 − exp(−2)
 */
export function gammaLower(a: number, x: number): number {
  return x < switchover(a, x) ? lowerTail(a, x) : 1 - upperTail(a, x);
}

/** The complement Q(a, x) = 1 - P(a, x) of {@link gammaLower}, with full relative accuracy where it is tiny. */
export function gammaUpper(a: number, x: number): number {
  return x < switchover(a, x) ? 1 - lowerTail(a, x) : upperTail(a, x);
}

/** The x below which the lower tail is the one to compute; checks the arguments on the way. */
function switchover(a: number, x: number): number {
  requirePositive("a", a);
  if (!(x >= 0)) requirePositive("x", x);
  return a < 1 ? a + 0.3 : a;
}

/** log of xᵃ e⁻ˣ / Γ(a). */
export function logGammaKernel(a: number, x: number): number {
  if (a < 1) return a * Math.log(x) - x - logGamma(a);
  return gammaExponent(a, x) - stirlingError(a) + 0.5 * Math.log(a) - LOG_SQRT_TWO_PI;
}

function lowerTail(a: number, x: number): number {
  if (x === 0) return 0;
  const front = Math.exp(logGammaKernel(a, x));
  if (front === 0) return 0;
  if (a >= LARGE_SHAPE && x > 0.5 * a) return (front / x) * lowerIntegral(a, x);
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return front * sum;
}

function upperTail(a: number, x: number): number {
  const front = Math.exp(logGammaKernel(a, x));
  if (front === 0 || x === Number.POSITIVE_INFINITY) return 0;
  if (a >= LARGE_SHAPE && x < 2 * a) return (front / x) * upperIntegral(a, x);
  return front * upperFraction(a, x);
}

/** Legendre's continued fraction for Γ(a, x) / (xᵃ e⁻ˣ), by the modified Lentz method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / Number.MIN_VALUE;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 10_000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const step = c * d;
    value *= step;
    if (Math.abs(step - 1) < 2e-16) break;
  }
  return value;
}

/** ∫ over the lower tail relative to its integrand at x, t = x - s. */
function lowerIntegral(a: number, x: number): number {
  const slope = (a - 1 - x) / x;
  return integrateDecay((s) => (a - 1) * log1pMinus(-s / x) - s * slope, slope, (a - 1) / (x * x), x);
}

/** ∫ over the upper tail relative to its integrand at x, t = x + s. */
function upperIntegral(a: number, x: number): number {
  const slope = (x - a + 1) / x;
  return integrateDecay((s) => (a - 1) * log1pMinus(s / x) - s * slope, slope, (a - 1) / (x * x));
}

/**
 * The probability that a chi-square variable with `df` degrees of freedom exceeds `x`: the p-value of a statistic.
 *
 * @param df above 0, need not be whole.
 * @throws YuleError `bad-argument` when df is not above 0 or x below 0.
 * @example chiSquareUpper(3.841458820694124, 1); // 0.0500000000000…
 */
export function chiSquareUpper(x: number, df: number): number {
  return gammaUpper(df / 2, x / 2);
}

import { show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import { gammaExponent, log1pMinus } from "./deviance.js";
import { logGamma, requirePositive, stirlingError } from "./log-gamma.js";
import { integrateDecay } from "./quadrature.js";

/** log(2π) / 2 */
const LOG_SQRT_TWO_PI = 0.9189385332046728;

/** When both shapes reach this, tails are integrated, at a cost that no longer grows with them. */
const LARGE_SHAPE = 100;

/**
 * The logarithm of the beta function, log Γ(a) + log Γ(b) - log Γ(a + b), without cancellation for large a or b.
 *
 * @throws YuleError `bad-argument` unless a > 0 and b > 0.
 * @example logBeta(0.5, 0.5); // log π
 */
export function logBeta(a: number, b: number): number {
  requirePositive("a", a);
  requirePositive("b", b);
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(small + large);
  // log Γ(large) - log Γ(large + small) by Stirling's formula, its big terms combined beforehand.
  const ratio =
    stirlingError(large) -
    stirlingError(large + small) -
    (large - 0.5) * Math.log1p(small / large) -
    small * (Math.log(large + small) - 1);
  return logGamma(small) + ratio;
}

/**
 * The regularised incomplete beta function I_x(a, b) = ∫₀ˣ tᵃ⁻¹ (1 - t)ᵇ⁻¹ dt / B(a, b).
 *
 * @param y 1 - x, to be given where it is known more exactly than from x (x next to 1).
 * @throws YuleError `bad-argument` unless a > 0, b > 0 and 0 <= x <= 1.
 * @example betaLower(2, 3, 0.5); // 0.6875
 */
export function betaLower(a: number, b: number, x: number, y: number = 1 - x): number {
  requireBetaArguments(a, b, x, y);
  return a * y >= b * x ? tail(a, b, x, y) : 1 - tail(b, a, y, x);
}

/** The complement 1 - I_x(a, b) of {@link betaLower}, with full relative accuracy where it is tiny. */
export function betaUpper(a: number, b: number, x: number, y: number = 1 - x): number {
  requireBetaArguments(a, b, x, y);
  return a * y >= b * x ? 1 - tail(a, b, x, y) : tail(b, a, y, x);
}

function requireBetaArguments(a: number, b: number, x: number, y: number): void {
  requirePositive("a", a);
  requirePositive("b", b);
  if (!(x >= 0 && y >= 0)) {
    throw usageError("bad-argument", "x", x, `The argument x must lie from 0 to 1, not ${show(x)}.`);
  }
}

/** log of xᵃ yᵇ / B(a, b), where x + y = 1. */
export function logBetaKernel(a: number, b: number, x: number, y: number): number {
  if (a < 1 || b < 1) {
    const logX = x < 0.5 ? Math.log(x) : Math.log1p(-y);
    const logY = y < 0.5 ? Math.log(y) : Math.log1p(-x);
    return a * logX + b * logY - logBeta(a, b);
  }
  const n = a + b;
  const lambda = a * y - b * x;
  const exponent = gammaExponent(a, n * x, -lambda) + gammaExponent(b, n * y, lambda);
  const stirling = stirlingError(n) - stirlingError(a) - stirlingError(b);
  return exponent + stirling + 0.5 * Math.log(a * (b / n)) - LOG_SQRT_TWO_PI;
}

/** I_x(a, b) for x at or below the mean a / (a + b). */
function tail(a: number, b: number, x: number, y: number): number {
  const front = Math.exp(logBetaKernel(a, b, x, y));
  if (front === 0) return 0;
  if (a >= LARGE_SHAPE && b >= LARGE_SHAPE) return (front / (x * y)) * integral(a, b, x, y);
  if (x < 0.3 || (a + b) * x < 4) return front * series(a, b, x);
  return front * fraction(a, b, x, y);
}

/** Σ (a + b)_n / (a)_{n+1} xⁿ: positive terms throughout. */
function series(a: number, b: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 0; term > sum * 1e-17; n++) {
    term *= ((a + b + n) / (a + 1 + n)) * x;
    sum += term;
  }
  return sum;
}

/**
 * The continued fraction of A. R. Didonato and A. H. Morris (ACM Transactions on Mathematical Software 18, 1992,
 * p. 366, equation 9), relative to xᵃ yᵇ.
 */
function fraction(a: number, b: number, x: number, y: number): number {
  const lambda = a * y - b * x;
  let above = 0;
  let below = 1;
  let aboveNext = 1;
  let belowNext = (a * (lambda + 1)) / (a + 1);
  let value = 1 / belowNext;
  for (let n = 1; n < 100_000; n++) {
    const s = a + 2 * n;
    const numerator = ((a + n - 1) / (s - 1)) * (((a + b + n - 1) * x) / (s - 1)) * (n * (b - n) * x);
    const denominator = n + (n * (b - n) * x) / (s - 1) + ((a + n) * (lambda + 1 + n * (1 + y))) / (s + 1);
    const a2 = numerator * above + denominator * aboveNext;
    const b2 = numerator * below + denominator * belowNext;
    above = aboveNext / b2;
    below = belowNext / b2;
    aboveNext = a2 / b2;
    belowNext = 1;
    if (Math.abs(aboveNext - value) < 1e-16 * aboveNext) return aboveNext;
    value = aboveNext;
  }
  return value;
}

/** ∫ over the lower tail relative to its integrand at x, with t = x - s. */
function integral(a: number, b: number, x: number, y: number): number {
  const slope = (a * y - b * x - y + x) / (x * y);
  const curvature = (a - 1) / (x * x) + (b - 1) / (y * y);
  return integrateDecay(
    (s) => (a - 1) * log1pMinus(-s / x) + (b - 1) * log1pMinus(s / y) - s * slope,
    slope,
    curvature,
    x,
  );
}

/**
 * The probability that an F variable with `df1` and `df2` degrees of freedom exceeds `x`.
 *
 * @throws YuleError `bad-argument` unless df1 > 0, df2 > 0 and x >= 0.
 * @example fUpper(4.9646, 1, 10); // 0.05000005…
 */
export function fUpper(x: number, df1: number, df2: number): number {
  if (!(x >= 0)) requirePositive("x", x);
  if (x === Number.POSITIVE_INFINITY) return 0;
  const scaled = (df1 / df2) * x;
  return betaUpper(df1 / 2, df2 / 2, scaled / (1 + scaled), 1 / (1 + scaled));
}

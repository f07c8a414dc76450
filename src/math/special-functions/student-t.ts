import { show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import { betaLower, logBeta } from "./beta.js";
import { requirePositive } from "./log-gamma.js";
import { normalCdf, normalLogDensity, normalQuantile } from "./normal.js";

/** Above this |t|, t² could overflow, and 1 is negligible beside t²/ν. */
const HUGE = 1e100;

/**
 * The logarithm of the density of Student's t with ν degrees of freedom,
 * -(ν + 1)/2 log(1 + t²/ν) - log(√ν B(1/2, ν/2)).
 *
 * @param df ν, above 0; Infinity is the normal distribution.
 * @throws YuleError `bad-argument` unless df > 0.
 */
export function studentTLogDensity(t: number, df: number): number {
  requirePositive("df", df);
  if (df === Number.POSITIVE_INFINITY) return normalLogDensity(t);
  return logKernel(t, df) + logConstant(df);
}

function logKernel(t: number, df: number): number {
  const size = Math.abs(t);
  const log = size > HUGE ? 2 * Math.log(size) - Math.log(df) : Math.log1p((t * t) / df);
  return -0.5 * (df + 1) * log;
}

function logConstant(df: number): number {
  return -0.5 * Math.log(df) - logBeta(0.5, 0.5 * df);
}

/**
 * The distribution function of Student's t, accurate relative to itself in the lower tail.
 *
 * @param df degrees of freedom, above 0; Infinity is the normal distribution.
 * @throws YuleError `bad-argument` unless df > 0.
 * @example studentTCdf(-2.570581835636314, 5); // 0.0250000000000…
 */
export function studentTCdf(t: number, df: number): number {
  requirePositive("df", df);
  if (df === Number.POSITIVE_INFINITY) return normalCdf(t);
  return t < 0 ? upperTail(-t, df) : 1 - upperTail(t, df);
}

/** P(T > t) for t >= 0. */
function upperTail(t: number, df: number): number {
  if (t > HUGE)
    return Math.exp(-df * (Math.log(t) - 0.5 * Math.log(df)) - Math.log(df) - logBeta(0.5, 0.5 * df));
  const square = t * t;
  return 0.5 * betaLower(0.5 * df, 0.5, df / (df + square), square / (df + square));
}

/** P(0 < T < t) for t >= 0, accurate relative to itself for small t. */
function centralHalf(t: number, df: number): number {
  const square = t * t;
  return 0.5 * betaLower(0.5, 0.5 * df, square / (df + square), df / (df + square));
}

/**
 * The quantile of Student's t: solved by Newton's method from the distribution function to about 1e-13 relative. It is
 * infinite where the true value exceeds the largest double (ν = 0.5 and p below 1e-155, say).
 *
 * @param df degrees of freedom, above 0; Infinity is the normal distribution.
 * @throws YuleError `bad-argument` unless df > 0, `bad-probability` unless 0 <= p <= 1.
 * @example studentTQuantile(0.975, 5); // 2.57058183563631…
 */
export function studentTQuantile(p: number, df: number): number {
  requirePositive("df", df);
  if (!(p >= 0 && p <= 1)) {
    throw usageError("bad-probability", "p", p, `A probability must lie from 0 to 1, not ${show(p)}.`);
  }
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p);
  if (p > 0.5) return lowerQuantileSize(1 - p, df);
  return -lowerQuantileSize(p, df);
}

/** The t > 0 that is exceeded with probability p <= 1/2. */
function lowerQuantileSize(p: number, df: number): number {
  if (p === 0) return Number.POSITIVE_INFINITY;
  return p > 0.25 ? centralSolution(0.5 - p, df) : tailSolution(p, df);
}

/** Solves P(0 < T < t) = half. That is concave in t, so Newton's steps from below rise to the solution. */
function centralSolution(half: number, df: number): number {
  const constant = logConstant(df);
  let t = half * Math.exp(-constant);
  for (let i = 0; i < 50; i++) {
    const step = (half - centralHalf(t, df)) * Math.exp(-logKernel(t, df) - constant);
    t += step;
    if (Math.abs(step) <= 1e-9 * t) break;
  }
  return t;
}

/** Solves log P(T > t) = log p in log t, where it is concave: after one Newton step the rest descend to the solution. */
function tailSolution(p: number, df: number): number {
  const constant = logConstant(df);
  const logP = Math.log(p);
  let u = tailStart(p, df, constant);
  for (let i = 0; i < 100; i++) {
    if (u > 709.78) return Number.POSITIVE_INFINITY;
    const t = Math.exp(u);
    const tail = upperTail(t, df);
    const slope = Math.exp(u + logKernel(t, df) + constant) / tail;
    const step = (Math.log(tail) - logP) / slope;
    u += step;
    if (Math.abs(step) <= 1e-9) break;
  }
  return Math.exp(u);
}

/** log t to start from: the power law of the far tail, or D. L. Wallace's normal approximation (1959). */
function tailStart(p: number, df: number, constant: number): number {
  const powerLaw = 0.5 * Math.log(df) + (constant - 0.5 * Math.log(df) - Math.log(p)) / df;
  if (df < 3) return powerLaw;
  const z = (normalQuantile(p) * (8 * df + 3)) / (8 * df + 1);
  return Math.min(powerLaw, 0.5 * Math.log(df * Math.expm1((z * z) / df)));
}

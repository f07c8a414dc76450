import { betaLower, logBetaKernel } from "./beta.js";
import { gammaUpper, logGammaKernel } from "./gamma.js";
import { normalQuantile } from "./normal.js";

/**
 * The negative binomial distribution by its mean μ and dispersion α, with variance μ + αμ²: size 1/α and success
 * probability 1/(1 + αμ). At α = 0 it is the Poisson distribution. Arguments are taken on trust.
 */

/** Below this α (1 + μ) the Poisson limit is exact in double precision. */
const NO_DISPERSION = 1e-22;

function isPoisson(mean: number, dispersion: number): boolean {
  return dispersion * (1 + mean) < NO_DISPERSION;
}

/** log P(K = k) for a whole k >= 0. */
export function countLogProbability(k: number, mean: number, dispersion: number): number {
  if (mean === 0) return k === 0 ? 0 : Number.NEGATIVE_INFINITY;
  if (isPoisson(mean, dispersion)) return k === 0 ? -mean : logGammaKernel(k, mean) - Math.log(k);
  const odds = dispersion * mean;
  if (k === 0) return -Math.log1p(odds) / dispersion;
  return logBetaKernel(1 / dispersion, k, 1 / (1 + odds), odds / (1 + odds)) - Math.log(k);
}

/** P(K <= k) for any real k. */
export function countCdf(k: number, mean: number, dispersion: number): number {
  if (k < 0) return 0;
  if (mean === 0 || k === Number.POSITIVE_INFINITY) return 1;
  const whole = Math.floor(k);
  if (isPoisson(mean, dispersion)) return gammaUpper(whole + 1, mean);
  const odds = dispersion * mean;
  return betaLower(1 / dispersion, whole + 1, 1 / (1 + odds), odds / (1 + odds));
}

/** A probability within so many units of rounding of P(K <= k) is meant as P(K <= k), as in R's `qnbinom`. */
const TIE = 64 * Number.EPSILON;

/**
 * The least whole k with P(K <= k) >= p, for 0 <= p <= 1. At ties, p = P(K <= k) but for rounding, it is k: the geometric
 * distribution of mean 1 has the 0.75-quantile 1.
 */
export function countQuantile(p: number, mean: number, dispersion: number): number {
  if (p === 1) return mean === 0 ? 0 : Number.POSITIVE_INFINITY;
  // Next to 1 the slack shrinks with what is left, so that far quantiles stay apart.
  const wanted = p - Math.min(TIE * p, (1 - p) / 8);
  const reaches = (k: number) => countCdf(k, mean, dispersion) >= wanted;
  if (reaches(0)) return 0;
  const { below, above } = bracket(p, mean, dispersion, reaches);
  let low = below;
  let high = above;
  while (high - low > 1) {
    const middle = Math.floor(low + 0.5 * (high - low));
    if (middle <= low || middle >= high) break;
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Whole numbers about the quantile, from a guess by the Cornish-Fisher expansion and steps that double. */
function bracket(p: number, mean: number, dispersion: number, reaches: (k: number) => boolean) {
  const sd = Math.sqrt(mean + dispersion * mean * mean);
  const skewness = (1 + 2 * dispersion * mean) / sd;
  const z = normalQuantile(p);
  const guess = mean + sd * (z + (skewness * (z * z - 1)) / 6);
  let low = Math.max(0, Math.floor(Math.min(guess, mean + 40 * sd)));
  let high = low;
  let step = Math.max(1, Math.floor(sd * 0.01));
  if (reaches(low)) {
    while (low > 0 && reaches((low = Math.max(0, high - step)))) {
      high = low;
      step *= 2;
    }
  } else {
    while (!reaches((high = low + step))) {
      low = high;
      step *= 2;
    }
  }
  return { below: low, above: high };
}

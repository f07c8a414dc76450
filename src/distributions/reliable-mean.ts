import type { Distribution } from "../core/distribution.js";

/** The mean must lie between these quantiles to be printed as a point forecast. */
const LOWER = 0.1;
const UPPER = 0.9;

/**
 * A point forecast that a heavy tail cannot carry away: the mean where it is finite and lies between the 10 % and the 90 %
 * quantile, else the median.
 *
 * @example reliableMean(studentT(5, 1, 1.2)); // 5
 */
export function reliableMean(distribution: Distribution): number {
  const { mean } = distribution;
  const inside = mean >= distribution.quantile(LOWER) && mean <= distribution.quantile(UPPER);
  return Number.isFinite(mean) && inside ? mean : distribution.quantile(0.5);
}

import type { Series } from "../../../core/series.js";
import { sumOfSquares } from "../../../diagnostics/summary.js";
import { extentOf } from "../../../math/extremes.js";

/** Least number of values to judge skewness, and the least ratio max/min of values that vary in proportion to their level. */
const LEAST = 10;
const WIDE = 10;
/** Skewness above which the upper tail is called long. */
const SKEWED = 0.5;

/**
 * Whether no value can lie below 0: amounts or counts (none below 0, and some of them 0 or all of them whole), or
 * positive values over a wide range whose long upper tail the logarithm removes. A temperature that stayed above 0 by
 * chance does not qualify.
 */
export function areAmounts({ y }: Series): boolean {
  const seen = y.filter((value) => !Number.isNaN(value));
  if (!seen.every((value) => value >= 0)) return false;
  return seen.includes(0) || seen.every(Number.isInteger) || areProportional(seen);
}

/** What shares, percentages and ratings end at, the lowest value of each, and how many values must lie there. */
const SCALES = [
  { whole: 1, least: 0, fractions: true },
  { whole: 100, least: 0, fractions: false },
  { whole: 5, least: 1, fractions: true },
  { whole: 10, least: 1, fractions: true },
];
const REACHED = 3;
/** Values that lie close to a bound that none reaches: how near the nearest is, and the width and share of those beside it, in standard deviations. */
const CLOSE = { values: 30, nearest: 0.1, width: 0.5, share: 0.08, early: 0.25 };

/**
 * The upper bound of shares, percentages and ratings, where values show it: some are exactly 1, 100, 5 or 10 and none is above. For shares
 * and percentages it also counts that values crowd just below, from the first half of the series on. Null for other values, as counts of 0 and 1.
 */
export function wholeOf({ y }: Series): number | null {
  const seen = y.filter((value) => !Number.isNaN(value));
  const { low, high } = extentOf(seen);
  const scale = SCALES.find(({ whole, least }) => low >= least && high <= whole && high > 0.95 * whole);
  if (scale === undefined || (scale.fractions && seen.every(Number.isInteger))) return null;
  const { whole } = scale;
  const reached = high === whole && seen.filter((value) => value === whole).length >= REACHED;
  return reached || (scale.least === 0 && crowdsBelow(seen, whole)) ? whole : null;
}

function crowdsBelow(seen: Float64Array, whole: number): boolean {
  const n = seen.length;
  if (n < CLOSE.values) return false;
  const deviation = Math.sqrt(sumOfSquares(seen) / n);
  if (whole - extentOf(seen).high > CLOSE.nearest * deviation) return false;
  const near = Array.from(seen.keys()).filter((t) => seen[t]! > whole - CLOSE.width * deviation);
  const early = near.filter((t) => t < n / 2).length;
  return near.length >= CLOSE.share * n && early >= CLOSE.early * near.length;
}

/** Whether values above 0 are more symmetric on the logarithmic scale, which has no 0. */
export function areProportional(seen: Float64Array): boolean {
  if (seen.length < LEAST) return false;
  const { low, high } = extentOf(seen);
  if (high < WIDE * low) return false;
  const skewness = skewnessOf(seen);
  return skewness > SKEWED && Math.abs(skewnessOf(seen.map(Math.log))) < skewness;
}

/** The third central moment over the third power of the standard deviation. */
function skewnessOf(values: Float64Array): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value / n, 0);
  let second = 0;
  let third = 0;
  for (const value of values) {
    const deviation = value - mean;
    second += (deviation * deviation) / n;
    third += (deviation * deviation * deviation) / n;
  }
  return third / (second * Math.sqrt(second));
}

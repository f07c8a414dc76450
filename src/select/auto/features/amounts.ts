import type { Series } from "../../../core/series.js";
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

/** What shares end at, and how many values must lie there. */
const WHOLES = [1, 100];
const REACHED = 3;

/** The bound of shares of a whole or percentages, none below 0 and some exactly 1 or 100; null for other values, as counts of 0 and 1. */
export function wholeOf({ y }: Series): number | null {
  const seen = y.filter((value) => !Number.isNaN(value));
  const { low, high } = extentOf(seen);
  if (low < 0 || !WHOLES.includes(high) || (high === 1 && seen.every(Number.isInteger))) return null;
  return seen.filter((value) => value === high).length >= REACHED ? high : null;
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

import type { Series } from "../../../core/series.js";
import { medianOf, slopeOf, squaresOfTimes, sumOfSquares } from "../../../diagnostics/summary.js";
import { calibrationHorizon } from "../../rolling-forecasts/rolling-forecasts.js";

/** Values (or a season) whose median is the level at either end, at most a third of the series. */
const AT_ENDS = 8;
const PART = 3;
const FEWEST = 3;
/** Correlation with time above which values do not fall clearly. */
const CLEARLY = -0.7;

/**
 * Whether values that were always above 0 fall so fast that the straight line through the levels at both ends reaches 0 within the horizon
 * of a default forecast. Prices, amounts and rates approach 0 and stay above it; a line goes on below.
 */
export function fallsTowards0(series: Series): boolean {
  const seen = series.y.filter((value) => !Number.isNaN(value));
  const n = seen.length;
  if (n < FEWEST || seen.some((value) => value <= 0)) return false;
  const w = Math.max(1, Math.min(Math.max(series.period, AT_ENDS), Math.floor(n / PART)));
  const [first, last] = [medianOf(seen.slice(0, w)), medianOf(seen.slice(n - w))];
  const slope = (last - first) / (n - w);
  return last + slope * (calibrationHorizon(series) + w / 2) < 0 && withTime(seen) < CLEARLY;
}

/** Correlation of values with their number. */
function withTime(values: Float64Array): number {
  return slopeOf(values) * Math.sqrt(squaresOfTimes(values.length) / sumOfSquares(values));
}

import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { boxCox } from "../box-cox/transform.js";
import { type SeasonsResult, separateSeasons } from "../decomposition/seasons.js";
import { superSmoother } from "../decomposition/super-smoother.js";
import { interpolateMissing } from "../interpolate.js";
import { quantileOfSorted, varianceOf } from "../summary.js";
import { countMissing, isConstant, requireLength, toFloats, type Values } from "../values.js";

export interface OutlierOptions {
  /** Look again in the series with the first outliers replaced. Default true. */
  readonly repeat?: boolean;
  /** Look on the Box-Cox scale of this lambda. Default: no transformation. */
  readonly lambda?: number;
}

export interface Outlier {
  /** Index from 0. */
  readonly index: number;
  readonly value: number;
  /** What interpolation from the other values would put there. */
  readonly replacement: number;
}

export interface Cleaned {
  /** The series with outliers replaced and gaps filled. */
  readonly values: Float64Array;
  readonly outliers: readonly Outlier[];
  /** Indices that were missing. */
  readonly filled: readonly number[];
}

/** A season that explains less than this share of the detrended series is not taken out. */
const SEASONAL_ENOUGH = 0.6;

const FIND_OUTLIERS_OPTIONS: OptionTable<OutlierOptions> = {
  repeat: "boolean",
  lambda: "number",
};

/**
 * Outliers: values further from a smooth curve through the (seasonally adjusted) series than the quartiles of such
 * distances by three interquartile ranges; for normal values about one in 400,000.
 *
 * As R's `forecast::tsoutliers` 8.20, robust STL weights by the true median (see `stl`).
 *
 * @param y values in time order; NaN is missing and never an outlier.
 * @param period values in a season, 1 for none. Default 1.
 * @returns the outliers with their index and a replacement.
 * @throws YuleError `no-values`, `too-short`, `bad-period`, `infinite-value`, `not-positive`.
 * @see R. J. Hyndman, "Detecting time series outliers" (2021).
 * @example findOutliers(values, 12).map(({ index, replacement }) => [index, replacement]);
 */
export function findOutliers(y: Values, period = 1, options: OutlierOptions = {}): Outlier[] {
  requireOptions("findOutliers", options, FIND_OUTLIERS_OPTIONS);
  const values = checked(y, period);
  const { indices, replaced } = search(values, period, options);
  return indices.map((index) => ({ index, value: values[index], replacement: replaced[index] }));
}

const CLEAN_OPTIONS: OptionTable<OutlierOptions> = {
  repeat: "boolean",
  lambda: "number",
};

/**
 * The series with its outliers replaced and its gaps filled, and what was done.
 *
 * As R's `forecast::tsclean` 8.20; see {@link findOutliers} and `interpolateMissing`.
 *
 * @param y values in time order, NaN where missing.
 * @param period steps in a season, 1 for none.
 * @param options see `OutlierOptions` for ranges and defaults.
 * @returns the values with outliers and gaps replaced, and which ones.
 * @throws YuleError as `findOutliers`.
 * @example const { values, outliers, filled } = clean(readings, 24);
 */
export function clean(y: Values, period = 1, options: OutlierOptions = {}): Cleaned {
  requireOptions("clean", options, CLEAN_OPTIONS);
  const values = checked(y, period);
  const outliers = findOutliers(values, period, options);
  const filled = Array.from(values.keys()).filter((t) => Number.isNaN(values[t]));
  const replaced = values.slice();
  for (const { index, replacement } of outliers) replaced[index] = replacement;
  return { values: fill(replaced, period, options), outliers, filled };
}

function checked(y: Values, period: number): Float64Array {
  requireInteger("period", period, 1, Number.MAX_SAFE_INTEGER);
  const values = toFloats(y);
  requireLength(values.length, "Finding outliers", 1);
  return values;
}

function fill(y: Float64Array, period: number, { lambda }: OutlierOptions): Float64Array {
  return interpolateMissing(y, period, lambda === undefined ? {} : { lambda });
}

interface Found {
  readonly indices: readonly number[];
  /** The series without gaps and outliers. */
  readonly replaced: Float64Array;
}

function search(y: Float64Array, period: number, options: OutlierOptions): Found {
  const first = beyondFences(y, period, options);
  const without = y.slice();
  for (const index of first) without[index] = Number.NaN;
  const replaced = fill(without, period, options);
  if (options.repeat === false || isConstant(replaced)) return { indices: first, replaced };
  const second = beyondFences(replaced, period, options);
  if (second.length === 0) return { indices: first, replaced };
  const again = replaced.slice();
  const indices = [...new Set([...first, ...second])].sort((a, b) => a - b);
  for (const index of indices) again[index] = Number.NaN;
  return { indices, replaced: fill(again, period, options) };
}

function beyondFences(y: Float64Array, period: number, options: OutlierOptions): number[] {
  const complete = fill(y, period, options);
  if (isConstant(complete)) return [];
  const scaled = options.lambda === undefined ? complete : boxCox(complete, options.lambda);
  const adjusted = adjust(scaled, period);
  const smooth = superSmoother(adjusted);
  const distances = adjusted.map((value, t) => (Number.isNaN(y[t]) ? Number.NaN : value - smooth[t]));
  const sorted = distances
    .slice(0, distances.length)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const low = quantileOfSorted(sorted, 0.25);
  const high = quantileOfSorted(sorted, 0.75);
  const reach = 3 * (high - low);
  // Fences this narrow are rounding errors of values that lie on the curve.
  if (!(high - low + 2 * reach > 1e-14 * scaleOf(scaled))) return [];
  return Array.from(y.keys()).filter((t) => distances[t] < low - reach || distances[t] > high + reach);
}

function scaleOf(y: Float64Array): number {
  return y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** The series without its season, where that is strong enough to matter. */
function adjust(y: Float64Array, period: number): Float64Array {
  if (period <= 1 || y.length <= 2 * period) return y;
  const parts = separateSeasons(y, [period], { robust: true });
  const { trend, remainder } = parts;
  const share = 1 - varianceOf(remainder) / varianceOf(y.map((value, t) => value - trend[t]));
  return share >= SEASONAL_ENOUGH ? withoutSeason(y, parts) : y;
}

function withoutSeason(y: Float64Array, { seasons }: SeasonsResult): Float64Array {
  return y.map((value, t) => seasons.reduce((rest, season) => rest - season.values[t], value));
}

/** A run of consecutive values. */
export interface Stretch {
  /** Index from 0 of its first value. */
  readonly start: number;
  readonly length: number;
}

/**
 * The longest stretch without a missing value, the first one of several; as R's `na.contiguous`.
 *
 * @param y values in time order, NaN where missing.
 * @returns the first index and the length of the stretch.
 * @throws YuleError `no-values` where everything is missing, `infinite-value`.
 * @example longestComplete([1, NaN, 2, 3]); // { start: 2, length: 2 }
 */
export function longestComplete(y: Values): Stretch {
  const values = toFloats(y);
  requireLength(values.length - countMissing(values), "The longest stretch without gaps", 1);
  let best: Stretch = { start: 0, length: 0 };
  let start = 0;
  for (let t = 0; t <= values.length; t++) {
    if (t < values.length && !Number.isNaN(values[t])) continue;
    if (t - start > best.length) best = { start, length: t - start };
    start = t + 1;
  }
  return best;
}

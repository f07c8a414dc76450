import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import { smallestOf } from "../../math/extremes.js";
import { boxCox } from "../box-cox/transform.js";
import { interpolateMissing } from "../interpolate.js";
import { countMissing, interpolatedNotes, requireLength, toFloats, type Values } from "../values.js";
import { type SeasonsOptions, type SeasonsResult, separateSeasons } from "./seasons.js";

/** Options of {@link mstl}: those of `stl`, a window for each season, and a transformation beforehand. */
export interface MstlOptions extends SeasonsOptions {
  /** Decompose on the Box-Cox scale of this lambda. Default: no transformation. */
  readonly lambda?: number;
}

const MSTL_OPTIONS: OptionTable<MstlOptions> = {
  lambda: "number",
  seasonalWindows: "anything",
  iterations: "number",
  seasonalDegree: "number",
  trendWindow: "number",
  trendDegree: "number",
  lowPassWindow: "number",
  lowPassDegree: "number",
  seasonalJump: "number",
  trendJump: "number",
  lowPassJump: "number",
  robust: "boolean",
  inner: "number",
  outer: "number",
};

/**
 * Decomposition with one season, several or none: value = trend + seasons + remainder (on the Box-Cox scale where
 * a lambda is given).
 *
 * As R's `forecast::mstl` 8.20: STL for each season in turn, twice over when there are several; the trend is the
 * last STL's; without a season it is Friedman's super smoother. Gaps are interpolated first; their remainder is
 * NaN, since there was no value, and a note tells.
 *
 * @param y values in time order; NaN is missing.
 * @param periods the seasonal period or periods. Of several, those with fewer than two seasons are left out, told
 *   in `notes`; 1 means no season.
 * @returns trend, seasons and remainder, each as long as the values.
 * @throws YuleError `too-short`, `no-values`, `bad-period`, `infinite-value`, `not-positive`.
 * @see R. J. Hyndman, G. Athanasopoulos, Forecasting: Principles and Practice, 3rd ed. (2021), sections 3.6, 12.1.
 * @example const { trend, seasons, remainder } = mstl(hourly, [24, 168]);
 */
export function mstl(
  y: Values,
  periods: number | readonly number[],
  options: MstlOptions = {},
): SeasonsResult {
  requireOptions("mstl", options, MSTL_OPTIONS);
  const list = typeof periods === "number" ? [periods] : periods;
  if (!Array.isArray(list)) {
    throw usageError(
      "bad-periods",
      "periods",
      periods,
      `The periods must be a number or an array such as [24, 168], not ${show(periods)}.`,
    );
  }
  for (const period of list) requireInteger("period", period, 1, Number.MAX_SAFE_INTEGER);
  const { lambda, ...rest } = options;
  const values = toFloats(y);
  requireLength(values.length, "A decomposition", 1);
  // With several seasons the shortest one fills the gaps.
  const shortest = smallestOf(list.filter((period) => period > 1));
  const complete = interpolateMissing(
    values,
    Number.isFinite(shortest) ? shortest : 1,
    lambda === undefined ? {} : { lambda },
  );
  const result = separateSeasons(lambda === undefined ? complete : boxCox(complete, lambda), list, rest);
  const missing = countMissing(values);
  if (missing === 0) return result;
  const remainder = result.remainder.map((value, t) => (Number.isNaN(values[t]) ? Number.NaN : value));
  return { ...result, remainder, notes: [...interpolatedNotes(missing), ...result.notes] };
}

import { numbersFrom } from "../core/arguments/numbers.js";
import { requireInteger, requireLevel, show } from "../core/checks.js";
import { dataError, usageError } from "../core/errors.js";
import type { Series } from "../core/series.js";
import { powerOf, square } from "../math/power.js";

/**
 * Measures of forecast error over pairs (y, f). Pairs where y is missing are left out; with no pair left a measure
 * is NaN. Definitions are those of the M4 competition (Makridakis, Spiliotis & Assimakopoulos 2020, pp. 57–58).
 */

type Values = ArrayLike<number> | Pick<Series, "y">;

function average(actual: Float64Array, loss: (y: number, t: number) => number): number {
  let sum = 0;
  let count = 0;
  for (let t = 0; t < actual.length; t++) {
    const y = actual[t]!;
    if (Number.isNaN(y)) continue;
    sum += loss(y, t);
    count++;
  }
  return sum / count;
}

/** Numbers, each list as long as the first. @throws YuleError `not-numbers`, `bad-value`, `bad-length`. */
function alike(lists: Readonly<Record<string, Values>>): Float64Array[] {
  const numbers = Object.entries(lists).map(([name, list]) => numbersFrom(list, name));
  const [actual, ...others] = numbers;
  others.forEach((other, k) => {
    if (other.length === actual!.length) return;
    const name = Object.keys(lists)[k + 1]!;
    throw usageError(
      "bad-length",
      name,
      other.length,
      `There are ${actual!.length} actual values but ${other.length} in ${name}; they must be equally many.`,
    );
  });
  return numbers;
}

/**
 * Bias: mean of y − f.
 *
 * @param actual observed values; NaN is left out.
 * @param forecast forecasts of the same times.
 * @returns the error in the units of the data; above 0 where forecasts are too low.
 * @throws YuleError `bad-length`, `not-numbers`.
 * @example meanError([3, 5], [2, 5]); // 0.5
 */
export function meanError(actual: Values, forecast: Values): number {
  const [truth, ahead] = alike({ actual, forecast }) as [Float64Array, Float64Array];
  return average(truth, (y, t) => y - ahead[t]!);
}

/**
 * Mean absolute error.
 *
 * @param actual observed values; NaN is left out.
 * @param forecast forecasts of the same times.
 * @returns the error in the units of the data.
 * @throws YuleError `bad-length`, `not-numbers`.
 * @example meanAbsoluteError([3, 5], [2, 7]); // 1.5
 */
export function meanAbsoluteError(actual: Values, forecast: Values): number {
  const [truth, ahead] = alike({ actual, forecast }) as [Float64Array, Float64Array];
  return average(truth, (y, t) => Math.abs(y - ahead[t]!));
}

/**
 * Root mean squared error.
 *
 * @param actual observed values; NaN is left out.
 * @param forecast forecasts of the same times.
 * @returns the error in the units of the data.
 * @throws YuleError `bad-length`, `not-numbers`.
 * @example rootMeanSquaredError([3, 5], [2, 5]); // 0.7071…
 */
export function rootMeanSquaredError(actual: Values, forecast: Values): number {
  const [truth, ahead] = alike({ actual, forecast }) as [Float64Array, Float64Array];
  return Math.sqrt(average(truth, (y, t) => square(y - ahead[t]!)));
}

/**
 * Symmetric percentage error, 0 to 200: mean of 200|y − f| / (|y| + |f|), 0 where both are 0.
 *
 * @param actual observed values; NaN is left out.
 * @param forecast forecasts of the same times.
 * @returns percentage, 0 to 200.
 * @throws YuleError `bad-length`, `not-numbers`.
 * @example smape([100], [110]); // 9.52
 */
export function smape(actual: Values, forecast: Values): number {
  const [truth, ahead] = alike({ actual, forecast }) as [Float64Array, Float64Array];
  return average(truth, (y, t) => {
    const size = Math.abs(y) + Math.abs(ahead[t]!);
    return size === 0 ? 0 : (200 * Math.abs(y - ahead[t]!)) / size;
  });
}

/**
 * Percentage error: mean of 100|y − f| / |y|; NaN, that is undefined, where any actual value is 0.
 *
 * @param actual observed values; NaN is left out.
 * @param forecast forecasts of the same times.
 * @returns percentage, 0 and more.
 * @throws YuleError `bad-length`, `not-numbers`.
 * @example mape([100, 200], [110, 180]); // 10
 */
export function mape(actual: Values, forecast: Values): number {
  const [truth, ahead] = alike({ actual, forecast }) as [Float64Array, Float64Array];
  return average(truth, (y, t) => (y === 0 ? Number.NaN : (100 * Math.abs(y - ahead[t]!)) / Math.abs(y)));
}

/**
 * In-sample error of the seasonal naive forecast at lag m, the scale of MASE (power 1) and RMSSE (power 2): mean of
 * |y_t − y_{t−m}|^power over the pairs that are there. 0 where the history never changes from season to season; NaN where it
 * has no two values a season apart, as in a history of m values or fewer.
 *
 * @param training values before the forecast origin.
 * @param period steps in a season, 1 for none.
 * @param power 1 for absolute, 2 for squared differences.
 * @returns the scale, in units of the data or their squares.
 * @example naiveScale([1, 2, 4], 1, 1); // 1.5
 */
export function naiveScale(training: Values, period: number, power: 1 | 2): number {
  const past = numbersFrom(training, "training");
  requireInteger("period", period, 1, Number.MAX_SAFE_INTEGER);
  requireInteger("power", power, 1, 2);
  let sum = 0;
  let count = 0;
  for (let t = period; t < past.length; t++) {
    const change = Math.abs(past[t]! - past[t - period]!);
    if (Number.isNaN(change)) continue;
    sum += powerOf(change, power);
    count++;
  }
  return sum / count;
}

/**
 * Mean absolute scaled error (Hyndman & Koehler 2006, p. 685): MAE over the in-sample MAE of the seasonal naive.
 *
 * @param actual observed values; NaN is left out.
 * @param forecast forecasts of the same times.
 * @param training values before the forecast origin.
 * @param period steps in a season, 1 for none.
 * @returns a ratio; below 1 is better than the seasonal naive forecast in sample.
 * @throws YuleError `bad-length`; `no-scale` where the training values never change from season to season, or no two of them
 *   lie a season apart: nothing can be measured in such a unit.
 * @example mase([6], [5], [1, 2, 4], 1); // 0.667
 */
export function mase(actual: Values, forecast: Values, training: Values, period: number): number {
  return meanAbsoluteError(actual, forecast) / requiredScale(training, period, 1, "The MASE");
}

/**
 * Root mean squared scaled error, as in the M5 competition.
 *
 * @param actual observed values; NaN is left out.
 * @param forecast forecasts of the same times.
 * @param training values before the forecast origin.
 * @param period steps in a season, 1 for none.
 * @returns a ratio; below 1 is better than the seasonal naive forecast in sample.
 * @throws YuleError `bad-length`, `no-scale` as `mase`.
 * @example rmsse([6], [5], [1, 2, 4], 1); // 0.632
 */
export function rmsse(actual: Values, forecast: Values, training: Values, period: number): number {
  const scale = requiredScale(training, period, 2, "The RMSSE");
  return rootMeanSquaredError(actual, forecast) / Math.sqrt(scale);
}

function requiredScale(training: Values, period: number, power: 1 | 2, measure: string): number {
  const scale = naiveScale(training, period, power);
  if (scale > 0) return scale;
  const count = numbersFrom(training, "training").length;
  const why =
    scale === 0
      ? `the ${count} training values never change from one season of ${period} to the next`
      : `no two of the ${count} training values lie a season of ${period} apart`;
  throw dataError(
    "no-scale",
    "training",
    scale,
    `${measure} is not defined, since ${why}; use the MAE or RMSE.`,
  );
}

/**
 * Share of actual values within their bounds, in percent.
 *
 * @param actual observed values; NaN is left out.
 * @param lower lower limits of the same times.
 * @param upper upper limits of the same times.
 * @returns percentage of values inside, 0 to 100.
 * @throws YuleError `bad-length`, `not-numbers`.
 * @example coverage([1, 5], [0, 0], [2, 2]); // 50
 */
export function coverage(actual: Values, lower: Values, upper: Values): number {
  const [truth, low, high] = alike({ actual, lower, upper }) as [Float64Array, Float64Array, Float64Array];
  return 100 * average(truth, (y, t) => (y >= low[t]! && y <= high[t]! ? 1 : 0));
}

/**
 * Winkler's interval score, mean over the values: (u − l) + 2/α·(l − y)⁺ + 2/α·(y − u)⁺ with α = 1 − level/100
 * (Gneiting & Raftery 2007, p. 370).
 *
 * @param actual observed values; NaN is left out.
 * @param lower lower limits of the same times.
 * @param upper upper limits of the same times.
 * @param level level of the interval in percent.
 * @returns mean score in the units of the data; 0 is best.
 * @throws YuleError `bad-length`, `bad-level`, `not-numbers`.
 * @example intervalScore([3], [0], [2], 80); // 12
 */
export function intervalScore(actual: Values, lower: Values, upper: Values, level: number): number {
  requireLevel(level);
  const [truth, low, high] = alike({ actual, lower, upper }) as [Float64Array, Float64Array, Float64Array];
  const penalty = 200 / (100 - level);
  return average(
    truth,
    (y, t) => high[t]! - low[t]! + penalty * (Math.max(low[t]! - y, 0) + Math.max(y - high[t]!, 0)),
  );
}

/**
 * Mean scaled interval score: the interval score over the in-sample MAE of the seasonal naive.
 *
 * @param actual observed values; NaN is left out.
 * @param lower lower limits of the same times.
 * @param upper upper limits of the same times.
 * @param level level of the interval in percent.
 * @param training values before the forecast origin.
 * @param period steps in a season, 1 for none.
 * @returns a ratio to the in-sample error of the seasonal naive forecast.
 * @throws YuleError `bad-length`, `no-scale` as `mase`.
 * @example msis([3], [0], [2], 80, [1, 2, 4], 1); // 8
 */
export function msis(
  actual: Values,
  lower: Values,
  upper: Values,
  level: number,
  training: Values,
  period: number,
): number {
  return intervalScore(actual, lower, upper, level) / requiredScale(training, period, 1, "The MSIS");
}

/**
 * Pinball loss of a forecast q of the quantile p: p(y − q) above it, (1 − p)(q − y) below; mean over the values.
 *
 * @param actual observed values; NaN is left out.
 * @param quantile forecast quantiles of the same times.
 * @param p probability of the quantile, 0 to 1.
 * @returns mean loss in the units of the data.
 * @throws YuleError `bad-length`, `not-numbers`, `bad-probability`.
 * @example pinball([10], [8], 0.9); // 1.8
 */
export function pinball(actual: Values, quantile: Values, p: number): number {
  requireShare(p);
  const [truth, limit] = alike({ actual, quantile }) as [Float64Array, Float64Array];
  return average(truth, (y, t) => {
    const error = y - limit[t]!;
    return error >= 0 ? p * error : (p - 1) * error;
  });
}

function requireShare(p: number): void {
  if (typeof p === "number" && p >= 0 && p <= 1) return;
  throw usageError("bad-probability", "p", p, `The probability p must lie from 0 to 1, not ${show(p)}.`);
}

/**
 * Sum of 2·pinball over the values, not scaled: the numerator of the weighted quantile loss of GluonTS.
 *
 * @param actual observed values; NaN is left out.
 * @param quantile forecast quantiles of the same times.
 * @param p probability of the quantile, 0 to 1.
 * @returns sum of losses in the units of the data.
 * @throws YuleError `bad-length`, `not-numbers`, `bad-probability`.
 * @example quantileLossSum([10], [8], 0.9); // 3.6
 */
export function quantileLossSum(actual: Values, quantile: Values, p: number): number {
  const count = numbersFrom(actual, "actual").filter((value) => !Number.isNaN(value)).length;
  return count === 0 ? 0 : 2 * count * pinball(actual, quantile, p);
}

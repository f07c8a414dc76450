import { requireInteger } from "../core/checks.js";
import { usageError } from "../core/errors.js";
import { requireLength, toFloats, type Values } from "./values.js";

/**
 * Differences: (1 − B^lag)^times y, so each value minus the one `lag` steps before it, `times` times over.
 *
 * The result is shorter by `lag · times` values; a missing value (NaN) makes every difference that uses it NaN.
 *
 * @param y values in time order, in their own units.
 * @param lag steps back, at least 1; the seasonal period for seasonal differences. Default 1.
 * @param times how often, 0 or more. Default 1.
 * @returns a new array of `y.length − lag · times` values.
 * @throws YuleError `bad-lag`, `bad-times`, `too-short` where no difference would be left, `infinite-value`.
 * @see G. E. P. Box, G. M. Jenkins, Time Series Analysis (1970), chapter 4.
 * @example
 * difference([1, 4, 9, 16]); // [3, 5, 7]
 * difference([1, 4, 9, 16], 1, 2); // [2, 2]
 */
export function difference(y: Values, lag = 1, times = 1): Float64Array {
  requireInteger("lag", lag, 1, Number.MAX_SAFE_INTEGER);
  requireInteger("times", times, 0, Number.MAX_SAFE_INTEGER);
  let current = toFloats(y);
  if (times > 0)
    requireLength(current.length, `Differencing at lag ${lag}, ${times} times,`, lag * times + 1);
  for (let round = 0; round < times; round++) current = differenceOnce(current, lag);
  return current;
}

/** One round of differences without checks. */
export function differenceOnce(y: Float64Array, lag: number): Float64Array {
  const result = new Float64Array(Math.max(0, y.length - lag));
  for (let i = 0; i < result.length; i++) result[i] = y[i + lag] - y[i];
  return result;
}

/**
 * The inverse of {@link difference}: sums differences up again from known first values.
 *
 * `undifference(difference(y, lag, times), y.slice(0, lag * times), lag, times)` gives `y` back, but for rounding.
 *
 * @param differences what `difference` returned, or its continuation into the future.
 * @param start the `lag · times` values that come right before, in time order.
 * @param lag as in `difference`. Default 1.
 * @param times as in `difference`. Default 1.
 * @returns a new array: `start`, then one value for each difference.
 * @throws YuleError `bad-lag`, `bad-times`, `bad-start` where `start` has another length, `infinite-value`.
 * @example undifference([3, 5, 7], [1]); // [1, 4, 9, 16]
 */
export function undifference(differences: Values, start: Values, lag = 1, times = 1): Float64Array {
  requireInteger("lag", lag, 1, Number.MAX_SAFE_INTEGER);
  requireInteger("times", times, 0, Number.MAX_SAFE_INTEGER);
  const head = toFloats(start, "start");
  if (head.length !== lag * times) {
    throw usageError(
      "bad-start",
      "start",
      head.length,
      `Undoing ${times} differences at lag ${lag} needs the ${lag * times} values before them, not ${head.length}.`,
    );
  }
  // The first values of each round of differences follow from the first values of the series.
  const heads: Float64Array[] = [];
  let current = head;
  for (let round = 0; round < times; round++) {
    heads.push(current.slice(0, lag));
    current = differenceOnce(current, lag);
  }
  let result = toFloats(differences, "differences");
  for (let round = times - 1; round >= 0; round--) result = sumUp(result, heads[round], lag);
  return result;
}

function sumUp(differences: Float64Array, start: Float64Array, lag: number): Float64Array {
  const result = new Float64Array(differences.length + lag);
  result.set(start);
  for (let i = 0; i < differences.length; i++) result[i + lag] = result[i] + differences[i];
  return result;
}

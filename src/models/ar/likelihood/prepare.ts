import { numbersFrom } from "../../../core/arguments/numbers.js";
import { requireInteger, show } from "../../../core/checks.js";
import { dataError, usageError } from "../../../core/errors.js";
import type { Values } from "../../../diagnostics/values.js";
import { type Centred, centre, uncentred } from "../../../math/centre.js";

/** By which criterion an order is chosen. */
export type Criterion = "aic" | "aicc" | "bic";

/** What every estimator of autoregressions takes. */
export interface ArOptions {
  /** The order, or `"auto"` (default) to choose it. */
  readonly order?: number | "auto";
  /** Highest order to consider; default as in R, see each estimator. */
  readonly maxOrder?: number;
  /** What `"auto"` minimises; default `"aic"`. */
  readonly criterion?: Criterion;
  /** Whether a mean is estimated (default) or the series taken to vary around 0. */
  readonly demean?: boolean;
}

/** A series ready for estimation. */
export interface CentredSeries extends Centred {
  /** As given, NaN where missing. */
  readonly raw: Float64Array;
  /** Positions of missing values. */
  readonly missing: Int32Array;
  /** All values are the same number. */
  readonly constant: boolean;
}

/** Squares of anything beyond this leave the range of doubles. */
const LARGEST = 1e150;
const SMALLEST = 1e-150;

/**
 * @throws YuleError `infinite-value`, `series-too-short` where fewer than two values are present, `value-range` where
 * their squares would overflow or vanish.
 */
export function prepare(y: Values, demean: boolean, name = "y"): CentredSeries {
  const raw = y instanceof Float64Array ? y : numbersFrom(y, name);
  const centred = demean ? centre(raw) : uncentred(raw);
  const { count, low, high } = centred;
  if (count < 2) {
    throw dataError(
      "series-too-short",
      name,
      count,
      `An autoregression needs at least two values that are not missing; ${name} has ${count}.`,
    );
  }
  requireRange(low, high, name);
  const missing = missingOf(raw, count);
  // The mean of equal values is that value, whatever their sum was rounded to.
  const flat = low === high && demean;
  const exact = flat ? { mean: low, values: new Float64Array(raw.length) } : {};
  return { ...centred, ...exact, raw, missing, constant: low === high };
}

function missingOf(raw: Float64Array, count: number): Int32Array {
  const missing = new Int32Array(raw.length - count);
  for (let t = 0, gaps = 0; gaps < missing.length; t++) if (Number.isNaN(raw[t])) missing[gaps++] = t;
  return missing;
}

function requireRange(low: number, high: number, name: string): void {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const range = high - low;
  if (largest < LARGEST && (range === 0 || range > SMALLEST)) return;
  if (largest === Number.POSITIVE_INFINITY) {
    const value = high === largest ? high : low;
    throw dataError(
      "infinite-value",
      name,
      value,
      `${name} holds ${value}; replace it by a number or NaN for missing.`,
    );
  }
  const value = largest < LARGEST ? range : largest;
  throw dataError(
    "value-range",
    name,
    value,
    `The values of ${name} reach ${value}, beyond what can be squared; express them in another unit.`,
  );
}

/** R's default for Yule-Walker, Burg and least squares: ⌊10·log₁₀ n⌋, below n. */
export function defaultMaxOrder(n: number): number {
  return Math.max(0, Math.min(n - 1, Math.floor(10 * Math.log10(n))));
}

/** The orders to consider: 0 … `highest`, and the one that is wanted, null when it is to be chosen. */
export interface OrderRange {
  readonly highest: number;
  readonly fixed: number | null;
}

/**
 * @param fallback default maximum.
 * @param limit the highest order that this many values can support.
 * @throws YuleError `bad-order`, `bad-max-order`, `bad-criterion`.
 */
export function orderRange(options: ArOptions, fallback: number, limit: number): OrderRange {
  const { order = "auto", maxOrder, criterion = "aic" } = options;
  if (!["aic", "aicc", "bic"].includes(criterion)) {
    throw usageError(
      "bad-criterion",
      "criterion",
      criterion,
      `The criterion must be aic, aicc or bic, not ${show(criterion)}.`,
    );
  }
  if (order !== "auto") {
    const fixed = requireInteger("order", order, 0, limit);
    return { highest: fixed, fixed };
  }
  return {
    highest:
      maxOrder === undefined ? Math.min(fallback, limit) : requireInteger("maxOrder", maxOrder, 0, limit),
    fixed: null,
  };
}

/**
 * What a criterion adds to −2 log L for k estimated parameters, the innovation variance among them: 2k,
 * 2k·n/(n−k−1) or k·log n.
 */
export function penalty(criterion: Criterion, k: number, n: number): number {
  if (criterion === "aic") return 2 * k;
  if (criterion === "bic") return k * Math.log(n);
  return n - k - 1 > 0 ? (2 * k * n) / (n - k - 1) : Number.POSITIVE_INFINITY;
}

/** The order with the smallest criterion, the lowest of several; 0 where none is a number. */
export function bestOrder(criteria: Float64Array): number {
  let best = 0;
  for (let order = 1; order < criteria.length; order++) {
    if (
      criteria[order] < criteria[best] ||
      (Number.isNaN(criteria[best]) && !Number.isNaN(criteria[order]))
    ) {
      best = order;
    }
  }
  return best;
}

/** @throws YuleError `missing-values`, for methods that cannot do without. */
export function requireComplete({ missing, raw }: CentredSeries, method: string): void {
  if (missing.length === 0) return;
  throw dataError(
    "missing-values",
    "y",
    missing.length,
    `${method} needs a series without gaps, but ${missing.length} of ${raw.length} values are missing; maximum likelihood (mle) takes them exactly.`,
  );
}

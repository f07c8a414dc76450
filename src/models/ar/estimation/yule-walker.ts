import { type OptionTable, requireOptions } from "../../../core/arguments/options.js";
import { dataError } from "../../../core/errors.js";
import type { Values } from "../../../diagnostics/values.js";
import { levinsonDurbin } from "../../../math/levinson.js";
import { laggedProducts } from "../../../math/linear-algebra/lagged-products.js";
import {
  type ArOptions,
  type CentredSeries,
  defaultMaxOrder,
  orderRange,
  prepare,
} from "../likelihood/prepare.js";
import {
  type ArEstimate,
  chosenOrder,
  ESTIMATOR_OPTIONS,
  momentEstimate,
  varianceCriteria,
} from "./estimate.js";

export interface YuleWalkerOptions extends ArOptions {
  /**
   * Divisor of the autocovariances: `"n"` (default, always stationary) or `"n-k"`, the number of terms, less biased
   * and not always stationary.
   */
  readonly divisor?: "n" | "n-k";
}

const YULE_WALKER_OPTIONS: OptionTable<YuleWalkerOptions> = {
  divisor: ["n", "n-k"],
  ...ESTIMATOR_OPTIONS,
};

/**
 * Fits an autoregression by the Yule-Walker equations: the AR(p) whose autocovariances are the sample's.
 *
 * Orders up to ⌊10·log₁₀ n⌋ by Levinson-Durbin; the innovation variance is multiplied by n/(n − p − 1), as in R.
 * The order minimises n·log v_p + 2(p + 1) (AIC). Missing values: autocovariances of the pairs present (R's `na.pass`),
 * after which the fit may be non-stationary. With `"n-k"` the variance is v_p itself, as in statsmodels.
 *
 * @param y values in time order, NaN where missing.
 * @param options see `YuleWalkerOptions` for ranges and defaults.
 * @returns coefficients, innovation variance and mean.
 * @throws YuleError `indefinite` where the gaps leave no variance, `series-too-short`, `bad-order`, `bad-max-order`, `bad-criterion`, `value-range`, `infinite-value`.
 * @see P. J. Brockwell and R. A. Davis, Time Series: Theory and Methods, 2nd ed. (1991), section 8.1.
 * @example yuleWalker([1, 3, 2, 5, 4, 6, 5, 8], { order: 1 }).ar;
 */
export function yuleWalker(y: Values, options: YuleWalkerOptions = {}): ArEstimate {
  requireOptions("yuleWalker", options, YULE_WALKER_OPTIONS);
  const demean = options.demean ?? true;
  const prepared = prepare(y, demean);
  const { count: n } = prepared;
  const length = prepared.raw.length;
  const range = orderRange(options, defaultMaxOrder(length), length - 1);
  const adjusted = options.divisor === "n-k";
  const fits = levinsonDurbin(pairCovariances(prepared, range.highest, adjusted));
  // With gaps the autocovariances may be those of no series at all from some lag on.
  const last = fits.partials.findIndex((partial) => !(Math.abs(partial) <= 1));
  const possible = fits.variances.map((value, p) => (last >= 0 && p > last ? Number.NaN : value));
  const search = varianceCriteria(possible, options.criterion ?? "aic", demean, n);
  const order = chosenOrder(range, search);
  if (Number.isNaN(possible[order]!)) throw indefinite(order);
  const variance = fits.variances[order]! * (adjusted ? 1 : inflation(n, order));
  const ar = fits.coefficients[order]!;
  const { partials } = fits;
  return momentEstimate(
    { method: "yule-walker", order, ar, variance, partials, search, autocovariances: fits },
    prepared,
    demean,
  );
}

function indefinite(order: number): Error {
  return dataError(
    "indefinite",
    "y",
    order,
    `The autocovariances of the pairs present belong to no autoregression of order ${order}; maximum likelihood (mle) takes gaps exactly.`,
  );
}

/** n/(n − p − 1), and n where no value is left over. */
function inflation(n: number, order: number): number {
  return n / Math.max(1, n - order - 1);
}

/** Autocovariances over the pairs present, each divided by the number of pairs, plus the lag for divisor n. */
export function pairCovariances(prepared: CentredSeries, maxLag: number, adjusted: boolean): Float64Array {
  const n = prepared.raw.length;
  const sums = laggedProducts(prepared.values, maxLag);
  if (prepared.missing.length === 0) return sums.map((sum, k) => sum / (adjusted ? n - k : n));
  const present = prepared.raw.map((value) => (Number.isNaN(value) ? 0 : 1));
  const pairs = laggedProducts(present, maxLag).map(Math.round);
  return sums.map((sum, k) => (pairs[k] === 0 ? 0 : sum / (pairs[k]! + (adjusted ? 0 : k))));
}

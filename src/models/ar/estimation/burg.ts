import { type OptionTable, requireOptions } from "../../../core/arguments/options.js";
import type { Values } from "../../../diagnostics/values.js";
import { burgRecursion } from "../../../math/burg.js";
import { levinsonDurbin } from "../../../math/levinson.js";
import { arFromPartials } from "../../../math/polynomials.js";
import {
  type ArOptions,
  defaultMaxOrder,
  orderRange,
  prepare,
  requireComplete,
} from "../likelihood/prepare.js";
import {
  type ArEstimate,
  chosenOrder,
  ESTIMATOR_OPTIONS,
  momentEstimate,
  varianceCriteria,
} from "./estimate.js";
import { pairCovariances } from "./yule-walker.js";

export interface BurgOptions extends ArOptions {
  /**
   * Innovation variance: `"recursive"` (default, R's method 1) multiplies c₀ by all 1 − r_k²; `"mean-square"` (R's
   * method 2) averages the squares of the forward and backward errors.
   */
  readonly variance?: "recursive" | "mean-square";
}

const BURG_OPTIONS: OptionTable<BurgOptions> = {
  variance: ["recursive", "mean-square"],
  ...ESTIMATOR_OPTIONS,
};

/**
 * Fits an autoregression by Burg's method: reflection coefficients that minimise the forward and backward prediction
 * errors order by order. Always stationary, and less biased than Yule-Walker near the unit circle.
 *
 * Orders up to ⌊10·log₁₀ n⌋, chosen as R's `ar.burg` does; covariance from the sample autocovariances.
 *
 * @param y values in time order, NaN where missing.
 * @param options see `BurgOptions` for ranges and defaults.
 * @returns coefficients, innovation variance, mean and the criterion of every order.
 * @throws YuleError as `yuleWalker`, and `missing-values`.
 * @see J. P. Burg, Maximum Entropy Spectral Analysis, thesis, Stanford (1975).
 * @example burg([1, 3, 2, 5, 4, 6, 5, 8], { order: 2 }).ar;
 */
export function burg(y: Values, options: BurgOptions = {}): ArEstimate {
  requireOptions("burg", options, BURG_OPTIONS);
  const demean = options.demean ?? true;
  const prepared = prepare(y, demean);
  requireComplete(prepared, "Burg's method");
  const { count: n, values } = prepared;
  const range = orderRange(options, defaultMaxOrder(n), n - 1);
  const recursion = burgRecursion(values, range.highest);
  const variances = options.variance === "mean-square" ? recursion.meanSquare : recursion.recursive;
  const search = varianceCriteria(variances, options.criterion ?? "aic", demean, n);
  const order = chosenOrder(range, search);
  const variance = variances[order]!;
  const ar = arFromPartials(recursion.partials.subarray(0, order));
  const autocovariances = levinsonDurbin(pairCovariances(prepared, order, false));
  return momentEstimate(
    { method: "burg", order, ar, variance, partials: recursion.partials, search, autocovariances },
    prepared,
    demean,
  );
}

import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { type Centred, centre, uncentred } from "../../math/centre.js";
import { laggedProducts } from "../../math/linear-algebra/lagged-products.js";
import { toFloats, type Values } from "../values.js";
import { requirePresent, resolveMaxLag } from "./correlogram.js";

export interface AutocovarianceOptions {
  /** Highest lag; default ⌊10·log₁₀ n⌋, at most n − 1, as in R. */
  readonly maxLag?: number;
  /** Whether the mean is taken out first; default true. */
  readonly demean?: boolean;
  /**
   * `"n"` (default) divides every lag's sum by n, which makes the sequence positive semidefinite; `"n-k"` by the
   * number of its terms, which makes it unbiased for a known mean.
   */
  readonly divisor?: "n" | "n-k";
}

const AUTOCOVARIANCE_OPTIONS: OptionTable<AutocovarianceOptions> = {
  maxLag: "number",
  demean: "boolean",
  divisor: ["n", "n-k"],
};

/**
 * Sample autocovariances c_k = (1/n) Σ_t (x_{t+k} − x̄)(x_t − x̄) for k = 0 … maxLag.
 *
 * Missing values (NaN): lag k sums over the pairs present and divides by their number plus k, as R does with
 * `na.pass`; the sequence may then cease to be positive semidefinite.
 *
 * @param y values in time order, NaN where missing.
 * @param options see `AutocovarianceOptions` for ranges and defaults.
 * @returns autocovariances at lags 0 to the highest, in squared units of the data.
 * @throws YuleError `bad-max-lag`, `infinite-value`, `too-short` when no value is present.
 * @see P. J. Brockwell and R. A. Davis, Time Series: Theory and Methods, 2nd ed. (1991), section 7.2.
 * @example autocovariance([1, 2, 3, 4], { maxLag: 1 }); // [1.25, 0.3125]
 */
export function autocovariance(y: Values, options: AutocovarianceOptions = {}): Float64Array {
  requireOptions("autocovariance", options, AUTOCOVARIANCE_OPTIONS);
  const values = toFloats(y);
  const centred = (options.demean ?? true) ? centre(values) : uncentred(values);
  requirePresent(centred.count);
  return autocovariancesOf(
    values,
    centred,
    resolveMaxLag(values.length, options.maxLag),
    options.divisor ?? "n",
  );
}

/** The same of values already centred, `values` telling which are present. */
export function autocovariancesOf(
  values: Float64Array,
  centred: Centred,
  maxLag: number,
  divisor: "n" | "n-k",
): Float64Array {
  const n = values.length;
  const sums = laggedProducts(centred.values, maxLag);
  if (centred.count === n) return sums.map((sum, k) => sum / (divisor === "n" ? n : n - k));
  const pairs = laggedProducts(
    values.map((value) => (Number.isNaN(value) ? 0 : 1)),
    maxLag,
  ).map(Math.round);
  return sums.map((sum, k) => (pairs[k] === 0 ? 0 : sum / (divisor === "n" ? pairs[k] + k : pairs[k])));
}

import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireLevel } from "../../core/checks.js";
import { centre, uncentred } from "../../math/centre.js";
import { square } from "../../math/power.js";
import { normalQuantile } from "../../math/special-functions/normal.js";
import { toFloats, type Values } from "../values.js";
import { type AutocovarianceOptions, autocovariancesOf } from "./autocovariance.js";
import { type Correlogram, requirePresent, requireSpread, resolveMaxLag } from "./correlogram.js";

export { type AutocovarianceOptions, autocovariance } from "./autocovariance.js";
export { type CrossCorrelogram, ccf } from "./ccf.js";
export type { Correlogram } from "./correlogram.js";
export { type PacfOptions, pacf } from "./pacf.js";

export interface AcfOptions extends AutocovarianceOptions {
  /** Level of the bands in percent; default 95. */
  readonly level?: number;
  /**
   * `"white-noise"` (default): what an independent series would stay inside, z/√n at every lag. `"bartlett"`: what
   * lag k would stay inside if correlation ended at lag k − 1, z·√((1 + 2Σ_{j<k} r_j²)/n). n counts the values that are not
   * missing.
   */
  readonly bands?: "white-noise" | "bartlett";
}

const ACF_OPTIONS: OptionTable<AcfOptions> = {
  level: "number",
  bands: ["bartlett", "white-noise"],
  maxLag: "number",
  demean: "boolean",
  divisor: ["n", "n-k"],
};

/**
 * Sample autocorrelations r_k = c_k/c₀ for k = 0 … maxLag, with a band around zero.
 *
 * @param y values in time order, NaN where missing.
 * @param options see `AcfOptions` for ranges and defaults.
 * @returns correlations at lags 0 to the highest, with the band of the level.
 * @throws YuleError as `autocovariance`, `bad-level`, and `constant-series`, whose correlations are 0/0.
 * @see G. E. P. Box, G. M. Jenkins, G. C. Reinsel, Time Series Analysis, 4th ed. (2008), sections 2.1.4 to 2.1.6.
 * @example acf([3, 1, 4, 1, 5, 9, 2, 6], { maxLag: 2 }).values;
 */
export function acf(y: Values, options: AcfOptions = {}): Correlogram {
  requireOptions("acf", options, ACF_OPTIONS);
  const level = requireLevel(options.level ?? 95);
  const values = toFloats(y);
  const centred = (options.demean ?? true) ? centre(values) : uncentred(values);
  requirePresent(centred.count);
  requireSpread(centred, values);
  const maxLag = resolveMaxLag(values.length, options.maxLag);
  const covariances = autocovariancesOf(values, centred, maxLag, options.divisor ?? "n");
  const correlations = covariances.map((value) => value / covariances[0]);
  return {
    lags: Array.from(correlations, (_, k) => k),
    values: correlations,
    band: bandOf(correlations, centred.count, level, options.bands ?? "white-noise"),
    level,
    observations: centred.count,
  };
}

function bandOf(
  correlations: Float64Array,
  n: number,
  level: number,
  kind: "white-noise" | "bartlett",
): Float64Array {
  const z = normalQuantile(0.5 + level / 200);
  let factor = 1;
  return correlations.map((_, k) => {
    if (k === 0) return 0;
    if (kind === "bartlett" && k > 1) factor += 2 * square(correlations[k - 1]);
    return z * Math.sqrt(factor / n);
  });
}

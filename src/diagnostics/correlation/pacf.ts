import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireLevel } from "../../core/checks.js";
import { dataError } from "../../core/errors.js";
import { burgRecursion } from "../../math/burg.js";
import { type Centred, centre, uncentred } from "../../math/centre.js";
import { levinsonDurbin } from "../../math/levinson.js";
import { laggedGrams } from "../../math/linear-algebra/lagged-gram.js";
import { laggedProducts } from "../../math/linear-algebra/lagged-products.js";
import { laggedRegression } from "../../math/linear-algebra/lagged-regression.js";
import { normalQuantile } from "../../math/special-functions/normal.js";
import { toFloats, type Values } from "../values.js";
import { autocovariance } from "./autocovariance.js";
import { type Correlogram, requirePresent, requireSpread, resolveMaxLag } from "./correlogram.js";

export interface PacfOptions {
  /** Highest lag; default ⌊10·log₁₀ n⌋, at most n − 1, as in R. */
  readonly maxLag?: number;
  /**
   * `"yule-walker"` (default, R's) solves the Yule-Walker equations of every order by Levinson-Durbin;
   * `"yule-walker-adjusted"` the same with autocovariances divided by n − k (may leave [−1, 1]); `"ols"` takes the
   * last coefficient of each order's regression on a constant and its own past; `"burg"` Burg's reflection coefficients.
   */
  readonly method?: "yule-walker" | "yule-walker-adjusted" | "ols" | "burg";
  /** Whether the mean is taken out first; default true. */
  readonly demean?: boolean;
  /** Level of the band in percent; default 95. */
  readonly level?: number;
}

const PACF_OPTIONS: OptionTable<PacfOptions> = {
  maxLag: "number",
  method: ["yule-walker", "burg", "ols", "yule-walker-adjusted"],
  demean: "boolean",
  level: "number",
};

/**
 * Sample partial autocorrelations for lags 1 … maxLag: the correlation of x_t and x_{t−k} that those between do not
 * explain. The band is that of an autoregression of lower order, z/√n, n the values that are
 * not missing.
 *
 * Missing values (NaN): Yule-Walker methods use the pairs present, as R does with `na.pass`; the others refuse. Such
 * autocovariances can be those of no series. Where they give `"yule-walker"` a value outside [−1, 1], every lag's sum is divided by
 * the same number instead, which draws long lags to zero and makes them possible ones.
 *
 * @param y values in time order, NaN where missing.
 * @param options see `PacfOptions` for ranges and defaults.
 * @returns partial correlations at lags 1 to the highest, with the band of the level.
 * @throws YuleError `bad-max-lag`, `bad-level`, `infinite-value`, `too-short`, `constant-series`, `missing-values`.
 * @see M. H. Quenouille, Journal of the Royal Statistical Society B 11 (1949), 68–84, for the band.
 * @example pacf([3, 1, 4, 1, 5, 9, 2, 6], { maxLag: 2 }).values;
 */
export function pacf(y: Values, options: PacfOptions = {}): Correlogram {
  requireOptions("pacf", options, PACF_OPTIONS);
  const level = requireLevel(options.level ?? 95);
  const values = toFloats(y);
  const demean = options.demean ?? true;
  const centred = demean ? centre(values) : uncentred(values);
  requirePresent(centred.count);
  requireSpread(centred, values);
  const maxLag = resolveMaxLag(values.length, options.maxLag);
  const partials = partialsBy(options.method ?? "yule-walker", values, centred, maxLag, demean);
  const band = normalQuantile(0.5 + level / 200) / Math.sqrt(centred.count);
  return {
    lags: Array.from(partials, (_, k) => k + 1),
    values: partials,
    band: partials.map(() => band),
    level,
    observations: centred.count,
  };
}

function partialsBy(
  method: NonNullable<PacfOptions["method"]>,
  values: Float64Array,
  centred: Centred,
  maxLag: number,
  demean: boolean,
): Float64Array {
  if (method === "yule-walker" || method === "yule-walker-adjusted") {
    const divisor = method === "yule-walker" ? "n" : "n-k";
    const { partials } = levinsonDurbin(autocovariance(values, { maxLag, demean, divisor }));
    const impossible = method === "yule-walker" && partials.some((value) => Math.abs(value) > 1);
    return impossible && centred.count < values.length ? possiblePartials(centred, maxLag) : partials;
  }
  if (centred.count < values.length) {
    throw dataError(
      "missing-values",
      "y",
      values.length - centred.count,
      `Partial autocorrelations by ${method} need a series without gaps, but ${values.length - centred.count} values are missing; method yule-walker uses the pairs that are present.`,
    );
  }
  if (method === "burg") return burgRecursion(centred.values, maxLag).partials;
  const grams = laggedGrams(centred.values, maxLag);
  return Float64Array.from({ length: maxLag }, (_, i) => {
    const fit = laggedRegression(centred.values, grams(i + 1), demean);
    return fit === null ? Number.NaN : fit.ar[i];
  });
}

/** Partials of Σ_t (x_{t+k} − x̄)(x_t − x̄)/n over the pairs present: the autocovariances of the series with its mean in the gaps. */
function possiblePartials({ values, count }: Centred, maxLag: number): Float64Array {
  return levinsonDurbin(laggedProducts(values, maxLag).map((sum) => sum / count)).partials;
}

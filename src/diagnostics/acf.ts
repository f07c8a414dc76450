import { requireInteger, requireLevel, show } from "../core/checks.js";
import { dataError, usageError } from "../core/errors.js";
import { type Centred, centre, uncentred } from "../math/centre.js";
import { laggedProducts } from "../math/lagged-products.js";
import { normalQuantile } from "../math/normal.js";
import { toFloats, type Values } from "./values.js";

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

export interface AcfOptions extends AutocovarianceOptions {
  /** Level of the bands in percent; default 95. */
  readonly level?: number;
  /**
   * `"white-noise"` (default): what an independent series would stay inside, z/√n at every lag. `"bartlett"`: what
   * lag k would stay inside if correlation ended at lag k − 1, z·√((1 + 2Σ_{j<k} r_j²)/n).
   */
  readonly bands?: "white-noise" | "bartlett";
}

/** Correlations by lag and the half-width of a band around zero at each. */
export interface Correlogram {
  readonly lags: readonly number[];
  readonly values: Float64Array;
  /** A value beyond ±band is unlikely under the band's assumption; 0 at lag 0. */
  readonly band: Float64Array;
  /** Percent. */
  readonly level: number;
  /** Values that were not missing. */
  readonly observations: number;
}

/**
 * Sample autocovariances c_k = (1/n) Σ_t (x_{t+k} − x̄)(x_t − x̄) for k = 0 … maxLag.
 *
 * Missing values (NaN): lag k sums over the pairs present and divides by their number plus k, as R does with
 * `na.pass`; the sequence may then cease to be positive semidefinite.
 *
 * @throws YuleError `bad-max-lag`, `infinite-value`, `too-short` when no value is present.
 * @see P. J. Brockwell and R. A. Davis, Time Series: Theory and Methods, 2nd ed. (1991), section 7.2.
 * @example autocovariance([1, 2, 3, 4], { maxLag: 1 }); // [1.25, 0.3125]
 */
export function autocovariance(y: Values, options: AutocovarianceOptions = {}): Float64Array {
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

function autocovariancesOf(
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
  return sums.map((sum, k) => (pairs[k] === 0 ? 0 : sum / (divisor === "n" ? pairs[k]! + k : pairs[k]!)));
}

/**
 * Sample autocorrelations r_k = c_k/c₀ for k = 0 … maxLag, with a band around zero.
 *
 * @throws YuleError as `autocovariance`, `bad-level`, and `constant-series`, whose correlations are 0/0.
 * @see G. E. P. Box, G. M. Jenkins, G. C. Reinsel, Time Series Analysis, 4th ed. (2008), sections 2.1.4 to 2.1.6.
 * @example acf([3, 1, 4, 1, 5, 9, 2, 6], { maxLag: 2 }).values;
 */
export function acf(y: Values, options: AcfOptions = {}): Correlogram {
  const level = requireLevel(options.level ?? 95);
  const values = toFloats(y);
  const centred = (options.demean ?? true) ? centre(values) : uncentred(values);
  requirePresent(centred.count);
  requireSpread(centred, values);
  const maxLag = resolveMaxLag(values.length, options.maxLag);
  const covariances = autocovariancesOf(values, centred, maxLag, options.divisor ?? "n");
  const correlations = covariances.map((value) => value / covariances[0]!);
  return {
    lags: Array.from(correlations, (_, k) => k),
    values: correlations,
    band: bandOf(correlations, values.length, level, options.bands ?? "white-noise"),
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
    if (kind === "bartlett" && k > 1) factor += 2 * correlations[k - 1]! ** 2;
    return z * Math.sqrt(factor / n);
  });
}

export interface CrossCorrelogram {
  /** −maxLag … maxLag. */
  readonly lags: readonly number[];
  /** Correlation of x_{t+k} with y_t at lag k: a peak at k < 0 says that x leads. */
  readonly values: Float64Array;
  /** Half-width z/√n of the band that two unrelated series, one of them white noise, would stay inside. */
  readonly band: number;
}

/**
 * Sample cross-correlations of two series, r_k = Σ_t (x_{t+k} − x̄)(y_t − ȳ)/√(Σ(x − x̄)² Σ(y − ȳ)²).
 *
 * @param options `maxLag` (default ⌊10·log₁₀(n/2)⌋ as in R) and `level` in percent (default 95).
 * @throws YuleError `bad-lengths`, `missing-values`, `constant-series`, `bad-max-lag`, `bad-level`.
 * @example ccf([1, 2, 4, 3], [2, 4, 3, 1], { maxLag: 1 }).values;
 */
export function ccf(
  x: Values,
  y: Values,
  options: { readonly maxLag?: number; readonly level?: number } = {},
): CrossCorrelogram {
  const level = requireLevel(options.level ?? 95);
  const [first, second] = [complete(x, "x"), complete(y, "y")];
  const n = first.length;
  if (second.length !== n) {
    throw usageError(
      "bad-lengths",
      "y",
      second.length,
      `Cross-correlation needs two series of one length, not ${n} and ${second.length} values; cut the longer one.`,
    );
  }
  const [a, b] = [centre(first), centre(second)];
  requireSpread(a, first);
  requireSpread(b, second);
  const fallback = Math.floor(10 * (Math.log10(n) - Math.log10(2)));
  const maxLag = resolveMaxLag(n, options.maxLag ?? Math.min(fallback, n - 1));
  const scale = Math.sqrt(laggedProducts(a.values, 0)[0]!) * Math.sqrt(laggedProducts(b.values, 0)[0]!);
  const lags = Array.from({ length: 2 * maxLag + 1 }, (_, i) => i - maxLag);
  const values = Float64Array.from(lags, (lag) => crossProduct(a.values, b.values, lag) / scale);
  return { lags, values, band: normalQuantile(0.5 + level / 200) / Math.sqrt(n) };
}

/** Σ_t x_{t+lag} y_t. */
function crossProduct(x: Float64Array, y: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = Math.max(0, -lag); t < Math.min(x.length, x.length - lag); t++) sum += x[t + lag]! * y[t]!;
  return sum;
}

function complete(values: Values, name: string): Float64Array {
  const floats = toFloats(values, name);
  const gap = floats.findIndex(Number.isNaN);
  if (gap < 0 && floats.length > 0) return floats;
  throw dataError(
    "missing-values",
    name,
    gap < 0 ? 0 : gap,
    gap < 0
      ? `Cross-correlation needs values, but ${name} has none.`
      : `Cross-correlation needs series without gaps, but value ${gap + 1} of ${name} is missing; interpolate it first.`,
  );
}

/** R's default: ⌊10·log₁₀ n⌋, and never beyond the series. */
export function defaultMaxLag(n: number): number {
  return Math.max(0, Math.min(n - 1, Math.floor(10 * Math.log10(n))));
}

/** @throws YuleError `bad-max-lag` unless it is a whole number below n. */
export function resolveMaxLag(n: number, maxLag: number | undefined): number {
  return maxLag === undefined ? defaultMaxLag(n) : requireInteger("maxLag", maxLag, 0, n - 1);
}

export function requirePresent(count: number): void {
  if (count > 0) return;
  throw dataError(
    "too-short",
    "y",
    0,
    "Autocovariances need at least one value that is not missing, but there is none.",
  );
}

/** @throws YuleError `constant-series` when nothing but rounding is left after the mean. */
export function requireSpread(centred: Centred, values: Float64Array): void {
  const rounding = 4 * Number.EPSILON * Math.abs(centred.mean);
  if (centred.values.some((value) => Math.abs(value) > rounding)) return;
  throw dataError(
    "constant-series",
    "y",
    values[0],
    `Correlations of a series that is always ${show(centred.mean)} are not defined; there is no variation to relate.`,
  );
}

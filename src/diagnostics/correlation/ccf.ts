import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireLevel } from "../../core/checks.js";
import { dataError, usageError } from "../../core/errors.js";
import { centre } from "../../math/centre.js";
import { laggedProducts } from "../../math/linear-algebra/lagged-products.js";
import { normalQuantile } from "../../math/special-functions/normal.js";
import { toFloats, type Values } from "../values.js";
import { requireSpread, resolveMaxLag } from "./correlogram.js";

export interface CrossCorrelogram {
  /** −maxLag … maxLag. */
  readonly lags: readonly number[];
  /** Correlation of x_{t+k} with y_t at lag k: a peak at k < 0 says that x leads. */
  readonly values: Float64Array;
  /** Half-width z/√n of the band that two unrelated series, one of them white noise, would stay inside. */
  readonly band: number;
}

const CCF_OPTIONS: OptionTable<{ readonly maxLag?: number; readonly level?: number }> = {
  maxLag: "number",
  level: "number",
};

/**
 * Sample cross-correlations of two series, r_k = Σ_t (x_{t+k} − x̄)(y_t − ȳ)/√(Σ(x − x̄)² Σ(y − ȳ)²).
 *
 * @param options `maxLag` (default ⌊10·log₁₀(n/2)⌋ as in R) and `level` in percent (default 95).
 * @returns correlations at negative and positive lags, with the band of the level.
 * @throws YuleError `bad-lengths`, `missing-values`, `constant-series`, `bad-max-lag`, `bad-level`.
 * @example ccf([1, 2, 4, 3], [2, 4, 3, 1], { maxLag: 1 }).values;
 */
export function ccf(
  x: Values,
  y: Values,
  options: { readonly maxLag?: number; readonly level?: number } = {},
): CrossCorrelogram {
  requireOptions("ccf", options, CCF_OPTIONS);
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
  const scale = Math.sqrt(laggedProducts(a.values, 0)[0]) * Math.sqrt(laggedProducts(b.values, 0)[0]);
  const lags = Array.from({ length: 2 * maxLag + 1 }, (_, i) => i - maxLag);
  const values = Float64Array.from(lags, (lag) => crossProduct(a.values, b.values, lag) / scale);
  return { lags, values, band: normalQuantile(0.5 + level / 200) / Math.sqrt(n) };
}

/** Σ_t x_{t+lag} y_t. */
function crossProduct(x: Float64Array, y: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = Math.max(0, -lag); t < Math.min(x.length, x.length - lag); t++) sum += x[t + lag] * y[t];
  return sum;
}

function complete(values: Values, name: string): Float64Array {
  const floats = toFloats(values, name);
  if (floats.length === 0) throw incomplete(name, 0, "has no values");
  const gap = floats.findIndex(Number.isNaN);
  if (gap >= 0) throw incomplete(name, gap, `lacks value ${gap + 1}, which has to be interpolated first`);
  return floats;
}

function incomplete(name: string, value: number, what: string): Error {
  return dataError(
    "missing-values",
    name,
    value,
    `Cross-correlation needs series without gaps, but ${name} ${what}.`,
  );
}

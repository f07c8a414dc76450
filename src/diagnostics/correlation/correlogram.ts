import { requireInteger, show } from "../../core/checks.js";
import { dataError } from "../../core/errors.js";
import type { Centred } from "../../math/centre.js";

/** Correlations by lag and the half-width of a band around zero at each. */
export interface Correlogram {
  readonly lags: readonly number[];
  readonly values: Float64Array;
  /** Half-width of the band at the requested level; 0 at lag 0. */
  readonly band: Float64Array;
  /** Percent. */
  readonly level: number;
  /** Values that were not missing. */
  readonly observations: number;
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
  for (let t = 0; t < centred.values.length; t++) if (Math.abs(centred.values[t]) > rounding) return;
  throw dataError(
    "constant-series",
    "y",
    values[0],
    `Correlations of a series that is always ${show(centred.mean)} are not defined; there is no variation to relate.`,
  );
}

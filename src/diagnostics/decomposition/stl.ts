import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { dataError, usageError } from "../../core/errors.js";
import { prepare, type Values } from "../values.js";
import type { LoessSpan } from "./loess.js";
import { type StlSettings, stlLoop } from "./stl-loop.js";

/** Options of {@link stl}; windows are in values, odd numbers (an even one is rounded up). */
export interface StlOptions {
  /** Window of the seasonal smoother in seasons, or `"periodic"` for a pattern that never changes. Default periodic. */
  readonly seasonalWindow?: number | "periodic";
  /** Degree of the seasonal smoother. Default 0. */
  readonly seasonalDegree?: 0 | 1;
  /** Default: the least odd number at or above 1.5 · period / (1 − 1.5 / seasonalWindow). */
  readonly trendWindow?: number;
  /** Default 1. */
  readonly trendDegree?: 0 | 1;
  /** Default: the least odd number at or above the period. */
  readonly lowPassWindow?: number;
  /** Default: the trend's. */
  readonly lowPassDegree?: 0 | 1;
  /** Fit every so many points and join them by lines. Default: a tenth of the window, rounded up. */
  readonly seasonalJump?: number;
  readonly trendJump?: number;
  readonly lowPassJump?: number;
  /** Give values with a large remainder less weight. Default false. */
  readonly robust?: boolean;
  /** Passes of the inner loop. Default 2, or 1 when robust. */
  readonly inner?: number;
  /** Robustness iterations. Default 0, or 15 when robust. */
  readonly outer?: number;
}

/** value = seasonal + trend + remainder, each as long as the series. */
export interface StlResult {
  readonly seasonal: Float64Array;
  readonly trend: Float64Array;
  readonly remainder: Float64Array;
  /** Robustness weights from 0 to 1; all 1 without robustness iterations. */
  readonly weights: Float64Array;
  readonly settings: StlSettings;
}

const STL_OPTIONS: OptionTable<StlOptions> = {
  seasonalWindow: { numberOr: ["periodic"] },
  seasonalDegree: "number",
  trendWindow: "number",
  trendDegree: "number",
  lowPassWindow: "number",
  lowPassDegree: "number",
  seasonalJump: "number",
  trendJump: "number",
  lowPassJump: "number",
  robust: "boolean",
  inner: "number",
  outer: "number",
};

/**
 * Seasonal-trend decomposition by loess: value = seasonal + trend + remainder.
 *
 * The same numbers as R's `stl` without robustness. With it the weights rest on the true median of the
 * remainders (as in statsmodels); R's own partial sort sometimes takes a neighbour of it.
 *
 * @param y values in time order, more than two periods of them, none missing (see `mstl` for gaps).
 * @param period values in a season, at least 2.
 * @returns trend, season and remainder, each as long as the values, in their units.
 * @throws YuleError `missing-values`, `infinite-value`, `too-short`, `bad-period`, `bad-<option>`.
 * @see R. B. Cleveland, W. S. Cleveland, J. E. McRae, I. Terpenning, "STL: A Seasonal-Trend Decomposition
 *   Procedure Based on Loess", Journal of Official Statistics 6 (1990), 3-73.
 * @example
 * const { seasonal, trend, remainder } = stl(values, 12, { seasonalWindow: 13, robust: true });
 */
export function stl(y: Values, period: number, options: StlOptions = {}): StlResult {
  requireOptions("stl", options, STL_OPTIONS);
  requireInteger("period", period, 2, Number.MAX_SAFE_INTEGER);
  const { values } = prepare(y, "STL", 1, "refused");
  if (values.length <= 2 * period) throw tooFewSeasons("STL", values.length, period);
  return decompose(values, stlSettings(values.length, period, options), options);
}

/** @internal The error of a series that is not longer than two seasons. */
export function tooFewSeasons(what: string, length: number, period: number) {
  return dataError(
    "too-short",
    "y",
    length,
    `${what} with period ${period} needs more than two periods, so at least ${2 * period + 1} values, not ${length}.`,
  );
}

/** @internal STL of checked values. */
export function decompose(y: Float64Array, settings: StlSettings, options: StlOptions): StlResult {
  const { seasonal, trend, weights } = stlLoop(y, settings);
  if ((options.seasonalWindow ?? "periodic") === "periodic") averageCycles(seasonal, settings.period);
  const remainder = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) remainder[i] = y[i] - seasonal[i] - trend[i];
  return { seasonal, trend, remainder, weights, settings };
}

/** @internal Options with their defaults filled in and checked. */
export function stlSettings(n: number, period: number, options: StlOptions): StlSettings {
  const periodic = (options.seasonalWindow ?? "periodic") === "periodic";
  // A window of ten times the series makes a local mean a mean over all seasons, but for 1 part in 1e4.
  const window = periodic ? 10 * n + 1 : (options.seasonalWindow as number);
  const trendWindow =
    options.trendWindow ?? nextOdd(Math.ceil((1.5 * period) / (1 - 1.5 / Math.max(window, 3))));
  const lowPassWindow = options.lowPassWindow ?? nextOdd(period);
  const trendDegree = options.trendDegree ?? 1;
  const robust = options.robust ?? false;
  return {
    period,
    seasonal: span("seasonal", window, periodic ? 0 : (options.seasonalDegree ?? 0), options.seasonalJump),
    trend: span("trend", trendWindow, trendDegree, options.trendJump),
    lowPass: span("lowPass", lowPassWindow, options.lowPassDegree ?? trendDegree, options.lowPassJump),
    inner: requireInteger("inner", options.inner ?? (robust ? 1 : 2), 1, 1000),
    outer: requireInteger("outer", options.outer ?? (robust ? 15 : 0), 0, 1000),
  };
}

function span(name: string, window: number, degree: number, jump: number | undefined): LoessSpan {
  requireInteger(`${name}Window`, window, 1, Number.MAX_SAFE_INTEGER);
  if (degree !== 0 && degree !== 1) {
    throw usageError(
      `bad-${name.toLowerCase()}-degree`,
      `${name}Degree`,
      degree,
      `The ${name}Degree must be 0 for a local mean or 1 for a local line, not ${degree}.`,
    );
  }
  return {
    window: nextOdd(Math.max(3, window)),
    degree,
    jump: requireInteger(`${name}Jump`, jump ?? Math.ceil(window / 10), 1, Number.MAX_SAFE_INTEGER),
  };
}

function nextOdd(value: number): number {
  return value % 2 === 0 ? value + 1 : value;
}

/** Replaces each value by the mean of its phase. */
function averageCycles(seasonal: Float64Array, period: number): void {
  for (let phase = 0; phase < period; phase++) {
    let sum = 0;
    let count = 0;
    for (let i = phase; i < seasonal.length; i += period, count++) sum += seasonal[i];
    for (let i = phase; i < seasonal.length; i += period) seasonal[i] = sum / count;
  }
}

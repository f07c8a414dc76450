import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { dataError, usageError } from "../../core/errors.js";
import { toFloats, type Values } from "../values.js";
import { tooFewSeasons } from "./stl.js";

export interface ClassicalOptions {
  /** value = trend + seasonal + remainder, or their product. Default `"additive"`. */
  readonly type?: "additive" | "multiplicative";
  /** Weights of the moving average. Default: over one season, centred, half weight at both ends for even periods. */
  readonly filter?: readonly number[];
}

export interface ClassicalResult {
  readonly type: "additive" | "multiplicative";
  /** The seasonal pattern from the first phase of the series on, adding up to 0 (on average 1 for a product). */
  readonly figure: Float64Array;
  readonly seasonal: Float64Array;
  /** NaN where the moving average does not reach. */
  readonly trend: Float64Array;
  readonly remainder: Float64Array;
}

const CLASSICAL_DECOMPOSITION_OPTIONS: OptionTable<ClassicalOptions> = {
  type: ["additive", "multiplicative"],
  filter: "numbers",
};

/**
 * Classical decomposition: trend by a centred moving average, the seasonal pattern as the means of what is left in each
 * phase. The same numbers as R's `decompose`.
 *
 * @param y values in time order, at least two periods; NaN is missing and makes the averages around it NaN.
 * @param period values in a season, at least 2.
 * @returns trend, season and remainder, each as long as the values.
 * @throws YuleError `too-short`, `missing-values` where a phase has no value left, `bad-period`, `bad-filter`,
 *   `infinite-value`.
 * @see M. Kendall, A. Stuart, The Advanced Theory of Statistics, vol. 3 (1983), 410-414.
 * @example const { figure, trend } = classicalDecomposition(values, 12, { type: "multiplicative" });
 */
export function classicalDecomposition(
  y: Values,
  period: number,
  options: ClassicalOptions = {},
): ClassicalResult {
  requireOptions("classicalDecomposition", options, CLASSICAL_DECOMPOSITION_OPTIONS);
  requireInteger("period", period, 2, Number.MAX_SAFE_INTEGER);
  const values = toFloats(y);
  if (values.length < 2 * period) throw tooFewSeasons("A classical decomposition", values.length, period);
  const type = options.type ?? "additive";
  const trend = movingAverage(values, options.filter ?? seasonWide(period));
  const detrended = values.map((value, t) => (type === "additive" ? value - trend[t] : value / trend[t]));
  const figure = centred(phaseMeans(detrended, period), type);
  const seasonal = values.map((_, t) => figure[t % period]);
  const remainder = detrended.map((value, t) =>
    type === "additive" ? value - seasonal[t] : value / seasonal[t],
  );
  return { type, figure, seasonal, trend, remainder };
}

function seasonWide(period: number): number[] {
  if (period % 2 === 1) return new Array<number>(period).fill(1 / period);
  return Array.from({ length: period + 1 }, (_, i) => (i === 0 || i === period ? 0.5 : 1) / period);
}

/** Centred weighted mean; with an even number of weights it looks one value further ahead than back. */
function movingAverage(y: Float64Array, weights: readonly number[]): Float64Array {
  if (weights.length < 1 || !weights.every(Number.isFinite)) {
    throw usageError(
      "bad-filter",
      "filter",
      weights,
      "The filter must have at least one weight, all finite.",
    );
  }
  const ahead = Math.floor(weights.length / 2);
  const result = new Float64Array(y.length).fill(Number.NaN);
  for (let t = weights.length - 1 - ahead; t + ahead < y.length; t++) {
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i] * y[t + ahead - i];
    result[t] = sum;
  }
  return result;
}

function phaseMeans(detrended: Float64Array, period: number): Float64Array {
  return Float64Array.from({ length: period }, (_, phase) => {
    let sum = 0;
    let count = 0;
    for (let t = phase; t < detrended.length; t += period) {
      if (Number.isNaN(detrended[t])) continue;
      sum += detrended[t];
      count++;
    }
    if (count === 0) throw emptyPhase(phase, period);
    return sum / count;
  });
}

function emptyPhase(phase: number, period: number) {
  return dataError(
    "missing-values",
    "y",
    phase,
    `Phase ${phase + 1} of the season of ${period} has no value with a trend around it; interpolate the missing values first.`,
  );
}

function centred(means: Float64Array, type: "additive" | "multiplicative"): Float64Array {
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  return means.map((value) => (type === "additive" ? value - mean : value / mean));
}

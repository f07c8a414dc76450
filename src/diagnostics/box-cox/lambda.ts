import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import { extend, takeOut } from "../../math/linear-algebra/orthogonal.js";
import { inner } from "../../math/linear-algebra/vector.js";
import { minimiseBetween } from "../../math/minimise/minimise-between.js";
import { powerOf } from "../../math/power.js";
import { varianceOf } from "../summary.js";
import { dropMissing, isConstant, requireLength, toFloats, type Values } from "../values.js";
import { requireLambda, requirePositive } from "./transform.js";

export interface LambdaOptions {
  /**
   * `guerrero` (default): the least relative spread of season-long stretches. `likelihood`: the profile likelihood of a
   * linear trend with seasonal levels, on a grid of 0.05.
   */
  readonly method?: "guerrero" | "likelihood";
  /** Least lambda; at least 0 where a value is not positive. Default −1. */
  readonly lower?: number;
  /** Greatest lambda. Default 2. */
  readonly upper?: number;
}

export interface LambdaChoice {
  readonly lambda: number;
  readonly notes: readonly Note[];
}

const PURPOSE = "Choosing a Box-Cox lambda";

const BOX_COX_LAMBDA_OPTIONS: OptionTable<LambdaOptions> = {
  method: ["guerrero", "likelihood"],
  lower: "number",
  upper: "number",
};

/**
 * The Box-Cox lambda that makes the spread of the series least dependent on its level.
 *
 * As R's `forecast::BoxCox.lambda`. 1, told in `notes`, where the series has two periods or fewer or does not vary.
 *
 * @param y values in time order; NaN is missing.
 * @param period values in a season, 1 for none (then stretches of two are compared). Default 1.
 * @returns lambda and how it was found.
 * @throws YuleError `not-positive` for `likelihood` with values ≤ 0, `bad-period`, `bad-bounds`, `bad-method`,
 *   `too-short` for no values, `infinite-value`.
 * @see V. M. Guerrero (1993), J. Forecasting 12, 37-48; G. E. P. Box, D. R. Cox (1964), J. R. Statist. Soc. B 26, 211-252.
 * @example boxCoxLambda(passengers.y, 12).lambda; // −0.29
 */
export function boxCoxLambda(y: Values, period = 1, options: LambdaOptions = {}): LambdaChoice {
  requireOptions("boxCoxLambda", options, BOX_COX_LAMBDA_OPTIONS);
  requireInteger("period", period, 1, Number.MAX_SAFE_INTEGER);
  const method = options.method ?? "guerrero";
  if (method !== "guerrero" && method !== "likelihood") {
    throw usageError(
      "bad-method",
      "method",
      method,
      `The method must be "guerrero" or "likelihood", not ${show(method)}.`,
    );
  }
  const values = toFloats(y);
  const present = dropMissing(values);
  requireLength(present.length, PURPOSE, 1);
  const allPositive = present.every((value) => value > 0);
  const lower = Math.max(options.lower ?? -1, allPositive ? Number.NEGATIVE_INFINITY : 0);
  const upper = requireAbove(lower, options.upper ?? 2);
  if (values.length <= 2 * period) return one(`the series has no more than two periods of ${period}`);
  if (isConstant(present)) return one("all values are equal");
  if (method === "likelihood") {
    requirePositive(present, `${PURPOSE} by likelihood`);
    return { lambda: likeliest(values, period, lower, upper), notes: [] };
  }
  const lambda = minimiseBetween((tried) => guerreroVariation(values, period, tried), lower, upper);
  if (!Number.isFinite(guerreroVariation(values, period, lambda))) return one("its subseries do not vary");
  return { lambda, notes: allPositive ? [] : [NOT_POSITIVE] };
}

const NOT_POSITIVE: Note = {
  code: "not-positive",
  severity: "warning",
  message: "Guerrero's method is made for values above 0, and some are not; this lambda is approximate.",
};

function one(reason: string): LambdaChoice {
  const message = `No Box-Cox lambda could be chosen, since ${reason}; 1 leaves the series as it is.`;
  return { lambda: 1, notes: [{ code: "no-lambda", severity: "info", message }] };
}

function requireAbove(lower: number, upper: number): number {
  if (lower < upper && Number.isFinite(lower) && Number.isFinite(upper)) return upper;
  throw usageError(
    "bad-bounds",
    "upper",
    upper,
    `The upper bound of lambda must be above the lower, ${lower}, not ${upper}.`,
  );
}

/**
 * Coefficient of variation of s/m^(1−λ) over the stretches of a season (two values without one), m their means and s
 * their standard deviations: what Guerrero's method minimises. NaN where fewer than two stretches have both.
 *
 * @param given values in time order, NaN where missing.
 * @param period steps in a season, 1 for none.
 * @param lambda the power λ of the Box-Cox transformation, a finite number; 0 is the logarithm.
 * @returns coefficient of variation of the ratios; the smaller, the better lambda.
 * @example guerreroVariation(passengers.y, 12, 0.5); // 0.346
 */
export function guerreroVariation(given: Values, period: number, lambda: number): number {
  requireInteger("period", period, 1, Number.MAX_SAFE_INTEGER);
  requireLambda(lambda);
  const y = toFloats(given);
  const length = Math.max(2, period);
  const count = Math.floor(y.length / length);
  const ratios: number[] = [];
  for (let i = 0; i < count; i++) {
    const from = y.length - (count - i) * length;
    const stretch = dropMissing(y.slice(from, from + length));
    const mean = stretch.reduce((sum, value) => sum + value, 0) / stretch.length;
    const ratio = Math.sqrt(varianceOf(stretch)) / powerOf(mean, 1 - lambda);
    if (!Number.isNaN(ratio)) ratios.push(ratio);
  }
  const values = Float64Array.from(ratios);
  return Math.sqrt(varianceOf(values)) / (values.reduce((sum, value) => sum + value, 0) / values.length);
}

/** The best lambda on the grid lower, lower + 0.05, … */
function likeliest(y: Float64Array, period: number, lower: number, upper: number): number {
  const times = Array.from(y.keys()).filter((t) => !Number.isNaN(y[t]));
  const logs = Float64Array.from(times, (t) => Math.log(y[t]));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const basis = trendAndSeason(times, period);
  let best = lower;
  let least = Number.POSITIVE_INFINITY;
  for (let step = 0; step <= Math.floor((upper - lower) / 0.05 + 1e-10); step++) {
    const lambda = lower + step * 0.05;
    // Divided by the derivative at the geometric mean, so that residuals of all lambdas can be compared.
    const scaled = logs.map((log) => boxCoxOfLog(log, lambda) / Math.exp((lambda - 1) * mean));
    const rest = takeOut(basis, scaled);
    const rss = inner(rest, rest);
    if (rss < least) {
      least = rss;
      best = lambda;
    }
  }
  // Grid points are meant as two decimals.
  return Math.round(best * 1e10) / 1e10;
}

function boxCoxOfLog(log: number, lambda: number): number {
  return Math.abs(lambda) < 1e-12 ? log : Math.expm1(lambda * log) / lambda;
}

function trendAndSeason(times: readonly number[], period: number): Float64Array[] {
  const basis: Float64Array[] = [];
  extend(basis, new Float64Array(times.length).fill(1));
  extend(basis, Float64Array.from(times));
  for (let phase = 1; phase < period; phase++) {
    extend(
      basis,
      Float64Array.from(times, (t) => (t % period === phase ? 1 : 0)),
    );
  }
  return basis;
}

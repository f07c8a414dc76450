import { fieldsOf, requireLevel, show } from "./checks.js";
import type { Distribution } from "./distribution.js";
import { usageError } from "./errors.js";
import type { Note } from "./model.js";

export type { Paths } from "./paths.js";

/** A forecast: one distribution a step, and what follows from them. */
export interface Forecast {
  readonly id: string;
  readonly notation: string;
  readonly horizon: number;
  /** Labels of the forecast times, as the input wrote its own. */
  readonly times: readonly string[];
  readonly distributions: readonly Distribution[];
  readonly mean: Float64Array;
  readonly median: Float64Array;
  readonly notes: readonly Note[];
}

/**
 * The central prediction interval: a share `level` percent of the probability, half of the rest on each side.
 *
 * @param level percent, above 0 and below 100.
 * @returns limits of the interval for each step, in units of the data.
 * @throws YuleError `bad-level`.
 * @example const { lower, upper } = interval(ahead, 95);
 */
export function interval(forecast: Forecast, level: number): { lower: Float64Array; upper: Float64Array } {
  requireLevel(level);
  requireForecast(forecast, "interval takes");
  const tail = (100 - level) / 200;
  const { distributions } = forecast;
  return { lower: quantilesOf(distributions, tail), upper: quantilesOf(distributions, 1 - tail) };
}

/** One quantile of each of some distributions. */
export function quantilesOf(distributions: readonly Distribution[], p: number): Float64Array {
  const values = new Float64Array(distributions.length);
  for (let h = 0; h < values.length; h++) values[h] = distributions[h]!.quantile(p);
  return values;
}

/** @throws YuleError `not-a-forecast`. */
export function requireForecast(value: unknown, wants: string): void {
  if (Array.isArray(fieldsOf(value).distributions)) return;
  const message = `${wants} what forecast(fitted) returns, not ${show(value)}.`;
  throw usageError("not-a-forecast", "forecast", value, message);
}

import type { Distribution } from "../../core/distribution.js";
import { YuleError } from "../../core/errors.js";
import type { FitOptions, Fitted, Model } from "../../core/model.js";
import { type Series, slice } from "../../core/series.js";
import { forecast } from "../../engine/forecast.js";
import { update } from "../../engine/update.js";

/** A past forecast error over the forecast's own standard deviation. */
export interface StandardError {
  /** Steps ahead, from 1. */
  readonly step: number;
  readonly z: number;
  /** How much of an independent error it is: errors h steps ahead from origins s rows apart overlap, and count s/h. */
  readonly weight: number;
}

/** 90 % quantile of the standard normal. */
const Z90 = 1.2815515655446004;

/** The standard deviation a normal with the same 10 % and 90 % quantiles has; finite for any tails. */
export function spread(distribution: Distribution): number {
  return (distribution.quantile(0.9) - distribution.quantile(0.1)) / (2 * Z90);
}

/** Origins used at most, spread evenly over the part held back. */
const MOST_ORIGINS = 10;
/** Paths behind a past forecast that has no exact distribution; enough for its 10 % and 90 % quantiles. */
const PATHS = 300;

/** Fewest rows a model is fitted to for the sake of its past errors. */
function leastRows(series: Series): number {
  return Math.max(10, 2 * series.period + 4);
}

/**
 * What a model's forecasts from past origins missed by, in units of their own standard deviation. The model is fitted
 * once, to the rows before the first origin, and only takes new rows in from there on: no forecast has seen what it is scored by.
 *
 * @param share part of the series that may be held back for this, e.g. 0.3.
 * @returns nothing where the series is too short, or the model cannot be fitted to its beginning.
 */
export function pastErrors(
  model: Model,
  series: Series,
  horizon: number,
  share: number,
  options: FitOptions = {},
): readonly StandardError[] {
  const n = series.y.length;
  const start = Math.max(leastRows(series), Math.floor(n * (1 - share)), n - 3 * horizon);
  if (start >= n) return [];
  const fitted = tryFit(model, slice(series, 0, start), options);
  return fitted === null ? [] : errorsFrom(fitted, series, start, horizon);
}

function tryFit(model: Model, series: Series, options: FitOptions): Fitted | null {
  try {
    return model.fit(series, options);
  } catch (error) {
    if (error instanceof YuleError) return null;
    throw error;
  }
}

function errorsFrom(fitted: Fitted, series: Series, start: number, horizon: number): StandardError[] {
  const n = series.y.length;
  const stride = Math.ceil((n - start) / MOST_ORIGINS);
  const result: StandardError[] = [];
  let current = fitted;
  for (let origin = start; origin < n; origin += stride) {
    const inputs = inputsOf(fitted, series, origin);
    const { distributions } = forecast(current, {
      horizon: Math.min(horizon, n - origin),
      paths: PATHS,
      inputs,
    });
    distributions.forEach((distribution, h) => {
      const z = (series.y[origin + h]! - distribution.quantile(0.5)) / spread(distribution);
      if (Number.isFinite(z)) result.push({ step: h + 1, z, weight: Math.min(1, stride / (h + 1)) });
    });
    current = update(current, series.y.slice(origin, origin + stride), inputs);
  }
  return result;
}

function inputsOf(fitted: Fitted, { inputs }: Series, from: number): Record<string, Float64Array> {
  return Object.fromEntries(
    fitted.origin.inputNames.map((name) => [name, inputs.columns[inputs.names.indexOf(name)]!.slice(from)]),
  );
}

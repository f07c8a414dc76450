import type { Distribution } from "../../core/distribution.js";
import { YuleError } from "../../core/errors.js";
import type { FitOptions, Fitted, Model } from "../../core/model.js";
import { type Series, slice } from "../../core/series.js";
import { defaultHorizon, forecast } from "../../engine/forecast.js";
import { update } from "../../engine/update.js";

/** What a model would have forecast in the past: it saw `rows` rows then, and `distributions` of the next ones. */
export interface PastForecast {
  readonly rows: number;
  readonly distributions: readonly Distribution[];
}

/** Where past forecasts start from. */
export interface Origins {
  /** The first origin: as many rows are fitted to. */
  readonly start: number;
  /** Rows between origins. */
  readonly stride: number;
}

/** Origins used at most by default, spread evenly over the part held back. */
const MOST_ORIGINS = 10;
/** Paths behind a past forecast that has no exact distribution. */
const PATHS = 300;
/** Part of a series held back at most, and how many horizons. */
const SHARE = 0.3;
const REACH = 1.5;
const MOST_STEPS = 60;

/** Steps ahead that past forecasts go by default: as a forecast by default, at most 60. */
export function calibrationHorizon({ period }: Series): number {
  return Math.min(defaultHorizon(period), MOST_STEPS);
}

/**
 * Origins in the last 30 % of a series, at most `reach` horizons from its end, that leave ten rows and two seasons to fit to;
 * null where the series is too short for any. As the model is not fitted again on the way, what it took the season to be ages:
 * far back, its errors are larger than those of a forecast from today.
 */
export function originsIn(
  { y, period }: Series,
  horizon: number,
  { most = MOST_ORIGINS, reach = REACH }: { readonly most?: number; readonly reach?: number } = {},
): Origins | null {
  const n = y.length;
  const least = Math.max(10, 2 * period + 4);
  const start = Math.max(least, Math.floor(n * (1 - SHARE)), n - Math.ceil(reach * horizon));
  return start >= n ? null : { start, stride: Math.ceil((n - start) / most) };
}

/**
 * Forecasts from past origins. The model is fitted once, to the rows before the first, and only takes new rows in from there
 * on: no forecast has seen what it will be held against. Nothing where the model cannot be fitted to the beginning.
 */
export function rehearse(
  model: Model,
  series: Series,
  horizon: number,
  { start, stride }: Origins,
  options: FitOptions = {},
): readonly PastForecast[] {
  const n = series.y.length;
  const fitted = tryFit(model, slice(series, 0, start), options);
  const result: PastForecast[] = [];
  if (fitted === null) return result;
  let current = fitted;
  for (let rows = start; rows < n; rows += stride) {
    const inputs = inputsFrom(fitted, series, rows);
    const { distributions } = forecast(current, {
      horizon: Math.min(horizon, n - rows),
      paths: PATHS,
      inputs,
    });
    result.push({ rows, distributions });
    current = update(current, series.y.slice(rows, rows + stride), inputs);
  }
  return result;
}

function tryFit(model: Model, series: Series, options: FitOptions): Fitted | null {
  try {
    return model.fit(series, options);
  } catch (error) {
    if (error instanceof YuleError) return null;
    throw error;
  }
}

function inputsFrom(fitted: Fitted, { inputs }: Series, from: number): Record<string, Float64Array> {
  return Object.fromEntries(
    fitted.origin.inputNames.map((name) => [name, inputs.columns[inputs.names.indexOf(name)]!.slice(from)]),
  );
}

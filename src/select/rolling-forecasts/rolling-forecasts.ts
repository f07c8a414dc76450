import type { Distribution } from "../../core/distribution.js";
import type { FitOptions, Fitted, Model } from "../../core/model.js";
import { type Series, slice } from "../../core/series.js";
import { corrected, defaultHorizon, marginalsOf } from "../../engine/forecast.js";
import { futureRows } from "../../engine/inputs.js";
import { update } from "../../engine/update.js";

/** A past forecast: `distributions` of the rows after the first `rows`, given these. */
export interface PastForecast {
  readonly rows: number;
  readonly distributions: readonly Distribution[];
}

/** Where past forecasts start from. */
export interface Origins {
  /** Rows of each forecast origin, ascending. */
  readonly rows: readonly number[];
  /** Rows between origins. */
  readonly stride: number;
  /** Those origins at which the model is fitted anew; the first is one of them. */
  readonly fits: readonly number[];
}

/** Origins used at most by default, spread evenly over the part held back. */
const MOST_ORIGINS = 10;
/** Paths behind a past forecast that has no exact distribution. */
const PATHS = 100;
/** Part of a series held back at most, and how many horizons. */
const SHARE = 0.3;
const REACH = 1.5;
const MOST_STEPS = 60;

/** Steps ahead that past forecasts go by default: as a forecast by default, at most 60. */
export function calibrationHorizon({ period }: Series): number {
  return Math.min(defaultHorizon(period), MOST_STEPS);
}

export interface OriginOptions {
  /** Origins at most. Default 10. */
  readonly most?: number;
  /** Horizons held back at most. Default 1.5. */
  readonly reach?: number;
  /** Fits at most, spread evenly over the origins. Default 1. */
  readonly fits?: number;
  /** Rows before the first origin; default: by the length of the series, its season and `reach`. */
  readonly first?: number;
}

/** Rows that must be left to fit to: two seasons, of short series one, and ten values, of very short ones four. */
function leastRows(n: number, period: number): number {
  const season = n >= 2 * period + COMFORTABLE ? 2 * period + 4 : n >= period + COMFORTABLE ? period + 3 : 0;
  return Math.max(n >= 10 + 2 ? 10 : 4, season);
}

/** Rows beyond two seasons from which two seasons are left to fit to. */
const COMFORTABLE = 8;

/**
 * Origins in the last 30 % of a series, at most `reach` horizons from its end, that leave enough rows to fit to; null where the
 * series is too short for any. Between two fits a model only takes new rows in, so its season and trend become
 * outdated: a long part held back needs more than one fit.
 */
export function originsIn(
  { y, period }: Series,
  horizon: number,
  { most = MOST_ORIGINS, reach = REACH, fits = 1, first }: OriginOptions = {},
): Origins | null {
  const n = y.length;
  const start =
    first ?? Math.max(leastRows(n, period), Math.floor(n * (1 - SHARE)), n - Math.ceil(reach * horizon));
  if (start >= n) return null;
  const stride = Math.ceil((n - start) / most);
  const rows: number[] = [];
  for (let row = start; row < n; row += stride) rows.push(row);
  const apart = Math.max(Math.ceil(rows.length / fits), 1);
  return { rows, stride, fits: rows.filter((_, k) => k % apart === 0) };
}

/**
 * Forecasts from past origins. No forecast has seen what it is compared with: the model is fitted to the rows before an origin,
 * and only takes new rows in up to the next fit. Nothing where the model cannot be fitted to the beginning.
 */
export function rollingForecasts(
  model: Model,
  series: Series,
  horizon: number,
  origins: Origins,
  options: FitOptions = {},
): readonly PastForecast[] {
  const n = series.y.length;
  const result: PastForecast[] = [];
  const brief = { ...options, brief: true };
  let current: Fitted | null = null;
  for (const rows of origins.rows) {
    if (origins.fits.includes(rows)) current = tryFit(model, slice(series, 0, rows), brief) ?? current;
    if (current === null) return [];
    const inputs = inputsFrom(current, series, rows);
    const steps = Math.min(horizon, n - rows);
    const ahead = futureRows(current.origin, inputs, steps);
    const distributions = corrected(current, marginalsOf(current, ahead, { paths: PATHS }));
    result.push({ rows, distributions });
    current = update(current, series.y.slice(rows, rows + origins.stride), inputs);
  }
  return result;
}

/** A model that cannot be fitted to the beginning, for whatever reason, has no past forecasts. */
function tryFit(model: Model, series: Series, options: FitOptions): Fitted | null {
  try {
    return model.fit(series, options);
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    return null;
  }
}

function inputsFrom(fitted: Fitted, { inputs }: Series, from: number): Record<string, Float64Array> {
  return Object.fromEntries(
    fitted.origin.inputNames.map((name) => [name, known(inputs.columns[inputs.names.indexOf(name)]!, from)]),
  );
}

/** A regressor from a row on; where it is missing, as rows without a value may be, its last known value stands in. */
function known(column: Float64Array, from: number): Float64Array {
  let last = 0;
  const filled = column.map((value) => {
    if (!Number.isNaN(value)) last = value;
    return last;
  });
  return filled.slice(from);
}

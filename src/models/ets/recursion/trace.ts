import type { EtsForm } from "./form.js";

/**
 * Smoothing parameters as they act on the states: the level takes α of an error, the slope β (R's β = αβ*), the
 * season γ; φ damps the slope. β = 0 without a trend, γ = 0 without a season, φ = 1 without damping.
 */
export interface Smoothing {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
}

/** Components as small integers, for the inner loops. */
export const NONE = 0;
export const ADDITIVE = 1;
export const MULTIPLICATIVE = 2;

const CODES = { N: NONE, A: ADDITIVE, M: MULTIPLICATIVE } as const;

/** A form as the inner loops want it. */
export interface Shape {
  readonly relativeError: boolean;
  readonly trend: number;
  readonly season: number;
  /** At least 1. */
  readonly period: number;
  /** What a level that multiplies or divides has to stay above. */
  readonly floor: number;
}

export function shapeOf(form: EtsForm, floor: number): Shape {
  return {
    floor,
    relativeError: form.error === "M",
    trend: CODES[form.trend],
    season: CODES[form.season],
    period: form.season === "N" ? 1 : form.period,
  };
}

/** The run of a recursion over n values: what each step started from, and what it found. Reused between runs. */
export interface Trace {
  readonly n: number;
  /** n + 1: the level before each step, and after the last. */
  readonly level: Float64Array;
  /** n + 1. */
  readonly slope: Float64Array;
  /** n + period: entry t is the season that step t uses; step t writes entry t + period. */
  readonly season: Float64Array;
  /** n one-step predictions. */
  readonly forecast: Float64Array;
  /** n errors y − forecast; 0 where y is missing. */
  readonly error: Float64Array;
  /** Σ error², or Σ (error/forecast)² for relative errors, over what is observed. */
  squares: number;
  /** Σ log |forecast| over what is observed; relative errors only. */
  logScale: number;
}

export function makeTrace(n: number, period: number): Trace {
  const all = new Float64Array(2 * (n + 1) + n + period + 2 * n);
  const season = 2 * (n + 1);
  const forecast = season + n + period;
  return {
    n,
    level: all.subarray(0, n + 1),
    slope: all.subarray(n + 1, season),
    season: all.subarray(season, forecast),
    forecast: all.subarray(forecast, forecast + n),
    error: all.subarray(forecast + n),
    squares: 0,
    logScale: 0,
  };
}

/** Lists of zeros that share one buffer: searches make many, and a buffer costs more than its numbers. */
export function lists(...lengths: readonly number[]): Float64Array[] {
  const all = new Float64Array(lengths.reduce((sum, length) => sum + length, 0));
  let from = 0;
  return lengths.map((length) => all.subarray(from, (from += length)));
}

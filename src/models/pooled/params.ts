import type { Frequency, TimeAxis } from "../../core/time/time.js";
import type { CycleName } from "../shared/calendar-cycles.js";

/** A regressor and how it is standardised: (value − mean)/deviation. */
export interface InputScaling {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}

/** Estimates that all series share, as plain data. */
export interface PooledParams {
  /** Ascending. */
  readonly lags: readonly number[];
  readonly period: number;
  readonly frequency: Frequency | null;
  readonly cycles: readonly CycleName[];
  readonly inputs: readonly InputScaling[];
  /** The constant, a coefficient a lag, then those of the calendar and of the regressors. */
  readonly coefficients: Float64Array;
  /** The scale is a mean of absolute values whose weights fade by this factor a step. */
  readonly fade: number;
  /** Mean size of errors in units of the scale, over the panel. */
  readonly error: number;
  /** How many errors of its own a series needs until they count as much as those of the panel. */
  readonly strength: number;
  /** Degrees of freedom of an error, above 1. */
  readonly df: number;
  /** Scale of the t distribution where the mean size of errors is 1. */
  readonly spread: number;
  /** What values never fall below; null where there is no bound. */
  readonly low: number | null;
}

/** Memory of one series. */
export interface PooledState {
  /** Rows seen so far. */
  readonly t: number;
  readonly time: TimeAxis | null;
  /** Σ fadeᵏ|y| and Σ fadeᵏ of the values observed so far. */
  readonly sum: number;
  readonly mass: number;
  /** Σ fadeᵏ|ε| and Σ fadeᵏ of the errors so far, in units of the scale. */
  readonly errorSum: number;
  readonly weight: number;
  /** As many values as the longest lag, the newest last; missing ones stand as the model's mean, NaN before the first. */
  readonly recent: Float64Array;
}

type Columns = Pick<PooledParams, "lags" | "cycles" | "period" | "inputs">;

/** Columns of the regression: the constant, lags, calendar or place in the period, regressors. */
export function columnCount({ lags, cycles, period, inputs }: Columns): number {
  return 1 + lags.length + calendarColumns(cycles, period) + inputs.length;
}

/** Columns that say where in the calendar, or without dates where in the period, a row stands. */
export function calendarColumns(cycles: readonly CycleName[], period: number): number {
  return 3 * (cycles.length === 0 && period > 1 ? 1 : cycles.length);
}

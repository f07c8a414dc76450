import type { Frequency, TimeAxis } from "../../core/time/time.js";
import type { CycleName } from "../shared/calendar-cycles.js";

/** A regressor and how it is standardised: (value − mean)/deviation. */
export interface InputScaling {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}

/** Where logarithms are regressed: z = log(max(least, y + offset)). */
export interface Logarithm {
  readonly offset: number;
  readonly least: number;
  /** Forecasts lie at most this far above the running mean of z. */
  readonly reach: number;
}

/** The usual value of a row: the median of those 1 to `turns` cycles before it. */
export interface Usual {
  readonly cycle: number;
  readonly turns: number;
}

/** Estimates that all series share, as plain data. */
export interface PooledParams {
  /** Ascending. */
  readonly lags: readonly number[];
  readonly period: number;
  readonly frequency: Frequency | null;
  readonly cycles: readonly CycleName[];
  readonly inputs: readonly InputScaling[];
  /** Null where values themselves are regressed. */
  readonly log: Logarithm | null;
  /** Deviations from it are regressed; null where levels are. */
  readonly usual: Usual | null;
  /** The constant (0 of deviations), a coefficient a lag, then those of the calendar and of the regressors. */
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
  /** α of negative binomial counts, whose variance is μ + αμ²; absent where errors have Student's t distribution. */
  readonly dispersion?: number;
}

/** Memory of one series. z: the values, or their logarithms. */
export interface PooledState {
  /** Rows seen so far. */
  readonly t: number;
  readonly time: TimeAxis | null;
  /** Σ fadeᵏ|y| (of logarithms Σ fadeᵏz) and Σ fadeᵏ of the values observed so far. */
  readonly sum: number;
  readonly mass: number;
  /** Σ|y| and the number of values observed so far. */
  readonly total: number;
  readonly seen: number;
  /** Σ fadeᵏ|ε| and Σ fadeᵏ of the errors so far, in units of the scale. */
  readonly errorSum: number;
  readonly weight: number;
  /** As many z as the model looks back, the newest last; missing ones stand as the model's mean, NaN before the first. */
  readonly recent: Float64Array;
  /** Their deviations from the usual values, as many as the longest lag; empty where levels are regressed. */
  readonly deviations: Float64Array;
}

type Columns = Pick<PooledParams, "lags" | "cycles" | "period" | "inputs" | "usual">;

/** Columns of the regression: the constant, lags, calendar or place in the period, regressors. */
export function columnCount(columns: Columns): number {
  return 1 + columns.lags.length + calendarColumns(columns) + columns.inputs.length;
}

/** Columns that say where in the calendar, or without dates where in the period, a row stands: usual values know it by themselves. */
export function calendarColumns({
  cycles,
  period,
  usual,
}: Pick<Columns, "cycles" | "period" | "usual">): number {
  if (usual !== null) return 0;
  return 3 * (cycles.length === 0 && period > 1 ? 1 : cycles.length);
}

/** How many rows a forecast looks back. */
export function memoryLength({ lags, usual }: Pick<Columns, "lags" | "usual">): number {
  return Math.max(lags.at(-1)!, usual === null ? 0 : usual.cycle * usual.turns);
}

export function logarithmOf({ offset, least }: Logarithm, y: number): number {
  return Math.log(Math.max(least, y + offset));
}

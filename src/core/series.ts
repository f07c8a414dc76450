import { numbersFrom } from "./arguments/numbers.js";
import { type OptionTable, requireOptions } from "./arguments/options.js";
import { fieldsOf, requireInteger, show } from "./checks.js";
import { dataError, usageError } from "./errors.js";
import type { InputRules } from "./input-rule.js";
import { defaultPeriod, shiftAxis, timeAxis } from "./time/calendar.js";
import type { TimeAxis } from "./time/time.js";

/** Regressors known ahead (R: xreg), one column a regressor, as long as the series. */
export interface Inputs {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  /** How those that follow from the times are made, so that forecasts make their future values themselves. */
  readonly rules?: InputRules;
}

/** Evenly spaced values with a seasonal period, an optional time axis and an id. Missing values are NaN. */
export interface Series {
  readonly id: string;
  readonly y: Float64Array;
  /** Steps in a season; 1 where there is none. */
  readonly period: number;
  /** The exact length of the season where it is no whole number of steps, e.g. 52.18 weeks; `period` is the nearest one. */
  readonly cycle?: number;
  readonly time: TimeAxis | null;
  readonly inputs: Inputs;
}

/** Many series, each with an id of its own. */
export type Panel = readonly Series[];

export interface SeriesOptions {
  readonly id?: string;
  /**
   * Seasonal period in steps, at least 1; default: from the frequency, else 1. Of one that is no whole number, such as 52.18,
   * `fourier` and `auto` use the exact length, other models the nearest whole number.
   */
  readonly period?: number;
  /**
   * First time: `"1949-01"`, `"2024-03-01T05:00"`, `"1960 Q1"`, `"2020-W05"`, `"1949"`, `"Jan 1960"`. Needs `frequency`. Labels
   * are written the same way. `parseCsv` and `fromRecords` read many more forms.
   */
  readonly start?: string;
  /** Step of the time axis: `D W M Q Y H min …`, with a count in front where it is not 1, e.g. `30min`. */
  readonly frequency?: string;
  /** A ready-made time axis instead of `start` and `frequency`. */
  readonly time?: TimeAxis;
  /** Regressors by name, each as long as the values. */
  readonly inputs?: Readonly<Record<string, ArrayLike<number>>>;
}

export const NO_INPUTS: Inputs = { names: [], columns: [] };

const OPTIONS: OptionTable<SeriesOptions> = {
  id: "text",
  period: "number",
  start: "text",
  frequency: "text",
  time: "object",
  inputs: "object",
};

/**
 * A series from plain numbers; NaN, null and undefined mark missing values.
 *
 * @param values values in time order, NaN where missing.
 * @param options see `SeriesOptions` for ranges and defaults.
 * @returns the series, which is immutable.
 * @throws YuleError `not-numbers`, `bad-value` for what is no number, `infinite-value` for ±Infinity, `unknown-option`, `bad-period`, `bad-start`, `bad-frequency`, `bad-inputs`.
 * @example const passengers = series([112, 118, 132], { period: 12, start: "1949-01", frequency: "M" });
 */
export function series(
  values: ArrayLike<number | null | undefined> | Series,
  options: SeriesOptions = {},
): Series {
  requireOptions("series", options, OPTIONS);
  const y = numbersFrom(values, "values");
  const infinite = y.findIndex(
    (value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY,
  );
  if (infinite >= 0) {
    throw dataError(
      "infinite-value",
      `values[${infinite}]`,
      y[infinite],
      `Value ${infinite + 1} of the series is ${y[infinite]}; replace it by a number or NaN for missing.`,
    );
  }
  const time = options.time ?? timeFrom(options);
  const period = options.period ?? (time === null ? 1 : defaultPeriod(time.frequency));
  if (!(Number.isFinite(period) && period >= 1)) {
    throw usageError(
      "bad-period",
      "period",
      period,
      `The period must be a number of at least 1, not ${period}.`,
    );
  }
  const inputs = inputsFrom(options.inputs, y.length);
  return { id: options.id ?? "series", y, ...seasonOf(period), time, inputs };
}

/** A period as the fields of a series: the nearest whole number, and the exact length where it is none. */
export function seasonOf(period: number): Pick<Series, "period" | "cycle"> {
  return Number.isInteger(period) ? { period } : { period: Math.round(period), cycle: period };
}

function timeFrom(options: SeriesOptions): TimeAxis | null {
  if (options.start === undefined) return null;
  if (options.frequency === undefined) {
    throw usageError(
      "bad-frequency",
      "frequency",
      undefined,
      `A series with start ${JSON.stringify(options.start)} needs a frequency too, e.g. "M" for monthly.`,
    );
  }
  return timeAxis(options.start, options.frequency);
}

function inputsFrom(inputs: SeriesOptions["inputs"], length: number): Inputs {
  if (inputs === undefined) return NO_INPUTS;
  const names = Object.keys(inputs);
  const columns = names.map((name) => {
    const column = numbersFrom(inputs[name], name);
    if (column.length !== length) {
      throw dataError(
        "bad-inputs",
        name,
        column.length,
        `Input ${name} has ${column.length} values, the series ${length}; they must be equally long.`,
      );
    }
    return column;
  });
  return { names, columns };
}

/** A row of no regressors: one for all, since it is asked for at every value of every series. */
const NONE = new Float64Array(0);

/** The regressors at row `t`, in the order of `inputs.names`. */
export function inputRow(inputs: Inputs, t: number): Float64Array {
  if (inputs.columns.length === 0) return NONE;
  return Float64Array.from(inputs.columns, (column) => column[t]!);
}

/** @throws YuleError `not-a-series`, with the way to make one. */
export function requireSeries(value: unknown, wants: string): Series {
  const { y, id, period, inputs, time } = fieldsOf(value);
  const whole =
    y instanceof Float64Array &&
    typeof id === "string" &&
    typeof period === "number" &&
    period >= 1 &&
    typeof time === "object" &&
    Array.isArray(fieldsOf(inputs).names) &&
    Array.isArray(fieldsOf(inputs).columns);
  if (whole) return value as Series;
  throw usageError(
    "not-a-series",
    "series",
    value,
    `${wants} a series, made by series([112, 118, …]), not ${show(value)}.`,
  );
}

/**
 * Rows `from` to `end` (exclusive; default: the last) of a series; the time axis moves along.
 *
 * @param source n values with their inputs and time axis.
 * @param from first index, 0 to n.
 * @param end index after the last, `from` to n; default n.
 * @returns the part of the series, with its inputs and times.
 * @example slice(series([3, 5, 4, 6]), 1, 3).y; // 5, 4
 */
export function slice(source: Series, from: number, end?: number): Series {
  requireSeries(source, "slice takes");
  const to = end ?? source.y.length;
  requireInteger("from", from, 0, source.y.length);
  requireInteger("to", to, from, source.y.length);
  return {
    ...source,
    y: source.y.slice(from, to),
    time: source.time === null || from === 0 ? source.time : shiftAxis(source.time, from),
    inputs: {
      ...source.inputs,
      columns: source.inputs.columns.map((column) => column.slice(from, to)),
    },
  };
}

import { requireText } from "../core/arguments/numbers.js";
import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { nearest, show } from "../core/checks.js";
import { dataError, usageError } from "../core/errors.js";
import type { Note } from "../core/model.js";
import { requireSeries, type Series, seasonOf } from "../core/series.js";
import {
  axisFrom,
  defaultPeriod,
  formatFrequency,
  parseFrequency,
  timeAt,
  timeLabel,
} from "../core/time/calendar.js";
import type { Frequency, TimeAxis, TimeUnit } from "../core/time/time.js";
import { marksPerStep, rulerOf } from "../core/time/time-steps.js";
import { type AggregateBy, aggregateValues } from "./aggregate-values.js";
import { periodStart, styleOfPeriods } from "./period-start.js";
import { type Sums, sumsOf } from "./sums.js";

const WAYS: readonly AggregateBy[] = ["sum", "mean", "median", "first", "last", "min", "max", "count"];

export interface AggregateOptions {
  /** The coarser step, e.g. `"M"`; weeks are ISO weeks, from Monday on. */
  readonly frequency: string;
  /** What becomes of the values of a period; default `sum`. Regressors are averaged. */
  readonly by?: AggregateBy;
  /** What becomes of a first or last period that the series covers in part; default `drop`. */
  readonly partial?: "drop" | "keep";
  /** Seasonal period of the result; default: the usual one of its frequency. */
  readonly period?: number;
}

const AGGREGATE_OPTIONS: OptionTable<AggregateOptions> = {
  frequency: "text",
  by: "anything",
  partial: ["drop", "keep"],
  period: "number",
};

/**
 * Values of a coarser step, such as months of days.
 *
 * In a sum, positions of the season that never have a value count as 0. A period with at least four fifths of its other values is
 * scaled up; one with fewer is missing. Other aggregates use the values present. A first or last period that is only partly
 * covered is left out. The step of the series itself is allowed: a count of it is 0 or 1.
 *
 * @param source a series with dates; regressors are averaged.
 * @param options see `AggregateOptions` for ranges and defaults. Required.
 * @returns a series with the coarser time axis.
 * @throws YuleError `bad-aggregate`, `bad-frequency`, `no-times` for a series without dates, `not-coarser`, `too-short` where no
 *   period is whole.
 * @example aggregate(series([1, 2, 3, 4], { start: "2024-01", frequency: "M" }), { frequency: "Q", partial: "keep" }).y; // 6, 4
 */
export function aggregate(source: Series, options: AggregateOptions): Series {
  return aggregated(source, options).series;
}

/** The same with notes on the periods that were left out or are missing. */
export function aggregated(
  source: Series,
  options: AggregateOptions,
): { readonly series: Series; readonly notes: readonly Note[] } {
  requireSeries(source, "aggregate takes");
  requireOptions("aggregate", options, AGGREGATE_OPTIONS);
  const { by = "sum", partial = "drop" } = options;
  requireText("frequency", options.frequency, '"M"');
  if (!WAYS.includes(by)) throw badWay(by);
  const frequency = parseFrequency(options.frequency);
  const time = datedAxis(source);
  requireCoarser(source, time.frequency, frequency);
  const { starts, first } = periodsOf(time, source.y.length, frequency);
  const count = starts.length - 1;
  const from = partial === "keep" || isWhole(time, 0, -1, frequency) ? 0 : 1;
  const to = partial === "keep" || isWhole(time, source.y.length - 1, 1, frequency) ? count : count - 1;
  if (to <= from) throw noWholePeriod(source, frequency);
  const axis = axisFrom({ local: first(from), frequency, zone: time.zone, style: styleOfPeriods(frequency) });
  const column = (values: Float64Array, how: AggregateBy) =>
    Float64Array.from({ length: to - from }, (_, i) => {
      return aggregateValues(values.subarray(starts[from + i]!, starts[from + i + 1]!), how);
    });
  const rows = starts.slice(from, to + 1);
  const summed: Sums = by === "sum" ? sumsOf(source, rows) : { y: column(source.y, by), notes: [] };
  const { names, columns } = source.inputs;
  const series: Series = {
    id: source.id,
    y: summed.y,
    ...seasonOf(options.period ?? defaultPeriod(frequency)),
    time: axis,
    inputs: { names, columns: columns.map((values) => column(values, "mean")) },
  };
  const left = count - (to - from);
  return {
    series,
    notes: [
      ...leftOutNote(source, axis, frequency, left),
      ...summed.notes,
      ...missingNote(source, series, by),
    ],
  };
}

/** Rows at which periods begin, and where the period `i` begins in local milliseconds. */
function periodsOf(time: TimeAxis, length: number, frequency: Frequency) {
  const starts: number[] = [];
  const places: number[] = [];
  for (let t = 0; t < length; t++) {
    const place = periodStart(timeAt(time, t).local, frequency);
    if (place === places.at(-1)) continue;
    starts.push(t);
    places.push(place);
  }
  return { starts: [...starts, length], first: (i: number) => places[i]! };
}

/** Whether the row next to an end of the series would lie in another period. */
function isWhole(time: TimeAxis, row: number, step: -1 | 1, frequency: Frequency): boolean {
  const inside = periodStart(timeAt(time, row).local, frequency);
  return periodStart(timeAt(time, row + step).local, frequency) !== inside;
}

function datedAxis({ id, time }: Series): TimeAxis {
  if (time !== null && time.frequency.unit !== "index") return time;
  throw dataError(
    "no-times",
    id,
    null,
    `${id} has no dates, so there are no periods to aggregate to; name the column of times.`,
  );
}

const DAYS: Readonly<Record<ReturnType<typeof rulerOf>, number>> = {
  index: 0,
  clock: 1 / 86_400_000,
  day: 1,
  business: 1,
  month: 30,
};

/** About how many days a step spans. */
function daysIn(frequency: Frequency): number {
  return DAYS[rulerOf(frequency.unit)] * marksPerStep(frequency);
}

function requireCoarser({ id }: Series, from: Frequency, to: Frequency): void {
  if (to.unit !== "index" && to.unit !== "business-day" && daysIn(to) >= daysIn(from)) return;
  throw usageError(
    "not-coarser",
    "frequency",
    formatFrequency(to),
    `${id} has a step of ${formatFrequency(from)}; it can be aggregated to a longer one, such as ${formatFrequency(longer(from))}, not to ${formatFrequency(to)}.`,
  );
}

const LONGER: Readonly<Record<TimeUnit, TimeUnit>> = {
  index: "year",
  second: "minute",
  minute: "hour",
  hour: "day",
  day: "week",
  "business-day": "week",
  week: "month",
  month: "quarter",
  quarter: "year",
  year: "year",
};

function longer({ unit, count }: Frequency): Frequency {
  return unit === "year" ? { unit, count: 2 * count } : { unit: LONGER[unit], count: 1 };
}

function badWay(by: unknown): Error {
  return usageError(
    "bad-aggregate",
    "by",
    by,
    `Values are aggregated by ${WAYS.join(", ")}, not ${show(by)}; did you mean ${nearest(String(by), WAYS)}?`,
  );
}

function noWholePeriod({ id, y }: Series, frequency: Frequency): Error {
  return dataError(
    "too-short",
    id,
    y.length,
    `The ${y.length} values of ${id} cover no whole period of ${formatFrequency(frequency)}; take a shorter one, or keep partial periods.`,
  );
}

function leftOutNote({ id }: Series, axis: TimeAxis, frequency: Frequency, count: number): Note[] {
  if (count === 0) return [];
  const what = count === 1 ? "A period that is" : "Two periods that are";
  const message = `${what} covered in part ${count === 1 ? "was" : "were"} left out of ${id}; the first whole one is ${timeLabel(axis, 0)} (--partial keep keeps them).`;
  return [
    {
      code: "partial-periods",
      severity: "info",
      message,
      details: { count, frequency: formatFrequency(frequency) },
    },
  ];
}

function missingNote(source: Series, series: Series, by: AggregateBy): Note[] {
  const count = series.y.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
  if (count === 0 || !source.y.some((value) => Number.isNaN(value))) return [];
  const why =
    by === "sum"
      ? "a sum needs four fifths of the values of its period; --fill zero counts missing ones as 0"
      : "they have no value at all";
  const periods = count === 1 ? "1 period" : `${count} periods`;
  const message = `${periods} of ${source.id} ${count === 1 ? "is" : "are"} missing after aggregation: ${why}.`;
  return [{ code: "missing-periods", severity: "warning", message, details: { count } }];
}

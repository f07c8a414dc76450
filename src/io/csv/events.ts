import type { Note } from "../../core/model.js";
import { axisFrom, formatFrequency, sharedAxis } from "../../core/time/calendar.js";
import { MS_PER_DAY } from "../../core/time/civil.js";
import type { Frequency, TimeAxis } from "../../core/time/time.js";
import { markOf, marksPerStep, rulerOf } from "../../core/time/time-steps.js";
import { type AggregateBy, aggregateValues } from "../../prepare/aggregate-values.js";
import { periodEnd, periodStart, styleOfPeriods } from "../../prepare/period-start.js";
import { fileError } from "./errors.js";
import type { NumberColumn } from "./numbers/number-column.js";
import type { Labels, Layout } from "./spacing/grid.js";
import type { Spacing } from "./spacing/spacing.js";

/** How rows without a step of their own become values of periods. */
export interface EventRules {
  readonly by: AggregateBy;
  readonly frequency: Frequency;
  readonly partial: "drop" | "keep";
}

/** A period is whole where no more than so many usual distances between rows lie between its edge and the nearest row. */
const USUAL_DISTANCES = 3;

/** The rows of one series by period: run `i` has the places `starts[i]` to `starts[i + 1] - 1`, all in one period. */
interface Runs {
  /** Periods since 1970, ascending. */
  readonly periods: readonly number[];
  readonly starts: readonly number[];
}

/** Rows that may share a time and have no step, by the periods that they lie in. */
export class Events {
  private readonly runs: readonly Runs[];
  private readonly first: number;
  private readonly last: number;
  readonly notes: readonly Note[];

  constructor(
    private readonly labels: Labels,
    private readonly rules: EventRules,
  ) {
    const { local } = labels.times;
    const { frequency } = rules;
    const { starts } = labels.groups;
    this.runs = labels.groups.ids.map((_, group) =>
      runsOf(local, starts[group]!, starts[group + 1]!, frequency),
    );
    const [earliest, latest] = extent(local);
    const reach = USUAL_DISTANCES * usualDistance(local, earliest, latest);
    const whole = local.every((time) => time % MS_PER_DAY === 0) ? MS_PER_DAY : 0;
    const keep = rules.partial === "keep";
    const early = !keep && earliest - periodStart(earliest, frequency) > reach;
    const late = !keep && periodEnd(latest, frequency) - latest > reach + whole;
    this.first = periodNumber(earliest, frequency) + (early ? 1 : 0);
    this.last = periodNumber(latest, frequency) - (late ? 1 : 0);
    if (this.first > this.last) throw noWholePeriod(labels, frequency);
    this.notes = notesOf(labels, rules, early, late);
  }

  /** The periods of a group, from its first row to the end of the file for sums and counts, else to its last row; null for none. */
  private spanOf(group: number): readonly [number, number] | null {
    const { periods } = this.runs[group]!;
    const from = Math.max(this.first, periods[0]!);
    const added = this.rules.by === "sum" || this.rules.by === "count";
    const to = added ? this.last : Math.min(this.last, periods.at(-1)!);
    return from > to ? null : [from, to];
  }

  /** The time axis of a group; null where it has no row in a whole period. */
  axisOf(group: number): TimeAxis | null {
    const span = this.spanOf(group);
    if (span === null) return null;
    const { periods, starts } = this.runs[group]!;
    const run = periods.findIndex((period) => period >= span[0]);
    const { local: times, zone } = this.labels.times;
    const { frequency } = this.rules;
    const local = periodStart(times[starts[run]!]!, frequency);
    return sharedAxis(axisFrom({ local, frequency, zone, style: styleOfPeriods(frequency) }));
  }

  /** Values of a group by period: sums and counts of a period without rows are 0, anything else of it is missing. */
  valuesOf(group: number, column: NumberColumn, by: AggregateBy = this.rules.by): Float64Array {
    const { rows } = this.labels.groups;
    const [from, to] = this.spanOf(group)!;
    const empty = by === "sum" || by === "count" ? 0 : Number.NaN;
    const y = new Float64Array(to - from + 1).fill(empty);
    const source = column.values.view();
    const { periods, starts } = this.runs[group]!;
    for (let run = 0; run < periods.length; run++) {
      const period = periods[run]!;
      if (period < from || period > to) continue;
      const [begin, end] = [starts[run]!, starts[run + 1]!];
      const values = new Float64Array(end - begin);
      if (rows === null) values.set(source.subarray(begin, end));
      else for (let i = begin; i < end; i++) values[i - begin] = source[rows[i]!]!;
      y[period - from] = aggregateValues(values, by);
    }
    return y;
  }

  /** The resulting layout: regular rows without gaps. */
  layout(): Layout {
    const { groups, times } = this.labels;
    const { frequency } = this.rules;
    const spacing: Spacing = {
      frequency,
      ruler: rulerOf(frequency.unit),
      marks: new Float64Array(0),
      days: null,
      assumed: false,
      loose: false,
      odd: null,
    };
    return {
      groups,
      times: {
        ...times,
        style: styleOfPeriods(frequency),
        instants: null,
        notes: [...times.notes, ...this.notes],
      },
      spacing,
      positions: new Float64Array(0),
    };
  }
}

/** Rows in order of time by the periods that they lie in. */
function runsOf(local: Float64Array, from: number, to: number, frequency: Frequency): Runs {
  const periods: number[] = [];
  const starts: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i++) {
    if (local[i]! < end) continue;
    periods.push(periodNumber(local[i]!, frequency));
    starts.push(i);
    end = periodEnd(local[i]!, frequency);
  }
  starts.push(to);
  return { periods, starts };
}

/** Number of the period that a local time lies in. */
function periodNumber(local: number, frequency: Frequency): number {
  const start = periodStart(local, frequency);
  return Math.round(markOf(rulerOf(frequency.unit), start) / marksPerStep(frequency));
}

function extent(local: Float64Array): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of local) {
    if (time < low) low = time;
    if (time > high) high = time;
  }
  return [low, high];
}

/** The mean distance between distinct times. */
function usualDistance(local: Float64Array, earliest: number, latest: number): number {
  const distinct = distinctTimes(local, earliest, latest);
  return distinct < 2 ? 0 : (latest - earliest) / (distinct - 1);
}

/** Units that times may be whole multiples of, the longest first. */
const UNITS = [MS_PER_DAY, 3_600_000, 60_000, 1000] as const;
/** Bits for each time, up to which a set of bits is smaller than the times themselves. */
const MOST_BITS = 64;

/** How many distinct times there are: by a bit for each unit of time, or where these are too many, in order. */
function distinctTimes(local: Float64Array, earliest: number, latest: number): number {
  const unit = UNITS.find((each) => local.every((time) => (time - earliest) % each === 0)) ?? 1;
  const cells = (latest - earliest) / unit + 1;
  if (cells > MOST_BITS * local.length || cells > 0x7fffffff) return distinctInOrder(local);
  const bits = new Uint8Array((cells >> 3) + 1);
  let distinct = 0;
  for (const time of local) {
    const cell = (time - earliest) / unit;
    const bit = 1 << (cell & 7);
    if ((bits[cell >> 3]! & bit) !== 0) continue;
    bits[cell >> 3]! |= bit;
    distinct++;
  }
  return distinct;
}

function distinctInOrder(local: Float64Array): number {
  const ordered = local.slice().sort();
  let distinct = 0;
  for (let i = 0; i < ordered.length; i++) if (i === 0 || ordered[i] !== ordered[i - 1]) distinct++;
  return distinct;
}

function noWholePeriod({ table, column }: Labels, frequency: Frequency): Error {
  return fileError(
    "too-short",
    { file: table.plan.file, column },
    null,
    `the rows cover no whole period of ${formatFrequency(frequency)}; take a shorter one, or keep partial periods with --partial keep.`,
  );
}

function notesOf({ table }: Labels, { by, frequency }: EventRules, early: boolean, late: boolean): Note[] {
  const step = formatFrequency(frequency);
  const empty = by === "sum" || by === "count" ? "; periods without rows are 0" : "";
  const taken: Note = {
    code: "rows-aggregated",
    severity: "info",
    message: `The rows have no regular step and were read as events: ${by} by ${step}${empty}.`,
    details: { by, frequency: step, rows: table.rows },
  };
  if (!early && !late) return [taken];
  const which =
    early && late
      ? "first and last periods, covered in part, were"
      : `${early ? "first" : "last"} period, covered in part, was`;
  const left: Note = {
    code: "partial-periods",
    severity: "info",
    message: `The ${which} left out (--partial keep keeps them).`,
    details: { first: early, last: late },
  };
  return [taken, left];
}

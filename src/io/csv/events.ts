import type { Note } from "../../core/model.js";
import { axisFrom, formatFrequency, sharedAxis } from "../../core/time/calendar.js";
import { MS_PER_DAY } from "../../core/time/civil.js";
import type { Frequency, TimeAxis } from "../../core/time/time.js";
import { markOf, marksPerStep, rulerOf } from "../../core/time/time-steps.js";
import { type AggregateBy, aggregateValues, styleOfPeriods } from "../../prepare/aggregate.js";
import { periodEnd, periodStart } from "../../prepare/period-start.js";
import { fileError } from "./errors.js";
import type { NumberColumn } from "./numbers/number-column.js";
import type { Labels, Layout } from "./spacing/grid.js";
import { rowAt } from "./spacing/groups.js";
import type { Spacing } from "./spacing/spacing.js";

/** How rows without a step of their own become values of periods. */
export interface EventRules {
  readonly by: AggregateBy;
  readonly frequency: Frequency;
  readonly partial: "drop" | "keep";
}

/** A period is whole where no more than so many usual distances between rows lie between its edge and the nearest row. */
const USUAL_DISTANCES = 3;

/** Rows that may share a time and have no step, by the periods that they lie in. */
export class Events {
  /** Periods since 1970 that each place lies in. */
  private readonly periods: Float64Array;
  private readonly first: number;
  private readonly last: number;
  readonly notes: readonly Note[];

  constructor(
    private readonly labels: Labels,
    private readonly rules: EventRules,
  ) {
    const { local } = labels.times;
    const { frequency } = rules;
    this.periods = local.map((time) => periodNumber(time, frequency));
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
    const { starts } = this.labels.groups;
    const own = this.periods.subarray(starts[group]!, starts[group + 1]!);
    const from = Math.max(this.first, own[0]!);
    const added = this.rules.by === "sum" || this.rules.by === "count";
    const to = added ? this.last : Math.min(this.last, own.at(-1)!);
    return from > to ? null : [from, to];
  }

  /** The time axis of a group; null where it has no row in a whole period. */
  axisOf(group: number): TimeAxis | null {
    const span = this.spanOf(group);
    if (span === null) return null;
    const { starts } = this.labels.groups;
    const place = this.periods
      .subarray(starts[group]!, starts[group + 1]!)
      .findIndex((period) => period >= span[0]);
    const local = periodStart(this.labels.times.local[starts[group]! + place]!, this.rules.frequency);
    const { zone } = this.labels.times;
    const { frequency } = this.rules;
    return sharedAxis(axisFrom({ local, frequency, zone, style: styleOfPeriods(frequency) }));
  }

  /** Values of a group by period: sums and counts of a period without rows are 0, anything else of it is missing. */
  valuesOf(group: number, column: NumberColumn, by: AggregateBy = this.rules.by): Float64Array {
    const { groups } = this.labels;
    const [from, to] = this.spanOf(group)!;
    const empty = by === "sum" || by === "count" ? 0 : Number.NaN;
    const y = new Float64Array(to - from + 1).fill(empty);
    const source = column.values.view();
    let begin = groups.starts[group]!;
    const end = groups.starts[group + 1]!;
    while (begin < end) {
      const period = this.periods[begin]!;
      let next = begin + 1;
      while (next < end && this.periods[next] === period) next++;
      if (period >= from && period <= to) {
        const values = Float64Array.from(
          { length: next - begin },
          (_, i) => source[rowAt(groups, begin + i)]!,
        );
        y[period - from] = aggregateValues(values, by);
      }
      begin = next;
    }
    return y;
  }

  /** The layout that the rest of reading sees: one row after the other, no gaps. */
  layout(): Layout {
    const { groups, times } = this.labels;
    const { frequency } = this.rules;
    const positions = new Float64Array(times.local.length);
    for (let group = 0; group < groups.ids.length; group++) {
      for (let i = groups.starts[group]!; i < groups.starts[group + 1]!; i++)
        positions[i] = i - groups.starts[group]!;
    }
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
      positions,
    };
  }
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
  const distinct = new Set(local).size;
  return distinct < 2 ? 0 : (latest - earliest) / (distinct - 1);
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
    message: `The rows have no step of their own and were taken as events: ${by} by ${step}${empty}.`,
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

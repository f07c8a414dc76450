import { MS_PER_DAY, weekdayOf } from "../../../core/time/civil.js";
import type { Frequency } from "../../../core/time/time.js";
import { markOf, marksPerStep, type Ruler, rulerOf } from "../../../core/time/time-steps.js";
import type { Times } from "../times/times.js";
import type { Groups } from "./groups.js";
import { looseDays, monthDays, type OddDay, oddDay } from "./month-days.js";
import { allDistances } from "./steps.js";

/** How the rows of a file are spaced. */
export interface Spacing {
  readonly frequency: Frequency;
  readonly ruler: Ruler;
  /** Where the row at each place lies on the ruler. */
  readonly marks: Float64Array;
  /** Day of the month that steps of months aim for, by series; 0 where the first row's day is it. */
  readonly days: Int32Array | null;
  /** Whether the step was assumed, for want of two rows in any series. */
  readonly assumed: boolean;
  /** Whether days of the month differ, so that a row stands for its whole month. */
  readonly loose: boolean;
  /** A row that is out of step with months that nearly all others keep. */
  readonly odd: OddDay | null;
}

/** Shortest month. Rows closer than this are no months apart. */
const SHORTEST_MONTH = 28 * MS_PER_DAY;

/**
 * The step between rows: the one they most often have, on the ruler that their times suggest.
 *
 * Days of the month that agree (the same day, or the last) make months; distances of whole days make days, weeks, or
 * business days where weekends are skipped; anything else makes hours, minutes or seconds.
 */
export function findSpacing(groups: Groups, times: Times): Spacing {
  const local = times.local;
  if (times.form === "index") return onRuler("index", groups, times);
  if (times.form === "week") return onRuler("day", groups, times);
  if (times.form !== "date") return onRuler("month", groups, times);
  const distances = allDistances(groups, local).entries();
  if (distances.size === 0) return assumedSpacing(groups, times);
  const shortest = [...distances.keys()].reduce((a, b) => (b > 0 && b < a ? b : a), Number.POSITIVE_INFINITY);
  if (shortest >= SHORTEST_MONTH && monthDays(groups, local) !== null) return onRuler("month", groups, times);
  const odd = mostlyMonths(distances) ? oddDay(local) : null;
  if (odd !== null) return { ...onRuler("month", groups, times), odd };
  if (![...distances.keys()].every((distance) => distance % MS_PER_DAY === 0))
    return onRuler("clock", groups, times);
  return onRuler(skipsWeekends(local, distances) ? "business" : "day", groups, times);
}

/** The spacing that a given step means. */
export function givenSpacing(frequency: Frequency, groups: Groups, times: Times): Spacing {
  const ruler = rulerOf(frequency.unit);
  const agreed = ruler === "month" ? monthDays(groups, times.local) : null;
  const loose = ruler === "month" && agreed === null;
  return {
    frequency: { unit: frequency.unit, count: frequency.count },
    ruler,
    marks: marksOn(ruler, times),
    days: loose ? looseDays(groups, times.local) : agreed,
    assumed: false,
    loose,
    odd: null,
  };
}

function onRuler(ruler: Ruler, groups: Groups, times: Times): Spacing {
  const marks = marksOn(ruler, times);
  const step = allDistances(groups, marks).mode();
  if (!(step > 0)) return { ...assumedSpacing(groups, times), marks, ruler };
  const days = ruler === "month" ? monthDays(groups, times.local) : null;
  return { frequency: frequencyOf(ruler, step), ruler, marks, days, assumed: false, loose: false, odd: null };
}

/** Where each row lies on a ruler. */
export function marksOn(ruler: Ruler, { local, instants }: Times): Float64Array {
  if (ruler === "index") return local;
  if (ruler === "clock") return instants ?? local;
  const marks = new Float64Array(local.length);
  for (let row = 0; row < marks.length; row++) marks[row] = markOf(ruler, local[row]!);
  return marks;
}

/** The unit that makes a distance on a ruler the smallest count. */
export function frequencyOf(ruler: Ruler, step: number): Frequency {
  const units = {
    index: ["index"],
    clock: ["hour", "minute", "second"],
    day: ["week", "day"],
    business: ["business-day"],
    month: ["year", "quarter", "month"],
  } as const;
  for (const unit of units[ruler]) {
    const count = step / marksPerStep({ unit, count: 1 });
    if (Number.isInteger(count)) return { unit, count };
  }
  return { unit: "second", count: step / 1000 };
}

/** One row a series: what the writing of its time suggests. */
function assumedSpacing(groups: Groups, times: Times): Spacing {
  const { form, style } = times;
  if (form === "half")
    return { ...givenSpacing({ unit: "quarter", count: 2 }, groups, times), assumed: true };
  const unit = form !== "date" ? form : /[Hh]|\{k/.test(style) ? "hour" : "day";
  return { ...givenSpacing({ unit, count: 1 }, groups, times), assumed: true };
}

/** Whether nearly all rows lie a month or more apart. */
function mostlyMonths(distances: ReadonlyMap<number, number>): boolean {
  let long = 0;
  let all = 0;
  for (const [distance, count] of distances) {
    all += count;
    if (distance >= SHORTEST_MONTH) long += count;
  }
  return long >= 0.8 * all;
}

/** Whether days are mostly one apart, weekends are crossed, and no row lies on one. */
function skipsWeekends(local: Float64Array, distances: ReadonlyMap<number, number>): boolean {
  const ones = distances.get(MS_PER_DAY) ?? 0;
  const threes = distances.get(3 * MS_PER_DAY) ?? 0;
  if (ones === 0 || threes === 0) return false;
  return local.every((time) => weekdayOf(Math.floor(time / MS_PER_DAY)) <= 5);
}

import { timeAt } from "../../core/time/calendar.js";
import { dateOf, daysOf, MS_PER_DAY } from "../../core/time/civil.js";
import type { Frequency, TimeAxis } from "../../core/time/time.js";
import { marksPerStep, rulerOf } from "../../core/time/time-steps.js";

/** A stretch of local time in days since 1970-01-01, its end exclusive. */
export type Span = readonly [number, number];

/** Labels of quarters and years on this day or later stand at the end of their period. */
const END_LABEL = 29;

/**
 * The stretch of local time that a step of an axis covers: clock times, days and weeks from their label on, months, quarters
 * and years by the calendar, those labelled by their last day too.
 */
export function spanOfStep(axis: TimeAxis, step: number): Span {
  const { local } = timeAt(axis, step);
  const { frequency } = axis;
  const marks = marksPerStep(frequency);
  const day = Math.floor(local / MS_PER_DAY);
  switch (rulerOf(frequency.unit)) {
    case "clock":
      return [local / MS_PER_DAY, (local + marks) / MS_PER_DAY];
    case "month":
      return spanOfMonths(day, marks, frequency);
    case "day":
      return [day, day + marks];
    default:
      return [day, day + 1];
  }
}

/** Begins and ends of many steps, one after the other. */
export interface StepSpans {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

interface Kept extends StepSpans {
  readonly from: number;
}

const latest = new WeakMap<TimeAxis, Kept>();

/** The stretches of `count` steps from step `from` on; asked for again they are not worked out anew. */
export function spansOfSteps(axis: TimeAxis, from: number, count: number): StepSpans {
  const known = latest.get(axis);
  if (known !== undefined && known.from === from && known.starts.length === count) return known;
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  for (let h = 0; h < count; h++) [starts[h], ends[h]] = spanOfStep(axis, from + h);
  latest.set(axis, { from, starts, ends });
  return { starts, ends };
}

function spanOfMonths(label: number, marks: number, frequency: Frequency): Span {
  const { year, month } = dateOf(label);
  const ends = marks > 1 && (frequency.day ?? 0) >= END_LABEL;
  const first = year * 12 + month - 1 - (ends ? marks - 1 : 0);
  return [firstOf(first), firstOf(first + marks)];
}

/** The first day of a month counted from the year 0. */
function firstOf(months: number): number {
  const year = Math.floor(months / 12);
  return daysOf(year, months - 12 * year + 1, 1);
}

/** Whether steps are days or shorter. */
export function isUpToADay({ unit, count }: Frequency): boolean {
  const ruler = rulerOf(unit);
  if (ruler === "clock") return marksPerStep({ unit, count }) <= MS_PER_DAY;
  return ruler === "business" || (ruler === "day" && marksPerStep({ unit, count }) === 1);
}

/** Whether steps are weeks or shorter. */
export function isUpToAWeek(frequency: Frequency): boolean {
  if (isUpToADay(frequency)) return true;
  return rulerOf(frequency.unit) === "day" && marksPerStep(frequency) <= 7;
}

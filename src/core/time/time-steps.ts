import { businessOrdinal, dateOf, daysInMonth, daysOf, daysOfBusiness, MS_PER_DAY } from "./civil.js";
import type { Frequency, TimeUnit } from "./time.js";

/** What a unit counts in: milliseconds, days, working days, months, or nothing but numbers. */
export type Ruler = "clock" | "day" | "business" | "month" | "index";

const RULERS: Readonly<Record<TimeUnit, readonly [Ruler, number]>> = {
  index: ["index", 1],
  second: ["clock", 1000],
  minute: ["clock", 60_000],
  hour: ["clock", 3_600_000],
  day: ["day", 1],
  week: ["day", 7],
  "business-day": ["business", 1],
  month: ["month", 1],
  quarter: ["month", 3],
  year: ["month", 12],
};

export function rulerOf(unit: TimeUnit): Ruler {
  return RULERS[unit][0];
}

/** How many marks of its ruler a step spans: 3 months, 1,800,000 milliseconds. */
export function marksPerStep(frequency: Frequency): number {
  return RULERS[frequency.unit][1] * frequency.count;
}

/** The mark of a ruler that a local time (milliseconds since 1970-01-01T00:00, or an index) lies on or after. */
export function markOf(ruler: Ruler, time: number): number {
  if (ruler === "clock" || ruler === "index") return time;
  const days = Math.floor(time / MS_PER_DAY);
  if (ruler === "day") return days;
  if (ruler === "business") return businessOrdinal(days);
  const { year, month } = dateOf(days);
  return year * 12 + month - 1;
}

/**
 * The local time some steps after (or before) another, the clock kept.
 *
 * @param day day of the month aimed for; where a month is too short, its last day.
 */
export function stepTime(time: number, frequency: Frequency, steps: number, day: number): number {
  const ruler = rulerOf(frequency.unit);
  const marks = marksPerStep(frequency) * steps;
  if (ruler === "clock" || ruler === "index") return time + marks;
  const days = Math.floor(time / MS_PER_DAY);
  const clock = time - days * MS_PER_DAY;
  return daysAfter(ruler, days, marks, day) * MS_PER_DAY + clock;
}

function daysAfter(ruler: Ruler, days: number, marks: number, day: number): number {
  if (ruler === "day") return days + marks;
  if (ruler === "business") return daysOfBusiness(businessOrdinal(days) + marks);
  const mark = markOf("month", days * MS_PER_DAY) + marks;
  const year = Math.floor(mark / 12);
  const month = mark - 12 * year + 1;
  return daysOf(year, month, Math.min(day, daysInMonth(year, month)));
}

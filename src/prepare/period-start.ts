import { dateOf, daysOf, MS_PER_DAY } from "../core/time/civil.js";
import type { Frequency, TimeUnit } from "../core/time/time.js";
import { marksPerStep, rulerOf, stepTime } from "../core/time/time-steps.js";

/** 1970-01-01 was a Thursday; ISO weeks begin on Mondays. */
const DAYS_TO_MONDAY = 3;

/**
 * Where the period that a local time lies in begins, in local milliseconds since 1970-01-01T00:00: weeks on Monday, months,
 * quarters and years on their first day, `count` of them together from the first of the calendar on.
 */
export function periodStart(local: number, frequency: Frequency): number {
  const ruler = rulerOf(frequency.unit);
  const marks = marksPerStep(frequency);
  if (ruler === "clock") return Math.floor(local / marks) * marks;
  const days = Math.floor(local / MS_PER_DAY);
  if (ruler === "month") {
    const { year, month } = dateOf(days);
    const first = Math.floor((year * 12 + month - 1) / marks) * marks;
    return daysOf(Math.floor(first / 12), (first % 12) + 1, 1) * MS_PER_DAY;
  }
  const shift = frequency.unit === "week" ? DAYS_TO_MONDAY : 0;
  return (Math.floor((days + shift) / marks) * marks - shift) * MS_PER_DAY;
}

/** Where the period that a local time lies in ends, which is where the next one begins. */
export function periodEnd(local: number, frequency: Frequency): number {
  return stepTime(periodStart(local, frequency), frequency, 1, 1);
}

const STYLES: Readonly<Partial<Record<TimeUnit, string>>> = {
  year: "YYYY",
  quarter: "YYYY-[Q]Q",
  month: "YYYY-MM",
  week: "YYYY-MM-DD",
  day: "YYYY-MM-DD",
};

/** How the times of periods are written. */
export function styleOfPeriods({ unit }: Frequency): string {
  return STYLES[unit] ?? "YYYY-MM-DD[T]HH:mm:ss";
}

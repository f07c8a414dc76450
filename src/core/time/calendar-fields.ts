import { timeAt } from "./calendar.js";
import { dateOf, daysOf, MS_PER_DAY, weekdayOf } from "./civil.js";
import type { TimeAxis } from "./time.js";

/** Parts of a date as features: ISO weekday Monday 1 to Sunday 7; day of the year from 1; hour 0 to 23. */
export interface CalendarFields {
  readonly year: number;
  readonly quarter: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly dayOfYear: number;
  readonly hour: number;
  readonly minute: number;
}

/** Year, month, weekday (Monday is 1) … of time `index` (from 0) of an axis in its local time; null for an index, which has none. */
export function calendarFields(axis: TimeAxis, index: number): CalendarFields | null {
  if (axis.frequency.unit === "index") return null;
  const { local } = timeAt(axis, index);
  const days = Math.floor(local / MS_PER_DAY);
  const { year, month, day } = dateOf(days);
  const clock = local - days * MS_PER_DAY;
  return {
    year,
    quarter: Math.floor((month + 2) / 3),
    month,
    day,
    weekday: weekdayOf(days),
    dayOfYear: days - daysOf(year, 1, 1) + 1,
    hour: Math.floor(clock / 3_600_000),
    minute: Math.floor(clock / 60_000) % 60,
  };
}

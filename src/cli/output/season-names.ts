import type { Series } from "../../core/series.js";
import { timeAt } from "../../core/time/calendar.js";
import type { TimeUnit } from "../../core/time/time.js";

/** How the steps of a season are called. */
interface StepNames {
  /** What they are, for the axis. */
  readonly title: string;
  readonly names: (row: number) => string;
}

/** Seasons whose steps have names of their own: their unit, their length, what a step is and how its time is written. */
const NAMED: readonly (readonly [TimeUnit, number, string, (time: Date) => string])[] = [
  ["hour", 24, "hour", (time) => time.toISOString().slice(11, 16)],
  ["day", 7, "day of the week", (time) => written(time, { weekday: "short" })],
  ["month", 12, "month", (time) => written(time, { month: "short" })],
  ["quarter", 4, "quarter", (time) => `Q${Math.floor(time.getUTCMonth() / 3) + 1}`],
];

/** Weekdays, months, quarters or hours, where the season is a week, a year or a day; null of other seasons. */
export function stepNames({ time, period }: Series): StepNames | null {
  if (time === null || time.frequency.count !== 1) return null;
  const found = NAMED.find(([unit, length]) => unit === time.frequency.unit && length === period);
  if (found === undefined) return null;
  const [, , title, write] = found;
  return { title, names: (row) => write(new Date(timeAt(time, row).local)) };
}

function written(time: Date, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en", { ...parts, timeZone: "UTC" }).format(time);
}

const YEAR_BEGINS = /^(\d{4})(?:-01(?:-01)?|-?Q1)$/;
const YEAR_ENDS = /^(\d{4})(?:-1[0-2](?:-\d\d)?|-?Q4)$/;

/** A season by its first and last time; by their year or date where it is one year or one day. */
export function spanNamed(first: string, last: string): string {
  const year = YEAR_BEGINS.exec(first)?.[1];
  if (year !== undefined && YEAR_ENDS.exec(last)?.[1] === year) return year;
  const [day] = first.split(/[ T]/) as [string];
  return day !== first && last.startsWith(day) ? day : `${first} to ${last}`;
}

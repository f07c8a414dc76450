import { dateOf, daysInMonth, MS_PER_DAY } from "../core/civil.js";
import type { Groups } from "./groups.js";

/** A row on another day of its month than nearly all others. */
export interface OddDay {
  readonly row: number;
  /** The day of the others; 31 for the last of the month. */
  readonly day: number;
}

/** Share of rows that have to agree for the others to be odd. */
const MOST = 0.75;

/** Days of the month per series when each row has the same one or the last of a shorter month; else null. */
export function monthDays({ ids, rows, starts }: Groups, local: Float64Array): Int32Array | null {
  const days = new Int32Array(ids.length);
  for (let series = 0; series < ids.length; series++) {
    const own = rows.subarray(starts[series]!, starts[series + 1]!);
    const day = dayAimedFor(own, local);
    if (day === null) return null;
    days[series] = day;
  }
  return days;
}

function dayAimedFor(rows: Int32Array, local: Float64Array): number | null {
  let latest = 0;
  let allEnds = true;
  for (const row of rows) {
    const { year, month, day } = dateOf(Math.floor(local[row]! / MS_PER_DAY));
    latest = Math.max(latest, day);
    if (day !== daysInMonth(year, month)) allEnds = false;
  }
  const aim = allEnds ? 31 : latest;
  const agrees = rows.every((row) => {
    const { year, month, day } = dateOf(Math.floor(local[row]! / MS_PER_DAY));
    return day === Math.min(aim, daysInMonth(year, month));
  });
  return agrees ? aim : null;
}

/** For months that are given, not found: month ends where all rows lie near them, else the first row's day. */
export function looseDays({ ids, rows, starts }: Groups, local: Float64Array): Int32Array {
  return Int32Array.from(ids, (_, series) => {
    const own = rows.subarray(starts[series]!, starts[series + 1]!);
    const late = own.every((row) => dateOf(Math.floor(local[row]! / MS_PER_DAY)).day >= 26);
    return late ? 31 : 0;
  });
}

/** The first row that breaks the day of the month that three rows of four keep; null where there is no such day. */
export function oddDay({ rows }: Groups, local: Float64Array): OddDay | null {
  const counts = new Float64Array(32);
  let ends = 0;
  for (const row of rows) {
    const { year, month, day } = dateOf(Math.floor(local[row]! / MS_PER_DAY));
    counts[day]!++;
    if (day === daysInMonth(year, month)) ends++;
  }
  const usual = counts.indexOf(Math.max(...counts));
  const day = ends >= MOST * rows.length ? 31 : usual;
  if (day !== 31 && counts[usual]! < MOST * rows.length) return null;
  const row = rows.find((candidate) => {
    const date = dateOf(Math.floor(local[candidate]! / MS_PER_DAY));
    return date.day !== Math.min(day, daysInMonth(date.year, date.month));
  });
  return row === undefined ? null : { row, day };
}

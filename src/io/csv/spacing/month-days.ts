import { dateOf, daysInMonth, MS_PER_DAY } from "../../../core/time/civil.js";
import { largestOf } from "../../../math/extremes.js";
import type { Groups } from "./groups.js";

/** A row on another day of its month than nearly all others. */
export interface OddDay {
  readonly place: number;
  /** The day of the others; 31 for the last of the month. */
  readonly day: number;
}

/** Share of rows that have to agree for the others to be odd. */
const MOST = 0.75;

/** Days of the month per series when each row has the same one or the last of a shorter month; else null. */
export function monthDays({ ids, starts }: Groups, local: Float64Array): Int32Array | null {
  const days = new Int32Array(ids.length);
  for (let series = 0; series < ids.length; series++) {
    const day = dayAimedFor(local.subarray(starts[series]!, starts[series + 1]!));
    if (day === null) return null;
    days[series] = day;
  }
  return days;
}

function dayAimedFor(times: Float64Array): number | null {
  let latest = 0;
  let allEnds = true;
  for (const time of times) {
    const { year, month, day } = dateOf(Math.floor(time / MS_PER_DAY));
    latest = Math.max(latest, day);
    if (day !== daysInMonth(year, month)) allEnds = false;
  }
  const aim = allEnds ? 31 : latest;
  return times.every((time) => isOn(aim, time)) ? aim : null;
}

/** Whether a time lies on a day of the month, or on the last of a month too short for it. */
function isOn(aim: number, time: number): boolean {
  const { year, month, day } = dateOf(Math.floor(time / MS_PER_DAY));
  return day === Math.min(aim, daysInMonth(year, month));
}

/** For months that are given, not found: month ends where all rows lie near them, else the first row's day. */
export function looseDays({ ids, starts }: Groups, local: Float64Array): Int32Array {
  return Int32Array.from(ids, (_, series) => {
    const own = local.subarray(starts[series]!, starts[series + 1]!);
    return own.every((time) => dateOf(Math.floor(time / MS_PER_DAY)).day >= 26) ? 31 : 0;
  });
}

/** The first row that breaks the day of the month that three rows of four keep; null where there is no such day. */
export function oddDay(local: Float64Array): OddDay | null {
  const counts = new Float64Array(32);
  let ends = 0;
  for (const time of local) {
    counts[dateOf(Math.floor(time / MS_PER_DAY)).day]!++;
    if (isOn(31, time)) ends++;
  }
  const usual = counts.indexOf(largestOf(counts));
  const day = ends >= MOST * local.length ? 31 : usual;
  if (day !== 31 && counts[usual]! < MOST * local.length) return null;
  const place = local.findIndex((time) => !isOn(day, time));
  return place < 0 ? null : { place, day };
}

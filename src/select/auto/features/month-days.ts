import type { Note } from "../../../core/model.js";
import type { Series } from "../../../core/series.js";
import { calendarFields } from "../../../core/time/calendar-fields.js";
import type { TimeAxis } from "../../../core/time/time.js";
import { medianOf, NORMAL_MAD } from "../../../diagnostics/summary.js";

/** Values between which such days are looked for: four months, and what is fitted quickly. */
const LEAST = 120;
const MOST = 5000;
/** Weeks on each side whose same weekday gives the usual value. */
const WEEKS = 3;
const A_WEEK = 7;
/** Distance from it in robust standard deviations, share of the days that must have it, how many of these, and days of the month at most. */
const FAR = 5;
const SHARE = 0.8;
const SEEN = 4;
const MOST_DAYS = 3;
/** The key of the last day of a month, which others may be as well. */
const LAST = 0;

/**
 * A warning about days of the month (pay days, the last one) whose values are nearly always far from those of the same weekday in the weeks
 * around; null where there are none. Models know no season of a month, since months differ in length: they need a regressor.
 */
export function monthDaysNote(series: Series): Note | null {
  const { id, time, y, inputs } = series;
  const isDaily = time !== null && time.frequency.unit === "day" && time.frequency.count === 1;
  if (!isDaily || inputs.names.length > 0 || y.length < LEAST || y.length > MOST) return null;
  const days = unusualDays(time, y);
  if (days.length === 0 || days.length > MOST_DAYS) return null;
  const remedy = days.every((day) => day === LAST)
    ? "--calendar month-end forecasts them"
    : "give these days as events (--events) to forecast them";
  return {
    code: "days-of-month",
    severity: "warning",
    message: `Values of ${id} on ${days.map(nameOf).join(" and ")} of the month are far from the usual ones, which auto does not forecast: ${remedy}.`,
    details: { days: days.map((day) => (day === LAST ? "last" : day)) },
  };
}

const nameOf = (day: number) => (day === LAST ? "the last day" : `day ${day}`);

function unusualDays(time: TimeAxis, y: Float64Array): readonly number[] {
  const away = y.map((value, t) => value - usualAt(y, t));
  const known = away.filter((value) => !Number.isNaN(value));
  const limit = FAR * NORMAL_MAD * medianOf(known.map(Math.abs));
  // Without three far values for each month nothing needs dates, which take time.
  const far = known.filter((value) => Math.abs(value) > limit).length;
  if (!(limit > 0) || far < SEEN || far > y.length / A_WEEK) return [];
  const byDay = new Map<number, number[]>();
  away.forEach((value, t) => {
    if (Number.isNaN(value)) return;
    const { day } = calendarFields(time, t)!;
    const keys = day < 28 || calendarFields(time, t + 1)!.day !== 1 ? [day] : [LAST, day];
    for (const key of keys) byDay.set(key, [...(byDay.get(key) ?? []), value]);
  });
  const found = [...byDay].filter(([, values]) => isUnusual(values, limit)).map(([day]) => day);
  return (found.includes(LAST) ? found.filter((day) => day < 28) : found).sort((a, b) => a - b);
}

function isUnusual(values: readonly number[], limit: number): boolean {
  const beyond = (side: number) => values.filter((value) => side * value > limit).length;
  return values.length >= SEEN && Math.max(beyond(1), beyond(-1)) >= SHARE * values.length;
}

function usualAt(y: Float64Array, t: number): number {
  const near: number[] = [];
  for (let k = -WEEKS; k <= WEEKS; k++) {
    const value = y[t + k * A_WEEK] ?? Number.NaN;
    if (k !== 0 && !Number.isNaN(value)) near.push(value);
  }
  return near.length < WEEKS ? Number.NaN : medianOf(Float64Array.from(near));
}

import { daysInMonth, daysOf, isDate, MS_PER_DAY } from "../core/time/civil.js";

/**
 * The local milliseconds at which a written time begins and ends (exclusive): `2020`, `2020-03`, `2020-03-15`, `2020-03-15T06:00`; a year,
 * month, day, hour or minute is the whole of it. Null for anything else.
 */
export function writtenSpan(text: string): { readonly start: number; readonly end: number } | null {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2})(?::(\d{2})(?::(\d{2}))?)?)?)?)?$/.exec(
    text.trim(),
  );
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)));
  if (!isDate(year!, month ?? 1, day ?? 1) || (hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59)
    return null;
  const start =
    daysOf(year!, month ?? 1, day ?? 1) * MS_PER_DAY +
    (((hour ?? 0) * 60 + (minute ?? 0)) * 60 + (second ?? 0)) * 1000;
  if (second !== undefined) return { start, end: start + 1000 };
  if (minute !== undefined) return { start, end: start + 60_000 };
  if (hour !== undefined) return { start, end: start + 3_600_000 };
  const days =
    day !== undefined
      ? 1
      : month !== undefined
        ? daysInMonth(year!, month)
        : daysOf(year! + 1, 1, 1) - daysOf(year!, 1, 1);
  return { start, end: start + days * MS_PER_DAY };
}

import { monthNumber } from "../../core/time-style.js";
import type { Profile } from "./profile.js";

/** Names of columns that hold one part of a time, and what such a part looks like. */
const PARTS = {
  year: { names: /^(year|yr|yyyy)$/i, cell: (text: string) => /^[12]\d{3}$/.test(text) },
  quarter: { names: /^(quarter|qtr|q)$/i, cell: (text: string) => /^Q?[1-4]$/i.test(text) },
  month: {
    names: /^(month|mon|mo|mm|mnth)$/i,
    cell: (text: string) => between(text, 1, 12) || monthNumber(text) > 0,
  },
  day: { names: /^(day|dd|dom|day_of_month)$/i, cell: (text: string) => between(text, 1, 31) },
  hour: { names: /^(hour|hr|hh|h)$/i, cell: (text: string) => between(text, 0, 23) },
  clock: {
    names: /time|clock|hour/i,
    cell: (text: string) => /^\d{1,2}:\d\d(:\d\d)?(\s?[AP]M)?$/i.test(text),
  },
} as const;

function between(text: string, low: number, high: number): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) >= low && Number(text) <= high;
}

/**
 * Columns that together say the time: year and month or quarter, with day and hour behind; or a date and the time of
 * day. Empty where there are none.
 *
 * @param dated the column that has dates, if any.
 */
export function timeParts(columns: readonly Profile[], dated: Profile | undefined): number[] {
  const part = (kind: keyof typeof PARTS) =>
    columns.find(
      ({ name, cells, blank }) => !blank && PARTS[kind].names.test(name) && cells.every(PARTS[kind].cell),
    );
  const clock = part("clock") ?? part("hour");
  if (dated !== undefined) {
    const bare = dated.cells.every((cell) => !cell.includes(":"));
    return bare && clock !== undefined ? [dated.position, clock.position] : [];
  }
  const year = part("year");
  const month = part("month");
  const within = month ?? part("quarter");
  if (year === undefined || within === undefined) return [];
  const day = month === undefined ? undefined : part("day");
  const found = [year, within, ...(day === undefined ? [] : [day, ...(clock === undefined ? [] : [clock])])];
  return found.map(({ position }) => position);
}

/** What stands before each part of a time when they are joined. */
export function timeMarks(columns: readonly Profile[]): string[] {
  return columns.map(({ name, cells }, index) => {
    if (index === 0) return "";
    if (PARTS.clock.names.test(name) || PARTS.hour.names.test(name)) return " ";
    return PARTS.quarter.names.test(name) && cells.every((cell) => between(cell, 1, 4)) ? "-Q" : "-";
  });
}

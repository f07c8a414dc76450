import { MS_PER_DAY } from "../../../core/time/civil.js";

/**
 * Dates kept as written until a whole column tells the century of their years or the language of their months: year,
 * month (or number of the word that names it), day and clock in one number.
 */
export function pack(year: number, month: number, day: number, clock: number): number {
  return ((year * 100 + month) * 100 + day) * MS_PER_DAY + clock;
}

/** The fields of `pack`. */
export function unpack(raw: number): { year: number; month: number; day: number; clock: number } {
  const date = Math.floor(raw / MS_PER_DAY);
  return {
    year: Math.floor(date / 10_000),
    month: Math.floor(date / 100) % 100,
    day: date % 100,
    clock: raw - date * MS_PER_DAY,
  };
}

/**
 * Dates as whole numbers: days and milliseconds since 1970-01-01 on the proleptic Gregorian calendar, in
 * whatever local time the data speak. A date costs a few integer operations and no object of a date library.
 */

export const MS_PER_DAY = 86_400_000;

export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days in a month, 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : LENGTHS[month - 1]!;
}

/**
 * Days from 1970-01-01 to a date. Years are counted from March, so that the leap day comes last in its year
 * (H. Hinnant, "chrono-compatible low-level date algorithms", 2013).
 */
export function daysOf(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date that lies `days` after 1970-01-01; the inverse of `daysOf`. */
export function dateOf(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** Whether the date exists. */
export function isDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** ISO weekday: Monday 1 to Sunday 7. */
export function weekdayOf(days: number): number {
  const sinceMonday = (days + 3) % 7;
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1;
}

/** The Monday of an ISO week; week 1 holds 4 January. */
export function daysOfWeek(isoYear: number, week: number): number {
  const fourth = daysOf(isoYear, 1, 4);
  return fourth - (weekdayOf(fourth) - 1) + 7 * (week - 1);
}

/** The ISO week a day lies in, and the year that week belongs to. */
export function weekOf(days: number): { readonly isoYear: number; readonly week: number } {
  const thursday = days - weekdayOf(days) + 4;
  const isoYear = dateOf(thursday).year;
  return { isoYear, week: 1 + Math.floor((thursday - daysOf(isoYear, 1, 1)) / 7) };
}

/** Working days (Monday to Friday) since Monday 1970-01-05; a weekend counts as the Monday after it. */
export function businessOrdinal(days: number): number {
  const sinceMonday = days - 4;
  const week = Math.floor(sinceMonday / 7);
  return 5 * week + Math.min(sinceMonday - 7 * week, 5);
}

/** The day of a working-day number; the inverse of `businessOrdinal` on working days. */
export function daysOfBusiness(ordinal: number): number {
  const week = Math.floor(ordinal / 5);
  return 4 + 7 * week + (ordinal - 5 * week);
}

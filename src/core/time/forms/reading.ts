import { daysInMonth, daysOf, daysOfWeek, isDate, isLeapYear, MS_PER_DAY, weekOf } from "../civil.js";

/** What a written time stands for: a moment of a day, or a whole week, month, quarter, half or year. */
export type Grain = "date" | "week" | "month" | "quarter" | "half" | "year";

/** One way to read the date in a cell. */
export interface DateReading {
  /** Key of the form in the table of forms. */
  readonly form: string;
  readonly grain: Grain;
  /** Two digits where `shortYear`. */
  readonly year: number;
  readonly shortYear: boolean;
  /** Month 1 to 12; week of the ISO year for weeks; 0 where `word` names the month. */
  readonly month: number;
  /** Name of the month as written; null where the month is a number. */
  readonly word: string | null;
  /** Day of the month; weekday for weeks; day of the year for days counted through the year. */
  readonly day: number;
  /** Pattern the cell is written in, see `time-style.ts`. */
  readonly style: string;
}

/** One way to read a cell. */
export interface TimeReading extends DateReading {
  /** Milliseconds since midnight. */
  readonly clock: number;
  /** Minutes ahead of UTC; null where the text says nothing. */
  readonly offset: number | null;
  /** Name of a zone whose offset is not known, such as IST; null where none is written. */
  readonly zone: string | null;
}

/** Whether the date exists, in a leap year where the century is not known. */
export function isPossible({ form, grain, year, shortYear, month, word, day }: DateReading): boolean {
  const full = shortYear ? 4 : year;
  if (form === "day-of-year") return day >= 1 && day <= (isLeapYear(full) ? 366 : 365);
  if (grain === "week") {
    if (shortYear) return month >= 1 && month <= 53;
    return month >= 1 && month <= 53 && weekOf(daysOfWeek(year, month)).isoYear === year;
  }
  return word === null ? isDate(full, month, day) : day >= 1 && day <= 31;
}

/** Local milliseconds since 1970-01-01T00:00 of a reading whose month is a number; NaN where there is no such day. */
export function momentOf({ form, grain, year, month, day, clock }: TimeReading): number {
  if (grain === "week") return (daysOfWeek(year, month) + day - 1) * MS_PER_DAY + clock;
  if (form !== "day-of-year" && day > daysInMonth(year, month)) return Number.NaN;
  return daysOf(year, month, day) * MS_PER_DAY + clock;
}

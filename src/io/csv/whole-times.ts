import { daysOf, isDate, MS_PER_DAY } from "../../core/civil.js";
import type { Frequency } from "../../core/time.js";

/** What a column of whole numbers counts. */
export type WholeMeaning = "index" | "year" | "month" | "date" | "seconds" | "milliseconds";

export const WHOLE_STYLES: Readonly<Record<WholeMeaning, string>> = {
  index: "index",
  year: "Y",
  month: "YYYYMM",
  date: "YYYYMMDD",
  seconds: "X",
  milliseconds: "x",
};

/**
 * What a whole column of whole numbers says: `20240131` and `202401` where all are dates of the years 1000 to 2999,
 * seconds since 1970 from 10^8 (1973) to 10^10, milliseconds from 10^11 to 10^14, years where the last lies in 1500
 * to 2200 and the first is one of four digits or before year 0; else an index.
 */
export function wholeMeaning(values: Float64Array, frequency: Frequency | null): WholeMeaning {
  if (frequency?.unit === "index") return "index";
  if (values.every(isCompactDate)) return "date";
  if (values.every(isCompactMonth)) return "month";
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low >= 1e8 && high < 1e10) return "seconds";
  if (low >= 1e11 && high < 1e14) return "milliseconds";
  const yearly = frequency?.unit === "year";
  if (yearly || (high >= 1500 && high <= 2200 && (low >= 1000 || low < 0))) return "year";
  return "index";
}

/** Local milliseconds of a whole number; the number itself for an index. */
export function wholeTime(value: number, meaning: WholeMeaning): number {
  switch (meaning) {
    case "year":
      return daysOf(value, 1, 1) * MS_PER_DAY;
    case "month":
      return daysOf(Math.floor(value / 100), value % 100, 1) * MS_PER_DAY;
    case "date":
      return daysOf(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100) * MS_PER_DAY;
    case "seconds":
      return value * 1000;
    case "index":
    case "milliseconds":
      return value;
  }
}

function isCompactDate(value: number): boolean {
  const year = Math.floor(value / 10_000);
  return year >= 1000 && year < 3000 && isDate(year, Math.floor(value / 100) % 100, value % 100);
}

function isCompactMonth(value: number): boolean {
  const year = Math.floor(value / 100);
  return year >= 1000 && year < 3000 && isDate(year, value % 100, 1);
}

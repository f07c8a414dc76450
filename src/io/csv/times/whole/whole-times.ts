import { daysOf, daysOfWeek, isDate, isLeapYear, MS_PER_DAY, weekOf } from "../../../../core/time/civil.js";
import type { Grain } from "../../../../core/time/forms/index.js";
import { SPREADSHEET_EPOCH } from "../../../../core/time/time-style.js";

/** Something that numbers can count or write, and the time that one of them stands for. */
export interface WholeForm {
  readonly key: string;
  /** What the form is, as messages and docs call it. */
  readonly name: string;
  readonly grain: Grain | "index";
  readonly style: string;
  readonly examples: readonly string[];
  /** Local milliseconds of a number; UTC milliseconds where `instant`; NaN where it stands for no time. */
  time(value: number): number;
  readonly instant?: boolean;
  /** Numbers of so many digits only. */
  readonly digits?: readonly number[];
  /** Behind all usual readings: taken where no other has a step. */
  readonly rare?: boolean;
}

const NONE = Number.NaN;
const EARLIEST = 1500;
const LATEST = 2200;
const tail = (value: number, size: number) => value % size;
const head = (value: number, size: number) => Math.floor(value / size);

function dayOf(year: number, month: number, day: number): number {
  return year >= 1000 && year < 3000 && isDate(year, month, day)
    ? daysOf(year, month, day) * MS_PER_DAY
    : NONE;
}

function dateIn(value: number): number {
  return dayOf(head(value, 10_000), tail(head(value, 100), 100), tail(value, 100));
}

function within(year: number, time: number): number {
  return year >= EARLIEST && year <= LATEST ? time : NONE;
}

function hourOf(value: number, size: number, clock: (rest: number) => number): number {
  return dateIn(head(value, size)) + clock(tail(value, size));
}

function clockOf(hour: number, minute: number, second: number): number {
  const endOfDay = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !endOfDay) || minute > 59 || second > 59) return NONE;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

function weekTime(year: number, week: number): number {
  if (year < EARLIEST || year > LATEST || week < 1 || week > 53) return NONE;
  const monday = daysOfWeek(year, week);
  return weekOf(monday).isoYear === year ? monday * MS_PER_DAY : NONE;
}

function shortYear(year: number): number {
  return year < 50 ? 2000 + year : 1900 + year;
}

/** All forms of times that are digits alone: the one table of them, the usual ones first. */
export const WHOLE_FORMS: readonly WholeForm[] = [
  {
    key: "date",
    name: "year, month, day",
    grain: "date",
    style: "YYYYMMDD",
    examples: ["20240131"],
    digits: [8],
    time: dateIn,
  },
  {
    key: "month",
    name: "year and month",
    grain: "month",
    style: "YYYYMM",
    examples: ["202401"],
    digits: [6],
    time: (value) => within(head(value, 100), dayOf(head(value, 100), tail(value, 100), 1)),
  },
  {
    key: "week",
    name: "ISO year and week",
    grain: "week",
    style: "GGGGWW",
    examples: ["202452"],
    digits: [6],
    time: (value) => weekTime(head(value, 100), tail(value, 100)),
  },
  {
    key: "short-date",
    name: "two-digit year, month, day",
    grain: "date",
    style: "YYMMDD",
    examples: ["240131"],
    digits: [6],
    time: (value) => dayOf(shortYear(head(value, 10_000)), tail(head(value, 100), 100), tail(value, 100)),
  },
  {
    key: "short-month",
    name: "two-digit year and month",
    grain: "month",
    style: "YYMM",
    examples: ["2312 and 2401"],
    digits: [4],
    rare: true,
    time: (value) => dayOf(shortYear(head(value, 100)), tail(value, 100), 1),
  },
  {
    key: "quarter",
    name: "year and quarter",
    grain: "quarter",
    style: "YYYYQ",
    examples: ["20241 to 20244"],
    digits: [5],
    time: (value) =>
      tail(value, 10) >= 1 && tail(value, 10) <= 4
        ? within(head(value, 10), dayOf(head(value, 10), 3 * tail(value, 10) - 2, 1))
        : NONE,
  },
  {
    key: "day-of-year",
    name: "year and day of the year",
    grain: "date",
    style: "YYYY{DDD}",
    examples: ["2024031"],
    digits: [7],
    time: (value) => {
      const [year, day] = [head(value, 1000), tail(value, 1000)];
      const last = isLeapYear(year) ? 366 : 365;
      return within(year, day >= 1 && day <= last ? (daysOf(year, 1, 1) + day - 1) * MS_PER_DAY : NONE);
    },
  },
  {
    key: "fiscal-period",
    name: "year and period of three digits",
    grain: "month",
    style: "YYYY[0]MM",
    examples: ["2024001 to 2024012"],
    digits: [7],
    time: (value) =>
      tail(value, 1000) <= 12
        ? within(head(value, 1000), dayOf(head(value, 1000), tail(value, 1000), 1))
        : NONE,
  },
  {
    key: "day-first",
    name: "day, month, year",
    grain: "date",
    style: "DDMMYYYY",
    examples: ["31012024"],
    digits: [8],
    rare: true,
    time: (value) =>
      within(
        tail(value, 10_000),
        dayOf(tail(value, 10_000), tail(head(value, 10_000), 100), head(value, 1e6)),
      ),
  },
  {
    key: "month-first",
    name: "month, day, year",
    grain: "date",
    style: "MMDDYYYY",
    examples: ["01312024"],
    digits: [8],
    rare: true,
    time: (value) =>
      within(
        tail(value, 10_000),
        dayOf(tail(value, 10_000), head(value, 1e6), tail(head(value, 10_000), 100)),
      ),
  },
  {
    key: "hour",
    name: "year, month, day, hour",
    grain: "date",
    style: "YYYYMMDDHH",
    examples: ["2024013105"],
    digits: [10],
    time: (value) => hourOf(value, 100, (rest) => clockOf(rest, 0, 0)),
  },
  {
    key: "minute",
    name: "year, month, day, hour, minute",
    grain: "date",
    style: "YYYYMMDDHHmm",
    examples: ["202401310500"],
    digits: [12],
    time: (value) => hourOf(value, 10_000, (rest) => clockOf(head(rest, 100), tail(rest, 100), 0)),
  },
  {
    key: "second",
    name: "year, month, day, hour, minute, second",
    grain: "date",
    style: "YYYYMMDDHHmmss",
    examples: ["20240131050000"],
    digits: [14],
    time: (value) =>
      hourOf(value, 1e6, (rest) => clockOf(head(rest, 10_000), tail(head(rest, 100), 100), tail(rest, 100))),
  },
  {
    key: "seconds",
    name: "seconds since 1970",
    grain: "date",
    style: "X",
    examples: ["1706659200"],
    instant: true,
    time: (value) => (value >= 1e8 && value < 1e10 ? value * 1000 : NONE),
  },
  {
    key: "milliseconds",
    name: "milliseconds since 1970",
    grain: "date",
    style: "x",
    examples: ["1706659200000"],
    instant: true,
    time: (value) => (value >= 1e11 && value < 1e14 ? value : NONE),
  },
  {
    key: "year",
    name: "year",
    grain: "year",
    style: "Y",
    examples: ["2024"],
    time: (value) => daysOf(value, 1, 1) * MS_PER_DAY,
  },
  {
    key: "spreadsheet",
    name: "day number of a spreadsheet",
    grain: "date",
    style: "{excel 0}",
    examples: ["45322"],
    digits: [5],
    // To the second, since the fractions of days that stand for hours are rounded.
    time: (value) =>
      value >= 20_000 && value < 80_000 ? Math.round((value - SPREADSHEET_EPOCH) * 86_400) * 1000 : NONE,
  },
];

export const INDEX_FORM: WholeForm = {
  key: "index",
  name: "count",
  grain: "index",
  style: "index",
  examples: ["17"],
  time: (value) => value,
};

/** Whether all numbers lie where years do: the last in 1500 to 2200, the first of four digits or before year 0. */
export function areYears(values: Float64Array): boolean {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high >= EARLIEST && high <= LATEST && (low >= 1000 || low < 0);
}

/** The forms in which all numbers are times, the usual ones first; empty where they can only be a count. */
export function wholeForms(values: Float64Array, digits: number | null): WholeForm[] {
  return WHOLE_FORMS.filter((form) => {
    if (form.key === "short-month" && !turnYear(values)) return false;
    if (form.key === "year") return areYears(values) && values.every(Number.isInteger);
    if (form.digits !== undefined && digits !== null && !form.digits.includes(digits)) return false;
    return values.every((value) => fits(form, value));
  });
}

/** Whether December and January of two-digit years stand beside each other: a count within a year looks the same. */
function turnYear(values: Float64Array): boolean {
  return values.some((value, row) => {
    const before = row > 0 ? values[row - 1]! : value;
    return Math.abs(value - before) === 89 && tail(Math.max(value, before), 100) === 1;
  });
}

function fits(form: WholeForm, value: number): boolean {
  if (form.key !== "spreadsheet" && !form.instant && !Number.isInteger(value)) return false;
  return value >= 0 && !Number.isNaN(form.time(value));
}

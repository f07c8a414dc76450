import { nearest, show } from "../checks.js";
import { usageError } from "../errors.js";
import type { Frequency, TimeUnit } from "./time.js";

/** How frequencies are written, canonical spelling first, with the words people and other tools use. */
const SPELLINGS: Readonly<Record<TimeUnit, readonly string[]>> = {
  index: ["index", "none", "step", "steps"],
  year: ["Y", "YS", "A", "AS", "year", "years", "yearly", "annual", "annually"],
  quarter: ["Q", "QS", "quarter", "quarters", "quarterly"],
  month: ["M", "MS", "mon", "month", "months", "monthly"],
  week: ["W", "week", "weeks", "weekly"],
  day: ["D", "day", "days", "daily"],
  "business-day": ["B", "BD", "business-day", "business-days", "business", "weekday", "weekdays"],
  hour: ["H", "hr", "hour", "hours", "hourly"],
  minute: ["min", "T", "mins", "minute", "minutes", "minutely"],
  second: ["S", "sec", "secs", "second", "seconds"],
};

/** Spellings that also fix the day, the last one of the month, quarter or year. */
const ENDS: Readonly<Record<string, TimeUnit>> = { ME: "month", QE: "quarter", YE: "year", AE: "year" };

const UNITS = new Map<string, TimeUnit>(
  Object.entries(SPELLINGS).flatMap(([unit, words]) =>
    words.map((word) => [word.toLowerCase(), unit as TimeUnit]),
  ),
);

const SUGGESTED = [
  "D",
  "B",
  "W",
  "M",
  "ME",
  "MS",
  "Q",
  "Y",
  "H",
  "min",
  "S",
  "index",
  "daily",
  "weekly",
  "monthly",
];
const SUGGESTED_LONG = [
  "quarterly",
  "yearly",
  "annual",
  "hourly",
  "minutely",
  "minute",
  "second",
  "business",
];

/**
 * A step of time from its short name: `D W M Q Y H min S`, `B` business days, `ME`, `QE`, `YE` for ends of
 * months, quarters and years, `index` for plain counting, each with a count in front where it is not 1.
 *
 * Words (`monthly`, `15 minutes`) and the usual variants of other tools (`MS`, `W-SUN`, `T`) are understood.
 *
 * @throws YuleError `bad-frequency`, naming the nearest.
 * @example parseFrequency("30min"); // { unit: "minute", count: 30 }
 */
export function parseFrequency(text: string): Frequency {
  const trimmed = text.trim();
  if (/^half[- ]?hourly$/i.test(trimmed)) return { unit: "minute", count: 30 };
  const match = /^(\d{1,6})?\s*([a-z][a-z-]*)$/i.exec(trimmed);
  const count = match?.[1] === undefined ? 1 : Number(match[1]);
  const word = (match?.[2] ?? "").replace(/^([a-z]{1,2})-[a-z]{3}$/i, "$1");
  if (word === "m") {
    throw usageError(
      "bad-frequency",
      "frequency",
      text,
      `The frequency ${show(text)} could be months or minutes; write ${match?.[1] ?? ""}M or ${match?.[1] ?? ""}min.`,
    );
  }
  const end = ENDS[word.toUpperCase()];
  const unit = end ?? UNITS.get(word.toLowerCase());
  if (unit === undefined || count < 1) throw unknownFrequency(text, word);
  return end === undefined ? { unit, count } : { unit, count, day: 31 };
}

function unknownFrequency(text: string, word: string): Error {
  const guess = nearest(word, [...SUGGESTED, ...SUGGESTED_LONG]);
  return usageError(
    "bad-frequency",
    "frequency",
    text,
    `The frequency ${show(text)} is not known; the nearest is ${guess}, and all are ${SUGGESTED.slice(0, 12).join(" ")}, with a count in front such as 30min.`,
  );
}

/**
 * The short name of a step of time; `parseFrequency` reads it back.
 *
 * @example formatFrequency({ unit: "minute", count: 30 }); // "30min"
 */
export function formatFrequency(frequency: Frequency): string {
  const { unit, count, day } = frequency;
  const name = SPELLINGS[unit][0]!;
  const end = day === 31 && Object.hasOwn(ENDS, `${name}E`) ? "E" : "";
  return `${count === 1 ? "" : count}${name}${end}`;
}

/** Whether two steps of time are equally long, whichever day of the month they aim for. */
export function sameStep(a: Frequency, b: Frequency): boolean {
  return a.unit === b.unit && a.count === b.count;
}

/**
 * Steps in the season that a frequency usually has: 12 for months, 4 for quarters, 52 for weeks, 7 for days,
 * 5 for business days, a day for hours and for five minutes and more, an hour for minutes, a minute for seconds;
 * 1 where there is none or it is not a whole number of steps.
 *
 * @example defaultPeriod(parseFrequency("15min")); // 96
 */
export function defaultPeriod(frequency: Frequency): number {
  return candidatePeriods(frequency)[0] ?? 1;
}

/** Steps of a frequency in the cycles worth looking at, shortest first: a day and a week for hours, and so on. */
export function candidatePeriods(frequency: Frequency): readonly number[] {
  const { unit, count } = frequency;
  return cyclesOf(unit, count)
    .filter((cycle) => cycle % count === 0 && cycle > count)
    .map((cycle) => cycle / count);
}

/** Lengths of the usual cycles in units. */
function cyclesOf(unit: TimeUnit, count: number): readonly number[] {
  switch (unit) {
    case "month":
      return [12];
    case "quarter":
      return [4];
    case "week":
      return [52];
    case "day":
      return [7, 365];
    case "business-day":
      return [5, 260];
    case "hour":
      return [24, 168];
    case "minute":
      return count < 5 ? [60, 1440] : [1440, 10_080];
    case "second":
      return count < 5 ? [60, 3600] : [3600, 86_400];
    case "year":
    case "index":
      return [];
  }
}

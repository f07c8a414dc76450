import { describe, expect, test } from "vitest";
import { DATE_FORMS } from "../../../src/core/time/forms/index.js";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { WHOLE_FORMS } from "../../../src/io/csv/times/whole/whole-times.js";
import { differences } from "../variants/check.js";
import { DAY, minutes, months, newestFirst, pad, reads, write } from "../variants/kit.js";

/** A way to write times, the form that it is, and the steps that it can express. */
interface Writing {
  readonly form: string;
  readonly pattern: string | ((date: Date) => string);
  readonly grain: "clock" | "day" | "week" | "month" | "quarter" | "half" | "year";
}

const patterns = (form: string, grain: Writing["grain"], ...all: readonly Writing["pattern"][]): Writing[] =>
  all.map((pattern) => ({ form, grain, pattern }));

const quarterOf = (date: Date) => Math.floor(date.getUTCMonth() / 3) + 1;
const halfOf = (date: Date) => Math.floor(date.getUTCMonth() / 6) + 1;
const roman = (date: Date) => ["I", "II", "III", "IV"][quarterOf(date) - 1];
const seconds = (date: Date) => date.getTime() / 1000;
const sheet = (date: Date) => String(date.getTime() / DAY + 25_569);
const years = (date: Date) => date.getUTCFullYear();

/** ISO year and week. */
function isoWeek(date: Date): readonly [number, number] {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * DAY);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return [thursday.getUTCFullYear(), 1 + Math.floor((thursday.getTime() - first) / DAY / 7)];
}
const week = (text: (year: number, week: string) => string) => (date: Date) => {
  const [year, number] = isoWeek(date);
  return text(year, pad(number));
};
const localMonth = (language: string, month: "long" | "short") => (date: Date) =>
  new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { month, timeZone: "UTC" }).format(date);
const german = localMonth("de", "long");
const french = localMonth("fr", "short");

/** Every form of the table of forms, written in ways that files have. */
const WRITINGS: readonly Writing[] = [
  ...patterns("ymd", "day", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%-m月%-d日"),
  ...patterns(
    "ymd",
    "clock",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S+02:00",
    "%Y-%m-%d %H:%M:%S.000",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M UTC",
    "%Y-%m-%d %I:%M:%S %p",
  ),
  ...patterns("ymd-basic", "clock", "%Y%m%dT%H%M%SZ", "%Y%m%d %H:%M"),
  ...patterns("dmy", "day", "%d/%m/%Y", "%-d.%-m.%Y", "%d-%m-%Y", "%d.%m.%y"),
  ...patterns(
    "dmy",
    "clock",
    "%d/%m/%Y %H:%M",
    "%-d.%-m.%Y %-H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y, %H:%M Uhr",
    "%d/%m/%Y %Hh%M",
    "%d-%m-%Y %I:%M %P",
  ),
  ...patterns("mdy", "day", "%m/%d/%Y", "%-m/%-d/%Y", "%m-%d-%Y", "%-m/%-d/%y"),
  ...patterns("mdy", "clock", "%m/%d/%Y %H:%M", "%-m/%-d/%Y %-I:%M:%S %p", "%m/%d/%Y, %I:%M %p EST"),
  ...patterns("mdy-points", "day", "%m.%d.%Y"),
  ...patterns("ymd-short", "day", "%y-%m-%d", "%y/%m/%d"),
  ...patterns("ymd-short", "clock", "%y-%m-%d %H:%M:%S"),
  ...patterns("ymd-short-points", "day", "%y.%m.%d"),
  ...patterns(
    "day-name",
    "day",
    "%d %b %Y",
    "%d-%b-%y",
    (date) => write(date, `%-d. ${german(date)} %Y`),
    "%A, %d %B %Y",
  ),
  ...patterns("day-name", "clock", "%d/%b/%Y:%H:%M:%S +0000", "%d-%b-%Y %H:%M", "%a, %d %b %Y %H:%M:%S GMT"),
  ...patterns("name-day", "day", "%b %-d, %Y", "%B %d, %Y", "%a %b %d %Y"),
  ...patterns("name-day", "clock", "%b %d, %Y %I:%M %p", "%a %b %d %Y %H:%M:%S GMT+0000"),
  ...patterns("year-name-day", "day", "%Y-%b-%d"),
  ...patterns("day-of-year", "day", "%Y-%j"),
  ...patterns("month", "month", "%Y-%m", "%YM%m", "%m/%Y", "%Y/%m", "%m.%Y", "%Y年%-m月", "M%-m %Y"),
  ...patterns(
    "month-name",
    "month",
    "%b %Y",
    "%b-%y",
    "%B %Y",
    "%Y %b",
    (date) => write(date, `${german(date)} %Y`),
    (date) => write(date, `${french(date)} %Y`),
    (date) => write(date, `${localMonth("pt", "long")(date)} de %Y`),
  ),
  ...patterns("year-month-name", "month", "%y-%b"),
  ...patterns(
    "quarter",
    "quarter",
    "%Y Q%q",
    "%YQ%q",
    "Q%q %Y",
    "%qQ%y",
    "Q%q/%y",
    "Q%q '%y",
    "%YT%q",
    "%YK%q",
    "%q. Quartal %Y",
    "FY%y Q%q",
    "%Y-Q%q",
  ),
  ...patterns(
    "quarter-roman",
    "quarter",
    (date) => `${roman(date)}/${years(date)}`,
    (date) => `${years(date)}-${roman(date)}`,
  ),
  ...patterns("quarter-number", "quarter", "%Y-%q"),
  ...patterns(
    "half",
    "half",
    (date) => `${years(date)}H${halfOf(date)}`,
    (date) => `H${halfOf(date)} ${years(date)}`,
    (date) => write(date, `${halfOf(date)}H%y`),
    (date) => `${years(date)}-S${halfOf(date)}`,
  ),
  ...patterns("half-number", "half", (date) => `${years(date)}-${halfOf(date)}`),
  ...patterns(
    "week",
    "week",
    week((year, number) => `${year}-W${number}`),
    week((year, number) => `${year}W${number}`),
    week((year, number) => `W${Number(number)} ${year}`),
    week((year, number) => `KW ${Number(number)}/${year}`),
  ),
  ...patterns(
    "week-number",
    "week",
    week((year, number) => `${year}-${number}`),
  ),
  ...patterns(
    "school-year",
    "year",
    (date) => `${years(date)}/${pad((years(date) + 1) % 100)}`,
    (date) => `${years(date)}-${pad((years(date) + 1) % 100)}`,
    (date) => `${years(date)}/${years(date) + 1}`,
  ),
  ...patterns("fiscal-year", "year", "FY%Y", "FY%y", "%Y年"),
  ...patterns("date", "day", "%Y%m%d"),
  ...patterns("month", "month", "%Y%m"),
  ...patterns(
    "week",
    "week",
    week((year, number) => `${year}${number}`),
  ),
  ...patterns("short-date", "day", "%y%m%d"),
  ...patterns("short-month", "month", "%y%m"),
  ...patterns("quarter", "quarter", "%Y%q"),
  ...patterns("day-of-year", "day", "%Y%j"),
  ...patterns("fiscal-period", "month", "%Y0%m"),
  ...patterns("day-first", "day", "%d%m%Y"),
  ...patterns("month-first", "day", "%m%d%Y"),
  ...patterns("hour", "clock", "%Y%m%d%H"),
  ...patterns("minute", "clock", "%Y%m%d%H%M"),
  ...patterns("second", "clock", "%Y%m%d%H%M%S"),
  ...patterns("seconds", "clock", (date) => String(seconds(date))),
  ...patterns("milliseconds", "clock", (date) => String(date.getTime())),
  ...patterns("year", "year", "%Y"),
  ...patterns("spreadsheet", "day", sheet),
];

/** Steps by what they are a multiple of, with times that have them. */
const STEPS: readonly {
  readonly step: string;
  readonly grain: Writing["grain"];
  readonly dates: readonly Date[];
}[] = [
  { step: "min", grain: "clock", dates: minutes("2023-01-31T22:50", 150, 1) },
  { step: "15min", grain: "clock", dates: minutes("2023-02-27T20:15", 120, 15) },
  { step: "H", grain: "clock", dates: minutes("2023-10-27T05:00", 100, 60) },
  { step: "6H", grain: "clock", dates: minutes("2023-12-20T06:00", 60, 360) },
  { step: "D", grain: "day", dates: minutes("2023-01-20", 60, 1440) },
  {
    step: "B",
    grain: "day",
    dates: minutes("2023-01-02", 84, 1440).filter((date) => date.getUTCDay() % 6 !== 0),
  },
  { step: "W", grain: "week", dates: minutes("2021-11-01", 70, 7 * 1440) },
  { step: "M", grain: "month", dates: months("2019-03-01", 40) },
  {
    step: "ME",
    grain: "day",
    dates: months("2019-03-01", 40).map(
      (date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)),
    ),
  },
  { step: "Q", grain: "quarter", dates: months("2013-04-01", 40, 3) },
  { step: "2Q", grain: "half", dates: months("2003-01-01", 36, 6) },
  { step: "Y", grain: "year", dates: months("1985-01-01", 30, 12) },
];

/** Steps that a grain can express: longer ones by the first times in them. */
const ORDER: readonly Writing["grain"][] = ["clock", "day", "week", "month", "quarter", "half", "year"];
const expresses = (writing: Writing, grain: Writing["grain"]) => {
  if (writing.grain === "week" || grain === "week") {
    return grain === "week" && ["clock", "day", "week"].includes(writing.grain);
  }
  return ORDER.indexOf(grain) >= ORDER.indexOf(writing.grain);
};

const cases = WRITINGS.flatMap((writing, at) =>
  STEPS.filter(
    ({ grain, step }) =>
      expresses(writing, grain) &&
      !(/min/.test(step) && writing.form === "hour") &&
      // Of longer steps December and January do not stand beside each other.
      !(step !== "M" && writing.form === "short-month"),
  ).map(({ step, dates }) => {
    const text = (date: Date) =>
      typeof writing.pattern === "string" ? write(date, writing.pattern) : writing.pattern(date);
    return [`${text(dates[0]!)} by ${step}`, at, step, dates, text] as const;
  }),
);

const file = (dates: readonly Date[], text: (date: Date) => string, header: boolean) =>
  `${header ? "date;y\n" : ""}${dates.map((date, row) => `"${text(date)}";${10.5 + row}`).join("\n")}\n`;

test("every form of the tables is written here", () => {
  const forms = new Set(WRITINGS.map(({ form }) => form));
  const known = [...DATE_FORMS, ...WHOLE_FORMS].map(({ key }) => key);
  expect(known.filter((key) => !forms.has(key))).toEqual([]);
});

describe("the axis that was written is the one that is read, in any order, with gaps, with a header or without", () => {
  test.each(cases)("%s", async (_, row, step, dates, text) => {
    const value = (row: number) => 10.5 + row;
    const gaps = [3, 4, 9];
    const found: string[] = [];
    for (const [how, header, turned, missing] of [
      ["with a header", true, false, row % 2 === 0 ? gaps : []],
      ["descending without a header", false, row % 3 > 0, row % 2 === 0 ? [] : gaps],
    ] as const) {
      const first = header ? 1 : 0;
      const rows = file(dates, text, header).split("\n");
      const kept = rows.filter((__, line) => !missing.some((gap) => gap === line - first)).join("\n");
      const content = turned ? newestFirst(kept, first) : kept;
      const wrong = await differences(reads(how, content, step, dates, { value, missing }));
      found.push(...wrong.map((difference) => `${how}: ${difference}`));
    }
    expect(found).toEqual([]);
  });
});

test("years that fall from row to row are times without a header too", async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `${2014 - i},${10.5 + (i % 7)}`);
  const { panel } = await parseCsv(`${rows.join("\n")}\n`);
  expect([panel[0]!.time?.frequency.unit, panel[0]!.y[0], panel[0]!.y[29]]).toEqual(["year", 11.5, 10.5]);
});

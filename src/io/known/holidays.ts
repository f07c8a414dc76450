import { requireText } from "../../core/arguments/numbers.js";
import { requireOptions } from "../../core/arguments/options.js";
import { nearest, requireInteger, show } from "../../core/checks.js";
import { usageError, YuleError } from "../../core/errors.js";
import { requireSeries, type Series } from "../../core/series.js";
import { dateOf, daysOf, MS_PER_DAY } from "../../core/time/civil.js";
import { datesOf } from "../../prepare/calendar/add-columns.js";
import { type HolidayDates, withHolidays } from "../../prepare/calendar/holidays.js";
import { type Span, spanOfStep } from "../../prepare/calendar/periods.js";

/** Optional: the dates of holidays of some 200 countries, used where it is installed. */
const CALENDARS = "date-holidays";

/** Years after a series whose holidays are known for its forecasts, at least. */
const YEARS_AHEAD = 10;

/** What is used of the package. */
interface Calendars {
  readonly default: new (country?: string, state?: string, region?: string) => CountryCalendar;
}

interface CountryCalendar {
  getCountries(language?: string): Record<string, string>;
  getStates(country: string, language?: string): Record<string, string> | undefined;
  getRegions(country: string, state: string, language?: string): Record<string, string> | undefined;
  getHolidays(year: number, language?: string): readonly Holiday[] | undefined | false;
}

interface Holiday {
  /** In local time, e.g. `2024-12-25 00:00:00`. */
  readonly date: string;
  readonly start: Date;
  readonly end: Date;
  readonly name: string;
  readonly type: string;
}

export interface HolidayOptions {
  /** Days before and after each holiday with a regressor of their own, e.g. `[-1, 1]`; default none. */
  readonly window?: readonly [number, number];
  /** Steps after the series for which holidays are needed; ten years are known in any case. */
  readonly ahead?: number;
}

/**
 * A series with the public holidays of a country or region as regressors; forecasts make the future values themselves. In steps up to a
 * week each holiday that falls into the series twice or more has one, and each day of the window; in longer steps days with a holiday are
 * counted. Needs the optional package date-holidays.
 *
 * @param region `DE`, `DE-BY`, `US`, `US-LA-NO`: ISO 3166 codes.
 * @returns the series with a regressor for each holiday.
 * @throws YuleError `unknown-region` naming the nearest, `no-holidays-package`, `no-times`, `bad-holiday-window`.
 * @example const withDays = await holidays(sales, "DE-BY", { window: [-1, 1] });
 */
export async function holidays(
  source: Series,
  region: string,
  options: HolidayOptions = {},
): Promise<Series> {
  requireSeries(source, "holidays takes");
  requireText("region", region, '"DE-BY"');
  requireOptions("holidays", options, { window: "numbers", ahead: "number" });
  const { window = [0, 0], ahead = 0 } = options;
  requireWindow(Array.from(window));
  requireInteger("ahead", ahead, 0, 100_000);
  const dates = await holidayDates(region, [source], ahead);
  return withHolidays(source, dates, window).series;
}

/** @throws YuleError `bad-holiday-window`. */
function requireWindow(window: readonly number[]): void {
  const [before, after] = window;
  const whole = window.length === 2 && window.every((day) => Number.isInteger(day) && Math.abs(day) <= 31);
  if (whole && before! <= 0 && after! >= 0) return;
  throw usageError(
    "bad-holiday-window",
    "holiday-window",
    window,
    `The window around holidays must be days before and after, such as -1,1, not ${show(window.join(","))}.`,
  );
}

/**
 * The public holidays of a region in all years of a panel and at least ten after it.
 *
 * @throws YuleError `unknown-region`, `no-holidays-package`, `no-times`.
 */
export async function holidayDates(
  region: string,
  panel: readonly Series[],
  ahead: number,
): Promise<HolidayDates> {
  const calendar = await calendarOf(region);
  const years = yearsOf(panel, ahead);
  const spans = new Map<string, Span[]>();
  for (let year = years[0]; year <= years[1]; year++) {
    for (const holiday of calendar.getHolidays(year, "en") || []) {
      if (holiday.type !== "public") continue;
      spans.set(holiday.name, [...(spans.get(holiday.name) ?? []), spanOf(holiday)]);
    }
  }
  return { region, spans, known: [daysOf(years[0], 1, 1), daysOf(years[1] + 1, 1, 1)] };
}

/** Whole days: those of which a holiday that begins at dusk covers the greater part. */
function spanOf({ date, start, end }: Holiday): Span {
  const [year, month, day] = date.slice(0, 10).split("-").map(Number);
  const first = daysOf(year!, month!, day!);
  return [first, first + Math.max(1, Math.round((end.getTime() - start.getTime()) / MS_PER_DAY))];
}

function yearsOf(panel: readonly Series[], ahead: number): [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const series of panel) {
    const axis = datesOf(series, "holidays");
    const yearAt = (step: number) => dateOf(Math.floor(spanOfStep(axis, step)[0])).year;
    first = Math.min(first, yearAt(0) - 1);
    last = Math.max(last, yearAt(series.y.length) + YEARS_AHEAD, yearAt(series.y.length + ahead) + 1);
  }
  return [first, last];
}

async function calendarOf(region: string): Promise<CountryCalendar> {
  const { default: Calendar } = await requirePackage();
  const [country = "", state, part, ...more] = region.trim().toUpperCase().split("-");
  const all = new Calendar();
  const countries = all.getCountries("en");
  if (!Object.hasOwn(countries, country)) throw unknownRegion(region, countries, "country");
  const states = (state === undefined ? {} : all.getStates(country, "en")) ?? {};
  const stateCode = codeIn(states, state);
  if (state !== undefined && stateCode === undefined)
    throw unknownRegion(
      region,
      prefixed(country, all.getStates(country, "en")),
      `region of ${countries[country]}`,
    );
  const parts = (part === undefined ? {} : all.getRegions(country, stateCode!, "en")) ?? {};
  const partCode = codeIn(parts, part);
  if ((part !== undefined && partCode === undefined) || more.length > 0) {
    const known = prefixed(`${country}-${stateCode}`, all.getRegions(country, stateCode!, "en"));
    throw unknownRegion(region, known, `region of ${country}-${stateCode}`);
  }
  return new Calendar(country, stateCode, partCode);
}

function codeIn(codes: Record<string, string>, wanted: string | undefined): string | undefined {
  return wanted === undefined ? undefined : Object.keys(codes).find((code) => code.toUpperCase() === wanted);
}

function prefixed(prefix: string, codes: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(codes ?? {}).map(([code, name]) => [`${prefix}-${code.toUpperCase()}`, name]),
  );
}

/** The nearest by its name where a name was given, else by its code. */
function unknownRegion(region: string, known: Record<string, string>, what: string): YuleError {
  const names = new Map(Object.entries(known).map(([code, name]) => [name, code]));
  const code =
    region.trim().length > 3 && !region.includes("-")
      ? names.get(nearest(region, [...names.keys()]) ?? "")
      : nearest(region.trim().toUpperCase(), Object.keys(known));
  const guess = code === undefined ? "it has none" : `the nearest is ${code} (${known[code]})`;
  return usageError(
    "unknown-region",
    "holidays",
    region,
    `There are no holidays for the ${what} ${show(region)}; ${guess}. Regions are ISO codes such as DE, DE-BY or US.`,
  );
}

async function requirePackage(): Promise<Calendars> {
  try {
    return (await import(CALENDARS)) as Calendars;
  } catch (cause) {
    throw new YuleError({
      code: "no-holidays-package",
      category: "usage",
      argument: "holidays",
      message: `Holidays need the package ${CALENDARS}, which is not installed: run npm install ${CALENDARS}, or give the days by --events.`,
      cause,
    });
  }
}

import { monthNamed, type NamedUnit, unitNamed } from "../../core/time-forms/index.js";
import type { Profile } from "./profile.js";

type Part =
  | "year"
  | "quarter"
  | "month"
  | "week"
  | "day"
  | "day-of-year"
  | "hour"
  | "clock"
  | "period"
  | "coded";

/** Names of columns that hold one part of a time, besides the words for units in the languages of the platform. */
const NAMES: Readonly<Record<Part, RegExp>> = {
  year: /^(iso_?)?(year|yr|yyyy|yy)$/,
  quarter: /^(quarter|qtr|q)$/,
  month: /^(month|mon|mo|mm|mnth|mth)(_?(no|num|number|name))?$/,
  week: /^(iso_?)?(week|wk|kw|weeknum|week_?(no|num|number|of_year))$/,
  day: /^(day|dd|dy|dom|day_of_month)$/,
  "day-of-year": /^(doy|yday|day_?of_?year|julian_?day)$/,
  hour: /^(hour|hr|hh|h|he|hour_?ending|hr_?end|hour_?of_?day|delivery_?hour)$/,
  clock: /time|clock|hour|zeit|heure|hora|^ora$|tijd|^tid$|godzina|saat|^čas$|время|час|時刻|시간/,
  period: /period|^sp$|interval|half_?hour|^isp$|^ptu$|quarter_?hour/,
  coded: /^(period|per|freq.*)$/,
};

const UNITS: Readonly<Partial<Record<NamedUnit, Part>>> = {
  year: "year",
  quarter: "quarter",
  month: "month",
  week: "week",
  day: "day",
  hour: "hour",
};

const CLOCK = /^\d{1,2}[:h.]\d\d(:\d\d(\.\d+)?)?(\s?[ap]\.?\s?m\.?)?(\s?[-–]\s?\d{1,2}:\d\d)?$/i;
/** What is a time of day whatever its column is called. */
const BARE_CLOCK = /^\d{1,2}:\d\d(:\d\d)?(\s?[ap]\.?m\.?)?$/i;
const HOUR = /^(HE|H|Hour)?\s?\d{1,2}$/i;

/** What a cell of each part looks like. */
const CELLS: Readonly<Record<Part, (text: string) => boolean>> = {
  year: (text) => /^[12]\d{3}$/.test(text),
  quarter: (text) => /^[QTK]?[1-4]$/i.test(text),
  month: (text) => between(text, 1, 12) || /^M(0?[1-9]|1[0-2])$/i.test(text) || monthNamed(text) > 0,
  week: (text) => between(text.replace(/^W/i, ""), 1, 53),
  day: (text) => between(text, 1, 31),
  "day-of-year": (text) => between(text, 1, 366),
  hour: (text) => HOUR.test(text) && between(text.replace(/\D+/, ""), 0, 24),
  clock: (text) => CLOCK.test(text),
  period: (text) => between(text, 1, 288),
  coded: (text) => /^(M(0[1-9]|1[0-3])|Q0[1-5]|S0[1-3]|A01)$/.test(text),
};

/** Periods that a day is cut into, with those of a day on which clocks change. */
const PERIODS = [
  [25, 24],
  [50, 48],
  [100, 96],
  [144, 144],
  [288, 288],
] as const;

function between(text: string, low: number, high: number): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) >= low && Number(text) <= high;
}

function isNamed(kind: Part, name: string): boolean {
  const lower = name
    .trim()
    .toLowerCase()
    .replace(/[\s.-]+/g, "_");
  if (NAMES[kind].test(lower)) return true;
  const unit = unitNamed(name.trim());
  return unit !== null && UNITS[unit] === kind;
}

function holds(kind: Part, { name, cells, blank }: Profile): boolean {
  return !blank && isNamed(kind, name) && cells.every((cell) => CELLS[kind](cell.trim()));
}

/**
 * Columns that together say the time: year with month, quarter, week or day of the year, with day and hour behind; or a
 * date with the time of day or the number of a period. Empty where there are none.
 *
 * @param dated the column that has dates, if any.
 */
export function timeParts(columns: readonly Profile[], dated: Profile | undefined): number[] {
  const part = (kind: Part) => columns.find((column) => column !== dated && holds(kind, column));
  const isClock = (column: Profile) =>
    !column.blank && column.cells.every((cell) => BARE_CLOCK.test(cell.trim()));
  const clock =
    part("clock") ?? part("hour") ?? columns.find((column) => column !== dated && isClock(column));
  if (dated !== undefined) {
    const bare = dated.cells.every((cell) => !/\d:\d/.test(cell));
    const within = clock ?? part("period");
    return bare && within !== undefined ? [dated.position, within.position] : [];
  }
  const year = part("year");
  const month = part("month");
  const within = month ?? part("quarter") ?? part("coded") ?? part("day-of-year") ?? part("week");
  if (year === undefined || within === undefined) return [];
  const day = month === undefined ? undefined : part("day");
  const full = day !== undefined || isNamed("day-of-year", within.name);
  const found = [
    year,
    within,
    ...(day === undefined ? [] : [day]),
    ...(full && clock !== undefined ? [clock] : []),
  ];
  return found.map(({ position }) => position);
}

/** What stands before each part of a time when they are joined. */
export function timeMarks(columns: readonly Profile[]): string[] {
  return columns.map((column, index) => (index === 0 ? "" : markOf(column, index === columns.length - 1)));
}

function markOf(column: Profile, last: boolean): string {
  const { cells } = column;
  const numbers = cells.every((cell) => between(cell.trim(), 0, 366));
  if (holds("coded", column)) return "-";
  const timed = holds("clock", column) || holds("hour", column);
  if (last && (timed || cells.every((cell) => BARE_CLOCK.test(cell.trim())))) return " ";
  if (last && holds("period", column)) {
    const most = cells.reduce((top, cell) => Math.max(top, Number(cell)), 0);
    const found = PERIODS.find(([longest]) => most <= longest);
    if (found !== undefined) return ` @${found[1]}/`;
  }
  if (!numbers) return isNamed("hour", column.name) || isNamed("clock", column.name) ? " " : "-";
  if (isNamed("quarter", column.name)) return "-Q";
  if (isNamed("week", column.name)) return "-W";
  if (isNamed("day-of-year", column.name)) return "-D";
  return isNamed("hour", column.name) ? " " : "-";
}

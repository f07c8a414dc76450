import { monthNamed } from "../../../core/time/forms/index.js";
import { wordsOf } from "../head/known-names.js";
import type { Profile } from "../head/profile.js";
import { isNamedPart, isUnnamed, type Part } from "./part-names.js";
import { countsWithin, partsWithin, periodsOf } from "./parts-of-day.js";

const CLOCK = /^\d{1,2}[:h.]\d\d(:\d\d(\.\d+)?)?(\s?[ap]\.?\s?m\.?)?(\s?[-–]\s?\d{1,2}:\d\d)?$/i;
/** What is a time of day whatever its column is called. */
const BARE_CLOCK = /^\d{1,2}:\d\d(:\d\d)?(\s?[ap]\.?m\.?)?(\s?[-–]\s?\d{1,2}:\d\d)?$|^\d\d\s?[-–]\s?\d\d$/i;
const HOUR = /^(HE|H|Hour)?\s?\d{1,2}$/i;

/** What a cell of each part looks like. */
const CELLS: Readonly<Record<Part, (text: string) => boolean>> = {
  year: (text) => /^(FY ?)?[12]\d{3}$/i.test(text),
  quarter: (text) => /^(?:[QTK]|Qtr |Quarter )?[1-4]$/i.test(text),
  month: (text) => between(text, 1, 12) || /^M(0?[1-9]|1[0-2])$/i.test(text) || isMonthName(text),
  week: (text) => between(text.replace(/^W/i, ""), 1, 53),
  day: (text) => between(text, 1, 31),
  "day-of-year": (text) => between(text, 1, 366),
  hour: (text) => HOUR.test(text) && between(text.replace(/\D+/, ""), 0, 24),
  clock: (text) => CLOCK.test(text),
  "clock-number": (text) => /^\d{1,4}$/.test(text) && Number(text) <= 2400 && Number(text) % 100 < 60,
  period: (text) => between(text, 1, 288),
  coded: (text) => /^(M(0[1-9]|1[0-3])|Q0[1-5]|S0[1-3]|A01)$/.test(text),
};

function isMonthName(text: string): boolean {
  return /^\d{1,2} ?[月월]$/.test(text) || (!/\d/.test(text) && monthNamed(text) > 0);
}

function between(text: string, low: number, high: number): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) >= low && Number(text) <= high;
}

/** Cells as they are compared: blanks of all kinds are one. */
function bare(cell: string): string {
  return cell.trim().replace(/[\u00a0\u202f\u2009]/g, " ");
}

/** Whether a part stands in the first row of its block only, as where cells of a spreadsheet were merged. */
function isMerged({ cells }: Profile): boolean {
  return cells[0] !== "" && cells.includes("");
}

/** Whether all cells look like a part; those below the first one of a block may be empty where `merged`. */
function looksLike(kind: Part, column: Profile, merged = false): boolean {
  const { cells, blank } = column;
  if (blank || (merged && !isMerged(column) && cells.includes(""))) return false;
  return cells.every((cell) => (merged && cell === "") || CELLS[kind](bare(cell)));
}

function holds(kind: Part, column: Profile, merged = false): boolean {
  return isNamedPart(kind, column.name) && looksLike(kind, column, merged);
}

/** Whether a column says a part of a time by its name and its cells, so that it is no measurement. */
export function isPartOfTime(column: Profile): boolean {
  const named = (["year", "quarter", "month", "week", "day", "day-of-year", "hour"] as const).some((kind) =>
    holds(kind, column),
  );
  return (
    named || (wordsOf(column.name).some((word) => isNamedPart("hour", word)) && looksLike("hour", column))
  );
}

/**
 * Columns that together say the time: year with month, quarter, week or day of the year, with day and hour behind; or a
 * date with the time of day or the number of a period. Empty where there are none.
 *
 * @param dated the column that has dates, if any.
 */
export function timeParts(columns: readonly Profile[], dated: Profile | undefined): number[] {
  if (dated !== undefined) return withinDay(columns, dated);
  const names = columns.find((column) => column.cells.every((cell) => isMonthName(bare(cell))));
  const year =
    columns.find((column) => holds("year", column, true)) ??
    columns.find((column) => column !== names && isUnnamed(column.name) && looksLike("year", column, true));
  if (year === undefined) return [];
  const part = (kind: Part) => columns.find((column) => column !== year && holds(kind, column));
  const month = part("month") ?? names;
  const within =
    month ?? part("quarter") ?? part("coded") ?? part("day-of-year") ?? part("week") ?? part("period");
  if (within === undefined) return [];
  const day = month === undefined ? undefined : part("day");
  const full = day !== undefined || isNamedPart("day-of-year", within.name);
  const clock = full ? clockOf(columns) : undefined;
  return [year, within, day, clock].flatMap((column) => (column === undefined ? [] : [column.position]));
}

/** A date and the columns that say the time within its day; empty where the dates say it or nothing does. */
function withinDay(columns: readonly Profile[], dated: Profile): number[] {
  const others = columns.filter((column) => column !== dated);
  if (!dated.cells.every((cell) => !/\d:\d/.test(cell))) return [];
  const counting = others.find((column) => countsWithin(dated, column));
  const within = clockOf(others) ?? counting ?? others.find((column) => holds("period", column));
  if (within === undefined) return [];
  const part = others.find((column) => column !== within && partsWithin([dated, within], column) > 0);
  return [dated, within, part].flatMap((column) => (column === undefined ? [] : [column.position]));
}

function clockOf(columns: readonly Profile[]): Profile | undefined {
  const isClock = (column: Profile) =>
    !column.blank && column.cells.every((cell) => BARE_CLOCK.test(bare(cell)));
  return (
    columns.find((column) => holds("clock", column)) ??
    columns.find((column) => holds("hour", column)) ??
    columns.find((column) => holds("clock-number", column)) ??
    columns.find(isClock)
  );
}

/** How the parts of a time are joined. */
export interface JoinedParts {
  /** What stands before each part. */
  readonly marks: readonly string[];
  /** Whether an empty cell of a part repeats the one above. */
  readonly carried: readonly boolean[];
  /** Whether a part is the beginning and the end of a period, `08:00-08:30`, whose end is no offset from UTC. */
  readonly spans: readonly boolean[];
}

const SPAN = /^\d{1,2}:\d\d-\d{1,2}:\d\d$/;

/** Whether cells are periods of a day; where all ends are alike, they are offsets. */
function areSpans({ cells }: Profile): boolean {
  return (
    cells.every((cell) => SPAN.test(cell.trim())) && new Set(cells.map((cell) => cell.split("-")[1])).size > 1
  );
}

export function joinedParts(columns: readonly Profile[]): JoinedParts {
  return {
    marks: columns.map((column, index) =>
      index === 0 ? "" : markOf(column, columns.slice(0, index), index === columns.length - 1),
    ),
    carried: columns.map((column, index) => index === 0 && columns.length > 1 && isMerged(column)),
    spans: columns.map((column, index) => index > 0 && areSpans(column)),
  };
}

function markOf(column: Profile, before: readonly Profile[], last: boolean): string {
  if (!looksLike("year", before[0]!, true)) return withinDate(column, before, last);
  if (holds("coded", column)) return "-";
  const timed = isNamedPart("hour", column.name) || isNamedPart("clock", column.name);
  if (before.length > 1 && last && (timed || column.cells.every((cell) => BARE_CLOCK.test(bare(cell)))))
    return " ";
  return column.whole ? ofYear(column) : "-";
}

/** The mark of a time of day, or of a number of a period, behind a date. */
function withinDate(column: Profile, before: readonly Profile[], last: boolean): string {
  const parts = before.length > 1 ? partsWithin(before, column) : 0;
  if (parts > 0) return `@${parts}/`;
  if (!column.whole) return " ";
  const most = column.cells.reduce((top, cell) => Math.max(top, Number(cell)), 0);
  if (most > 288 || column.cells.every((cell) => cell.trim().length === 4)) return " @hhmm/";
  const counted = isNamedPart("period", column.name) && !isNamedPart("hour", column.name);
  return !last || most > 24 || counted ? ` @${periodsOf(column)}/` : " ";
}

/** The mark of a number within a year. */
function ofYear(column: Profile): string {
  const { name, cells } = column;
  if (isNamedPart("quarter", name)) return "-Q";
  if (isNamedPart("week", name)) return "-W";
  if (isNamedPart("day-of-year", name)) return "-D";
  if (isNamedPart("month", name) || isNamedPart("day", name)) return "-";
  const most = cells.reduce((top, cell) => Math.max(top, Number(cell)), 0);
  return most <= 4 && cells.length > most ? "-Q" : most <= 12 ? "-" : "-W";
}

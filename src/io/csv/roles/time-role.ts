import { monthNamed, readTime } from "../../../core/time/forms/index.js";
import type { CsvOptions } from "../../csv-options.js";
import { fileError } from "../errors.js";
import { ID_NAMES, nameScore, PART_NAMES, VALUE_NAMES } from "../head/known-names.js";
import type { Profile } from "../head/profile.js";
import { isNamedPart } from "../parts/part-names.js";
import { timeParts } from "../parts/time-parts.js";
import { positionOf } from "./columns.js";
import { timeNameScore } from "./time-names.js";

/** Share of the cells of a column that are times from which on it is one of times, even if others have to be refused. */
const MOST = 0.9;
const HALF = 0.5;

/**
 * The columns that say the time: as given, or by what they hold and how they are called. A column that looks like times
 * and cannot be read is taken too, so that its first cell that is none is refused by name, not dropped.
 */
export function timeRole(
  columns: readonly Profile[],
  options: CsvOptions,
  taken: ReadonlySet<number>,
  file: string,
): readonly number[] {
  if (options.time === null) return [];
  const names = columns.map(({ name }) => name);
  if (options.time !== undefined) {
    const given = timeNames(options.time, names).map((name) => positionOf(name, "--time", names, file));
    refuseAccounting(columns, given, file);
    return given;
  }
  const free = columns.filter(({ position }) => !taken.has(position));
  const dated =
    bestTimes(free.filter((column) => column.dated >= MOST)) ??
    bestTimes(free.filter((column) => column.dated >= HALF && timeNameScore(column.name) > 0));
  const parts = timeParts(free, dated ?? wholeDates(free));
  if (parts.length > 0) {
    refuseAccounting(columns, parts, file);
    return parts;
  }
  const found = dated ?? countedTime(free) ?? unreadable(free);
  return found === undefined ? [] : [found.position];
}

/** @throws YuleError `accounting-periods` for years with 13 to 16 periods, four weeks each or closing ones, which no calendar has. */
function refuseAccounting(columns: readonly Profile[], positions: readonly number[], file: string): void {
  const [year, period] = positions.map((position) => columns[position]!);
  if (positions.length !== 2 || period === undefined || !isNamedPart("period", period.name) || !period.whole)
    return;
  if (!year!.cells.every((cell) => /^(FY ?)?[12]\d{3}$/i.test(cell))) return;
  const most = period.cells.reduce((top, cell) => Math.max(top, Number(cell)), 0);
  if (most < 13 || most > 16) return;
  throw fileError(
    "accounting-periods",
    { file, column: period.name },
    most,
    `the periods of a year go up to ${most}, which no calendar has; count the rows instead, with --time none --period ${most} and --value.`,
  );
}

/** A column of dates that are digits alone, such as 20240131, which come back with each hour of theirs. */
function wholeDates(free: readonly Profile[]): Profile | undefined {
  return free.find(
    ({ name, whole, cells }) =>
      whole &&
      timeNameScore(name) > 0 &&
      cells.every((cell) => /^(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])$/.test(cell)),
  );
}

/** The best name wins; without one, the first column. */
function bestTimes(columns: readonly Profile[]): Profile | undefined {
  return columns.reduce<Profile | undefined>(
    (best, column) =>
      best === undefined || timeNameScore(column.name) > timeNameScore(best.name) ? column : best,
    undefined,
  );
}

/** `year,month` is a list where there is no column of that name. */
function timeNames(given: string | readonly string[], names: readonly string[]): readonly string[] {
  if (typeof given !== "string") return given;
  const parts = given.split(",");
  return !names.includes(given) && parts.every((part) => names.includes(part)) ? parts : [given];
}

/** A column of numbers that are times by their name, their look or their even steps, if others are left. */
function countedTime(free: readonly Profile[]): Profile | undefined {
  if (free.filter((column) => column.numeric >= HALF || column.unit !== null).length < 2) return undefined;
  const named = free.filter((column) => column.whole && timeNameScore(column.name) > 0);
  if (named.length > 0) return bestTimes(named);
  const decimal = free.filter(
    (column) => (isDecimalTime(column) && timeNameScore(column.name) >= 2) || areRisingYears(column),
  );
  if (decimal.length > 0) return bestTimes(decimal);
  const unnamed = free.filter((column) => nameScore(column.name, VALUE_NAMES) === 0);
  return unnamed.find(({ coded }) => coded) ?? unnamed.find(({ counting }) => counting);
}

/** Numbers with decimals, or too long to be counted, that are called like times; whole numbers among them. */
function isDecimalTime({ cells, numeric }: Profile): boolean {
  if (numeric < 1) return false;
  const there = cells.filter((cell) => cell !== "");
  return (
    there.length > 0 &&
    there.every(
      (cell) =>
        /^\d{16}$|^\d{19}$|^\d+([.,]\d+)?$|^\d([.,]\d+)?e\+?1\d$/i.test(cell) || readTime(cell).length > 0,
    )
  );
}

/** Years with decimals that rise from row to row and are called like times, such as `dec_year`. */
function areRisingYears({ name, cells }: Profile): boolean {
  if (timeNameScore(name) === 0 || !cells.every((cell) => /^[12]\d{3}[.,]\d{2,}$/.test(cell))) return false;
  const values = cells.map((cell) => Number(cell.replace(",", ".")));
  return values.every((value, row) => row === 0 || value > values[row - 1]!);
}

/** A column of text that looks like times, by its name or since it has digits and no two cells alike. */
function unreadable(free: readonly Profile[]): Profile | undefined {
  const texts = free.filter((column) => column.numeric < HALF && !column.blank);
  if (free.length < 2 || !free.some((column) => column.numeric >= HALF || column.unit !== null))
    return undefined;
  const named = texts.filter((column) => timeNameScore(column.name) > 0);
  if (named.length > 0) return bestTimes(named);
  const isId = ({ name }: Profile) => [ID_NAMES, PART_NAMES].some((known) => nameScore(name, known) > 0);
  return texts.find(
    (column) => column.unit === null && !isId(column) && (looksCounted(column) || areBareMonths(column)),
  );
}

/** Whether most cells are months without a year, such as those below the years of a pivot table. */
function areBareMonths({ cells }: Profile): boolean {
  const months = cells.filter((cell) => /^\p{L}{3,}\.?$/u.test(cell) && monthNamed(cell) > 0).length;
  return months >= 3 && months >= HALF * cells.length;
}

function looksCounted({ cells }: Profile): boolean {
  const digits = cells.filter((cell) => /\d/.test(cell)).length;
  return cells.length > 1 && digits >= MOST * cells.length && new Set(cells).size === cells.length;
}

import type { CsvOptions } from "../../csv-options.js";
import { looksLikeTime } from "../head/header.js";
import { ID_NAMES, isNamed, PART_NAMES, TIME_NAMES } from "../head/known-names.js";
import { isSummary } from "../head/left-out.js";
import type { Profile } from "../head/profile.js";
import { isNamedPart } from "../parts/part-names.js";
import { timeNameScore } from "../roles/time-names.js";
import { clockIn, partIn, yearIn } from "./across.js";

/** A table whose times stand in its header, or half there and half in a column. */
export interface WidePlan {
  /** Columns of values, and the time each stands for; with `rowTime` a part of it. */
  readonly columns: readonly { readonly position: number; readonly name: string; readonly time: string }[];
  /** Column with the other part of the times, such as the month below years; null where each row is a series. */
  readonly rowTime: number | null;
  /** How the part of a row and the part of a column make a time; the text of the column alone where rows are series. */
  readonly timeOf: (row: string, column: string) => string;
  /** Columns that name the series. */
  readonly ids: readonly number[];
}

/** Columns of times from which on a header is one of times. */
const LEAST = 3;
/** The same for hours and other times of day, since names such as H1 also number other things. */
const LEAST_CLOCKS = 23;

/**
 * How to read a table with times across: years, months or dates over rows that are series; years over months, quarters
 * or weeks, months or quarters over years, hours over days. Null for any other table, and where flags say what its
 * columns are.
 */
export function findWide(columns: readonly Profile[], options: CsvOptions, file: FileShape): WidePlan | null {
  if (!file.header || options.time !== undefined || options.inputs !== undefined) return null;
  const across = (read: (name: string) => string | null) =>
    columns.flatMap(({ name, position, numeric, blank, marks }) => {
      const time = numeric >= 0.5 || blank || marks !== "" ? read(name) : null;
      return time === null ? [] : [{ position, name, time }];
    });
  const years = across(yearIn);
  if (years.length >= LEAST) return yearsAcross(columns, years, options);
  if (options.value !== undefined) return null;
  for (const [kind, full] of [
    ["month", 12],
    ["quarter", 4],
  ] as const) {
    const found = across((name) => partIn(name, kind));
    if (found.length !== full || new Set(found.map(({ time }) => time)).size !== full) continue;
    return partsOverYears(columns, found, options);
  }
  const clocks = across(clockIn);
  if (clocks.length >= LEAST_CLOCKS && new Set(clocks.map(({ time }) => time)).size === clocks.length)
    return clocksOverDays(columns, clocks, options);
  const dates = across((name) => (looksLikeTime(name) ? name : null));
  return dates.length >= LEAST ? rowsAsSeries(columns, dates, options) : null;
}

interface FileShape {
  readonly header: boolean;
}

type Across = WidePlan["columns"];

/** The columns beside those of times that have something in them. */
function besides(columns: readonly Profile[], across: Across): Profile[] {
  const taken = new Set(across.map(({ position }) => position));
  return columns.filter(({ name, position, blank }) => !taken.has(position) && !blank && !isSummary(name));
}

/** The cells of a column without those of rows of totals. */
function cellsOf({ cells }: Profile): readonly string[] {
  return cells.filter((cell) => !isSummary(cell));
}

function yearsAcross(columns: readonly Profile[], years: Across, options: CsvOptions): WidePlan | null {
  const rest = besides(columns, years);
  for (const kind of ["month", "quarter", "week"] as const) {
    const part = rest.find(
      (column) =>
        cellsOf(column).every(
          (cell) => partIn(cell, kind) !== null && (!/^\d+$/.test(cell) || isNumbered(column.name, kind)),
        ) && cellsOf(column).length > 1,
    );
    const ids = part === undefined ? null : idsBeside(part, rest, options);
    if (part === undefined || ids === null) continue;
    const given = options.value === undefined ? null : [options.value].flat();
    const chosen = given === null ? years : years.filter(({ name }) => given.includes(name));
    if (given !== null && chosen.length !== given.length) return null;
    return {
      columns: chosen.map(({ position, name, time }) => ({ position, name, time })),
      rowTime: part.position,
      timeOf: (row, column) => column + (partIn(row, kind) ?? `-${row}`),
      ids,
    };
  }
  return options.value === undefined ? rowsAsSeries(columns, years, options) : null;
}

/** Whether numbers in a column of this name are months, quarters or weeks. */
function isNumbered(name: string, kind: "month" | "quarter" | "week"): boolean {
  return isNamedPart(kind, name) || (kind !== "week" && isNamedPart("period", name));
}

function partsOverYears(columns: readonly Profile[], parts: Across, options: CsvOptions): WidePlan | null {
  const rest = besides(columns, parts);
  const found = rest.filter((column) => cellsOf(column).every((cell) => yearIn(cell) !== null));
  const year = found.find(({ name }) => timeNameScore(name) > 0) ?? found[0];
  const ids = year === undefined ? null : idsBeside(year, rest, options);
  if (year === undefined || ids === null) return null;
  return {
    columns: parts,
    rowTime: year.position,
    timeOf: (row, column) => (yearIn(row) ?? row) + column,
    ids,
  };
}

function clocksOverDays(columns: readonly Profile[], clocks: Across, options: CsvOptions): WidePlan | null {
  const rest = besides(columns, clocks);
  const day = rest.find(({ dated, name, whole }) => dated >= 0.9 || (whole && isNamed(name, TIME_NAMES)));
  const ids = day === undefined ? null : idsBeside(day, rest, options);
  if (day === undefined || ids === null) return null;
  return { columns: clocks, rowTime: day.position, timeOf: (row, column) => row + column, ids };
}

/** Columns of ids that are needed to tell rows of one part of a time apart; null where none do. */
function idsBeside(part: Profile, rest: readonly Profile[], options: CsvOptions): readonly number[] | null {
  const others = rest.filter((column) => column !== part);
  if (options.id !== undefined) return givenIds(others, options);
  return fewest(
    others.filter(({ numeric }) => numeric < 0.5),
    [part],
  );
}

/** Each row a series, named by the columns of text that tell the rows apart. */
function rowsAsSeries(columns: readonly Profile[], across: Across, options: CsvOptions): WidePlan | null {
  const rest = besides(columns, across);
  if (rest.some(({ name, dated }) => dated >= 0.9 || isNamed(name, TIME_NAMES))) return null;
  const ids = options.id === undefined ? idsOf(rest) : givenIds(rest, options);
  const rows = columns[0]!.cells.length;
  if (ids === null || (ids.length === 0 && rows > 1)) return null;
  return { columns: across, rowTime: null, timeOf: (_, column) => column, ids };
}

function givenIds(rest: readonly Profile[], { id }: CsvOptions): readonly number[] | null {
  if (id === null) return [];
  const given = [id ?? []].flat().map((name) => rest.find((column) => column.name === name)?.position ?? -1);
  return given.includes(-1) ? null : given;
}

function idsOf(rest: readonly Profile[]): readonly number[] | null {
  const texts = rest.filter((column) => column.numeric < 0.5 || isCode(column));
  const numbers = rest.filter((column) => !texts.includes(column) && column.whole);
  const single = [...texts, ...(texts.length > 0 ? [] : numbers)].find(
    ({ cells }) => !cells.includes("") && new Set(cells).size === cells.length,
  );
  if (single !== undefined) return [single.position];
  return fewest([...texts, ...numbers], []);
}

/** Whether a column with numbers holds codes: some with leading zeros, or also other cells where it is called after products or places. */
function isCode({ name, whole, cells }: Profile): boolean {
  const named = isNamed(name, ID_NAMES) || isNamed(name, PART_NAMES);
  return (named && !whole) || cells.some((cell) => /^0\d/.test(cell));
}

/** The first columns that, with others, leave no two rows alike; null where all do not. */
function fewest(candidates: readonly Profile[], others: readonly Profile[]): readonly number[] | null {
  const chosen: Profile[] = [];
  for (const column of [null, ...candidates]) {
    if (column !== null) chosen.push(column);
    const all = [...others, ...chosen];
    if (all.length === 0) continue;
    const keys = all[0]!.cells.map((_, row) => all.map(({ cells }) => cells[row]).join("/"));
    if (new Set(keys).size === keys.length && keys.every((key) => /[^/]/.test(key)))
      return chosen.map(({ position }) => position);
  }
  return null;
}

import type { CsvOptions } from "../csv-options.js";
import { looksLikeTime } from "./header.js";
import { isNamed, TIME_NAMES } from "./known-names.js";
import type { Profile } from "./profile.js";

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

/**
 * How to read a table with times across: years, months or dates over rows that are series; years over months, quarters
 * or weeks, or months or quarters over years. Null for any other table, and where flags say what its columns are.
 */
export function findWide(columns: readonly Profile[], options: CsvOptions, file: FileShape): WidePlan | null {
  if (!file.header || options.time !== undefined || options.inputs !== undefined) return null;
  const across = (read: (name: string) => string | null) =>
    columns.flatMap(({ name, position, numeric, blank }) => {
      const time = numeric >= 0.5 || blank ? read(name) : null;
      return time === null ? [] : [{ position, name, time }];
    });
  const years = across(yearIn);
  if (years.length >= LEAST) return yearsAcross(columns, years, options);
  if (options.value !== undefined) return null;
  const months = across((name) => partIn(name, "month"));
  const quarters = across((name) => partIn(name, "quarter"));
  for (const [found, full] of [
    [months, 12],
    [quarters, 4],
  ] as const) {
    if (found.length !== full || new Set(found.map(({ time }) => time)).size !== full) continue;
    const year = columns.find(
      ({ name, cells }) => cells.every((cell) => yearIn(cell) !== null) && isTimeName(name),
    );
    const named = year ?? columns.find(({ cells }) => cells.every((cell) => yearIn(cell) !== null));
    if (named === undefined) return null;
    return {
      columns: found,
      rowTime: named.position,
      timeOf: (row, column) => yearIn(row)! + column,
      ids: [],
    };
  }
  const dates = across((name) => (looksLikeTime(name) ? name : null));
  return dates.length >= LEAST ? rowsAsSeries(columns, dates, options) : null;
}

interface FileShape {
  readonly header: boolean;
}

type Across = WidePlan["columns"];

function yearsAcross(columns: readonly Profile[], years: Across, options: CsvOptions): WidePlan | null {
  const taken = new Set(years.map(({ position }) => position));
  const rest = columns.filter(({ position, blank }) => !taken.has(position) && !blank);
  for (const kind of ["month", "quarter", "week"] as const) {
    const part = rest.find(
      ({ name, cells }) =>
        cells.every((cell) => partIn(cell, kind) !== null && (isTimeName(name) || !/^\d+$/.test(cell))) &&
        new Set(cells).size === cells.length,
    );
    if (part === undefined) continue;
    const given = options.value === undefined ? null : [options.value].flat();
    const chosen = given === null ? years : years.filter(({ name }) => given.includes(name));
    if (given !== null && chosen.length !== given.length) return null;
    return {
      columns: chosen,
      rowTime: part.position,
      timeOf: (row, column) => column + (partIn(row, kind) ?? `-${row}`),
      ids: [],
    };
  }
  return options.value === undefined ? rowsAsSeries(columns, years, options) : null;
}

/** Each row a series, named by the columns of text that tell the rows apart. */
function rowsAsSeries(columns: readonly Profile[], across: Across, options: CsvOptions): WidePlan | null {
  const taken = new Set(across.map(({ position }) => position));
  const rest = columns.filter(({ position, blank }) => !taken.has(position) && !blank);
  if (rest.some(({ name, dated }) => dated >= 0.9 || isTimeName(name))) return null;
  const ids = idsOf(rest, options);
  const rows = columns[0]!.cells.length;
  if (ids === null || (ids.length === 0 && rows > 1)) return null;
  return { columns: across, rowTime: null, timeOf: (_, column) => column, ids };
}

function idsOf(rest: readonly Profile[], { id }: CsvOptions): readonly number[] | null {
  if (id === null) return [];
  if (id !== undefined) {
    const given = [id].flat().map((name) => rest.find((column) => column.name === name)?.position ?? -1);
    return given.includes(-1) ? null : given;
  }
  const texts = rest.filter(({ numeric }) => numeric < 0.5);
  const candidates = texts.length > 0 ? texts : rest.filter(({ whole }) => whole);
  const single = candidates.find(({ cells }) => !cells.includes("") && new Set(cells).size === cells.length);
  if (single !== undefined) return [single.position];
  const chosen: Profile[] = [];
  for (const column of candidates) {
    chosen.push(column);
    const keys = column.cells.map((_, row) => chosen.map(({ cells }) => cells[row]).join("/"));
    if (new Set(keys).size === keys.length && keys.every((key) => /[^/]/.test(key)))
      return chosen.map(({ position }) => position);
  }
  return null;
}

function isTimeName(name: string): boolean {
  return (
    isNamed(name, TIME_NAMES) ||
    /^(monat|mois|mes|mese|maand|año|ano|anno|jahr|année|jaar|rok|trimestre|quartal|woche|semaine)$/i.test(
      name,
    )
  );
}

/** `2021`, `X2021`, `2021 [YR2021]` as a year. */
function yearIn(text: string): string | null {
  const found = /^(?:[XY]|FY|YR)?((?:1[5-9]|20|21)\d\d)(?:\.0|\s*\[YR\d{4}\])?$/i.exec(text.trim());
  return found?.[1] ?? null;
}

/** The month, quarter or ISO week that a text names, as it stands behind a year: `-03`, `-Q2`, `-W07`. */
function partIn(text: string, kind: "month" | "quarter" | "week"): string | null {
  const word = text.trim();
  if (kind === "quarter") {
    const [, number] =
      /^(?:Q|QTR|T)[ -]?([1-4])$|^[1-4]Q$/i.exec(word) === null ? [] : [null, /[1-4]/.exec(word)![0]];
    return number === undefined ? null : `-Q${number}`;
  }
  if (kind === "week") {
    const [, number] = /^(?:W|KW|WK|Week )?(\d{1,2})$/i.exec(word) ?? [];
    return number !== undefined && Number(number) >= 1 && Number(number) <= 53
      ? `-W${number.padStart(2, "0")}`
      : null;
  }
  const numbered = /^(?:M)?(\d{1,2})$/i.exec(word)?.[1];
  const month = numbered === undefined ? monthOf(word) : Number(numbered);
  return month >= 1 && month <= 12 ? `-${String(month).padStart(2, "0")}` : null;
}

/** Languages whose names of months are known in a table of months and years. */
const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs"];

let names: ReadonlyMap<string, number> | null = null;

/** The number of a month by its name in one of the languages, 0 for another word. */
function monthOf(word: string): number {
  const bare = plain(word);
  if (!/^\p{L}{3,}$/u.test(bare)) return 0;
  names ??= monthNames();
  return names.get(bare) ?? 0;
}

function monthNames(): ReadonlyMap<string, number> {
  const found = new Map([["sept", 9]]);
  for (const language of LANGUAGES) {
    for (const month of ["long", "short"] as const) {
      const format = new Intl.DateTimeFormat(language, { month, timeZone: "UTC" });
      for (let at = 0; at < 12; at++) {
        const name = plain(format.format(Date.UTC(2024, at, 15)));
        if (!found.has(name)) found.set(name, at + 1);
      }
    }
  }
  return found;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/\.$/, "");
}

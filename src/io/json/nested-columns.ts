import { readTime } from "../../core/time/forms/index.js";
import { flatRecord, isRecord, type JsonRecord } from "./records.js";

type Cell = string | number | boolean | null;

/** Fewest values of a list that is a column, not a field of a record. */
const FEWEST = 4;

/** How deep lists are looked for. */
const DEEPEST = 8;

/**
 * Rows of lists that lie beside each other inside a value: `{ labels, datasets: [{ label, data }] }` of charts, traces with `x` and
 * `y`, `{ time, temperature }`, series with pairs of time and value, or values by their times. Null where there are none.
 */
export function nestedColumns(value: unknown): readonly JsonRecord[] | null {
  const own = seriesIn(value, 0);
  if (own === null) return byTimes(value, 0) ?? columnsAnywhere(value);
  // Times may lie further out than the lists of numbers that lie beside each other.
  const all = columnsAnywhere(value);
  return all !== null && all.length === own.length && widthOf(all) > widthOf(own) ? all : own;
}

function widthOf(rows: readonly JsonRecord[]): number {
  return Object.keys(rows[0] ?? {}).length;
}

/** Whether records hold lists that are longer than the records are many, so that these are series, not rows. */
export function holdColumns(records: readonly unknown[]): boolean {
  const least = Math.max(FEWEST, records.length);
  const several = records.length > 1 && records.every((record) => isRecord(record) && isRow(record));
  return !several && records.every((record) => isRecord(record) && longest(record, 0) >= least);
}

/** Whether a record has a time and a number of its own. */
function isRow(record: JsonRecord): boolean {
  const cells = Object.values(record);
  return (
    cells.some((cell) => typeof cell === "string" && readTime(cell).length > 0) &&
    cells.some((cell) => typeof cell === "number")
  );
}

/** Length of the longest list inside a value. */
function longest(value: unknown, depth: number): number {
  if (depth > DEEPEST || typeof value !== "object" || value === null) return 0;
  let most = Array.isArray(value) ? value.length : 0;
  if (most >= FEWEST) return most;
  for (const field of Object.values(value)) most = Math.max(most, longest(field, depth + 1));
  return most;
}

/** Rows of the first object whose keys are all times. */
function byTimes(value: unknown, depth: number): readonly JsonRecord[] | null {
  if (depth > DEEPEST || !isRecord(value)) return null;
  const entries = Object.entries(value);
  if (entries.length >= FEWEST && entries.every(([key]) => isTimeKey(key))) {
    if (entries.every(([, field]) => isRecord(field)))
      return entries.map(([time, field]) => ({ time, ...flatRecord(field as JsonRecord) }));
    if (entries.every(([, field]) => isCell(field)))
      return entries.map(([time, field]) => ({ time, value: field }));
  }
  const joined = joinedByTimes(entries);
  if (joined !== null) return joined;
  for (const [, field] of entries) {
    const found = byTimes(field, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Rows of objects of values by their times that lie beside each other: a column of each, values missing where one lacks a time. */
function joinedByTimes(entries: readonly (readonly [string, unknown])[]): readonly JsonRecord[] | null {
  const series = entries.filter((entry): entry is [string, JsonRecord] => {
    const fields = isRecord(entry[1]) ? Object.entries(entry[1]) : [];
    return fields.length >= FEWEST && fields.every(([key, field]) => isTimeKey(key) && isCell(field));
  });
  if (series.length < 2) return null;
  const times = new Set(series.flatMap(([, values]) => Object.keys(values)));
  return [...times].map((time) => ({
    time,
    ...Object.fromEntries(series.map(([name, values]) => [name, values[time] ?? null])),
  }));
}

/** Whether a key is a time, seconds or milliseconds since 1970 too. */
export function isTimeKey(key: string): boolean {
  return /^\d{10}$|^\d{13}$/.test(key) || readTime(key).length > 0;
}

/** Rows of lists of pairs with the same first cells, under their names; null where a value holds no two of them. */
export function joinedPairs(value: unknown): readonly JsonRecord[] | null {
  if (!isRecord(value)) return null;
  const lists = Object.entries(value).filter((entry): entry is [string, Cell[][]] => isRows(entry[1]));
  const [first] = lists;
  if (first === undefined || lists.length < 2) return null;
  const alike = lists.every(
    ([, rows]) =>
      rows.length === first[1].length &&
      rows.every((row, i) => row.length === 2 && row[0] === first[1][i]![0]),
  );
  if (!alike) return null;
  return first[1].map(([time], row) => ({
    time,
    ...Object.fromEntries(lists.map(([name, rows]) => [name, rows[row]![1]])),
  }));
}

/** Rows of the first array of objects that each hold a table of their own, with their other fields where there are several. */
function seriesIn(value: unknown, depth: number): readonly JsonRecord[] | null {
  if (depth > DEEPEST) return null;
  const own = isRecord(value) ? ownRows(value) : null;
  if (own !== null) return own;
  if (Array.isArray(value) && value.length > 0 && value.every(isRecord)) {
    const tables = value.map(ownRows);
    if (tables.every((table) => table !== null))
      return tables.flatMap((table, at) => {
        const labels = value.length > 1 ? labelsOf(value[at]!) : {};
        return table!.map((row) => ({ ...labels, ...row }));
      });
  }
  const inner = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
  for (const field of inner) {
    const found = seriesIn(field, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** The rows of the lists that an object itself holds: columns of one length, or one list of rows or of records. */
function ownRows(record: JsonRecord): readonly JsonRecord[] | null {
  const lists = Object.entries(record).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  );
  const records = lists.filter(([, list]) => list.length >= FEWEST && list.every(isRecord));
  if (records.length === 1) return records[0]![1] as JsonRecord[];
  const rows = lists.filter(([, list]) => areRows(list));
  if (rows.length === 1)
    return rows[0]![0] === "datapoints"
      ? datapoints(rows[0]![1] as Cell[][])
      : namedRows(rows[0]![1] as Cell[][], lists);
  const columns = lists.filter(([, list]) => areCells(list));
  const { length } = columns[0]?.[1] ?? [];
  return columns.length > 1 && length! >= FEWEST && columns.every(([, list]) => list.length === length)
    ? rowsOf(columns.map(([name, list]) => ({ name, list: list as Cell[] })))
    : null;
}

/** Rows of Graphite, where the value stands before its time. */
function datapoints(body: readonly Cell[][]): readonly JsonRecord[] {
  return body.map(([value, time]) => ({ time, value }));
}

/** The table of an object that names the cells or the rows of its one list of rows beside it, as pandas splits a table; null for another. */
export function namedTable(value: unknown): readonly JsonRecord[] | null {
  if (!isRecord(value)) return null;
  const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  );
  const rows = lists.filter(([, list]) => areRows(list));
  const headed = rows[0]?.[1][0] as Cell[] | undefined;
  return rows.length === 1 && lists.length > 1 && !headed!.every((cell) => typeof cell === "string")
    ? namedRows(rows[0]![1] as Cell[][], lists)
    : null;
}

/** Rows under the names, and behind the index, that stand in lists beside them. */
function namedRows(body: readonly Cell[][], lists: readonly [string, unknown[]][]): readonly JsonRecord[] {
  const names = lists.find(
    ([key, list]) =>
      key !== "index" && list.length === body[0]!.length && list.every((name) => typeof name === "string"),
  );
  const index = lists.find(([key, list]) => key === "index" && list.length === body.length && areCells(list));
  return body.map((row, at) =>
    Object.fromEntries([
      ...(index === undefined ? [] : [["index", index[1][at]]]),
      ...row.map((cell, i) => [(names?.[1][i] as string) ?? `column${i + 1}`, cell]),
    ]),
  );
}

interface Column {
  readonly name: string;
  readonly list: readonly Cell[];
}

/** Rows of all lists of one length, wherever they lie; null where lists of numbers have another. */
function columnsAnywhere(value: unknown): readonly JsonRecord[] | null {
  const groups = new Map<number, Column[]>();
  for (const column of gathered(value, "", 0)) {
    if (column.list.length < FEWEST) continue;
    groups.set(column.list.length, [...(groups.get(column.list.length) ?? []), column]);
  }
  const tables = [...groups.values()].filter((columns) => columns.length > 1);
  const alone = [...groups.values()].filter((columns) => columns.length === 1 && isOfNumbers(columns[0]!));
  return tables.length === 1 && alone.length === 0 ? rowsOf(tables[0]!) : null;
}

/** Names of the lists of numbers in a value that have another length than others there; empty where all have one. */
export function unevenLists(value: unknown): readonly { readonly name: string; readonly length: number }[] {
  const columns = gathered(value, "", 0).filter(
    (column) => column.list.length >= FEWEST && isOfNumbers(column),
  );
  const lists = columns.map(({ name, list }) => ({ name, length: list.length }));
  return new Set(lists.map(({ length }) => length)).size > 1 ? lists : [];
}

function isOfNumbers({ list }: Column): boolean {
  return list.every((cell) => cell === null || typeof cell === "number");
}

/** The lists of plain values inside a value, called by what is beside them or by their own key. */
function gathered(value: unknown, name: string, depth: number): Column[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) {
    if (areCells(value)) return [{ name, list: value as Cell[] }];
    return value.flatMap((item) => (isRecord(item) ? gathered(item, name, depth + 1) : []));
  }
  if (!isRecord(value)) return [];
  const title = value.label ?? value.name;
  return Object.entries(value).flatMap(([key, field]) =>
    gathered(field, typeof title === "string" && title !== "" ? title : key, depth + 1),
  );
}

function rowsOf(columns: readonly Column[]): readonly JsonRecord[] {
  const used = new Map<string, number>();
  const names = columns.map(({ name }) => {
    const times = (used.get(name) ?? 0) + 1;
    used.set(name, times);
    return times === 1 ? name : `${name}.${times}`;
  });
  return columns[0]!.list.map((_, row) =>
    Object.fromEntries(columns.map(({ list }, i) => [names[i]!, list[row]])),
  );
}

/** The plain fields of a record, nested ones by their joined names. */
function labelsOf(record: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(flatRecord(record)).filter(([, field]) => isCell(field)));
}

function isRows(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && areRows(value);
}

function areRows(list: readonly unknown[]): boolean {
  const rows = list.filter((row): row is unknown[] => Array.isArray(row));
  const width = rows[0]?.length ?? 0;
  return (
    list.length > 1 &&
    rows.length === list.length &&
    width > 0 &&
    rows.every((row) => row.length === width && row.every(isCell))
  );
}

function areCells(list: readonly unknown[]): boolean {
  return list.length > 1 && list.every(isCell);
}

function isCell(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

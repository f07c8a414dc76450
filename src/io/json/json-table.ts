import { dataError } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import { readTime } from "../../core/time/forms/index.js";
import { listing } from "../csv/errors.js";
import { looksLikeData } from "../csv/head/dialect.js";
import { jsonStatRows } from "./json-stat.js";
import {
  holdColumns,
  isTimeKey,
  joinedPairs,
  namedTable,
  nestedColumns,
  unevenLists,
} from "./nested-columns.js";
import { badJson, csvHeader, csvRow, flatRecord, isRecord, type JsonRecord } from "./records.js";

/** Records of a JSON text as a CSV, and the line of the file that each began on. */
export interface JsonTable {
  readonly csv: string;
  /** By record; the number of the record itself where several begin on one line. */
  readonly lines: readonly number[];
  readonly notes: readonly Note[];
}

/** Whether a text begins like JSON: an array or an object, after blanks and a byte order mark. */
export function beginsLikeJson(first: Uint8Array): boolean {
  const text = new TextDecoder().decode(first.subarray(0, 400)).replace(/^[\ufeff\s]+/, "");
  return /^\[\s*([{[\]"]|-?\d[\d.eE+-]*\s*([,\]]|$)|null|$)/.test(text)
    ? !/^\[[^\][{]*\]\s*[,;\t]/.test(text)
    : /^\{\s*("|\}|$)/.test(text);
}

/**
 * The table in a JSON text: an array of records, one record a line (NDJSON), an object with one array of records, or an
 * object of columns. Names of nested values are joined by points.
 *
 * @throws YuleError `bad-json` naming the file and the line, `no-rows`.
 */
export function jsonTable(text: string, file: string): JsonTable {
  const parsed = parse(text, file);
  const { values } = parsed;
  const lists = values.length > 0 && values.every(isList);
  const records = lists ? recordsOfLists(values) : values.map((value, i) => recordOf(value, file, i));
  if (records.length === 0)
    throw dataError("no-rows", file, null, `${file}: the JSON has no records; add some.`);
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const rows = records.map((record) => csvRow(record, names));
  const lines = distinctLines(parsed.starts, records.length);
  return {
    csv: csvHeader(names) + rows.join(""),
    lines,
    notes: parsed.whole === null ? [] : leftOut(parsed.whole, names),
  };
}

/** Says which lists of numbers are of another length than those that were read. */
function leftOut(value: JsonRecord, names: readonly string[]): Note[] {
  const lists = unevenLists(value).filter(({ name }) => !names.includes(name));
  if (lists.length === 0) return [];
  const message = `Lists of another length were left out: ${listing(lists.map(({ name, length }) => `${name} (${length} values)`))}.`;
  return [{ code: "lists-left-out", severity: "warning", message }];
}

interface Parsed {
  readonly values: readonly unknown[];
  /** Line on which each value begins; empty where that is not known. */
  readonly starts: readonly number[];
  /** The one object that the text is; null for another text. */
  readonly whole: JsonRecord | null;
}

function parse(text: string, file: string): Parsed {
  const body = text.trimStart();
  const whole = attempt(text);
  if (whole.error === null)
    return {
      values: valuesOf(whole.value, file),
      starts: startsOf(text, body.startsWith("[") ? 1 : 0),
      whole: isRecord(whole.value) ? whole.value : null,
    };
  if (!body.startsWith("{")) throw badJson(file, lineOfError(text, whole.error), whole.error);
  const values: unknown[] = [];
  const starts: number[] = [];
  for (const [at, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === "") continue;
    const { value, error } = attempt(line);
    if (error !== null)
      throw badJson(file, values.length === 0 ? lineOfError(text, whole.error) : at + 1, error);
    values.push(value);
    starts.push(at + 1);
  }
  return { values, starts, whole: null };
}

function attempt(text: string): { value: unknown; error: string | null } {
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, "")) as unknown, error: null };
  } catch (error) {
    return { value: null, error: (error as Error).message };
  }
}

/** The records in a whole JSON value. */
function valuesOf(value: unknown, file: string): readonly unknown[] {
  if (Array.isArray(value) && !value.some(isList))
    return holdColumns(value) ? (nestedColumns(value) ?? value) : value;
  const dataset = jsonStatRows(value);
  if (dataset !== null) return dataset;
  const named = namedTable(value);
  if (named !== null) return named;
  const tables = withNumbers(tablesIn(value, 0));
  if (tables.length === 1 && !holdColumns(tables[0]!)) return tables[0]!;
  const nested = (tables.every(holdColumns) ? nestedColumns(value) : null) ?? joinedPairs(value);
  const uneven = nested === null ? unevenLists(value) : [];
  if (tables.length === 1 && uneven.length === 0) return nested ?? tables[0]!;
  if (tables.length > 1) {
    if (nested === null) throw severalTables(file, tables.length);
    return nested;
  }
  if (isRecord(value)) {
    const columns = columnsIn(value) ?? timesIn(value) ?? nested;
    if (columns !== null) return columns;
    if (Object.values(value).every((field) => !isRecord(field) && !isList(field))) return [value];
  }
  if (uneven.length > 0) throw severalLengths(file, uneven);
  throw dataError(
    "bad-json",
    file,
    null,
    `${file} is JSON without records; write an array of objects, or one object a line.`,
  );
}

/** Of several tables those with a number in their first record, as the names of fields beside a table have none; all where none has one. */
function withNumbers(tables: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  const numbers = tables.filter(([first]) =>
    Object.values(first as JsonRecord).some((cell) => typeof cell !== "string"),
  );
  return tables.length > 1 && numbers.length > 0 ? numbers : tables;
}

/** How deep a table may lie inside the answer of a service. */
const DEEPEST = 6;

/** Arrays of objects, or of equally long arrays, anywhere in a value. */
function tablesIn(value: unknown, depth: number): (readonly unknown[])[] {
  if (depth > DEEPEST) return [];
  if (isList(value)) {
    const rows = value.filter(isList);
    const lengths = new Set(rows.map(({ length }) => length));
    const lists = value.length > 1 && rows.length === value.length && lengths.size === 1 && !lengths.has(1);
    if (lists && rows.every((row) => !row.some((cell) => isList(cell) || isRecord(cell)))) return [value];
    if (value.length > 0 && value.every(isRecord)) return [value];
    return value.flatMap((field) => tablesIn(field, depth + 1));
  }
  return isRecord(value) ? Object.values(value).flatMap((field) => tablesIn(field, depth + 1)) : [];
}

/** Rows of an object of equally long arrays, or of objects with the same keys. */
function columnsIn(value: JsonRecord): readonly unknown[] | null {
  const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] => isList(entry[1]));
  if (lists.length > 0) {
    const { length } = lists[0]![1];
    if (lists.some(([, list]) => list.length !== length)) return null;
    return lists[0]![1].map((_, row) => Object.fromEntries(lists.map(([name, list]) => [name, list[row]])));
  }
  const indexed = Object.entries(value).filter((entry): entry is [string, JsonRecord] => isRecord(entry[1]));
  const keys = Object.keys(indexed[0]?.[1] ?? {});
  if (indexed.length === 0 || indexed.length < Object.keys(value).length || keys.length < 2) return null;
  if (indexed.some(([, own]) => Object.keys(own).join("\n") !== keys.join("\n"))) return null;
  if (indexed.some(([, own]) => Object.values(own).some((cell) => isRecord(cell) || isList(cell))))
    return null;
  const times = keys.every((key) => readTime(key).length > 0);
  return keys.map((key) =>
    Object.fromEntries([
      ...(times ? [["time", key]] : []),
      ...indexed.map(([name, own]) => [name, own[key]]),
    ]),
  );
}

/** Rows of an object whose keys are times. */
function timesIn(value: JsonRecord): readonly unknown[] | null {
  const entries = Object.entries(value);
  const plain = entries.every(([key, cell]) => !isRecord(cell) && !isList(cell) && isTimeKey(key));
  return plain && entries.length > 1 ? entries.map(([time, cell]) => ({ time, value: cell })) : null;
}

function severalTables(file: string, tables: number): Error {
  return dataError(
    "bad-json",
    file,
    null,
    `${file} is JSON with ${tables} lists of records; write the one to read as an array of objects, or one object a line.`,
  );
}

function severalLengths(file: string, lists: ReturnType<typeof unevenLists>): Error {
  return dataError(
    "bad-json",
    file,
    null,
    `${file} is JSON with lists of several lengths (${listing(lists.map(({ name, length }) => `${name} ${length}`))}); write those that belong together with one value for each time, null where it is missing.`,
  );
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function recordOf(value: unknown, file: string, at: number): JsonRecord {
  if (typeof value === "number" || value === null) return { value };
  if (isRecord(value)) return flatRecord(value);
  throw dataError(
    "bad-json",
    file,
    at + 1,
    `${file}: record ${at + 1} is no object; write an array of objects, or one object a line.`,
  );
}

/** Rows of lists as records, called after the first row where it is one of names. */
function recordsOfLists(rows: readonly (readonly unknown[])[]): JsonRecord[] {
  const named = rows[0]!.every((cell) => typeof cell === "string" && !looksLikeData(cell));
  const names = rows[0]!.map((cell, i) => (named ? String(cell) : `column${i + 1}`));
  return rows.slice(named ? 1 : 0).map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
}

/** The lines on which the objects inside so many brackets begin. */
function startsOf(text: string, depthOfRecords: number): number[] {
  const starts: number[] = [];
  let [depth, line, inside] = [0, 1, false];
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!;
    if (mark === "\n") line++;
    if (inside) {
      if (mark === "\\") at++;
      else if (mark === '"') inside = false;
    } else if (mark === '"') inside = true;
    else if (mark === "{" || mark === "[") {
      if (depth === depthOfRecords && mark === "{") starts.push(line);
      depth++;
    } else if (mark === "}" || mark === "]") depth--;
  }
  return starts;
}

function distinctLines(starts: readonly number[], records: number): readonly number[] {
  const known = starts.length === records && new Set(starts).size === records;
  return known ? starts : Array.from({ length: records }, (_, i) => i + 1);
}

function lineOfError(text: string, message: string): number | null {
  const [, position] = /position (\d+)/.exec(message) ?? [];
  return position === undefined ? null : text.slice(0, Number(position)).split("\n").length;
}

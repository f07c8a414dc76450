import { show } from "../core/checks.js";
import { dataError, usageError } from "../core/errors.js";
import { parseCsv } from "./csv/parse-csv.js";
import { requireCsvOptions } from "./csv-arguments.js";
import type { CsvOptions, CsvResult } from "./csv-options.js";

/** A row of a table: cells by the names of their columns. */
export type DataRecord = Readonly<Record<string, unknown>>;

/**
 * Makes series from records, such as rows of a database or of a JSON file. Columns and the step between rows are found as
 * in a CSV file where they are not named; records may come in any order.
 *
 * A cell is a number, a text, a Date, a boolean (0 or 1), or null, undefined and NaN for a missing value. Dates at midnight
 * UTC, or all at local midnight, are days; others are instants in UTC.
 *
 * @param options `time`, `value`, `id` and the other options of `parseCsv`.
 * @returns the panel, what was decided, and notes, as `parseCsv` does.
 * @throws YuleError `no-records`, `bad-record`, `infinite-value`, `bad-date`, and as `parseCsv` does; rows are counted from 1.
 * @example
 * const rows = [{ day: new Date("2024-01-01"), sales: 4 }, { day: new Date("2024-01-02"), sales: 6 }];
 * const { panel } = await fromRecords(rows, { time: "day", value: "sales" });
 */
export async function fromRecords(
  records: Iterable<DataRecord>,
  options: Omit<CsvOptions, "encoding" | "delimiter" | "header" | "skip"> = {},
): Promise<CsvResult> {
  requireCsvOptions("fromRecords", options);
  const rows = rowsOf(records);
  const kinds = dateKinds(rows);
  const lines = rows.map((record, at) =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries(record).map(([name, cell]) => [name, cellOf(cell, name, at, kinds.get(name))]),
      ),
    ),
  );
  return parseCsv(`[\n${lines.join(",\n")}\n]`, { name: "records", ...options });
}

function rowsOf(records: Iterable<DataRecord>): DataRecord[] {
  if (records === null || typeof records !== "object" || !(Symbol.iterator in records)) {
    throw usageError(
      "bad-record",
      "records",
      records,
      `Records are an array of objects, not ${show(records)}.`,
    );
  }
  const rows = [...records];
  if (rows.length === 0)
    throw dataError("no-records", "records", 0, "There are no records; give at least one.");
  rows.forEach((record, at) => {
    if (typeof record === "object" && record !== null && !Array.isArray(record)) return;
    throw dataError(
      "bad-record",
      `records[${at}]`,
      record,
      `Record ${at + 1} is ${show(record)}; it must be an object.`,
    );
  });
  return rows;
}

/** How the dates of a column are written: as days of UTC, as days of this machine's time zone, or as instants. */
type DateKind = "utc-day" | "local-day" | "instant";

const DAY = 86_400_000;

function dateKinds(rows: readonly DataRecord[]): Map<string, DateKind> {
  const dates = new Map<string, Date[]>();
  for (const row of rows) {
    for (const [name, cell] of Object.entries(row)) {
      if (!(cell instanceof Date)) continue;
      const column = dates.get(name);
      if (column === undefined) dates.set(name, [cell]);
      else column.push(cell);
    }
  }
  return new Map([...dates].map(([name, column]) => [name, kindOf(column)]));
}

function kindOf(column: readonly Date[]): DateKind {
  if (column.every((date) => date.getTime() % DAY === 0)) return "utc-day";
  const midnight = (date: Date) =>
    date.getHours() === 0 &&
    date.getMinutes() === 0 &&
    date.getSeconds() === 0 &&
    date.getMilliseconds() === 0;
  return column.every(midnight) ? "local-day" : "instant";
}

function cellOf(cell: unknown, name: string, at: number, kind: DateKind | undefined): string | number | null {
  if (cell === null || cell === undefined) return null;
  if (cell instanceof Date) return dateText(cell, name, at, kind);
  if (typeof cell === "bigint") return String(cell);
  if (typeof cell === "boolean") return cell ? 1 : 0;
  if (typeof cell === "string") return cell;
  if (typeof cell !== "number")
    throw dataError(
      "bad-record",
      name,
      cell,
      `Record ${at + 1} has ${show(cell)} in ${name}; a cell is a number, a text or a Date.`,
    );
  if (Number.isNaN(cell)) return null;
  if (Number.isFinite(cell)) return cell;
  throw dataError(
    "infinite-value",
    name,
    cell,
    `Record ${at + 1} has ${cell} in ${name}; replace it by a number, or null for missing.`,
  );
}

function dateText(date: Date, name: string, at: number, kind: DateKind | undefined): string {
  if (Number.isNaN(date.getTime()))
    throw dataError(
      "bad-date",
      name,
      date,
      `Record ${at + 1} has an invalid Date in ${name}; check how it was made.`,
    );
  if (kind !== "local-day") return kind === "utc-day" ? date.toISOString().slice(0, 10) : date.toISOString();
  const two = (part: number) => String(part).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

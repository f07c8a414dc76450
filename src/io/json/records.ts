import { dataError } from "../../core/errors.js";

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws YuleError `bad-json` naming the line, where a text is no record. */
export function parsedRecord(text: string, file: string, line: number): JsonRecord {
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    throw badJson(file, line, (error as Error).message);
  }
  if (isRecord(value)) return value;
  throw dataError(
    "bad-json",
    file,
    line,
    `${file}, row ${line}: this is no object; write an array of objects, or one object a line.`,
  );
}

/** A record whose nested values stand beside the others, their names joined by points. */
export function flatRecord(record: JsonRecord): JsonRecord {
  return Object.values(record).some(isRecord) ? Object.fromEntries(fieldsOf(record, "")) : record;
}

function fieldsOf(record: JsonRecord, before: string): [string, unknown][] {
  return Object.entries(record).flatMap(([name, value]): [string, unknown][] =>
    isRecord(value) ? fieldsOf(value, `${before}${name}.`) : [[before + name, value]],
  );
}

export function csvHeader(names: readonly string[]): string {
  return `${names.map(quoted).join(",")}\n`;
}

export function csvRow(record: JsonRecord, names: readonly string[]): string {
  let row = "";
  for (let at = 0; at < names.length; at++) row += `${at === 0 ? "" : ","}${cellOf(record[names[at]!])}`;
  return `${row}\n`;
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return quoted(typeof value === "string" ? value : JSON.stringify(value));
}

function quoted(text: string): string {
  return /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""').replace(/[\r\n]+/g, " ")}"` : `"${text}"`;
}

export function badJson(file: string, line: number | null, message: string): Error {
  const where = line === null ? file : `${file}, row ${line}`;
  return dataError(
    "bad-json",
    file,
    line,
    `${where}: this is not JSON (${message}); correct it, or write the table as CSV.`,
  );
}

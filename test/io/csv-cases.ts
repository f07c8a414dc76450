import { YuleError } from "../../src/core/errors.js";
import type { Series } from "../../src/core/series.js";
import { timeLabel } from "../../src/core/time/calendar.js";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import type { CsvOptions, CsvResult } from "../../src/io/csv-options.js";

/** The error that reading ends in. */
export async function errorOf(action: Promise<unknown> | (() => Promise<unknown>)): Promise<YuleError> {
  try {
    await (typeof action === "function" ? action() : action);
  } catch (error) {
    if (error instanceof YuleError) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

export function refusalOf(text: string | Uint8Array, options: CsvOptions = {}): Promise<YuleError> {
  return errorOf(parseCsv(text, { name: "data.csv", ...options }));
}

/** A panel of one series. */
export async function onlySeries(text: string | Uint8Array, options: CsvOptions = {}): Promise<Series> {
  const { panel } = await parseCsv(text, options);
  if (panel.length !== 1) throw new Error(`${panel.length} series instead of one.`);
  return panel[0]!;
}

export function labelsOf({ time, y }: Series, more = 0): string[] {
  if (time === null) return [];
  return Array.from({ length: y.length + more }, (_, i) => timeLabel(time, i));
}

/** The note of a code, or undefined. */
export function noteOf({ notes }: CsvResult, code: string): string | undefined {
  return notes.find((note) => note.code === code)?.message;
}

/** Lines of a file. */
export function lines(...rows: readonly string[]): string {
  return `${rows.join("\n")}\n`;
}

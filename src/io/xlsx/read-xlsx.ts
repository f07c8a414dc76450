import { nearest, show } from "../../core/checks.js";
import { dataError, usageError, YuleError } from "../../core/errors.js";
import { listing } from "../csv/errors.js";
import type { Opened, ToOpen } from "../formats/opened.js";
import { areDays, cellText, quotedCell } from "../formats/typed-table.js";

/** Optional: reads workbooks of Excel where it is installed. */
const PACKAGE = "read-excel-file/node";

type Cell = string | number | boolean | Date | null;

interface Sheet {
  readonly sheet: string;
  readonly data: readonly (readonly Cell[])[];
}

/**
 * A sheet of an Excel workbook as the text of a CSV: dates that the workbook marks as such in ISO form, numbers in full.
 *
 * @throws YuleError `ambiguous-sheet` where several sheets hold data and none is named, `unknown-sheet`, `bad-xlsx`,
 * `no-xlsx` where the optional package is not installed.
 */
export async function openWorkbook(bytes: Uint8Array, { file, sheet }: ToOpen): Promise<Opened> {
  const { data } = chosen(await sheetsOf(bytes, file), sheet, file);
  return { kind: "text", as: "cells", chunks: textOf(data) };
}

async function sheetsOf(bytes: Uint8Array, file: string): Promise<readonly Sheet[]> {
  const { default: readSheets } = await reader();
  try {
    return await readSheets(Buffer.from(bytes));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw dataError(
      "bad-xlsx",
      file,
      null,
      `${file} is a zip archive that cannot be read as an Excel workbook (${why}); save the sheet as CSV, or unpack the archive.`,
    );
  }
}

async function reader(): Promise<{ default(input: Uint8Array): Promise<readonly Sheet[]> }> {
  try {
    return (await import(PACKAGE)) as { default(input: Uint8Array): Promise<readonly Sheet[]> };
  } catch (cause) {
    throw new YuleError({
      code: "no-xlsx",
      category: "usage",
      argument: "FILE",
      message:
        "Excel workbooks need the package read-excel-file, which is not installed: run npm install read-excel-file, or save the sheet as CSV.",
      cause,
    });
  }
}

function chosen(sheets: readonly Sheet[], wanted: string | undefined, file: string): Sheet {
  const names = sheets.map(({ sheet }) => sheet);
  if (wanted !== undefined) {
    const found = sheets.find(({ sheet }) => sheet === wanted) ?? sheets[Number(wanted) - 1];
    if (found !== undefined) return found;
    throw usageError(
      "unknown-sheet",
      "sheet",
      wanted,
      `${file} has no sheet ${show(wanted)}; the nearest is ${show(nearest(wanted, names))}, and its sheets are ${listing(names)}.`,
    );
  }
  const filled = sheets.filter(({ data }) => data.some((row) => row.some((cell) => cell !== null)));
  if (filled.length === 1) return filled[0]!;
  if (filled.length === 0) {
    throw dataError("empty-file", file, null, `${file}: the workbook has no sheet with data; fill one in.`);
  }
  const own = filled.map(({ sheet }) => sheet);
  throw usageError(
    "ambiguous-sheet",
    "sheet",
    own,
    `${file} has ${own.length} sheets with data, ${listing(own)}; name one with --sheet ${/\s/.test(own[0]!) ? show(own[0]) : own[0]}.`,
  );
}

/** Distances from a whole second that are the rounding of a day's fraction, in milliseconds. */
const NOISE = 20;

function textOf(data: Sheet["data"]): AsyncIterable<Uint8Array> {
  const width = data.reduce((most, row) => Math.max(most, row.length), 0);
  const cells = data.map((row) => row.map((cell) => (cell instanceof Date ? steady(cell) : cell)));
  const daily = Array.from({ length: width }, (_, at) =>
    areDays(cells.flatMap((row) => (row[at] instanceof Date ? [Number(row[at])] : []))),
  );
  const lines = cells.map((row) =>
    row.some((cell) => cell !== null)
      ? Array.from({ length: width }, (_, at) => quotedCell(written(row[at] ?? null, daily[at]!))).join(",")
      : "",
  );
  const text = new TextEncoder().encode(`${lines.join("\n")}\n`);
  return (async function* () {
    yield text;
  })();
}

function steady(date: Date): Date {
  const time = date.getTime();
  const second = Math.round(time / 1000) * 1000;
  return Math.abs(time - second) <= NOISE ? new Date(second) : date;
}

function written(cell: Cell, daily: boolean): string {
  if (cell instanceof Date) return cellText(cell.getTime(), "local-time", daily);
  return cell === null ? "" : String(cell);
}

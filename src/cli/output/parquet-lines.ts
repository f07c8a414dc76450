import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Cell, Table } from "../../report/table.js";

/**
 * Rows that are to become Parquet as lines of JSON, the names of the columns first. Parquet ends in a table of its parts, so
 * that a run that stops could not be gone on with: lines can.
 */
export function* parquetLines({ rows }: Table): Generator<string> {
  for (const row of rows) yield `[${row.map(cellText).join(",")}]\n`;
}

export function namesLine({ columns }: Table): string {
  return `${JSON.stringify(columns.map(({ name }) => name))}\n`;
}

/** A cell that `JSON.parse` reads to the bit; numbers without end as one beyond all doubles. */
function cellText(cell: Cell): string {
  // Two marks end a line for the reader of lines, though not in JSON.
  if (typeof cell === "string")
    return JSON.stringify(cell).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  if (typeof cell !== "number") return String(cell);
  if (Number.isNaN(cell)) return "null";
  if (Object.is(cell, -0)) return "-0";
  return Number.isFinite(cell) ? String(cell) : cell > 0 ? "1e999" : "-1e999";
}

/** The lines of a file as Parquet, in pieces; the file is gone through twice. */
export async function* parquetOfLines(path: string): AsyncGenerator<Uint8Array> {
  const { CellKinds, parquetPieces } = await import("../../io/parquet/write-parquet.js");
  let names: string[] = [];
  for await (const line of linesOf(path)) {
    names = JSON.parse(line) as string[];
    break;
  }
  const kinds = new CellKinds(names.length);
  for await (const row of rowsOf(path)) kinds.add(row);
  yield* parquetPieces(names, kinds.list, rowsOf(path));
}

async function* rowsOf(path: string): AsyncGenerator<Cell[]> {
  let first = true;
  for await (const line of linesOf(path)) {
    if (!first) yield JSON.parse(line) as Cell[];
    first = false;
  }
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
}

import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { dataError } from "../../../core/errors.js";
import type { RecordRun, RecordSink } from "./records.js";

/**
 * Gives the sink the records of a run that needs the full rules of quoting, cut by csv-parse. Bytes pass through as
 * latin-1 characters, one each, and come out as they went in, whatever their encoding.
 *
 * @throws YuleError `bad-quote` for text after a closing quote.
 */
export function giveQuoted(
  bytes: Uint8Array,
  run: RecordRun,
  delimiter: number,
  sink: RecordSink,
  file: string,
): void {
  const records = cut(bytes, delimiter, file, run.lines[0] ?? 1);
  records.forEach((cells, i) => {
    cells.forEach((cell, column) => {
      const raw = Uint8Array.from(cell, (character) => character.charCodeAt(0));
      sink.cell(column, raw, 0, raw.length);
    });
    sink.endRecord(cells.length, run.lines[i] ?? run.nextLine);
  });
}

function cut(bytes: Uint8Array, delimiter: number, file: string, line: number): string[][] {
  try {
    return parse(bytes, {
      delimiter: String.fromCharCode(delimiter),
      record_delimiter: ["\r\n", "\n", "\r"],
      encoding: "latin1",
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = line - 1 + Number(error.lines ?? 1);
    throw dataError(
      "bad-quote",
      file,
      row,
      `${file}, row ${row}: a quoted cell has text after its closing quote; double the quotes that belong to its text.`,
    );
  }
}

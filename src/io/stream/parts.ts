import type { Note } from "../../core/model.js";
import { formatFrequency } from "../../core/time/calendar.js";
import type { CsvDecisions, CsvOptions, CsvResult } from "../csv-options.js";
import { readLined } from "../read-csv.js";
import { RowScanner, type RowShape } from "./row-scanner.js";
import type { RowsAt } from "./runs.js";

const LF = 10;
/** Rows that show how the others are written. */
const SAMPLED = 500;

/** How the parts of a file are read: as plain data that crosses threads. */
export interface PartsPlan {
  /** All that was decided by the beginning of the file, as if it had been given. */
  readonly options: CsvOptions;
  /** The header over the rows of a part, a character a byte. */
  readonly header: string;
  /** The first rows, which show how the others are written, a character a byte. */
  readonly sample: string;
}

/** A long table whose rows can be read a part at a time. */
export interface Parts extends PartsPlan, Pick<CsvResult, "decisions" | "notes"> {
  readonly rows: RowsAt;
}

/**
 * How the parts of a file are read by what its beginning shows; null where it is no long table with a column of ids, or all of
 * it and one series.
 *
 * @param whole whether the sample is all there is.
 * @throws YuleError as reading the beginning of the file does.
 */
export async function partsOf(sample: Uint8Array, whole: boolean, given: CsvOptions): Promise<Parts | null> {
  if (!isPlainText(sample)) return null;
  const { result, line } = await readLined([whole ? sample : wholeLines(sample)], given);
  const { decisions, notes } = result;
  // Columns with blanks between them were cut on the way.
  if (!sample.includes(decisions.delimiter.charCodeAt(0))) return null;
  if (!isLong(decisions) || (whole && result.panel.length < 2)) return null;
  const start = offsetOf(sample, line);
  const ids = decisions.id.map((column) => decisions.columns.indexOf(column)).sort((a, b) => a - b);
  const shape = { delimiter: decisions.delimiter.charCodeAt(0), ids };
  return {
    options: optionsFrom(decisions, given),
    header: headerOf(decisions),
    sample: firstRows(sample.subarray(start), shape),
    rows: { file: given.name ?? "input", start, line, shape },
    decisions,
    notes: whole ? notes : notes.map((note) => sayingWhere(note, decisions.rows)),
  };
}

/** Notes that count cells, rows or series, of which the beginning of a file has a part only. */
const COUNTING = new Set([
  ...["gaps-filled", "blank-rows", "other-steps-left-out", "totals-left-out", "missing-cells"],
  ...["likely-sentinel", "ends-missing", "series-all-missing", "single-value", "inputs-missing"],
]);

/** A note about the first rows of a longer file, which says so where it counts them. */
function sayingWhere(note: Note, rows: number): Note {
  if (!COUNTING.has(note.code)) return note;
  return { ...note, message: `${note.message} Counted in the first ${rows} rows of the file.` };
}

/** The bytes under which the rows of a part are read. */
export function headOf({ header, sample }: PartsPlan): Uint8Array {
  return Buffer.from(`${header}${sample}`, "latin1");
}

/** Text with line feeds, in an encoding that extends ASCII, that is no JSON and no packed file. */
function isPlainText(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte > 32 && ![0xef, 0xbb, 0xbf].includes(byte));
  const opens = first === undefined || [91, 123].includes(first);
  const head = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  return !opens && !/^(PK|PAR1)/.test(head) && bytes.includes(10) && !bytes.includes(0);
}

/** A table with a column of ids, whose columns are told apart by their names. */
function isLong(decisions: CsvDecisions): boolean {
  const { id, time, columns, aggregated, encoding } = decisions;
  const apart = new Set(columns).size === columns.length && columns.every((name) => !name.includes(","));
  const wide = time === "the header" && !columns.includes(time);
  return (
    id.length > 0 &&
    id.every((name) => columns.includes(name)) &&
    apart &&
    !wide &&
    !aggregated &&
    (encoding === "utf-8" || (encoding === "windows-1252" && columns.every(isLatin)))
  );
}

/** Whether a text has only characters that Windows-1252 writes as their own numbers. */
function isLatin(text: string): boolean {
  return /^[\x20-\x7e\xa0-\xff]*$/.test(text);
}

/** The decisions about the beginning of a file as options for its parts. */
function optionsFrom(decisions: CsvDecisions, given: CsvOptions): CsvOptions {
  const { time, values, id, inputs, decimal, dateOrder, frequency, period, delimiter, encoding } = decisions;
  const { skip: _, aggregate: __, ...rest } = given;
  return {
    ...rest,
    time,
    value: values.length === 1 ? values[0]! : values,
    id: id.length === 1 ? id[0]! : id,
    inputs,
    decimal,
    period,
    delimiter,
    encoding,
    header: true,
    ...(dateOrder === null ? {} : { dateOrder }),
    ...(frequency === null || frequency.unit === "index" ? {} : { frequency: formatFrequency(frequency) }),
  };
}

function headerOf({ columns, delimiter, encoding }: CsvDecisions): string {
  const names = columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(delimiter);
  return encoding === "utf-8" ? Buffer.from(`${names}\n`).toString("latin1") : `${names}\n`;
}

/** The first rows of data, whole ones, as many as their columns are told by. */
function firstRows(bytes: Uint8Array, shape: RowShape): string {
  const scanner = new RowScanner(shape);
  const last = bytes.lastIndexOf(LF);
  let at = 0;
  for (let row = 0; row < SAMPLED && at < last; row++) {
    if (!scanner.next(bytes, at, last, false)) break;
    at = scanner.end;
  }
  return Buffer.from(at === 0 ? bytes : bytes.subarray(0, at)).toString("latin1");
}

function wholeLines(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.lastIndexOf(10) + 1);
}

/** Where a line of the file begins. */
function offsetOf(bytes: Uint8Array, line: number): number {
  let at = 0;
  for (let passed = 1; passed < line; passed++) at = bytes.indexOf(10, at) + 1;
  return at;
}

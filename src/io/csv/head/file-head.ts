import { usageError } from "../../../core/errors.js";
import { withPlainDigits } from "../../../core/time/forms/index.js";
import type { CsvOptions, Delimiter, Encoding } from "../../csv-options.js";
import { isUtf8 } from "../bytes/encoding.js";
import { type Input, unclosed } from "../bytes/input.js";
import type { LegacyGuess } from "../bytes/legacy.js";
import { CR, LF, wholeRecords } from "../bytes/records.js";
import { fileError } from "../errors.js";
import { CellMarks, NO_MARKS } from "../numbers/cell-marks.js";
import { timeNameScore } from "../roles/time-names.js";
import { commentHeader } from "./comment-header.js";
import { decimalLines } from "./decimal-lines.js";
import { findDelimiter } from "./dialect.js";
import { isHeader, looksLikeTime } from "./header.js";
import { isBesideTable } from "./left-out.js";
import { type Profile, profileOf } from "./profile.js";
import { type Head, type Sample, sampleOf } from "./sample.js";
import { groupedNames, type TableStart, tableStart, usualWidth } from "./table-start.js";

/** Bytes of a file looked at before it is decided what its columns are. */
const ENOUGH = 1 << 18;

/** Rows of those looked at cell by cell. */
const ROWS = 500;

const HASH = 35;

/** Rows that show whether a decimal comma cut their cells. */
const SOME = 50;

/** What the beginning of a file shows. */
export interface FileHead {
  readonly file: string;
  readonly encoding: Encoding;
  /** What the words of a text without a usual encoding showed; null for any other. */
  readonly guess: LegacyGuess | null;
  readonly delimiter: Delimiter;
  readonly header: boolean;
  readonly columns: readonly Profile[];
  readonly marks: CellMarks;
  /** A line that was read as one number with a decimal comma, though it may be two; null where there is none. */
  readonly decimals: string | null;
  /** Whether the columns' cells are all there are. */
  readonly whole: boolean;
  /** Where the first record of data begins, and on which line. */
  readonly start: number;
  readonly line: number;
  /** Lines above the table that were found and left out. */
  readonly skipped: number;
  /** Rows between the header and the data that were left out, such as one of units. */
  readonly between: readonly { readonly row: number; readonly text: string }[];
}

/** Looks at the beginning of a file. @throws YuleError `empty-file`, `no-rows`, `unclosed-quote`, `line-too-long`. */
export async function openHead(input: Input, options: CsvOptions): Promise<FileHead> {
  await input.reach(ENOUGH);
  for (;;) {
    const { bytes, end } = input.buffer;
    const text = bytes.subarray(0, end + 1);
    if (input.ended && text.every((byte) => byte <= 32)) throw emptyFile(input.file);
    let lead = leadOf(text, end, options.skip ?? 0, input.file);
    let head: Head = {
      bytes: text.subarray(lead.start),
      end: end - lead.start,
      last: input.ended,
      file: input.file,
    };
    const given = options.delimiter ?? lead.delimiter;
    const decimals = given === null ? decimalLines(head, options.decimal) : null;
    // A mark that no line has: each is one cell.
    const delimiter = given ?? (decimals === null ? await findDelimiter(head) : ";");
    const free = options.header === undefined && options.skip === undefined && lead.delimiter === null;
    const named = free ? commentHeader(text, lead.start, head, delimiter) : null;
    if (named !== null) {
      lead = { ...lead, start: lead.start - named.bytes, line: lead.line - named.lines };
      head = named.head;
    }
    const sample = (await sampleOf(head, delimiter.charCodeAt(0), ROWS + 1, false))!;
    const table = startOf(sample.rows, options);
    const first = firstOf(table);
    if (sample.rows.length > first) {
      const described = describe(input, head, lead, delimiter, sample, table, options);
      return options.decimal === undefined ? { ...described, decimals } : described;
    }
    const { openQuote } = wholeRecords(
      head.bytes,
      0,
      head.end,
      delimiter.charCodeAt(0),
      lead.line,
      head.last,
    );
    if (input.ended) throw openQuote > 0 ? unclosed(input.file, openQuote) : noRows(input.file);
    await input.more(lead.line + sample.rows.length, openQuote);
  }
}

/** The first record of data. */
function firstOf({ before, header, upper, between }: TableStart): number {
  return before + (header ? 1 : 0) + (upper ? 1 : 0) + between;
}

/** Where the table begins: as given, else as its rows show. */
function startOf(rows: readonly (readonly string[])[], { header, skip }: CsvOptions): TableStart {
  const found = tableStart(rows);
  const before = skip === undefined ? found.before : 0;
  if (header === undefined && skip === undefined) return found;
  const named = header ?? isHeader(rows);
  if (header === undefined && found.header && found.before === before) return found;
  return { before, header: named, upper: false, between: 0 };
}

function describe(
  input: Input,
  head: Head,
  lead: Lead,
  delimiter: Delimiter,
  { rows, lines, full }: Sample,
  table: TableStart,
  options: CsvOptions,
): FileHead {
  const { before, header, upper, between } = table;
  const first = firstOf(table);
  const body = rows.slice(first);
  const row = upper ? groupedNames(rows[before]!, rows[before + 1]!) : rows[before]!;
  const names = namesOf(header ? row : null, body);
  const whole = input.ended && !full;
  const rowsOfTable = withoutOthers(body, names, whole);
  const marks = marksOf(options, names);
  const columns = names.map((name, position) =>
    profileOf(
      name,
      position,
      rowsOfTable.map((row) => withPlainDigits(row[position] ?? "")),
      marks,
    ),
  );
  const seen = head.bytes.subarray(0, head.bytes.lastIndexOf(LF, head.end - 1) + 1);
  const fileLine = (row: number) => lead.line + lines[row]! - 1;
  return {
    file: input.file,
    encoding: input.encoding === "utf-8" && !isUtf8(seen) ? "windows-1252" : input.encoding,
    guess: input.guess,
    delimiter,
    header,
    columns,
    marks,
    decimals: null,
    whole,
    start: lead.start + offsetOfLine(head, lines[first]!),
    line: fileLine(first),
    skipped: before === 0 ? 0 : fileLine(before) - 1,
    between: rows.slice(first - between, first).map((row, i) => ({
      row: fileLine(first - between + i),
      text: row.filter((cell) => cell !== "").join(", "),
    })),
  };
}

/**
 * The names of the columns; a last cell of the header that is empty and stands above nothing is no column. A header of
 * one cell less than its rows stands behind a column of row names, as R writes it.
 */
function namesOf(row: readonly string[] | null, body: readonly (readonly string[])[]): string[] {
  const width = usualWidth(body);
  const behind =
    row !== null &&
    row.length === width - 1 &&
    body.every((cells) => cells[width - 1] !== "") &&
    !areTorn(row, body);
  const header = behind ? ["", ...row] : row;
  if (header === null) return Array.from({ length: width }, (_, position) => `column${position + 1}`);
  const names = header.map((name, position) => (name === "" ? `column${position + 1}` : name));
  while (names.length > width && header[names.length - 1] === "") names.pop();
  return names;
}

/**
 * Whether rows have a cell more than the header since a decimal comma cut one in two, `2024-01-31,100,5` below `date,value`: the
 * times stand in the first column, as the first name says.
 */
function areTorn([name = ""]: readonly string[], body: readonly (readonly string[])[]): boolean {
  const some = body.slice(0, SOME);
  return (
    timeNameScore(name) > 0 &&
    some.every(([first = "", second = ""]) => looksLikeTime(first) && !looksLikeTime(second)) &&
    some.every((cells) => /^\d+$/.test(cells.at(-1)!))
  );
}

/** Rows of a sample without those that are none of the table. */
function withoutOthers(
  body: readonly (readonly string[])[],
  names: readonly string[],
  whole: boolean,
): readonly (readonly string[])[] {
  let end = body.length;
  while (whole && end > 1 && isBesideTable(body[end - 1]!, names, true)) end--;
  const kept = body.slice(0, end).filter((row) => !isBesideTable(row, names, false));
  return kept.length === 0 ? body : kept;
}

/** The first name of the tables of tabs that Eurostat gives out. */
export const TABLE_OF_EUROSTAT = /\\TIME(_PERIOD)?$/;

/** Marks as they were given; and the flags that Eurostat sets behind a blank in its tables of tabs, `33.1 p`. */
function marksOf({ na = [], strip = "" }: CsvOptions, names: readonly string[]): CellMarks {
  const flags = names.some((name) => TABLE_OF_EUROSTAT.test(name)) ? "bcdefnprsuz" : "";
  return na.length === 0 && strip + flags === "" ? NO_MARKS : new CellMarks(na, strip + flags);
}

/** Where a line of the head begins, the first being 1. */
function offsetOfLine({ bytes, end }: Head, line: number): number {
  let at = 0;
  for (let passed = 1; passed < line && at < end; at++) {
    if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) passed++;
  }
  return at;
}

/** What stands before the table: comment lines, and the `sep=;` that spreadsheets write. */
interface Lead {
  readonly start: number;
  readonly line: number;
  readonly delimiter: Delimiter | null;
}

function leadOf(text: Uint8Array, end: number, skip: number, file: string): Lead {
  let start = 0;
  let line = 1;
  while (start < end && (line <= skip || text[start] === HASH || text[start] === LF || text[start] === CR)) {
    while (text[start] !== LF && text[start] !== CR) start++;
    start += text[start] === CR && text[start + 1] === LF ? 2 : 1;
    line++;
  }
  if (start >= end && line <= skip) throw skipsAll(file, skip);
  const found = /^sep=([,;|\t])\r?\n/i.exec(String.fromCharCode(...text.subarray(start, start + 8)));
  if (found === null) return { start: Math.min(start, end), line, delimiter: null };
  return { start: start + found[0].length, line: line + 1, delimiter: found[1] as Delimiter };
}

function skipsAll(file: string, skip: number): Error {
  return usageError(
    "bad-skip",
    "skip",
    skip,
    `${file} has nothing after the ${skip} lines that --skip leaves out; give fewer.`,
  );
}

function emptyFile(file: string): Error {
  return fileError(
    "empty-file",
    { file },
    null,
    "the file is empty; yule needs at least one column of numbers.",
  );
}

export function noRows(file: string): Error {
  return fileError("no-rows", { file }, null, "the file has a header but no rows of data; add some.");
}

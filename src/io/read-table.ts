import { fileError } from "./csv-errors.js";
import type { CsvOptions, Delimiter } from "./csv-options.js";
import { findDelimiter, looksLikeData } from "./dialect.js";
import { type Encoding, isUtf8 } from "./encoding.js";
import { type Profile, profileOf } from "./profile.js";
import { CR, LF, RecordScanner, wholeRecords } from "./records.js";
import { type Head, sampleOf } from "./sample.js";
import { type Chunks, Source } from "./source.js";
import { Table, type TablePlan } from "./table.js";
import { TextBuffer } from "./text-buffer.js";

/** Bytes of a file looked at before it is decided what its columns are. */
const HEAD = 1 << 18;

/** Rows of those looked at cell by cell. */
const ROWS = 500;

/** Longest record: a longer one is a file with other line ends, or none. */
const LONGEST = 1 << 24;

const HASH = 35;

/** What the head of a file shows. */
export interface FileHead {
  readonly file: string;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly header: boolean;
  readonly columns: readonly Profile[];
  /** Whether the columns' cells are all there are. */
  readonly whole: boolean;
}

/**
 * Reads a file into a table of the columns that `plan` chooses from its head, a chunk at a time.
 *
 * @throws YuleError for a file without rows or that is no text, and for anything wrong in a row, named.
 */
export async function readTable(
  chunks: Chunks,
  options: CsvOptions,
  plan: (head: FileHead) => TablePlan,
): Promise<{ readonly table: Table; readonly head: FileHead }> {
  const file = options.name ?? "input";
  const { source, first } = await Source.open(chunks, file, options.encoding);
  const buffer = new TextBuffer();
  buffer.append(first);
  let ended = false;
  while (buffer.length < HEAD && !ended) ended = !(await fill(buffer, source));
  const opened = await openHead(buffer, ended, options, source.encoding, file);
  const table = new Table(plan(opened.head));
  const scanner = new RecordScanner(opened.head.delimiter.charCodeAt(0), table);
  scanner.line = opened.line;
  buffer.start = opened.start;
  await readRecords(buffer, ended, source, scanner, table, file);
  if (table.rows === 0) throw noRows(file);
  return { table, head: opened.head };
}

async function fill(buffer: TextBuffer, source: Source): Promise<boolean> {
  const chunk = await source.next();
  if (chunk !== null) buffer.append(chunk);
  return chunk !== null;
}

async function readRecords(
  buffer: TextBuffer,
  endedBefore: boolean,
  source: Source,
  scanner: RecordScanner,
  table: Table,
  file: string,
): Promise<void> {
  let ended = endedBefore;
  for (;;) {
    const stop = scanner.scan(buffer.bytes, buffer.start, buffer.end, ended);
    buffer.start = scanner.position;
    if (stop === "quoted" && (await readQuoted(buffer, ended, scanner, table, file))) continue;
    if (ended) return;
    const wanted = 2 * buffer.length;
    if (buffer.length > LONGEST) throw tooLong(file, scanner.line);
    do ended = !(await fill(buffer, source));
    while (!ended && buffer.length < wanted);
  }
}

/** Reads the records at hand that need the full rules of quoting; false where not even one of them is whole. */
async function readQuoted(
  buffer: TextBuffer,
  ended: boolean,
  scanner: RecordScanner,
  table: Table,
  file: string,
): Promise<boolean> {
  const { bytes, start, end } = buffer;
  const run = wholeRecords(bytes, start, end, scanner.delimiter, scanner.line, ended);
  if (run.end === start) {
    if (ended || buffer.length > LONGEST) throw openQuote(file, run.openQuote);
    return false;
  }
  const { giveQuoted } = await import("./quoted.js");
  giveQuoted(bytes.subarray(start, run.end), run, scanner.delimiter, table, file);
  buffer.start = run.end;
  scanner.line = run.nextLine;
  return true;
}

interface OpenedHead {
  readonly head: FileHead;
  /** Where the first record of data begins, and on which line. */
  readonly start: number;
  readonly line: number;
}

async function openHead(
  buffer: TextBuffer,
  last: boolean,
  options: CsvOptions,
  encoding: Encoding,
  file: string,
): Promise<OpenedHead> {
  const text = buffer.bytes.subarray(0, buffer.end + 1);
  if (text.every((byte) => byte <= 32)) {
    throw fileError(
      "empty-file",
      { file },
      null,
      "the file is empty; yule needs at least one column of numbers.",
    );
  }
  const lead = leadOf(text, buffer.end);
  const head: Head = { bytes: text.subarray(lead.start), end: buffer.end - lead.start, last, file };
  const delimiter = options.delimiter ?? lead.delimiter ?? (await findDelimiter(head));
  const sample = (await sampleOf(head, delimiter.charCodeAt(0), ROWS + 1, false))!;
  const [top, ...rest] = sample.rows;
  if (top === undefined) throw last ? openQuote(file, lead.line) : tooLong(file, lead.line);
  const header = options.header ?? !top.some(looksLikeData);
  const body = header ? rest : sample.rows;
  if (body.length === 0) throw noRows(file);
  const columns = top.map((name, position) =>
    profileOf(
      header && name !== "" ? name : `column${position + 1}`,
      position,
      body.map((row) => row[position] ?? ""),
    ),
  );
  const utf8 = isUtf8(text.subarray(0, text.lastIndexOf(LF, buffer.end - 1) + 1));
  return {
    head: {
      file,
      encoding: encoding === "utf-8" && !utf8 ? "windows-1252" : encoding,
      delimiter,
      header,
      columns,
      whole: last && !sample.full,
    },
    ...(header ? afterFirst(head, lead.start, delimiter, lead.line) : { start: lead.start, line: lead.line }),
  };
}

/** Where the record behind the first begins: after the first line end that is not inside quotes. */
function afterFirst(
  { bytes, end, last }: Head,
  offset: number,
  delimiter: Delimiter,
  line: number,
): Pick<OpenedHead, "start" | "line"> {
  for (let at = 0; at < end; at++) {
    const lineEnd = bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF);
    if (!lineEnd) continue;
    const run = wholeRecords(bytes, 0, at + 1, delimiter.charCodeAt(0), line, false);
    if (run.lines.length === 1) return { start: offset + run.end, line: run.nextLine };
  }
  return { start: offset + end, line: line + (last ? 1 : 0) };
}

/** What stands before the table: comment lines, and the `sep=;` that spreadsheets write. */
function leadOf(text: Uint8Array, end: number): { start: number; line: number; delimiter: Delimiter | null } {
  let start = 0;
  let line = 1;
  while (start < end && (text[start] === HASH || text[start] === LF || text[start] === CR)) {
    while (text[start] !== LF && text[start] !== CR) start++;
    start += text[start] === CR && text[start + 1] === LF ? 2 : 1;
    line++;
  }
  const found = /^sep=([,;|\t])\r?\n/i.exec(String.fromCharCode(...text.subarray(start, start + 8)));
  if (found === null) return { start: Math.min(start, end), line, delimiter: null };
  return { start: start + found[0].length, line: line + 1, delimiter: found[1] as Delimiter };
}

function noRows(file: string): Error {
  return fileError("no-rows", { file }, null, "the file has a header but no rows of data; add some.");
}

function tooLong(file: string, line: number): Error {
  return fileError(
    "line-too-long",
    { file, row: line },
    null,
    `this row is longer than ${LONGEST / (1 << 20)} MiB; check that the file is CSV with an end to each line.`,
  );
}

function openQuote(file: string, line: number): Error {
  return fileError(
    "unclosed-quote",
    { file, row: line },
    null,
    "a quote opens here and is never closed; close it, or double it if it belongs to the text.",
  );
}

import type { CsvOptions, Delimiter } from "../csv-options.js";
import { CellMarks, NO_MARKS } from "./cell-marks.js";
import { findDelimiter } from "./dialect.js";
import { type Encoding, isUtf8 } from "./encoding.js";
import { fileError } from "./errors.js";
import { isHeader } from "./header.js";
import { type Input, unclosed } from "./input.js";
import { type Profile, profileOf } from "./profile.js";
import { CR, LF, wholeRecords } from "./records.js";
import { type Head, type Sample, sampleOf } from "./sample.js";

/** Bytes of a file looked at before it is decided what its columns are. */
const ENOUGH = 1 << 18;

/** Rows of those looked at cell by cell. */
const ROWS = 500;

const HASH = 35;

/** What the beginning of a file shows. */
export interface FileHead {
  readonly file: string;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly header: boolean;
  readonly columns: readonly Profile[];
  readonly marks: CellMarks;
  /** Whether the columns' cells are all there are. */
  readonly whole: boolean;
  /** Where the first record of data begins, and on which line. */
  readonly start: number;
  readonly line: number;
}

/** Looks at the beginning of a file. @throws YuleError `empty-file`, `no-rows`, `unclosed-quote`, `line-too-long`. */
export async function openHead(input: Input, options: CsvOptions): Promise<FileHead> {
  await input.reach(ENOUGH);
  for (;;) {
    const { bytes, end } = input.buffer;
    const text = bytes.subarray(0, end + 1);
    if (input.ended && text.every((byte) => byte <= 32)) throw emptyFile(input.file);
    const lead = leadOf(text, end);
    const head: Head = {
      bytes: text.subarray(lead.start),
      end: end - lead.start,
      last: input.ended,
      file: input.file,
    };
    const delimiter = options.delimiter ?? lead.delimiter ?? (await findDelimiter(head));
    const sample = (await sampleOf(head, delimiter.charCodeAt(0), ROWS + 1, false))!;
    const header = options.header ?? isHeader(sample.rows);
    if (sample.rows.length > (header ? 1 : 0))
      return describe(input, head, lead, delimiter, sample, header, marksOf(options));
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

function describe(
  input: Input,
  head: Head,
  lead: Lead,
  delimiter: Delimiter,
  sample: Sample,
  header: boolean,
  marks: CellMarks,
): FileHead {
  const [top = [], ...rest] = sample.rows;
  const body = header ? rest : sample.rows;
  const columns = top.map((name, position) =>
    profileOf(
      header && name !== "" ? name : `column${position + 1}`,
      position,
      body.map((row) => row[position] ?? ""),
      marks,
    ),
  );
  const lines = head.bytes.subarray(0, head.bytes.lastIndexOf(LF, head.end - 1) + 1);
  return {
    file: input.file,
    encoding: input.encoding === "utf-8" && !isUtf8(lines) ? "windows-1252" : input.encoding,
    delimiter,
    header,
    columns,
    marks,
    whole: input.ended && !sample.full,
    ...(header ? afterFirst(head, lead, delimiter) : { start: lead.start, line: lead.line }),
  };
}

function marksOf({ na = [], strip = "" }: CsvOptions): CellMarks {
  return na.length === 0 && strip === "" ? NO_MARKS : new CellMarks(na, strip);
}

/** Where the record behind the first begins: after the first line end that is not inside quotes. */
function afterFirst(
  { bytes, end }: Head,
  lead: Lead,
  delimiter: Delimiter,
): Pick<FileHead, "start" | "line"> {
  for (let at = 0; at < end; at++) {
    const lineEnd = bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF);
    if (!lineEnd) continue;
    const run = wholeRecords(bytes, 0, at + 1, delimiter.charCodeAt(0), lead.line, true);
    if (run.lines.length === 1)
      return { start: lead.start + run.end, line: lead.line + linesIn(bytes, at + 1) };
  }
  return { start: lead.start + end, line: lead.line + 1 };
}

function linesIn(bytes: Uint8Array, end: number): number {
  let lines = 0;
  for (let at = 0; at < end; at++)
    if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) lines++;
  return lines;
}

/** What stands before the table: comment lines, and the `sep=;` that spreadsheets write. */
interface Lead {
  readonly start: number;
  readonly line: number;
  readonly delimiter: Delimiter | null;
}

function leadOf(text: Uint8Array, end: number): Lead {
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

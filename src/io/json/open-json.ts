import { dataError } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import { LineIndex } from "../csv/bytes/lines.js";
import type { Opened, ToOpen } from "../formats/opened.js";
import { jsonTable } from "./json-table.js";
import { ArrayRecords, LineRecords, type RecordReader, type RecordText } from "./record-texts.js";
import { csvHeader, csvRow, flatRecord, parsedRecord } from "./records.js";

export { beginsLikeJson } from "./json-table.js";

/** A file of at most so many characters is read as a whole; of a longer one, records are read one after the other. */
const WHOLE = 1 << 23;

/**
 * The table in a JSON file as CSV. Records of a long file, an array of them or one a line, are read in memory that does not
 * grow with their number; their columns are those that the first 8 MiB name.
 */
export async function openJson({ chunks, file }: ToOpen): Promise<Opened> {
  const pieces = textOf(chunks);
  let head = "";
  let ended = false;
  while (!ended && head.length < WHOLE) {
    const { done, value } = await pieces.next();
    if (done === true) ended = true;
    else head += value;
  }
  const reader = ended ? null : readerOf(head);
  if (reader !== null) return streamed(reader, head, pieces, file);
  try {
    for await (const piece of pieces) head += piece;
  } catch (error) {
    throw error instanceof RangeError ? tooLarge(file) : error;
  }
  const { csv, lines, notes } = jsonTable(head, file);
  const text = new TextEncoder().encode(csv);
  const lineOf = (line: number) => lines[line - 2] ?? line;
  return { kind: "text", as: "records", chunks: oneChunk(text), lineOf, notes: () => notes };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* textOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** How the records of a long text follow each other; null where it holds no plain list of them. */
function readerOf(head: string): RecordReader | null {
  if (/^\ufeff?\s*\[\s*\{/.test(head)) return new ArrayRecords();
  const [line] = head.trimStart().split(/\r?\n/, 1);
  try {
    const first: unknown = JSON.parse(line!);
    return typeof first === "object" && first !== null && !Array.isArray(first) ? new LineRecords() : null;
  } catch {
    return null;
  }
}

function streamed(reader: RecordReader, head: string, rest: AsyncIterable<string>, file: string): Opened {
  const first = reader.take(head, file).map((text) => parsed(text, file));
  const names = [...new Set(first.flatMap(({ record }) => Object.keys(record)))];
  const known = new Set(names);
  const late = new Set<string>();
  const lines = new LineIndex();
  let count = 0;
  const keep = ({ record, line }: Parsed): string => {
    lines.append(count++, line);
    for (const name in record) if (!known.has(name)) late.add(name);
    return csvRow(record, names);
  };
  async function* csv(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    yield encoder.encode(csvHeader(names));
    yield encoder.encode(first.splice(0).map(keep).join(""));
    for await (const piece of rest) {
      const rows = reader.take(piece, file).map((text) => keep(parsed(text, file)));
      if (rows.length > 0) yield encoder.encode(rows.join(""));
    }
    const rows = reader.end(file).map((text) => keep(parsed(text, file)));
    if (rows.length > 0) yield encoder.encode(rows.join(""));
  }
  return {
    kind: "text",
    as: "records",
    chunks: csv(),
    lineOf: (line) => (line < 2 || line - 2 >= count ? line : lines.lineOf(line - 2)),
    notes: () => (late.size === 0 ? [] : [lateNote([...late], file)]),
  };
}

interface Parsed {
  readonly record: Readonly<Record<string, unknown>>;
  readonly line: number;
}

function parsed({ text, line }: RecordText, file: string): Parsed {
  return { record: flatRecord(parsedRecord(text, file, line)), line };
}

function lateNote(names: readonly string[], file: string): Note {
  return {
    code: "late-columns",
    severity: "warning",
    message: `${file}: ${names.slice(0, 5).join(", ")} ${names.length === 1 ? "appears" : "appear"} in later records only and ${names.length === 1 ? "was" : "were"} not read; give the first record every name.`,
    details: { names },
  };
}

function tooLarge(file: string): Error {
  return dataError(
    "json-too-large",
    file,
    null,
    `${file} is one JSON value too long to be read at once; write its records one a line (jq -c '.[]').`,
  );
}

import type { CsvOptions } from "../csv-options.js";
import { Input, unclosed } from "./bytes/input.js";
import { RecordScanner, type RecordSink, wholeRecords } from "./bytes/records.js";
import type { Chunks } from "./bytes/source.js";
import { type FileHead, noRows, openHead } from "./head/file-head.js";
import { Table, type TablePlan } from "./table.js";
import { WideSink } from "./wide/wide-sink.js";

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
  const json = await jsonOf(chunks, options.name ?? "input");
  const input = await Input.open(json.chunks, options.name ?? "input", options.encoding);
  const head = await openHead(input, json.lines === null ? options : { ...options, ...AS_CSV });
  const table = new Table(plan(head));
  const { wide } = table.plan;
  const names = head.columns.map(({ name }) => name);
  const long = wide === undefined ? table : new WideSink(table, wide, names);
  const sink = json.lines === null ? long : new NumberedSink(long, json.lines);
  const scanner = new RecordScanner(head.delimiter.charCodeAt(0), sink);
  scanner.line = head.line;
  input.buffer.start = head.start;
  await readRecords(input, scanner, sink);
  if (table.rows === 0) throw [...table.bad.values()][0] ?? noRows(input.file);
  return { table, head };
}

/** How the CSV that JSON records make is written. */
const AS_CSV = { delimiter: ",", header: true, skip: 0, encoding: "utf-8" } as const;

/** The chunks of a file; those of JSON as the CSV of its records, with the line each record began on. */
async function jsonOf(
  chunks: Chunks,
  file: string,
): Promise<{ readonly chunks: Chunks; readonly lines: readonly number[] | null }> {
  const iterator =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  const first = await iterator.next();
  if (first.done === true) return { chunks: [], lines: null };
  const all = { [Symbol.asyncIterator]: () => rejoined(first.value, iterator) };
  const { beginsLikeJson, jsonTable } = await import("../json/json-table.js");
  if (!beginsLikeJson(first.value)) return { chunks: all, lines: null };
  const parts: Uint8Array[] = [];
  for await (const chunk of all) parts.push(chunk.slice());
  const { csv, lines } = jsonTable(concatenated(parts), file);
  return { chunks: [new TextEncoder().encode(csv)], lines };
}

async function* rejoined(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Tells a sink the lines that records had before they were made CSV, the first of which is the header. */
class NumberedSink implements RecordSink {
  constructor(
    private readonly sink: RecordSink,
    private readonly lines: readonly number[],
  ) {}

  quick(column: number, bytes: Uint8Array, at: number): number {
    return this.sink.quick(column, bytes, at);
  }

  cell(column: number, bytes: Uint8Array, from: number, to: number): void {
    this.sink.cell(column, bytes, from, to);
  }

  endRecord(count: number, line: number): void {
    this.sink.endRecord(count, this.lines[line - 2] ?? line);
  }

  blankLine(line: number): void {
    this.sink.blankLine(line);
  }
}

async function readRecords(input: Input, scanner: RecordScanner, sink: RecordSink): Promise<void> {
  const { buffer } = input;
  for (;;) {
    const stop = scanner.scan(buffer.bytes, buffer.start, buffer.end, input.ended);
    buffer.start = scanner.position;
    const openQuote = stop === "quoted" ? await readQuoted(input, scanner, sink) : 0;
    if (openQuote < 0) continue;
    if (input.ended && openQuote > 0) throw unclosed(input.file, openQuote);
    if (input.ended) return;
    await input.more(scanner.line, openQuote);
  }
}

/** Reads the records at hand that need the full rules of quoting: -1, or the line of an open quote if none is whole. */
async function readQuoted(input: Input, scanner: RecordScanner, sink: RecordSink): Promise<number> {
  const { bytes, start, end } = input.buffer;
  const run = wholeRecords(bytes, start, end, scanner.delimiter, scanner.line, input.ended);
  if (run.end === start) return run.openQuote;
  const { giveQuoted } = await import("./bytes/quoted.js");
  giveQuoted(bytes.subarray(start, run.end), run, scanner.delimiter, sink, input.file);
  input.buffer.start = run.end;
  scanner.line = run.nextLine;
  return -1;
}

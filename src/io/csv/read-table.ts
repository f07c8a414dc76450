import { usageError } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import type { CsvOptions } from "../csv-options.js";
import type { Opened, ToOpen } from "../formats/opened.js";
import type { TypedTable } from "../formats/typed-table.js";
import { decodeText } from "./bytes/encoding.js";
import { Input, unclosed } from "./bytes/input.js";
import { RecordScanner, type RecordSink, wholeRecords } from "./bytes/records.js";
import type { Chunks } from "./bytes/source.js";
import { looksLikeData } from "./head/dialect.js";
import { type FileHead, noRows, openHead } from "./head/file-head.js";
import type { Printed } from "./printed/values.js";
import { Table } from "./table.js";
import type { TablePlan } from "./table-plan.js";
import { whereSink } from "./where.js";
import { WideSink } from "./wide/wide-sink.js";

export interface ReadTable {
  readonly table: Table;
  readonly head: FileHead;
  /** What the format of the file gave to tell. */
  readonly notes: readonly Note[];
}

/**
 * Reads a file into a table of the columns that `plan` chooses from its head, a chunk at a time.
 *
 * @param lenient whether conditions of `where` on columns that the file does not have are left out.
 * @throws YuleError for a file without rows or that is no text, and for anything wrong in a row, named.
 */
export async function readTable(
  chunks: Chunks,
  options: CsvOptions,
  plan: (head: FileHead) => TablePlan,
  lenient = false,
): Promise<ReadTable> {
  const file = options.name ?? "input";
  const opened = await openFormat(chunks, file, options);
  if (opened.kind === "typed") return readTyped(opened.table, options, plan, lenient);
  const input = await Input.open(opened.chunks, file, options.encoding);
  const head = await openHead(input, { ...options, ...WRITTEN[opened.as] });
  const table = new Table(plan(head));
  const { wide } = table.plan;
  const names = head.columns.map(({ name }) => name);
  const long = wide === undefined ? table : new WideSink(table, wide, names);
  const where = whereSink(long, options.where, names, file, lenient);
  const { lineOf } = opened;
  const sink = lineOf === undefined ? (where ?? long) : new NumberedSink(where ?? long, lineOf);
  const scanner = new RecordScanner(head.delimiter.charCodeAt(0), sink);
  scanner.line = head.line;
  input.buffer.start = head.start;
  await readRecords(input, scanner, sink);
  where?.requireRows();
  if (table.rows === 0) throw [...table.bad.values()][0] ?? noRows(input.file);
  return { table, head, notes: [...(opened.notes?.() ?? []), ...(where?.notes() ?? [])] };
}

/** Rows of a file whose head is known. */
export interface Part {
  readonly bytes: Uint8Array;
  /** The line of the file for a line of the rows, both from 1; a number where they follow each other from there on. */
  readonly lines: number | ((line: number) => number);
}

/** Reads rows of a file whose head is known. @throws YuleError for anything wrong in a row, named. */
export async function readRows({ bytes, lines }: Part, head: FileHead, plan: TablePlan): Promise<Table> {
  const input = await Input.open([bytes], head.file, head.encoding);
  await input.reach(bytes.length + 1);
  const table = new Table(plan);
  const sink = typeof lines === "number" ? table : new NumberedSink(table, lines);
  const scanner = new RecordScanner(head.delimiter.charCodeAt(0), sink);
  if (typeof lines === "number") scanner.line = lines;
  await readRecords(input, scanner, sink);
  return table;
}

/** How the CSV is written that files of other formats make. */
const AS_CSV = { delimiter: ",", header: true, skip: 0, encoding: "utf-8" } as const;
const WRITTEN = {
  file: {},
  blanks: { delimiter: "\t" },
  records: AS_CSV,
  cells: { delimiter: ",", encoding: "utf-8" },
} as const;

/** Rows of a typed table that its columns are told by. */
const SAMPLED = 501;

/** Reads a table whose columns carry types: what they are for is told by its first rows as text, as of any other. */
async function readTyped(
  source: TypedTable,
  options: CsvOptions,
  plan: (head: FileHead) => TablePlan,
  lenient: boolean,
): Promise<ReadTable> {
  const { csvOfTyped } = await import("../formats/typed-table.js");
  const { feedTyped } = await import("../formats/read-typed.js");
  const sample = csvOfTyped(source, Math.min(source.rows, SAMPLED));
  const input = await Input.open(sample, options.name ?? "input", "utf-8");
  const head = await openHead(input, { ...options, ...AS_CSV });
  const planned = plan(head);
  if (planned.wide !== undefined || options.where !== undefined) {
    return readTable(csvOfTyped(source, source.rows), { ...options, ...AS_CSV }, plan, lenient);
  }
  const table = new Table(planned);
  await feedTyped(source, table);
  if (table.rows === 0) throw [...table.bad.values()][0] ?? noRows(input.file);
  return { table, head, notes: [] };
}

const BLANK = 32;

/** Bytes in which a blank shows that columns may be set apart by blanks. */
const HEAD = 1 << 12;

/** A file as text of CSV or as a typed table, whatever its format. */
async function openFormat(chunks: Chunks, file: string, { sheet, delimiter }: CsvOptions): Promise<Opened> {
  const iterator =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  const next = await iterator.next();
  const first = next.done === true ? new Uint8Array(0) : next.value;
  const all = { [Symbol.asyncIterator]: () => rejoined(first, iterator) };
  const source = { first, chunks: all, file, ...(sheet === undefined ? {} : { sheet }) };
  const other = await openedBy(chunks, source).catch(async (error: unknown) => {
    await iterator.return?.();
    throw error;
  });
  if (other !== null) {
    if (other.kind === "typed") await iterator.return?.();
    return other;
  }
  const printed = delimiter === undefined ? await openPrinted(source) : null;
  if (printed !== null && "kind" in printed) return printed;
  const { beginsLikeJson, openJson } = await import("../json/open-json.js");
  const rest = printed ?? source;
  if (beginsLikeJson(first)) return openJson(rest);
  const plain: Opened = { kind: "text", as: "file", chunks: rest.chunks };
  if (delimiter !== undefined || !first.subarray(0, HEAD).includes(BLANK)) return plain;
  return openBlanks(rest, file);
}

/** A file with blanks in its first lines: a log, a table whose columns they separate, or any other. @throws YuleError for a shortened printout. */
async function openBlanks(source: ToOpen, file: string): Promise<Opened> {
  const head = decodeText(source.first.subarray(0, HEAD));
  const { beginsLikeLog, logTable } = await import("./printed/log-lines.js");
  let { chunks } = source;
  if (beginsLikeLog(head, file)) {
    const bytes = await allOf(chunks);
    const found = logTable(decodeText(bytes));
    if (found !== null) return asRecords(found);
    chunks = inOnePiece(bytes);
  }
  const { refuseShortened } = await import("./printed/printed.js");
  refuseShortened(head.split(/\r?\n/), file);
  const { blankLayout, withTabs } = await import("./bytes/blank-lines.js");
  const layout = blankLayout(source.first, looksLikeData);
  return layout === null
    ? { kind: "text", as: "file", chunks }
    : { kind: "text", as: "blanks", chunks: withTabs(chunks, layout) };
}

/** First characters of values that are printed without a table, or of one line of numbers alone. */
const PRINTED =
  /^(?:\ufeff?\s*(?:[[(>┌╭╔┏]|shape: |Time Series:|# A tsibble|\w+ ?(?:<-|=) ?|c\(|ts\(|structure\(|(?:np\.)?array\()|\s{2,}(?:Jan|Qtr1)\s|[-+\d.,;|\t eENA]*\s*$|[^\n,;|\t]+\n *[-+\dN.][-+\d.eENA ]*\r?(?:\n|$))/;

/** Values that are printed or typed without a table around them; for a file that only begins so, all of it at once; else null. */
async function openPrinted(source: ToOpen): Promise<Opened | ToOpen | null> {
  const head = decodeText(source.first.subarray(0, HEAD));
  if (!PRINTED.test(head)) return null;
  const { beginsLikePrinted, printedValues } = await import("./printed/printed.js");
  if (!beginsLikePrinted(head)) return null;
  const bytes = await allOf(source.chunks);
  const found = printedValues(decodeText(bytes), source.file);
  return found === null ? { ...source, chunks: inOnePiece(bytes) } : asRecords(found);
}

function asRecords({ csv, lines, notes = [] }: Printed): Opened {
  const chunks = inOnePiece(new TextEncoder().encode(csv));
  return {
    kind: "text",
    as: "records",
    chunks,
    lineOf: (line) => lines[line - 2] ?? line,
    notes: () => notes,
  };
}

async function allOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of chunks) pieces.push(piece);
  return joined(pieces);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A file of a format that is no text; null for any other. @throws YuleError `no-workbook`. */
async function openedBy(chunks: Chunks, source: ToOpen): Promise<Opened | null> {
  const { file, sheet } = source;
  const other = (await chunks.open?.(source)) ?? null;
  if (sheet !== undefined && (other?.kind !== "text" || other.as !== "cells")) throw noWorkbook(file, sheet);
  return other;
}

function noWorkbook(file: string, sheet: string): Error {
  return usageError(
    "no-workbook",
    "sheet",
    sheet,
    `${file} is no Excel workbook and has no sheets; leave --sheet out.`,
  );
}

async function* rejoined(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Tells a sink the lines that records had before they were made CSV. */
class NumberedSink implements RecordSink {
  constructor(
    private readonly sink: RecordSink,
    private readonly lineOf: (line: number) => number,
  ) {}

  quick(column: number, bytes: Uint8Array, at: number): number {
    return this.sink.quick(column, bytes, at);
  }

  cell(column: number, bytes: Uint8Array, from: number, to: number): void {
    this.sink.cell(column, bytes, from, to);
  }

  endRecord(count: number, line: number): void {
    this.sink.endRecord(count, this.lineOf(line));
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

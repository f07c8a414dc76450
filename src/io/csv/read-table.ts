import type { CsvOptions } from "../csv-options.js";
import { type FileHead, noRows, openHead } from "./file-head.js";
import { Input, unclosed } from "./input.js";
import { RecordScanner, type RecordSink, wholeRecords } from "./records.js";
import type { Chunks } from "./source.js";
import { Table, type TablePlan } from "./table.js";
import { WideSink } from "./wide-sink.js";

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
  const input = await Input.open(chunks, options.name ?? "input", options.encoding);
  const head = await openHead(input, options);
  const table = new Table(plan(head));
  const { wide } = table.plan;
  const names = head.columns.map(({ name }) => name);
  const sink = wide === undefined ? table : new WideSink(table, wide, names);
  const scanner = new RecordScanner(head.delimiter.charCodeAt(0), sink);
  scanner.line = head.line;
  input.buffer.start = head.start;
  await readRecords(input, scanner, sink);
  if (table.rows === 0) throw noRows(input.file);
  return { table, head };
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
  const { giveQuoted } = await import("./quoted.js");
  giveQuoted(bytes.subarray(start, run.end), run, scanner.delimiter, sink, input.file);
  input.buffer.start = run.end;
  scanner.line = run.nextLine;
  return -1;
}

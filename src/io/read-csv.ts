import type { Note } from "../core/model.js";
import type { Frequency } from "../core/time/time.js";
import { type Assembled, assemble, type Columns } from "./csv/assemble.js";
import { Input } from "./csv/bytes/input.js";
import type { Chunks, FutureSource } from "./csv/bytes/source.js";
import { readFuture } from "./csv/future.js";
import { type FileHead, noRows, openHead } from "./csv/head/file-head.js";
import { headNotes } from "./csv/head/head-notes.js";
import { NO_MARKS } from "./csv/numbers/cell-marks.js";
import { flagsOf } from "./csv/numbers/flags.js";
import { NumberColumn } from "./csv/numbers/number-column.js";
import { PLAIN } from "./csv/numbers/numbers.js";
import { type Part, readRows, readTable } from "./csv/read-table.js";
import { findRoles, type Roles } from "./csv/roles/roles.js";
import type { Table } from "./csv/table.js";
import { planOf, widePlan } from "./csv/table-plan.js";
import { findWide } from "./csv/wide/wide-plan.js";
import type { CsvDecisions, CsvOptions, CsvResult, SkippedSeries } from "./csv-options.js";

/**
 * Reads a panel from the chunks of a CSV file: the part of `readCsv` that needs no files and runs in a browser.
 *
 * Columns, delimiter, encoding, the way of writing numbers and dates, and the step between rows are found where they
 * are not given, and told in `decisions`. Memory grows with the numbers, not with the text.
 *
 * @throws YuleError naming file, row and column: see docs/data/reading-data.md for all of them.
 */
export async function readCsvChunks(
  chunks: Chunks,
  options: CsvOptions = {},
  future?: FutureSource,
): Promise<CsvResult> {
  return (await readLined(chunks, options, future)).result;
}

/**
 * The same, and the line of the first row of data.
 */
export async function readLined(
  chunks: Chunks,
  options: CsvOptions,
  future?: FutureSource,
): Promise<{ readonly result: CsvResult; readonly line: number }> {
  let roles: Roles | undefined;
  const plan = (seen: FileHead) => {
    const wide = findWide(seen.columns, options, seen);
    if (wide !== null) {
      roles = { time: [], values: [0], ids: wide.ids, inputs: [], found: [] };
      return widePlan(seen, wide, options);
    }
    roles = findRoles(seen.columns, options, seen.file, seen.whole);
    return planOf(seen, roles, options);
  };
  const { table, head, notes } = await readTable(chunks, options, plan, false);
  const columns = columnsOf(table, roles!);
  const assembled = assemble(table, columns, options, stemOf(head.file));
  const decisions = decisionsOf(table, head, roles!, assembled, columns, options);
  const ahead = future === undefined ? null : await readFuture(future, table, assembled, decisions, options);
  const skipped = skippedSeries(table);
  const result: CsvResult = {
    panel: assembled.panel,
    skipped,
    decisions,
    notes: [
      ...notes,
      ...headNotes(head),
      ...wideNotes(table),
      ...table.leftOut.notes(),
      ...skippedNotes(skipped),
      ...assembled.notes,
      ...(ahead?.notes ?? []),
    ],
    future: ahead?.inputs ?? null,
  };
  return { result, line: head.line };
}

/** Reads parts of one file by what its beginning showed. */
export type PartReader = (part: Part) => Promise<Pick<CsvResult, "panel" | "skipped">>;

/**
 * How the parts of a file are read, whose first rows are `sample`, under their header.
 *
 * @param options all that was decided about the file, so that nothing is left to be found.
 */
export async function partReader(sample: Uint8Array, options: CsvOptions): Promise<PartReader> {
  const input = await Input.open([sample], options.name ?? "input", options.encoding);
  const head = await openHead(input, options);
  const roles = findRoles(head.columns, options, head.file, false);
  return async (part) => {
    const table = await readRows(part, head, planOf(head, roles, options));
    if (table.rows === 0) throw [...table.bad.values()][0] ?? noRows(head.file);
    const { panel } = assemble(table, columnsOf(table, roles), options, stemOf(head.file), true);
    return { panel, skipped: skippedSeries(table) };
  };
}

/** The id of a series without one: the name of its file without folder and endings. */
function stemOf(file: string): string {
  const base = file.split(/[/\\]/).at(-1) ?? "";
  const stem = base.replace(/(\.(csv|tsv|txt|dat|json|ndjson|jsonl|gz))+$/i, "");
  return stem === "" || file === "input" || file === "standard input" ? "series" : stem;
}

/** The series that were left out, and why. */
function skippedSeries({ bad, idNames }: Table): SkippedSeries[] {
  const ids = bad.size === 0 ? [] : idNames.texts();
  return [...bad].map(([number, error]) => ({ id: ids[number]!, error }));
}

/** Series left out that are told one by one. */
const TOLD = 10;

function skippedNotes(skipped: readonly SkippedSeries[]): Note[] {
  const note = (message: string, ids: readonly string[]): Note => ({
    code: "series-skipped",
    severity: "warning",
    message,
    details: { ids },
  });
  const rest = skipped.slice(TOLD).map(({ id }) => id);
  return [
    ...skipped
      .slice(0, TOLD)
      .map(({ id, error }) => note(`Series ${id} was left out: ${error.message}`, [id])),
    ...(rest.length === 0 ? [] : [note(`${rest.length} more series were left out for such reasons.`, rest)]),
  ];
}

/** What a table with times across was read as. */
function wideNotes({ plan }: Table): Note[] {
  if (plan.wide === undefined) return [];
  const { columns, rowTime } = plan.wide;
  const span = `${columns[0]!.name} to ${columns.at(-1)!.name}`;
  const message =
    rowTime === null
      ? `The times are in the header (${span}); each row was read as a series.`
      : `The times are partly in the header (${span}), partly in the rows; the cells were read as one series.`;
  return [
    { code: "wide-table", severity: "info", message, details: { columns: columns.map(({ name }) => name) } },
  ];
}

function columnsOf(table: Table, roles: Roles): Columns {
  const columns = table.plan.numbers.map(({ column }) => column);
  const values = roles.values.length === 0 ? [rowsCounted(table)] : columns.slice(0, roles.values.length);
  return { values, inputs: columns.slice(roles.values.length) };
}

/** A column of ones, for rows that are counted and hold no numbers. */
function rowsCounted(table: Table): NumberColumn {
  const rules = {
    fixed: true,
    commaGroups: false,
    flags: false,
    marks: NO_MARKS,
    seenMarks: "",
    unclear: false,
  };
  const column = new NumberColumn("rows", PLAIN, rules);
  for (let row = 0; row < table.rows; row++) {
    column.take(1);
    column.keep();
  }
  return column;
}

function decisionsOf(
  table: Table,
  head: FileHead,
  roles: Roles,
  assembled: Assembled,
  columns: Columns,
  options: CsvOptions,
): CsvDecisions {
  const names = head.columns.map(({ name }) => name);
  const wide = table.plan.wide?.columns;
  const { times, spacing } = assembled.layout;
  const used = new Set([...roles.time, ...roles.values, ...roles.ids, ...roles.inputs]);
  const parts = {
    time: wide === undefined ? (table.plan.time?.column.name ?? null) : "the header",
    values: wide === undefined ? columns.values.map(({ name }) => name) : wide.map(({ name }) => name),
    id: roles.ids.map((position) => names[position]!),
    dateOrder: times?.dateOrder ?? null,
    decimal: columns.values[0]!.style.point,
    skip: options.skip ?? head.skipped,
    thousands: columns.values.find(({ style }) => style.group !== null)?.style.group ?? null,
  };
  const frequency: Frequency | null = spacing?.frequency ?? null;
  const found = [
    ...roles.found,
    ...(options.dateOrder === undefined && parts.dateOrder !== null ? ["date-order"] : []),
    ...(options.skip === undefined && head.skipped > 0 ? ["skip"] : []),
    ...(options.decimal === undefined && (parts.decimal === "," || parts.thousands !== null)
      ? ["decimal"]
      : []),
  ];
  return {
    file: head.file,
    encoding: table.idNames.isUtf8() ? head.encoding : "windows-1252",
    delimiter: head.delimiter,
    header: head.header,
    columns: names,
    ...parts,
    inputs: columns.inputs.map(({ name }) => name),
    unused: head.columns
      .filter(({ position, numeric }) => !used.has(position) && numeric >= 0.5 && wide === undefined)
      .map(({ name }) => name),
    style: times?.style ?? null,
    frequency,
    zone: times?.zone ?? null,
    period: assembled.period,
    aggregated: assembled.aggregated,
    rows: table.rows,
    found,
    flags: flagsOf(found, parts),
  };
}

import { usageError, YuleError } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import type { Inputs, Series } from "../../core/series.js";
import { timeLabel } from "../../core/time/calendar.js";
import { marksPerStep } from "../../core/time/time-steps.js";
import type { CsvDecisions, CsvOptions } from "../csv-options.js";
import type { Assembled } from "./assemble.js";
import type { FutureSource } from "./bytes/source.js";
import { fileError, listing, unknownColumn } from "./errors.js";
import type { FileHead } from "./head/file-head.js";
import { numberStyles } from "./head/number-styles.js";
import { labelsOf } from "./layout.js";
import { NumberColumn } from "./numbers/number-column.js";
import { readTable } from "./read-table.js";
import { chooseReading } from "./spacing/choose-reading.js";
import { refuseDuplicates, timeText } from "./spacing/grid.js";
import { type Groups, groupRows, rowAt } from "./spacing/groups.js";
import { marksOn } from "./spacing/spacing.js";
import type { Table } from "./table.js";
import type { TablePlan, TimePlan } from "./table-plan.js";
import { readingsOf } from "./times/finish-times.js";
import { TimeColumn } from "./times/time-column.js";
import type { TimeChoices } from "./times/times.js";
import { withInstants } from "./times/zoned-rows.js";

export interface FutureInputs {
  /** One entry a series of the panel, in its order. */
  readonly inputs: readonly Inputs[];
  readonly notes: readonly Note[];
}

/** A future file, read and put in order. */
interface FutureRows {
  readonly table: Table;
  readonly groups: Groups;
  /** Group of an id; of null where the rows serve every series. */
  readonly groupOf: ReadonlyMap<string | null, number>;
  /** Where the row at each place lies on the ruler of the panel; null where rows are taken in order. */
  readonly marks: Float64Array | null;
}

/**
 * Reads the known future values of the regressors: the rows after the end of each series, matched by time, or in the
 * order of the file where there are no times. Rows without ids serve every series.
 *
 * @throws YuleError `future-gap`, `no-future-rows`, `missing-input`, naming file, row and column.
 */
export async function readFuture(
  source: FutureSource,
  main: Table,
  assembled: Assembled,
  decisions: CsvDecisions,
  options: CsvOptions,
): Promise<FutureInputs> {
  if (decisions.inputs.length === 0) {
    throw usageError(
      "missing-inputs",
      "inputs",
      null,
      `A future file holds the coming values of regressors; name their columns with --inputs.`,
    );
  }
  const { encoding: _encoding, delimiter: _delimiter, skip: _skip, sheet: _sheet, ...rest } = options;
  const { table } = await readTable(
    source.chunks,
    { ...rest, name: source.name },
    (head) => planOf(head, main.plan, decisions, options),
    true,
  ).catch((error: unknown) => {
    throw withoutSheetOption(error, source.name);
  });
  const rows = orderRows(table, assembled, decisions, options);
  let past = 0;
  const inputs = assembled.panel.map((series, i) => {
    const found = rowsAhead(rows, assembled, series, assembled.groupOf[i]!);
    past += found.past;
    return { names: decisions.inputs, columns: columnsAt(table, found.rows) };
  });
  return { inputs, notes: notesOf(rows, assembled, past) };
}

/** An error of a workbook of several sheets, which of a future file cannot be named: --sheet is that of the history. */
export function withoutSheetOption(error: unknown, file: string): unknown {
  if (!(error instanceof YuleError) || error.code !== "ambiguous-sheet") return error;
  return usageError(
    "ambiguous-sheet",
    "future",
    error.value,
    `${file} has several sheets with data (${(error.value as readonly string[]).join(", ")}), and --sheet names that of the history alone; save the sheet with the coming values as CSV or as a workbook of its own.`,
  );
}

function planOf(head: FileHead, main: TablePlan, decisions: CsvDecisions, options: CsvOptions): TablePlan {
  const names = head.columns.map(({ name }) => name);
  const positionOf = (name: string, option: string) => {
    const position = names.indexOf(name);
    if (position < 0) throw unknownColumn(option, name, names, head.file);
    return position;
  };
  const styles = numberStyles(head.columns, options.decimal, head.delimiter === ",");
  const fixed = options.decimal !== undefined;
  const shared = decisions.id.every((name) => !names.includes(name));
  return {
    file: head.file,
    names,
    time: main.time === null ? null : futureTime(main, main.time, (name) => positionOf(name, "--time")),
    ids: shared ? [] : decisions.id.map((name) => positionOf(name, "--id")),
    numbers: decisions.inputs.map((name) => {
      const position = positionOf(name, "--inputs");
      return {
        position,
        column: new NumberColumn(name, styles[position]!.style, {
          fixed,
          commaGroups: head.delimiter === ",",
          flags: true,
          marks: head.marks,
          seenMarks: head.columns[position]!.marks,
          unit: head.columns[position]!.unit,
          unclear: styles[position]!.unclear,
        }),
      };
    }),
  };
}

/** The time columns of the main file, where the future file has them. */
function futureTime(main: TablePlan, time: TimePlan, positionOf: (name: string) => number): TimePlan {
  return {
    positions: time.positions.map((position) => positionOf(main.names[position]!)),
    marks: time.marks,
    carried: time.carried,
    spans: time.spans,
    column: new TimeColumn(time.column.name),
  };
}

function orderRows(
  table: Table,
  { layout }: Assembled,
  decisions: CsvDecisions,
  options: CsvOptions,
): FutureRows {
  const main = layout.times;
  const column = table.plan.time?.column;
  if (column === undefined || main === null) return futureRows(table, groupRows(table, null), null);
  const frequency = main.form === "index" ? "index" : main.form === "year" ? "year" : null;
  const choices: TimeChoices = {
    frequency: frequency === null ? null : { unit: frequency, count: 1 },
    zone: decisions.zone,
    dateOrder: options.dateOrder ?? decisions.dateOrder,
    reading: main.reading,
  };
  const read = chooseReading(readingsOf(column, table, choices), table, choices);
  const times = withInstants(read, table);
  const groups = groupRows(table, times.instants ?? times.local);
  const labels = labelsOf(table, groups, times);
  if ((times.form === "index") !== (main.form === "index")) {
    throw fileError(
      "bad-time",
      table.place(rowAt(groups, 0), column.name),
      timeText(labels.times, 0),
      `its times are not written like those of ${decisions.file}, such as ${timeText(main, 0)}; write both in one way.`,
    );
  }
  refuseDuplicates(labels);
  return futureRows(table, groups, marksOn(layout.spacing!.ruler, labels.times));
}

function futureRows(table: Table, groups: Groups, marks: Float64Array | null): FutureRows {
  return { table, groups, marks, groupOf: new Map(groups.ids.map((id, group) => [id, group])) };
}

/** Rows of the steps after the end of one series, in order and without a gap. */
function rowsAhead(
  future: FutureRows,
  assembled: Assembled,
  series: Series,
  group: number,
): { rows: number[]; past: number } {
  const { table, groups, groupOf, marks } = future;
  const own = groupOf.get(groupOf.has(null) ? null : assembled.layout.groups.ids[group]!);
  const [from, to] = own === undefined ? [0, 0] : [groups.starts[own]!, groups.starts[own + 1]!];
  const places = Array.from({ length: to - from }, (_, i) => from + i);
  const steps = marks === null ? null : stepsAhead(marks, assembled, group, series.y.length);
  const ahead = steps === null ? places : places.filter((place) => steps(place) >= 0);
  const rows = ahead.map((place) => rowAt(groups, place));
  if (rows.length === 0) {
    throw fileError(
      "no-future-rows",
      { file: table.plan.file },
      series.id,
      `no row comes after the end of series ${series.id}; add the rows to forecast.`,
    );
  }
  const wrong = steps === null ? -1 : ahead.findIndex((place, i) => steps(place) !== i);
  if (wrong >= 0) throw gap(rows[wrong]!, timeLabel(series.time!, series.y.length + wrong), series, table);
  return { rows, past: to - from - rows.length };
}

/** Steps from the first time after the end of a series to a place in the future file; negative before. */
function stepsAhead(
  marks: Float64Array,
  { layout }: Assembled,
  group: number,
  length: number,
): (place: number) => number {
  const { groups, spacing } = layout;
  const origin = spacing!.marks[groups.starts[group]!]!;
  const perStep = marksPerStep(spacing!.frequency);
  return (place) => (marks[place]! - origin) / perStep - length;
}

function gap(row: number, expected: string, series: Series, table: Table): Error {
  return fileError(
    "future-gap",
    table.place(row, table.plan.time!.column.name),
    expected,
    `the row for ${expected} of series ${series.id} is missing before this one; every step to forecast needs its row.`,
  );
}

function columnsAt(table: Table, rows: readonly number[]): Float64Array[] {
  return table.plan.numbers.map(({ column }) => {
    const values = column.values.view();
    return Float64Array.from(rows, (row) => {
      const value = values[row]!;
      if (!Number.isNaN(value)) return value;
      throw fileError(
        "missing-input",
        table.place(row, column.name),
        null,
        "the value is missing; every step to forecast needs one.",
      );
    });
  });
}

function notesOf({ groups, table }: FutureRows, { layout }: Assembled, past: number): Note[] {
  const notes: Note[] = [];
  if (past > 0) {
    const message = `${past} ${past === 1 ? "row" : "rows"} of ${table.plan.file} not after the end of the series left out.`;
    notes.push({ code: "past-rows-ignored", severity: "info", message, details: { rows: past } });
  }
  const known = new Set(layout.groups.ids);
  const unknown = groups.ids.filter((id) => id !== null && !known.has(id)).map(String);
  if (unknown.length > 0) {
    const message = `${table.plan.file} has series that the data do not: ${listing(unknown, 3)}.`;
    notes.push({ code: "unknown-ids", severity: "warning", message, details: { ids: unknown } });
  }
  return notes;
}

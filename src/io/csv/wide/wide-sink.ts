import { decodeText } from "../bytes/encoding.js";
import type { RecordSink } from "../bytes/records.js";
import { fileError } from "../errors.js";
import { kindOf, NO_NUMBERS } from "../head/left-out.js";
import { isMissing } from "../numbers/numbers.js";
import type { Table } from "../table.js";
import type { WidePlan } from "./wide-plan.js";

/** Gives each cell of a table with times across to a long table, as a row of time, id and value. Empty cells give none. */
export class WideSink implements RecordSink {
  private cells: { bytes: Uint8Array; from: number; to: number }[] = [];
  private readonly times: readonly Uint8Array[];
  private filled = 0;
  /** Sums of the columns so far, by which a row of totals is known. */
  private readonly sums: Float64Array;

  constructor(
    private readonly table: Table,
    private readonly plan: WidePlan,
    /** Names of the columns of the file. */
    private readonly names: readonly string[],
  ) {
    this.sums = new Float64Array(plan.columns.length);
    this.times = plan.columns.map(({ time }) => new TextEncoder().encode(time));
  }

  quick(): number {
    return -1;
  }

  cell(column: number, bytes: Uint8Array, from: number, to: number): void {
    if (column === 0) {
      this.cells = [];
      this.filled = 0;
    }
    if (to > from) this.filled++;
    this.cells.push({ bytes, from, to });
  }

  endRecord(count: number, line: number): void {
    if (this.filled === 0) return;
    if (this.isBeside(count, line)) return;
    const { plan, table } = this;
    const row = plan.rowTime === null ? "" : this.text(plan.rowTime);
    const id = new TextEncoder().encode(
      plan.ids
        .map((position) => this.text(position))
        .filter((part) => part !== "")
        .join("/"),
    );
    for (const [at, column] of plan.columns.entries()) {
      const { bytes, from, to } = this.cells[column.position]!;
      if (isBlank(bytes, from, to)) continue;
      const time =
        plan.rowTime === null ? this.times[at]! : new TextEncoder().encode(plan.timeOf(row, column.time));
      const value = table.plan.numbers[0]!;
      value.column.name = column.name;
      table.cell(0, time, 0, time.length);
      if (plan.ids.length > 0) table.cell(1, id, 0, id.length);
      table.cell(value.position, bytes, from, to);
      this.sums[at]! += value.column.current || 0;
      table.endRecord(value.position + 1, line);
      value.column.name = "value";
    }
  }

  blankLine(): void {}

  /** Whether the cells of the row are the sums of those above, in a table whose rows are series. */
  private sumsUp(): boolean {
    const { column } = this.table.plan.numbers[0]!;
    const close = this.plan.columns.filter(({ position }, at) => {
      const { bytes, from, to } = this.cells[position]!;
      column.cell(bytes, from, to);
      const value = column.current;
      column.forget();
      return Math.abs(value - this.sums[at]!) <= 1e-3 * Math.abs(value) + 1e-9;
    });
    return 2 * close.length > this.plan.columns.length;
  }

  private text(position: number): string {
    const { bytes, from, to } = this.cells[position]!;
    return decodeText(bytes.subarray(from, to));
  }

  /** Leaves out rows that are none of the table. @throws YuleError `ragged-row`. */
  private isBeside(count: number, line: number): boolean {
    const { names, filled } = this;
    const at = this.cells.findIndex(({ from, to }) => to > from);
    const shape = {
      text: this.text(at),
      name: names[at] ?? "",
      filled,
      count,
      width: names.length,
      ...NO_NUMBERS,
    };
    const ragged = count < names.length || this.cells.slice(names.length).some(({ from, to }) => to > from);
    const kind = kindOf(shape);
    const beside =
      kind === "header" ||
      (kind === "footer" && filled === 1) ||
      (kind === "summary" && (this.plan.rowTime !== null || this.sumsUp()));
    if (!ragged && !beside) return false;
    const error = fileError(
      "ragged-row",
      { file: this.table.plan.file, row: line },
      count,
      `this row has ${filled} filled of ${count} cells where the file has ${names.length} columns; complete it or take it out.`,
      { expected: names.length },
    );
    if (!beside && kind === null) throw error;
    this.table.leftOut.add({ error, line, ...shape });
    return true;
  }
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  if (from === to) return true;
  const first = bytes[from]!;
  return (first < 48 || first > 57) && isMissing(decodeText(bytes.subarray(from, to)));
}

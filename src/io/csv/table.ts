import { YuleError } from "../../core/errors.js";
import { decodeText } from "./bytes/encoding.js";
import { Ints } from "./bytes/growable.js";
import { LineIndex } from "./bytes/lines.js";
import { Names } from "./bytes/names.js";
import type { RecordSink } from "./bytes/records.js";
import { columnKinds, ID, joinedId, joinedTime, NUMBER, TIME, UNUSED } from "./column-kinds.js";
import type { Place } from "./errors.js";
import { kindOf, LeftOut, NO_NUMBERS, type OddRow } from "./head/left-out.js";
import type { NumberColumn } from "./numbers/number-column.js";
import type { Problem } from "./numbers/number-problems.js";
import type { JoinedCells } from "./parts/joined-cells.js";
import { missingId, raggedRow, rowBeside, rowProblem } from "./row-errors.js";
import type { TablePlan } from "./table-plan.js";
import type { TimeColumn } from "./times/time-column.js";
import { isAside } from "./times/time-problems.js";

/** Rows of which each cell is known; numbers in the order of the plan. */
export interface KnownRows {
  readonly times: Float64Array;
  readonly ids: Int32Array | null;
  readonly numbers: readonly Float64Array[];
}

/** Takes the records of a file and keeps the columns of its plan as numbers; the text is forgotten at once. */
export class Table implements RecordSink {
  rows = 0;
  /** Records whose cells were all empty. */
  blankRows = 0;
  /** Records of averages of a year among those of its months, and of other steps, by what they are. */
  readonly asideRows = new Map<string, number>();
  readonly lines = new LineIndex();
  readonly idNames = new Names();
  /** Number of the id of each row, empty where there is no id column. */
  readonly ids = new Ints();
  private readonly width: number;
  private readonly kinds: Uint8Array;
  private readonly columns: readonly (NumberColumn | null)[];
  private readonly numbers: readonly NumberColumn[];
  private readonly time: TimeColumn | null;
  private id = -1;
  /** Which part of a joined time or id each column is. */
  private readonly part: Int32Array;
  private readonly joinedTime: JoinedCells | null;
  private readonly joinedId: JoinedCells | null;
  private filled = 0;
  private overflow = false;
  /** Series that are left out, by the number of their id, and why. */
  readonly bad = new Map<number, YuleError>();
  /** Rows that are none of the table. */
  readonly leftOut = new LeftOut();
  /** The first filled cell of the record and its column, where it was not in the form expected there. */
  private firstBytes: Uint8Array | null = null;
  private firstFrom = 0;
  private firstTo = 0;
  private firstColumn = 0;
  private pendingBlanks: number[] = [];

  constructor(readonly plan: TablePlan) {
    const { kinds, part, columns } = columnKinds(plan);
    this.width = plan.names.length;
    this.kinds = kinds;
    this.part = part;
    this.columns = columns;
    this.joinedId = joinedId(plan);
    this.joinedTime = joinedTime(plan);
    this.numbers = plan.numbers.map(({ column }) => column);
    this.time = plan.time?.column ?? null;
  }

  quick(column: number, bytes: Uint8Array, at: number): number {
    if (column === 0) this.begin();
    if (column >= this.width) return -1;
    const end = this.quickCell(column, bytes, at);
    if (end > at) this.filled++;
    return end;
  }

  private quickCell(column: number, bytes: Uint8Array, at: number): number {
    switch (this.kinds[column]) {
      case TIME:
        return this.joinedTime === null ? this.time!.quick(bytes, at) : -1;
      case ID: {
        const end = this.joinedId === null ? this.idNames.repeated(bytes, at) : -1;
        if (end >= 0) this.id = this.idNames.latest;
        return end;
      }
      case NUMBER:
        return this.columns[column]!.quick(bytes, at);
      default:
        return -1;
    }
  }

  cell(column: number, bytes: Uint8Array, from: number, to: number): void {
    if (column === 0) this.begin();
    if (to > from && this.filled++ === 0) {
      this.firstBytes = bytes;
      this.firstFrom = from;
      this.firstTo = to;
      this.firstColumn = column;
    }
    if (column >= this.width) {
      this.overflow ||= to > from;
      return;
    }
    switch (this.kinds[column]) {
      case UNUSED:
        return;
      case TIME:
        if (this.joinedTime === null) this.time!.cell(bytes, from, to);
        else this.joinedTime.set(this.part[column]!, bytes, from, to);
        return;
      case ID:
        if (this.joinedId !== null) this.joinedId.set(this.part[column]!, bytes, from, to);
        else this.id = to > from ? this.idNames.number(bytes, from, to) : -1;
        return;
      case NUMBER:
        this.columns[column]!.cell(bytes, from, to);
    }
  }

  /** Begins a record of cells that are known as values, not as text; cells that are left out are missing. */
  open(): void {
    this.begin();
    for (const column of this.numbers) column.forget();
    this.time?.take(Number.NaN);
  }

  /** Takes the number of a cell. */
  takeNumber(column: number, value: number): void {
    this.filled++;
    this.columns[column]!.take(value);
  }

  /** Takes the time of the record, in milliseconds since 1970. */
  takeTime(local: number): void {
    this.filled++;
    this.time!.take(local);
  }

  /** Takes the number that `idNames` has for the id of the record. */
  takeId(id: number): void {
    this.filled++;
    this.id = id;
  }

  /**
   * Takes rows that are known as values and have nothing to find fault with: a time each, an id each where there are ids, and
   * numbers, NaN for missing. Whether they can be taken; nothing is where not.
   */
  takeRows({ times, ids, numbers }: KnownRows, line: number): boolean {
    const { length } = times;
    if (this.leftOut.waiting || this.bad.size > 0 || length === 0) return false;
    this.lines.append(this.rows, line);
    this.time!.takeAll(times);
    if (ids !== null) for (let row = 0; row < length; row++) this.ids.push(ids[row]!);
    this.numbers.forEach((column, at) => {
      column.takeAll(numbers[at]!);
    });
    this.rows += length;
    return true;
  }

  endRecord(count: number, line: number): void {
    if (this.filled === 0 && this.width > 1) {
      this.blankRows++;
      return;
    }
    if (count < this.width || this.overflow) {
      this.setAside(raggedRow(this.plan, line, count), count, line);
      return;
    }
    if (this.pendingBlanks.length > 0) this.keepBlanks();
    const error = this.isBeside(count) ? rowBeside(this.plan, line) : this.keep(line);
    if (error !== null && !this.skips(error, count)) this.setAside(error, count, line);
  }

  /** Whether an error concerns one series alone, which then is left out. */
  private skips(error: Error, count: number): boolean {
    const { plan, id, numbers } = this;
    if (plan.skipBad !== true || plan.ids.length === 0 || id < 0 || !(error instanceof YuleError))
      return false;
    if (kindOf({ ...this.shape(count), ...NO_NUMBERS }) !== null) return false;
    if (!this.bad.has(id)) this.bad.set(id, error);
    for (const column of numbers) column.forget();
    return true;
  }

  /** Leaves a record out that is none of the table. @throws the error where it is one that is wrong. */
  private setAside(error: Error, count: number, line: number): void {
    const { numbers, time } = this;
    const untimed = time !== null && error instanceof YuleError && error.code === "missing-time";
    this.leftOut.add({
      error,
      line,
      ...this.shape(count),
      sums: numbers.some((column) => column.sumsUp()),
      untimedTotal: untimed && numbers.some((column) => column.sumsUp() || column.exceeds()),
      foreign: time !== null && numbers.every((column) => Number.isNaN(column.current)),
    });
    for (const column of this.numbers) column.forget();
  }

  /** The first filled cell of the record that ends, and how it is filled. */
  private shape(count: number): Omit<OddRow, "error" | "line" | keyof typeof NO_NUMBERS> {
    const { firstBytes, width, filled } = this;
    const text = firstBytes === null ? "" : decodeText(firstBytes.subarray(this.firstFrom, this.firstTo));
    return { text, name: this.plan.names[this.firstColumn] ?? "", filled, count, width };
  }

  /** Whether a record that no column refuses, for want of times, is a total or a remark by its first cell. */
  private isBeside(count: number): boolean {
    if (this.time !== null || this.firstBytes === null || this.kinds[this.firstColumn] !== UNUSED)
      return false;
    return kindOf({ ...this.shape(count), ...NO_NUMBERS }) !== null;
  }

  /** In a file of one column a blank line between others is a missing value; elsewhere, and at the end, it is nothing. */
  blankLine(line: number): void {
    if (this.width === 1 && this.time === null && this.rows > 0) this.pendingBlanks.push(line);
  }

  /** The place of a row of data. */
  place(row: number, column?: string): Place & { readonly row: number } {
    const place = { file: this.plan.file, row: this.lines.lineOf(row) };
    return column === undefined ? place : { ...place, column };
  }

  private begin(): void {
    this.filled = 0;
    this.overflow = false;
    this.firstBytes = null;
    this.id = -1;
    this.joinedId?.clear();
    this.joinedTime?.clear();
  }

  /** Keeps the record that ends, or says what is wrong with it; then nothing of it is kept. */
  private keep(line: number): Error | null {
    if (this.leftOut.waiting && this.time === null) this.leftOut.refuse();
    if (this.plan.ids.length > 0 && !this.hasId()) return missingId(this.plan, line);
    const { numbers } = this;
    let wrong: NumberColumn | undefined;
    for (let i = numbers.length - 1; i >= 0; i--) if (numbers[i]!.problem !== null) wrong = numbers[i];
    if (this.bad.size > 0 && this.bad.has(this.id)) return this.leave();
    if ((this.time === null || this.plan.skipBad === true) && wrong !== undefined)
      return rowProblem(this.plan, line, wrong.name, wrong.problem!);
    if (this.time !== null) {
      const problem = this.keepTime(this.time);
      if (problem !== null && isAside(problem)) {
        const what = problem.code === "other-step" ? problem.value : problem.code;
        this.asideRows.set(what, (this.asideRows.get(what) ?? 0) + 1);
        return this.leave();
      }
      if (problem !== null) return rowProblem(this.plan, line, this.time.name, problem);
      if (this.leftOut.waiting) this.leftOut.refuse();
      if (wrong !== undefined) throw rowProblem(this.plan, line, wrong.name, wrong.problem!);
    }
    this.lines.append(this.rows, line);
    if (this.plan.ids.length > 0) this.ids.push(this.id);
    for (let i = 0; i < numbers.length; i++) numbers[i]!.keep();
    this.rows++;
    return null;
  }

  private leave(): null {
    for (const column of this.numbers) column.forget();
    return null;
  }

  private keepTime(time: TimeColumn): Problem | null {
    if (this.joinedTime !== null) {
      this.joinedTime.join();
      time.cell(this.joinedTime.bytes, 0, this.joinedTime.length);
    }
    return time.keep();
  }

  private keepBlanks(): void {
    for (const line of this.pendingBlanks.splice(0)) {
      this.lines.append(this.rows, line);
      for (const column of this.numbers) column.keepMissing();
      this.rows++;
    }
  }

  private hasId(): boolean {
    if (this.joinedId !== null) {
      this.joinedId.join();
      const { bytes, length } = this.joinedId;
      this.id = length > 0 ? this.idNames.number(bytes, 0, length) : -1;
    }
    return this.id >= 0;
  }
}

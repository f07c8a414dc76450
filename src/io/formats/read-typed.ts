import type { KnownRows, Table } from "../csv/table.js";
import {
  areDays,
  CodedTexts,
  cellText,
  isMissing,
  plainCells,
  type TypedCell,
  type TypedCells,
  type TypedColumn,
  type TypedTable,
} from "./typed-table.js";

/** Takes the cell of a row; rows are counted within a run. */
type Take = (row: number) => void;

/**
 * Gives the rows of a typed table to a table of those columns that its plan reads: numbers and times as they are, without
 * a detour by text.
 */
export async function feedTyped(source: TypedTable, table: Table): Promise<void> {
  const feeder = new Feeder(source, table);
  const width = source.columns.length;
  let before = 0;
  for await (const values of source.read(feeder.positions, source.rows)) {
    const { length } = values[0]!;
    const known = feeder.knownRows(values);
    if (known !== null && table.takeRows(known, before + 1)) {
      before += length;
      continue;
    }
    const takes = feeder.takesOf(values);
    for (let row = 0; row < length; row++) {
      table.open();
      for (const take of takes) take(row);
      table.endRecord(width, before + row + 1);
    }
    before += length;
  }
  feeder.finish();
}

/** Cells as numbers, NaN for missing; null where one is not finite. */
function numbersOf(cells: TypedCells): Float64Array | null {
  if (cells instanceof CodedTexts) return null;
  if (cells instanceof Float64Array) return cells.every((x) => x - x === 0 || Number.isNaN(x)) ? cells : null;
  const numbers = new Float64Array(cells.length);
  for (let row = 0; row < numbers.length; row++) {
    const cell = cells[row];
    const value =
      typeof cell === "number" ? cell : cell === null || cell === undefined ? Number.NaN : Number(cell);
    if (value - value !== 0 && !Number.isNaN(value)) return null;
    numbers[row] = value;
  }
  return numbers;
}

/** Distinct texts kept, so that a date repeated in every series is read once. */
const MOST_TEXTS = 1 << 16;

/** In place of the number of an id that no row had so far. */
const UNSEEN = -2;

/** Letters of the longest time in ISO form. */
const ISO_LONGEST = 20;

class Feeder {
  /** The columns that are read. */
  readonly positions: readonly number[];
  private readonly encoder = new TextEncoder();
  private readonly idNumbers = new Map<TypedCell, number>();
  private readonly textBytes = new Map<string, Uint8Array>();
  /** Times of texts, NaN for those in other forms than ISO. */
  private readonly isoTimes = new Map<TypedCell, number>();
  private readonly isoBytes = new Uint8Array(64);
  private readonly numbers: ReadonlySet<number>;
  /** Position of a column of times that is taken as it is; -1 for none. */
  private readonly time: number;
  /** Position of a column of times that are texts; -1 for none. */
  private readonly textTime: number;
  private daily = true;

  constructor(
    private readonly source: TypedTable,
    private readonly table: Table,
  ) {
    const { time, ids, numbers } = table.plan;
    const times = time?.positions ?? [];
    this.numbers = new Set(numbers.map(({ position }) => position));
    this.positions = [...new Set([...times, ...ids, ...this.numbers])].sort((a, b) => a - b);
    const [only] = times;
    const kind = only === undefined ? "text" : source.columns[only]!.kind;
    this.time = times.length === 1 && kind !== "text" && kind !== "number" ? only! : -1;
    this.textTime = times.length === 1 && kind === "text" ? only! : -1;
  }

  takesOf(values: readonly TypedCells[]): Take[] {
    return this.positions.map((position, at) => this.takeOf(position, plainCells(values[at]!)));
  }

  /** The rows of a run where every time and id is there and every number finite; null where one has to be looked at. */
  knownRows(values: readonly TypedCells[]): KnownRows | null {
    const { plan } = this.table;
    const of = (position: number) => values[this.positions.indexOf(position)]!;
    if (plan.ids.length > 1) return null;
    const times = this.timesOf(of);
    if (times === null) return null;
    const numbers: Float64Array[] = [];
    for (const { position } of plan.numbers) {
      if (this.source.columns[position]!.kind !== "number") return null;
      const column = numbersOf(of(position));
      if (column === null) return null;
      numbers.push(column);
    }
    const [id] = plan.ids;
    const ids = id === undefined ? null : this.idsOf(this.source.columns[id]!, of(id));
    if (id !== undefined && ids === null) return null;
    if (this.time >= 0) this.daily &&= areDays(times);
    return { times, ids, numbers };
  }

  /** The times of a run; null where one is missing or in another form than ISO. */
  private timesOf(of: (position: number) => TypedCells): Float64Array | null {
    if (this.time >= 0) {
      const times = numbersOf(of(this.time));
      return times?.some(Number.isNaN) === true ? null : times;
    }
    if (this.textTime < 0 || !this.table.plan.time!.column.isPlainIso) return null;
    const cells = of(this.textTime);
    if (cells instanceof CodedTexts) return this.codedTimes(cells);
    const times = new Float64Array(cells.length);
    for (let row = 0; row < times.length; row++) {
      const cell = cells[row];
      const local = this.isoTimes.get(cell) ?? this.isoTimeOf(cell);
      if (Number.isNaN(local)) return null;
      times[row] = local;
    }
    return times;
  }

  private codedTimes({ codes, texts }: CodedTexts): Float64Array | null {
    const known = Float64Array.from(texts, (text) => this.isoTimes.get(text) ?? this.isoTimeOf(text));
    const times = new Float64Array(codes.length);
    for (let row = 0; row < times.length; row++) {
      const code = codes[row]!;
      if (code < 0 || Number.isNaN(known[code]!)) return null;
      times[row] = known[code]!;
    }
    return times;
  }

  private isoTimeOf(cell: TypedCell): number {
    if (typeof cell !== "string" || cell.length > ISO_LONGEST) return Number.NaN;
    const { written } = this.encoder.encodeInto(cell, this.isoBytes);
    const local = this.table.plan.time!.column.isoOf(this.isoBytes, written);
    if (this.isoTimes.size < MOST_TEXTS) this.isoTimes.set(cell, local);
    return local;
  }

  private idsOf({ kind }: TypedColumn, cells: TypedCells): Int32Array | null {
    if (cells instanceof CodedTexts) return this.codedIds(cells);
    const daily = kind !== "text" && kind !== "number" && areDays(cells);
    const ids = new Int32Array(cells.length);
    let [last, number] = [undefined as TypedCell, -1];
    for (let row = 0; row < ids.length; row++) {
      const cell = cells[row];
      if (cell !== last) {
        last = cell;
        number = this.idNumbers.get(cell) ?? this.numberOf(cell, cellText(cell, kind, daily));
      }
      if (number < 0) return null;
      ids[row] = number;
    }
    return ids;
  }

  /** The ids by their texts, numbered in order of appearance. */
  private codedIds({ codes, texts }: CodedTexts): Int32Array | null {
    const numbers = new Int32Array(texts.length).fill(UNSEEN);
    const ids = new Int32Array(codes.length);
    for (let row = 0; row < ids.length; row++) {
      const code = codes[row]!;
      if (code < 0) return null;
      let number = numbers[code]!;
      if (number === UNSEEN) {
        const text = texts[code]!;
        number = this.idNumbers.get(text) ?? this.numberOf(text, text);
        numbers[code] = number;
      }
      if (number < 0) return null;
      ids[row] = number;
    }
    return ids;
  }

  /** Says how the times were written, once all are known. */
  finish(): void {
    if (this.time < 0) return;
    const utc = this.source.columns[this.time]!.kind === "instant";
    this.table.plan.time!.column.takenAs(this.daily ? "days" : utc ? "utc" : "clock");
  }

  private takeOf(position: number, cells: ArrayLike<TypedCell>): Take {
    const { table, source } = this;
    const column = source.columns[position]!;
    if (position === this.time) {
      this.daily &&= areDays(cells);
      return (row) => {
        const cell = cells[row];
        if (!isMissing(cell)) table.takeTime(Number(cell));
      };
    }
    if (column.kind === "number" && this.numbers.has(position)) {
      return (row) => {
        const cell = cells[row];
        if (!isMissing(cell)) table.takeNumber(position, Number(cell));
      };
    }
    if (table.plan.ids.length === 1 && table.plan.ids[0] === position) return this.takeId(column, cells);
    return this.takeText(position, column, cells);
  }

  private takeId({ kind }: TypedColumn, cells: ArrayLike<TypedCell>): Take {
    const { table, idNumbers } = this;
    const daily = areDays(cells);
    let [last, number] = [undefined as TypedCell, -1];
    return (row) => {
      const cell = cells[row];
      if (cell !== last) {
        last = cell;
        number = idNumbers.get(cell) ?? this.numberOf(cell, cellText(cell, kind, daily));
      }
      if (number >= 0) table.takeId(number);
    };
  }

  private numberOf(cell: TypedCell, text: string): number {
    const bytes = this.encoder.encode(text.trim());
    const number = bytes.length === 0 ? -1 : this.table.idNames.number(bytes, 0, bytes.length);
    this.idNumbers.set(cell, number);
    return number;
  }

  private takeText(position: number, { kind }: TypedColumn, cells: ArrayLike<TypedCell>): Take {
    const daily = kind !== "text" && kind !== "number" && areDays(cells);
    return (row) => {
      const bytes = this.bytesOf(cellText(cells[row], kind, daily));
      // The first column comes first, where beginning the record anew changes nothing.
      this.table.cell(position, bytes, 0, bytes.length);
    };
  }

  private bytesOf(text: string): Uint8Array {
    const known = this.textBytes.get(text);
    if (known !== undefined) return known;
    const bytes = this.encoder.encode(text.trim());
    if (this.textBytes.size < MOST_TEXTS) this.textBytes.set(text, bytes);
    return bytes;
  }
}

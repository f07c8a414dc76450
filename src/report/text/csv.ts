import type { Cell, Table } from "../table.js";
import { LONGEST_NUMBER, writeNumber } from "./number-bytes.js";

const COMMA = 44;
const LF = 10;

/**
 * A table as CSV: a header line, quotes only where they are needed, numbers in full, nothing for missing values.
 *
 * @param safe whether texts that a spreadsheet would take as formulas get an apostrophe before them; numbers never do.
 */
export function csvText(table: Table, safe = false): string {
  return [...csvLines(table, safe)].join("");
}

/** The lines of `csvText`, made one by one, each with its end. */
export function* csvLines({ columns, rows }: Table, safe = false): Generator<string> {
  const text = safe ? (cell: string) => quoted(harmless(cell)) : quoted;
  // Names and times repeat from row to row: what was written last is at hand for each column.
  const last = columns.map(() => ({ cell: "", written: "" }));
  const textAt = (at: number, cell: string) => {
    const known = last[at]!;
    if (known.cell !== cell) last[at] = { cell, written: text(cell) };
    return last[at]!.written;
  };
  const lineOf = (row: readonly Cell[]) => {
    let line = "";
    for (let at = 0; at < row.length; at++) {
      const cell = row[at]!;
      line += `${at === 0 ? "" : ","}${typeof cell === "string" ? textAt(at, cell) : numeral(cell)}`;
    }
    return line;
  };
  yield `${columns.map(({ name }) => text(name)).join(",")}\n`;
  for (const row of rows) yield `${lineOf(row)}\n`;
}

/** Texts kept as they were written. */
const KEPT = 1024;

/** The same as bytes, which grow as tables are added: for tables too large to be text first. */
export class CsvBytes {
  private bytes = new Uint8Array(1 << 16);
  private length = 0;
  private readonly encoder = new TextEncoder();
  private readonly known = new Map<string, Uint8Array>();
  private readonly text: (cell: string) => string;

  constructor(safe = false) {
    this.text = safe ? (cell) => quoted(harmless(cell)) : quoted;
  }

  /** Adds the rows of a table, without its header. */
  add({ columns, rows }: Table): void {
    // Names repeat from row to row.
    const last = columns.map(() => ({ cell: "", written: new Uint8Array(0) as Uint8Array }));
    for (const row of rows) {
      for (let at = 0; at < row.length; at++) {
        const cell = row[at]!;
        if (at > 0) this.put(COMMA);
        if (typeof cell === "string") {
          const before = last[at]!;
          if (before.cell !== cell) last[at] = { cell, written: this.textOf(cell) };
          this.set(last[at]!.written);
        } else if (typeof cell === "number") this.number(cell);
        else this.set(this.textOf(numeral(cell)));
      }
      this.put(LF);
    }
  }

  /** All bytes so far; it begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const all = this.bytes.slice(0, this.length);
    this.length = 0;
    return all;
  }

  private put(byte: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  private set(written: Uint8Array): void {
    const { length } = written;
    if (this.length + length > this.bytes.length) this.reserve(length);
    const { bytes, length: start } = this;
    if (length > 40) bytes.set(written, start);
    else for (let i = 0; i < length; i++) bytes[start + i] = written[i]!;
    this.length = start + length;
  }

  private number(value: number): void {
    if (Number.isNaN(value)) return;
    if (this.length + LONGEST_NUMBER > this.bytes.length) this.reserve(LONGEST_NUMBER);
    this.length = writeNumber(this.bytes, this.length, value);
  }

  private textOf(cell: string): Uint8Array {
    const known = this.known.get(cell);
    if (known !== undefined) return known;
    const written = this.encoder.encode(this.text(cell));
    if (this.known.size === KEPT) this.known.clear();
    this.known.set(cell, written);
    return written;
  }

  private reserve(more: number): void {
    const larger = new Uint8Array(2 * (this.length + more));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

function numeral(cell: Exclude<Cell, string>): string {
  return cell === null || Number.isNaN(cell) ? "" : String(cell);
}

/** Texts that begin as formulas do, after blanks too, are kept from being run (OWASP, CSV injection). */
function harmless(text: string): string {
  return /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

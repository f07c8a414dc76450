/**
 * Cuts bytes into records and cells. The plain case, most files whole, is one pass over the bytes without copying;
 * quoted cells that hold quotes or line ends are left to csv-parse (`quoted.ts`), a run of records at a time.
 */

export const LF = 10;
export const CR = 13;
export const QUOTE = 34;
const SPACE = 32;
const TAB = 9;

/** Takes the cells of one record after another. A record may be given again from its first cell on. */
export interface RecordSink {
  /**
   * Reads the cell at `at` if it is in the form expected of its column, and says where it ends; -1 leaves it to be
   * delimited first. What stands at the end has not been looked at.
   */
  quick(column: number, bytes: Uint8Array, at: number): number;
  /** One cell, its quotes and surrounding blanks left out. The bytes are only valid during the call. */
  cell(column: number, bytes: Uint8Array, from: number, to: number): void;
  /** The end of a record of `count` cells that began on line `line` of the file, from 1. */
  endRecord(count: number, line: number): void;
  /** A line with nothing on it. */
  blankLine(line: number): void;
}

/** What stopped a scan: the bytes end inside a record, or a record needs the full rules of quoting. */
export type ScanStop = "more" | "quoted";

export class RecordScanner {
  /** Where the next record begins, after a scan. */
  position = 0;
  /** Line of the file that the next record begins on, from 1. */
  line = 1;
  private cellStart = 0;
  private cellEnd = 0;

  constructor(
    readonly delimiter: number,
    private readonly sink: RecordSink,
  ) {}

  /**
   * Gives the sink all whole records of `bytes` from `from` to `to`. The byte at `to` has to be a line feed, which
   * ends every search; it is not part of the text.
   *
   * @param last whether the text ends at `to`.
   */
  scan(bytes: Uint8Array, from: number, to: number, last: boolean): ScanStop {
    const { delimiter, sink } = this;
    let at = from;
    while (at < to) {
      this.position = at;
      let byte = bytes[at]!;
      let column = 0;
      for (;;) {
        while (byte === SPACE || (byte === TAB && delimiter !== TAB)) byte = bytes[++at]!;
        const start = at;
        at = sink.quick(column, bytes, at);
        byte = at < 0 ? 0 : bytes[at]!;
        const done = at > start && at <= to && (byte === delimiter || byte === LF || byte === CR);
        if (!done) {
          at = this.delimit(bytes, start);
          if (at < 0) return "quoted";
          byte = bytes[at]!;
        }
        if (byte !== delimiter && at >= to - 1 && !last && (at === to || byte === CR)) return "more";
        if (column === 0 && at === start && byte !== delimiter) break;
        if (!done) sink.cell(column, bytes, this.cellStart, this.cellEnd);
        column++;
        if (byte !== delimiter) break;
        byte = bytes[++at]!;
      }
      if (column === 0) sink.blankLine(this.line);
      else sink.endRecord(column, this.line);
      at += byte === CR && bytes[at + 1] === LF && at + 1 < to ? 2 : 1;
      this.line++;
    }
    this.position = Math.min(at, to);
    return "more";
  }

  /** Finds the end of a cell and sets its bounds, quotes and blanks around it left out; -1 for one that needs more. */
  private delimit(bytes: Uint8Array, from: number): number {
    const { delimiter } = this;
    let at = from;
    let byte = bytes[at]!;
    if (byte === QUOTE) {
      this.cellStart = from + 1;
      this.cellEnd = closingQuote(bytes, from + 1, delimiter);
      return this.cellEnd < 0 ? -1 : afterBlanks(bytes, this.cellEnd + 1, delimiter);
    }
    while (byte !== delimiter && byte !== LF && byte !== CR) byte = bytes[++at]!;
    this.cellStart = from;
    this.cellEnd = at;
    while (this.cellEnd > from && bytes[this.cellEnd - 1]! <= SPACE) this.cellEnd--;
    return at;
  }
}

/** Where a simple quoted cell ends; -1 where it holds quotes, line ends, or text after its quote. */
function closingQuote(bytes: Uint8Array, from: number, delimiter: number): number {
  let at = from;
  let byte = bytes[at]!;
  while (byte !== QUOTE && byte !== LF && byte !== CR) byte = bytes[++at]!;
  if (byte !== QUOTE) return -1;
  const next = bytes[afterBlanks(bytes, at + 1, delimiter)]!;
  return next === delimiter || next === LF || next === CR ? at : -1;
}

function afterBlanks(bytes: Uint8Array, from: number, delimiter: number): number {
  let at = from;
  while (bytes[at] === SPACE || (bytes[at] === TAB && delimiter !== TAB)) at++;
  return at;
}

/** Line ends, and quoted cells across them, of text that needs the full rules of quoting. */
export interface RecordRun {
  /** Where the last whole record ends. */
  readonly end: number;
  /** Line of the file each record begins on. */
  readonly lines: readonly number[];
  /** Line after the last record. */
  readonly nextLine: number;
  /** Line of a quote that is still open where the bytes end, else 0. */
  readonly openQuote: number;
}

/** Finds the whole records of `bytes` from `from` to `to`; the first is at `line` of the file. */
export function wholeRecords(
  bytes: Uint8Array,
  from: number,
  to: number,
  delimiter: number,
  line: number,
  last: boolean,
): RecordRun {
  const lines: number[] = [];
  let end = from;
  let begun = line;
  let current = line;
  let quoteLine = 0;
  let cellStart = true;
  let empty = true;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    const lineEnd = byte === LF || (byte === CR && bytes[at + 1] !== LF);
    if (quoteLine > 0) {
      if (lineEnd) current++;
      if (byte !== QUOTE) continue;
      if (bytes[at + 1] === QUOTE && at + 1 < to) at++;
      else quoteLine = 0;
    } else if (lineEnd) {
      if (byte === CR && at + 1 === to && !last) break;
      if (!empty) lines.push(begun);
      begun = ++current;
      end = at + 1;
      cellStart = empty = true;
    } else if (byte === QUOTE && cellStart) {
      quoteLine = current;
      cellStart = empty = false;
    } else if (byte === delimiter) {
      cellStart = true;
      empty = false;
    } else if (byte !== SPACE && byte !== TAB && byte !== CR) {
      cellStart = empty = false;
    }
  }
  if (last && quoteLine === 0) {
    if (!empty) lines.push(begun);
    return { end: to, lines, nextLine: current + 1, openQuote: 0 };
  }
  return { end, lines, nextLine: begun, openQuote: quoteLine };
}

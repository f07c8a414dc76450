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
        let start = at;
        let end: number;
        const quoted = byte === QUOTE;
        if (quoted) {
          end = closingQuote(bytes, ++start, delimiter);
          if (end < 0) return "quoted";
          at = afterBlanks(bytes, end + 1, delimiter);
          byte = bytes[at]!;
        } else {
          while (byte !== delimiter && byte !== LF && byte !== CR) byte = bytes[++at]!;
          end = at;
          while (end > start && bytes[end - 1]! <= SPACE) end--;
        }
        if (byte !== delimiter && at >= to - 1 && !last && (at === to || byte === CR)) return "more";
        if (column === 0 && end === start && byte !== delimiter && !quoted) break;
        sink.cell(column++, bytes, start, end);
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

import { decodeText } from "../bytes/encoding.js";
import { LF, RecordScanner, type RecordSink, wholeRecords } from "../bytes/records.js";

/** The first records of a file as text, to find out what its columns are. */
export class Sample implements RecordSink {
  readonly rows: string[][] = [];
  /** Line of the file each row began on. */
  readonly lines: number[] = [];
  private cells: string[] = [];

  constructor(private readonly most: number) {}

  get full(): boolean {
    return this.rows.length >= this.most;
  }

  quick(): number {
    return -1;
  }

  cell(column: number, bytes: Uint8Array, from: number, to: number): void {
    if (this.full) return;
    if (column === 0) this.cells = [];
    this.cells.push(decodeText(bytes.subarray(from, to)));
  }

  endRecord(_count: number, line: number): void {
    if (this.full) return;
    this.rows.push(this.cells);
    this.lines.push(line);
  }

  blankLine(): void {}
}

/** The beginning of a file: bytes with a line feed behind them at `end`, and whether the file ends there. */
export interface Head {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly last: boolean;
  readonly file: string;
}

/**
 * The first records of a file's head, cut at a delimiter.
 *
 * @param strict null where the full rules of quoting are needed, instead of following them.
 */
export async function sampleOf(
  head: Head,
  delimiter: number,
  most: number,
  strict: boolean,
): Promise<Sample | null> {
  const { bytes, end, last } = firstLines(head, most);
  const sample = new Sample(most);
  const scanner = new RecordScanner(delimiter, sample);
  if (scanner.scan(bytes, 0, end, last) === "more") return sample;
  if (strict) return null;
  const run = wholeRecords(bytes, scanner.position, end, delimiter, scanner.line, last);
  const { giveQuoted } = await import("../bytes/quoted.js");
  giveQuoted(bytes.subarray(scanner.position, run.end), run, delimiter, sample, head.file);
  return sample;
}

/** A head cut down to so many lines: nothing of a small file is read twice, of a large one little. */
function firstLines(head: Head, most: number): Head {
  let end = 0;
  for (let line = 0; line < most; line++) {
    const found = head.bytes.indexOf(LF, end);
    if (found < 0 || found >= head.end) return head;
    end = found + 1;
  }
  if (end === head.end) return head;
  const bytes = head.bytes.slice(0, end + 1);
  bytes[end] = LF;
  return { ...head, bytes, end, last: false };
}

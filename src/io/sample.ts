import { decodeText } from "./encoding.js";
import { RecordScanner, type RecordSink, wholeRecords } from "./records.js";

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

/**
 * The first records of a file's head, cut at a delimiter.
 *
 * @param head bytes with a line feed behind their end, at `head[end]`.
 * @param last whether the file ends with the head.
 * @param strict stop with null where the full rules of quoting are needed.
 */
export async function sampleOf(
  head: Uint8Array,
  end: number,
  delimiter: number,
  most: number,
  last: boolean,
  file: string,
  strict: boolean,
): Promise<Sample | null> {
  const sample = new Sample(most);
  const scanner = new RecordScanner(delimiter, sample);
  if (scanner.scan(head, 0, end, last) === "more" || sample.full) return sample;
  if (strict) return null;
  const run = wholeRecords(head, scanner.position, end, delimiter, scanner.line, last);
  const { giveQuoted } = await import("./quoted.js");
  giveQuoted(head.subarray(scanner.position, run.end), run, delimiter, sample, file);
  return sample;
}

import type { Run } from "./runs.js";

const LF = 10;

/** Whole series of a file, one after the other. */
export interface Batch {
  /** Their rows, as they stand in the file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly series: number;
  /** Where each series begins, in bytes and lines of the rows, from 0. */
  readonly starts: readonly { readonly byte: number; readonly line: number; readonly id: string }[];
  /** The line of the file that each line of the rows has, as runs: from line `at[i]` of the rows on, `line[i]` and so on. */
  readonly lines: readonly { readonly at: number; readonly line: number }[];
  /** Saved models of each series, a line each, "" for none; absent where models are fitted. */
  readonly models?: readonly string[];
}

/** How much there is to read in a batch, in bytes. */
export function weightOf({ bytes, models = [] }: Batch): number {
  return models.reduce((sum, { length }) => sum + length, bytes.length);
}

/** How large batches are; whoever works on them may change it on the way. */
export interface BatchSize {
  /** Bytes of rows after which a batch is full. */
  bytes: number;
  /** Series after which it is full too; absent: any number. */
  series?: number;
}

/**
 * Gathers whole series into batches: as few as reach one of the sizes, at least one. The results must not depend on how many.
 *
 * @param skip series at the beginning that are left out, since they are done.
 */
export async function* batchesOf(
  runs: AsyncIterable<readonly Run[]>,
  size: BatchSize,
  skip = 0,
): AsyncGenerator<Batch> {
  let gathered = new Gathered();
  let begun = 0;
  for await (const some of runs) {
    for (const run of some) {
      if (run.begins && ++begun > skip) {
        if (gathered.length >= size.bytes || gathered.series >= (size.series ?? Number.POSITIVE_INFINITY)) {
          yield gathered.batch();
          gathered = new Gathered();
        }
        gathered.begin(run);
      }
      if (begun > skip) gathered.add(run);
    }
    gathered.settle();
  }
  if (gathered.length > 0) yield gathered.batch();
}

/** A batch that is being gathered. */
class Gathered {
  length = 0;
  private bytes = new Uint8Array(1 << 16);
  private readonly starts: Batch["starts"][number][] = [];
  private readonly lines: Batch["lines"][number][] = [];
  private line = 0;
  /** Neighbouring runs that have not been copied yet. */
  private waiting: Uint8Array | null = null;

  get series(): number {
    return this.starts.length;
  }

  begin({ id }: Run): void {
    this.starts.push({ byte: this.length, line: this.line, id: textOf(id) });
  }

  add({ bytes, line, lines }: Run): void {
    const last = this.lines.at(-1);
    if (last === undefined || last.line + this.line - last.at !== line)
      this.lines.push({ at: this.line, line });
    this.line += lines;
    const { waiting } = this;
    const follows =
      waiting !== null &&
      waiting.buffer === bytes.buffer &&
      waiting.byteOffset + waiting.length === bytes.byteOffset;
    if (!follows) this.settle();
    const from = follows ? waiting.byteOffset : bytes.byteOffset;
    this.waiting = new Uint8Array(bytes.buffer, from, bytes.byteOffset + bytes.length - from);
    this.length += bytes.length;
  }

  /** Copies what waits, before the memory of the runs is used again. */
  settle(): void {
    const { waiting } = this;
    if (waiting === null) return;
    const at = this.length - waiting.length;
    if (this.length + 2 > this.bytes.length) {
      const larger = new Uint8Array(2 * this.length + 2);
      larger.set(this.bytes.subarray(0, at));
      this.bytes = larger;
    }
    this.bytes.set(waiting, at);
    this.waiting = null;
  }

  batch(): Batch {
    this.settle();
    const { bytes, starts, lines, length } = this;
    // The last line of a file may have no end.
    const end = length > 0 && bytes[length - 1] === LF ? length : length + 1;
    bytes[end - 1] = LF;
    return { bytes: bytes.slice(0, end), series: starts.length, starts, lines };
  }
}

const decoder = new TextDecoder();

/** An id of one character a byte, as text; several columns joined as they are elsewhere. */
export function textOf(id: string): string {
  return decoder.decode(Buffer.from(id, "latin1")).replaceAll("\u001f", "/");
}

/** The line of the file for a line of the rows of a batch, both from 1. */
export function lineOf({ lines }: Pick<Batch, "lines">, line: number): number {
  const at = line - 1;
  const place = lines.findLast((begin) => begin.at <= at) ?? { at: 0, line: 1 };
  return place.line + at - place.at;
}

/** The same for all lines: the first one where they follow each other. */
export function linesOf({ lines }: Pick<Batch, "lines">): number | ((line: number) => number) {
  const [first] = lines;
  if (first === undefined || lines.length === 1) return first?.line ?? 1;
  let place = 0;
  return (line) => {
    const at = line - 1;
    while (place > 0 && lines[place]!.at > at) place--;
    while (place + 1 < lines.length && lines[place + 1]!.at <= at) place++;
    return lines[place]!.line + at - lines[place]!.at;
  };
}

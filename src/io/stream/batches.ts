import type { Run } from "./runs.js";

/** Whole series of a file, one after the other. */
export interface Batch {
  /** Their rows, as they stand in the file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly series: number;
  /** Where each series begins, in bytes and lines of the rows, from 0. */
  readonly starts: readonly { readonly byte: number; readonly line: number; readonly id: string }[];
  /** The line of the file that each line of the rows has, as runs: from line `at[i]` of the rows on, `line[i]` and so on. */
  readonly lines: readonly { readonly at: number; readonly line: number }[];
}

/** A run and the line of the file that it begins on. */
export interface PlacedRun extends Run {
  readonly line: number;
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
  runs: AsyncIterable<PlacedRun>,
  size: BatchSize,
  skip = 0,
): AsyncGenerator<Batch> {
  let parts: Uint8Array[] = [];
  let lines: { at: number; line: number }[] = [];
  let length = 0;
  let line = 0;
  let starts: { byte: number; line: number; id: string }[] = [];
  let begun = 0;
  for await (const run of runs) {
    if (run.begins && ++begun > skip) {
      if (length >= size.bytes || starts.length >= (size.series ?? Number.POSITIVE_INFINITY)) {
        yield { bytes: joined(parts, length), series: starts.length, starts, lines };
        parts = [];
        lines = [];
        length = 0;
        line = 0;
        starts = [];
      }
      starts.push({ byte: length, line, id: textOf(run.id) });
    }
    if (begun <= skip) continue;
    const last = lines.at(-1);
    if (last === undefined || last.line + line - last.at !== run.line)
      lines.push({ at: line, line: run.line });
    line += run.lines;
    length += run.bytes.length;
    parts.push(run.bytes.slice());
  }
  if (starts.length > 0) yield { bytes: joined(parts, length), series: starts.length, starts, lines };
}

/** An id of one character a byte, as text; several columns joined as they are elsewhere. */
function textOf(id: string): string {
  return new TextDecoder()
    .decode(Uint8Array.from(id, (mark) => mark.charCodeAt(0)))
    .replaceAll("\u001f", "/");
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length + 1);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  // The last line of a file may have no end.
  if (length > 0 && whole[length - 1] === 10) return whole.subarray(0, length);
  whole[length] = 10;
  return whole;
}

/** Runs as they come from a file, with the lines that they begin on. */
export async function* placed(runs: AsyncIterable<Run>, firstLine: number): AsyncGenerator<PlacedRun> {
  let line = firstLine;
  for await (const run of runs) {
    yield { ...run, line };
    line += run.lines;
  }
}

/** The line of the file for a line of the rows of a batch, both from 1. */
export function lineOf({ lines }: Pick<Batch, "lines">, line: number): number {
  const at = line - 1;
  const place = lines.findLast((begin) => begin.at <= at) ?? { at: 0, line: 1 };
  return place.line + at - place.at;
}

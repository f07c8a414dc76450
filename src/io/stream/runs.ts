import { dataError } from "../../core/errors.js";
import { RowScanner, type RowShape } from "./row-scanner.js";

/** Longest row. */
const LONGEST = 1 << 24;
const LF = 10;

/** Neighbouring rows of one series, as they stand in the file. The bytes are valid until the next run is asked for. */
export interface Run {
  readonly bytes: Uint8Array;
  /** Whether the series of these rows is another than that of the rows before. */
  readonly begins: boolean;
  /** Id of the series, one character a byte. */
  readonly id: string;
  /** Lines of the file. */
  readonly lines: number;
}

/** Where the rows of a table are. */
export interface RowsAt {
  /** What to call the file in errors. */
  readonly file: string;
  /** Bytes before the first row of data. */
  readonly start: number;
  readonly shape: RowShape;
}

/**
 * The rows of a table by series, in runs of neighbours.
 *
 * @throws YuleError `unclosed-quote` for a row without an end.
 */
export async function* runsOf(
  chunks: AsyncIterable<Uint8Array>,
  { file, start, shape }: RowsAt,
): AsyncGenerator<Run> {
  const scanner = new RowScanner(shape);
  let buffer = new Uint8Array(1 << 19);
  let length = 0;
  let before = start;
  for await (const chunk of withEnd(chunks)) {
    const fresh = chunk === null ? null : chunk.subarray(Math.min(before, chunk.length));
    before -= chunk === null ? 0 : Math.min(before, chunk.length);
    if (fresh !== null) {
      if (length > LONGEST) throw endless(file);
      if (length + fresh.length + 1 > buffer.length) buffer = enlarged(buffer, length, fresh.length);
      buffer.set(fresh, length);
      length += fresh.length;
    }
    buffer[length] = LF;
    let at = 0;
    let from = 0;
    let lines = 0;
    let begins = false;
    let { id } = scanner;
    while (at < length && scanner.next(buffer, at, length, chunk === null)) {
      if (scanner.begins) {
        if (at > from) yield { bytes: buffer.subarray(from, at), begins, id, lines };
        from = at;
        lines = 0;
        begins = true;
        ({ id } = scanner);
      }
      lines += scanner.lines;
      at = scanner.end;
    }
    if (at > from) yield { bytes: buffer.subarray(from, at), begins, id, lines };
    buffer.copyWithin(0, at, length);
    length -= at;
  }
  if (length > 0) throw endless(file);
}

async function* withEnd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  yield* chunks;
  yield null;
}

function enlarged(buffer: Uint8Array, length: number, more: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * (length + more + 1));
  larger.set(buffer.subarray(0, length));
  return larger;
}

function endless(file: string): Error {
  return dataError(
    "unclosed-quote",
    file,
    null,
    `${file} has a row without an end: a quote that is never closed, or a row longer than 16 MiB; mend it.`,
  );
}

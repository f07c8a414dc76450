import { dataError } from "../../core/errors.js";
import { RowScanner, type RowShape } from "./row-scanner.js";

/** Longest row. */
const LONGEST = 1 << 24;
const LF = 10;

/** Neighbouring rows of one series, as they stand in the file. */
export interface Run {
  readonly bytes: Uint8Array;
  /** Whether the series of these rows is another than that of the rows before. */
  readonly begins: boolean;
  /** Id of the series, one character a byte. */
  readonly id: string;
  /** The line of the file that it begins on, and how many it takes. */
  readonly line: number;
  readonly lines: number;
}

/** Where the rows of a table are. */
export interface RowsAt {
  /** What to call the file in errors. */
  readonly file: string;
  /** Bytes before the first row of data, and its line. */
  readonly start: number;
  readonly line: number;
  readonly shape: RowShape;
}

/**
 * The rows of a table by series, in runs of neighbours, those of a chunk at a time. Their bytes are valid until the next ones
 * are asked for.
 *
 * @throws YuleError `unclosed-quote` for a row without an end.
 */
export async function* runsOf(
  chunks: AsyncIterable<Uint8Array>,
  { file, start, line: firstLine, shape }: RowsAt,
): AsyncGenerator<readonly Run[]> {
  const scanner = new RowScanner(shape);
  let buffer = new Uint8Array(1 << 19);
  let length = 0;
  let before = start;
  let line = firstLine;
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
    const { runs, end, nextLine } = runsIn(scanner, buffer, length, line, chunk === null);
    if (runs.length > 0) yield runs;
    line = nextLine;
    buffer.copyWithin(0, end, length);
    length -= end;
  }
  if (length > 0) throw endless(file);
}

/** The runs of whole rows of `buffer` up to `length`, where a line feed stands. */
function runsIn(scanner: RowScanner, buffer: Uint8Array, length: number, firstLine: number, last: boolean) {
  const runs: Run[] = [];
  let at = 0;
  let from = 0;
  let line = firstLine;
  let runLine = firstLine;
  let begins = false;
  let { id } = scanner;
  const end = (to: number) => {
    if (to > from)
      runs.push({ bytes: buffer.subarray(from, to), begins, id, line: runLine, lines: line - runLine });
  };
  while (at < length && scanner.next(buffer, at, length, last)) {
    if (scanner.begins) {
      end(at);
      from = at;
      runLine = line;
      begins = true;
      ({ id } = scanner);
    }
    line += scanner.lines;
    at = scanner.end;
  }
  end(at);
  return { runs, end: at, nextLine: line };
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
    `${file} has a row without an end: a quote that is never closed, or a row longer than 16 MiB; correct it.`,
  );
}

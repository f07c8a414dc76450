import { type Batch, type BatchSize, textOf } from "../../../io/stream/batches.js";
import type { ModelIndex } from "../../../io/stream/model-index.js";
import type { RowIndex } from "../../../io/stream/row-index.js";

const LF = 10;
const END = Uint8Array.of(LF);

/** Batches of rows with the models of their series. */
export async function* withModels(batches: AsyncIterable<Batch>, index: ModelIndex): AsyncGenerator<Batch> {
  for await (const batch of batches)
    yield { ...batch, models: batch.starts.map(({ id }) => index.textsOf(id)) };
}

/**
 * The models of a file by themselves, which go on from where they stand: in their order, those of a series together.
 *
 * @param skip series at the beginning that are left out, since they are done.
 */
export function modelBatches(index: ModelIndex, size: BatchSize, skip = 0): AsyncGenerator<Batch> {
  return batchesFrom(index.runs, size, skip, (at) => ({
    id: index.idOfRun(at),
    text: index.textOfRun(at),
    rows: [],
  }));
}

/** New rows of a file, where they are. */
export interface NewRows {
  readonly index: RowIndex;
  readonly read: (offset: number, length: number) => Uint8Array;
}

/**
 * The models of a file, each with the new rows of its series, and behind them the rows of series without a model.
 *
 * @param added ids without a model, a character a byte.
 */
export function updateBatches(
  models: ModelIndex,
  { index, read }: NewRows,
  added: readonly string[],
  size: BatchSize,
  skip = 0,
): AsyncGenerator<Batch> {
  const rowsOf = (raw: string) =>
    index.of(raw).map(({ offset, length, line }) => ({ bytes: read(offset, length), line }));
  return batchesFrom(models.runs + added.length, size, skip, (at) => {
    const raw = added[at - models.runs];
    if (raw !== undefined) return { id: textOf(raw), text: "", rows: rowsOf(raw) };
    const id = models.idOfRun(at);
    return { id, text: models.textOfRun(at), rows: rowsOf(rawOf(id)) };
  });
}

interface Entry {
  readonly id: string;
  readonly text: string;
  readonly rows: readonly { readonly bytes: Uint8Array; readonly line: number }[];
}

async function* batchesFrom(
  count: number,
  size: BatchSize,
  skip: number,
  entry: (at: number) => Entry,
): AsyncGenerator<Batch> {
  const most = size.series ?? Number.POSITIVE_INFINITY;
  for (let at = skip; at < count; ) {
    const models: string[] = [];
    const parts: Uint8Array[] = [];
    const starts: Batch["starts"][number][] = [];
    const lines: Batch["lines"][number][] = [];
    let [byte, line, weight] = [0, 0, 0];
    for (; at < count && weight < size.bytes && starts.length < most; at++) {
      const { id, text, rows } = entry(at);
      models.push(text);
      starts.push({ byte, line, id });
      for (const { bytes, line: first } of rows) {
        const whole = bytes.at(-1) === LF ? bytes : Buffer.concat([bytes, END]);
        lines.push({ at: line, line: first });
        parts.push(whole);
        byte += whole.length;
        line += linesIn(whole);
      }
      weight += text.length + byte;
    }
    const bytes = new Uint8Array(byte);
    parts.reduce((from, part) => {
      bytes.set(part, from);
      return from + part.length;
    }, 0);
    yield { bytes, series: starts.length, starts, lines, models };
  }
}

function linesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count++;
  return count;
}

/** An id as the index of rows has it: a character a byte. */
function rawOf(id: string): string {
  return Buffer.from(id).toString("latin1");
}

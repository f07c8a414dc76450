import type { Batch, BatchSize } from "../../../io/stream/batches.js";
import type { ModelIndex } from "../../../io/stream/model-index.js";

/** Batches of rows with the models of their series. */
export async function* withModels(batches: AsyncIterable<Batch>, index: ModelIndex): AsyncGenerator<Batch> {
  for await (const batch of batches)
    yield { ...batch, models: batch.starts.map(({ id }) => index.textsOf(id)) };
}

/**
 * The models of a file by themselves, which go on from where they stand: in their order, each as if it were a series.
 *
 * @param skip models at the beginning that are left out, since they are done.
 */
export async function* modelBatches(index: ModelIndex, size: BatchSize, skip = 0): AsyncGenerator<Batch> {
  const most = size.series ?? Number.POSITIVE_INFINITY;
  for (let at = skip; at < index.count; ) {
    const models: string[] = [];
    const starts: Batch["starts"][number][] = [];
    for (let length = 0; at < index.count && length < size.bytes && starts.length < most; at++) {
      const text = index.textAt(at);
      models.push(text);
      starts.push({ byte: length, line: starts.length, id: index.idAt(at) });
      length += text.length;
    }
    yield { bytes: new Uint8Array(0), series: starts.length, starts, lines: [], models };
  }
}

import { crc32 } from "node:zlib";
import { type RowsAt, runsOf } from "./runs.js";
import { SeenIds } from "./seen-ids.js";

/** What one walk over a file shows before any of it is worked on. */
export interface Survey {
  /** Whether the rows of each series stand together. */
  readonly grouped: boolean;
  /** The first id that comes again after others; null where none does. */
  readonly again: string | null;
  /** Counted up to where a series comes again. */
  readonly series: number;
  readonly bytes: number;
  /** Checksum of all bytes (CRC-32), where the walk went to the end. */
  readonly checksum: number;
}

/**
 * Walks over the rows of a file: whether each series stands together, how many there are, and a checksum. Ids in ascending
 * order need no memory; others 16 bytes each.
 *
 * @param open gives the chunks of the file, once more where the ids turn out not to ascend.
 */
export async function surveyOf(open: () => AsyncIterable<Uint8Array>, at: RowsAt): Promise<Survey> {
  return (await walk(open(), at, null)) ?? (await walk(open(), at, new SeenIds()))!;
}

/** One walk; null where it takes the ids that were seen to tell, and they were not kept. */
async function walk(
  chunks: AsyncIterable<Uint8Array>,
  at: RowsAt,
  seen: SeenIds | null,
): Promise<Survey | null> {
  let checksum = 0;
  let bytes = 0;
  async function* counted() {
    for await (const chunk of chunks) {
      checksum = crc32(chunk, checksum);
      bytes += chunk.length;
      yield chunk;
    }
  }
  let series = 0;
  let largest = "";
  for await (const runs of runsOf(counted(), at)) {
    for (const { begins, id } of runs) {
      if (!begins) continue;
      series++;
      if (seen === null && id <= largest && series > 1) return null;
      largest = id;
      if (seen !== null && !seen.add(id)) return { grouped: false, again: id, series, bytes, checksum: 0 };
    }
  }
  return { grouped: true, again: null, series, bytes, checksum };
}

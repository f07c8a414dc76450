import { requireText } from "../../core/arguments/numbers.js";
import type { Series } from "../../core/series.js";
import { requireCsvOptions } from "../csv-arguments.js";
import type { CsvOptions, SkippedSeries } from "../csv-options.js";
import { chunksOf } from "../files.js";
import { partReader, readCsvChunks } from "../read-csv.js";
import { batchesOf, linesOf } from "./batches.js";
import { headOf, partsOf } from "./parts.js";
import { regrouped } from "./regroup.js";
import { runsOf } from "./runs.js";
import { surveyOf } from "./survey.js";

/** Bytes of a file by which it is decided how it is read. */
const SAMPLE = 1 << 20;
/** Bytes of rows that are read at a time. */
const PART = 1 << 18;

export interface ReadSeriesOptions extends CsvOptions {
  /** Told of each series that is left out, with `skipBadSeries`. */
  readonly onSkipped?: (skipped: SkippedSeries) => void;
}

/**
 * Reads the series of a CSV file one after the other, for panels that do not fit into memory: what is held is the largest series
 * and 256 KiB of rows.
 *
 * The first 1 MiB decides how the file is read. The file is gone through twice, since the rows of a series must stand together;
 * where they do not, they are brought together in the folder for temporary files first. A file that is no long table with a column of ids
 * is read at once.
 *
 * @param path a file; `-` for standard input is read at once.
 * @returns the series, one by one.
 * @throws YuleError as `readCsv` does, when the series is reached.
 * @example for await (const { id, y } of readSeries("sales.csv")) console.log(id, y.length);
 */
export async function* readSeries(path: string, options: ReadSeriesOptions = {}): AsyncGenerator<Series> {
  requireText("path", path, '"panel.csv"');
  const { onSkipped, ...given } = options;
  requireCsvOptions("readSeries", given);
  const named = { ...given, name: given.name ?? (path === "-" ? "standard input" : path) };
  const beginning = path === "-" ? null : await beginningOf(path);
  const parts = beginning === null ? null : await partsOf(beginning.bytes, beginning.whole, named);
  if (parts === null) {
    const { panel, skipped } = await readCsvChunks(chunksOf(path), named);
    for (const one of skipped) onSkipped?.(one);
    yield* panel;
    return;
  }
  const open = () => chunksOf(path);
  const survey = await surveyOf(open, parts.rows);
  const sorted = survey.grouped ? null : await regrouped(open, parts.rows);
  try {
    const read = await partReader(headOf(parts), parts.options);
    for await (const batch of batchesOf(sorted?.runs() ?? runsOf(open(), parts.rows), { bytes: PART })) {
      const { panel, skipped } = await read({ bytes: batch.bytes, lines: linesOf(batch) });
      for (const one of skipped) onSkipped?.(one);
      yield* panel;
    }
  } finally {
    sorted?.end();
  }
}

async function beginningOf(path: string): Promise<{ bytes: Uint8Array; whole: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(path)) {
    parts.push(chunk.slice());
    length += chunk.length;
    if (length >= SAMPLE) return { bytes: Buffer.concat(parts), whole: false };
  }
  return { bytes: Buffer.concat(parts), whole: true };
}

import { requireText } from "./core/arguments/numbers.js";
import { requireCsvOptions } from "./io/csv-arguments.js";
import type { CsvOptions, CsvResult } from "./io/csv-options.js";
import { chunksOf } from "./io/files.js";
import { readCsvChunks } from "./io/read-csv.js";

export type { CsvDecisions, CsvOptions, CsvResult, SkippedSeries } from "./io/csv-options.js";
export { type Dataset, datasetText, listDatasets, readDataset } from "./io/datasets.js";
export { type HolidayOptions, holidays } from "./io/known/holidays.js";
export { type ReadSeriesOptions, readSeries } from "./io/stream/read-series.js";
export { workerThreads } from "./io/threads.js";
export { type ForecastSvgOptions, forecastSvg } from "./report/pictures/forecast-svg.js";

/**
 * Reads a panel from a CSV file: long (`unique_id,ds,y`), wide (`value: ["a", "b"]`) or a single column of numbers.
 *
 * What the columns are, how numbers and dates are written and the step between rows is found where it is not given, and
 * told in `decisions`. Files compressed by gzip are unpacked.
 *
 * @param path a file, or `-` for standard input.
 * @param options see `CsvOptions`; `future` is a file with known future values of `inputs`.
 * @returns the series, what was detected, and notes.
 * @throws YuleError naming file, row and column: `missing-file`, `text-in-value`, `ambiguous-dates` …, see docs/data/reading-data.md.
 * @example const { panel, notes } = await readCsv("sales.csv", { value: "sales" });
 */
export async function readCsv(
  path: string,
  options: CsvOptions & { readonly future?: string } = {},
): Promise<CsvResult> {
  requireText("path", path, '"sales.csv"');
  requireCsvOptions("readCsv", options);
  const { future, ...rest } = options;
  if (future !== undefined) requireText("future", future, '"next.csv"');
  const name = options.name ?? (path === "-" ? "standard input" : path);
  return readCsvChunks(
    chunksOf(path),
    { ...rest, name },
    future === undefined ? undefined : { chunks: chunksOf(future), name: future },
  );
}

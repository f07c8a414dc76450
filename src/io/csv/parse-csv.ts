import { requireCsvOptions, requireInput } from "../csv-arguments.js";
import type { CsvOptions, CsvResult } from "../csv-options.js";

/**
 * Reads a panel from CSV text or bytes.
 *
 * @param input the whole file, as text or as bytes of any encoding that is read.
 * @param options see `CsvOptions`; `future` is a second file with known future values of the regressors.
 * @returns the series, what was detected, and notes.
 * @throws YuleError naming row and column.
 * @example const { panel } = await parseCsv("month,sales\n2024-01,5\n2024-02,7\n");
 */
export async function parseCsv(
  input: string | Uint8Array,
  options: CsvOptions & { readonly future?: string | Uint8Array } = {},
): Promise<CsvResult> {
  requireInput("input", input);
  requireCsvOptions("parseCsv", options);
  const { future, ...rest } = options;
  if (future !== undefined) requireInput("future", future);
  // Loaded with the first call: the reader is larger than all models but ARIMA together.
  const { readCsvChunks } = await import("../read-csv.js");
  return readCsvChunks(
    [bytesOf(input)],
    rest,
    future === undefined ? undefined : { chunks: [bytesOf(future)], name: "future" },
  );
}

function bytesOf(input: string | Uint8Array): Uint8Array {
  return typeof input === "string" ? new TextEncoder().encode(input) : input;
}

import type { ColumnSource } from "hyparquet-writer";

type Cell = string | number | boolean | null;

/**
 * A table as Parquet: numbers as doubles, bit for bit, texts as strings, missing values as nulls.
 *
 * @param names of the columns; of two alike the second cannot be told apart by most readers.
 * @param rows gone through once.
 */
export async function parquetBytes(
  names: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const columns = names.map((): Cell[] => []);
  for (const row of rows) {
    for (let at = 0; at < columns.length; at++) {
      const cell = row[at] ?? null;
      columns[at]!.push(typeof cell === "number" && Number.isNaN(cell) ? null : cell);
    }
  }
  const columnData = names.map((name, at) => columnOf(name, columns[at]!));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function columnOf(name: string, cells: readonly Cell[]): ColumnSource {
  const kinds = new Set(cells.map((cell) => typeof cell));
  kinds.delete("object");
  if (kinds.has("string") || kinds.size > 1)
    return { name, type: "STRING", data: cells.map((cell) => (cell === null ? null : String(cell))) };
  return { name, type: kinds.has("boolean") ? "BOOLEAN" : "DOUBLE", data: [...cells] };
}

import type { ColumnSource } from "hyparquet-writer";

type Cell = string | number | boolean | null;

/** The type of a column from the kinds of its cells; several kinds make it text. */
export type CellKind = "STRING" | "DOUBLE" | "BOOLEAN";

/** Rows of the first row group, whose types readers look at, and of the others. */
const FIRST_GROUP = 1000;
const GROUP = 100_000;

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
  const kinds = new CellKinds(names.length);
  for (const row of rows) {
    kinds.add(row);
    addRow(columns, row);
  }
  const columnData = columnsOf(names, kinds.list, columns);
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: [FIRST_GROUP, GROUP] }));
}

/**
 * The same bytes in pieces, a row group after the other, so that memory does not grow with the rows.
 *
 * @param kinds of all rows.
 */
export async function* parquetPieces(
  names: readonly string[],
  kinds: readonly CellKind[],
  rows: AsyncIterable<readonly Cell[]>,
): AsyncGenerator<Uint8Array> {
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import("hyparquet-writer");
  const bytes = new ByteWriter();
  const schema = schemaFromColumnData({ columnData: columnsOf(names, kinds, []) });
  const writer = new ParquetWriter({ writer: bytes, schema });
  const taken = () => {
    const piece = bytes.getBytes().slice();
    bytes.index = 0;
    return piece;
  };
  let size = FIRST_GROUP;
  let columns = names.map((): Cell[] => []);
  const write = () => {
    const sources = columnsOf(names, kinds, columns).map(({ name, data }) => ({ name, data }));
    writer.write({ columnData: sources, rowGroupSize: size });
    size = GROUP;
    columns = names.map((): Cell[] => []);
    return taken();
  };
  for await (const row of rows) {
    addRow(columns, row);
    if (columns[0]?.length === size) yield write();
  }
  if ((columns[0]?.length ?? 0) > 0) yield write();
  writer.finish();
  yield taken();
}

/** Finds the kinds of cells that come row by row. */
export class CellKinds {
  private readonly seen: readonly Set<string>[];

  constructor(width: number) {
    this.seen = Array.from({ length: width }, () => new Set<string>());
  }

  add(row: readonly Cell[]): void {
    this.seen.forEach((kinds, at) => {
      const cell = row[at] ?? null;
      if (cell !== null && !Number.isNaN(cell)) kinds.add(typeof cell);
    });
  }

  get list(): CellKind[] {
    return this.seen.map((kinds) => {
      if (kinds.has("string") || kinds.size > 1) return "STRING";
      return kinds.has("boolean") ? "BOOLEAN" : "DOUBLE";
    });
  }
}

function addRow(columns: readonly Cell[][], row: readonly Cell[]): void {
  for (let at = 0; at < columns.length; at++) {
    const cell = row[at] ?? null;
    columns[at]!.push(typeof cell === "number" && Number.isNaN(cell) ? null : cell);
  }
}

function columnsOf(
  names: readonly string[],
  kinds: readonly CellKind[],
  columns: readonly (readonly Cell[])[],
): ColumnSource[] {
  return names.map((name, at) => {
    const type = kinds[at]!;
    const cells = columns[at] ?? [];
    const data = type === "STRING" ? cells.map((cell) => (cell === null ? null : String(cell))) : [...cells];
    return { name, type, data };
  });
}

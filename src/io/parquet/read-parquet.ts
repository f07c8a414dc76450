import type {
  AsyncBuffer,
  ColumnMetaData,
  DecodedArray,
  FileMetaData,
  ParquetScan,
  SchemaElement,
} from "hyparquet";
import { dataError, YuleError } from "../../core/errors.js";
import { decodeText } from "../csv/bytes/encoding.js";
import { Names } from "../csv/bytes/names.js";
import type { ColumnKind, TypedCell, TypedCells, TypedColumn, TypedTable } from "../formats/typed-table.js";
import { requireFlat } from "./flat-columns.js";

/** Times as milliseconds: what the reader of Parquet would make dates of. */
const PARSERS = {
  timestampFromMilliseconds: (millis: bigint) => Number(millis),
  timestampFromMicroseconds: (micros: bigint) => Number(micros) / 1000,
  timestampFromNanoseconds: (nanos: bigint) => Number(nanos / 1000n) / 1000,
  dateFromDays: (days: number) => days * 86_400_000,
  jsonFromBytes: (bytes: Uint8Array) => new TextDecoder().decode(bytes),
};

/**
 * The table in a Parquet file; row groups are read one after the other, and of them the columns that are used.
 *
 * @throws YuleError `bad-parquet` for a file that is damaged or cut short, `nested-column` for one with lists or groups.
 */
export async function openParquet(buffer: AsyncBuffer, file: string): Promise<TypedTable> {
  const { parquetMetadataAsync, parquetScan, parquetSchema } = await import("hyparquet");
  const metadata = await readable(file, () => parquetMetadataAsync(buffer, { geoparquet: false }));
  const { children } = parquetSchema(metadata);
  requireFlat(children, file);
  const compressors = isPlainlyPacked(metadata) ? {} : (await import("hyparquet-compressors")).compressors;
  const parsers = { ...PARSERS, stringFromBytes: textReader() };
  const elements = children.map(({ element }) => ({ ...element }));
  for (const { element } of children) useLogicalType(element);
  const scan = await readable(file, () =>
    parquetScan({ file: buffer, metadata, compressors, parsers: parsers as never, geoparquet: false }),
  );
  const { readFlatChunk } = await import("./flat-chunk.js");
  const groups = groupsOf(metadata);
  const readColumn = async (position: number, { rowStart, rowEnd }: Rows): Promise<TypedCells> => {
    const element = elements[position]!;
    const group = groups.get(rowStart);
    const { file_path: elsewhere, meta_data: about } = group?.columns[position] ?? {};
    if (group !== undefined && about !== undefined && elsewhere === undefined && isPlainlyEncoded(about)) {
      const rows = Number(group.num_rows);
      const { from, to } = extentOf(about);
      const bytes = await buffer.slice(from, to);
      const wanted = rowEnd - rowStart;
      const cells = readFlatChunk({ bytes, element, codec: about.codec, compressors, rows, wanted });
      if (cells !== null) return cells;
    }
    return cellsOf(await scan.readColumn({ column: element.name, rowStart, rowEnd }), element);
  };
  return tableOf({ elements, metadata, scan, file, readColumn });
}

interface Rows {
  readonly rowStart: number;
  readonly rowEnd: number;
}

/** Row groups by their first row. */
function groupsOf({ row_groups }: FileMetaData): ReadonlyMap<number, FileMetaData["row_groups"][number]> {
  let first = 0;
  return new Map(
    row_groups.map((group) => {
      const from = first;
      first += Number(group.num_rows);
      return [from, group];
    }),
  );
}

/** Whether the pages hold values plainly or by a dictionary; `RLE` and `BIT_PACKED` are those of the levels. */
function isPlainlyEncoded({ encodings }: ColumnMetaData): boolean {
  return encodings.every((encoding) =>
    ["PLAIN", "PLAIN_DICTIONARY", "RLE_DICTIONARY", "RLE", "BIT_PACKED"].includes(encoding),
  );
}

/** Where the pages of a chunk begin and end in the file. */
function extentOf(about: ColumnMetaData): { from: number; to: number } {
  const data = Number(about.data_page_offset);
  const from = Number(about.dictionary_page_offset ?? 0) || data;
  return { from, to: from + Number(about.total_compressed_size) };
}

/** Distinct texts kept, so that an id or a date repeated in many rows is decoded once. */
const MOST_TEXTS = 1 << 16;

function textReader(): (bytes: Uint8Array | undefined) => string | undefined {
  const known = new Names();
  const texts: string[] = [];
  return (bytes) => {
    if (bytes === undefined) return undefined;
    const number = known.find(bytes, 0, bytes.length);
    if (number >= 0) return texts[number];
    const text = decodeText(bytes);
    if (known.size < MOST_TEXTS) texts[known.number(bytes, 0, bytes.length)] = text;
    return text;
  };
}

/** Has times told by their logical type alone: those of the older converted type are copied twice when they are read. */
function useLogicalType(element: SchemaElement): void {
  const { converted_type: converted } = element;
  if (converted !== "TIMESTAMP_MILLIS" && converted !== "TIMESTAMP_MICROS") return;
  const unit = converted === "TIMESTAMP_MILLIS" ? "MILLIS" : "MICROS";
  delete element.converted_type;
  element.logical_type ??= { type: "TIMESTAMP", isAdjustedToUTC: true, unit };
}

interface Opened {
  readonly elements: readonly SchemaElement[];
  readonly metadata: FileMetaData;
  readonly scan: ParquetScan;
  readonly file: string;
  readonly readColumn: (position: number, rows: Rows) => Promise<TypedCells>;
}

/** Whether the reader of Parquet unpacks the file by itself. */
function isPlainlyPacked({ row_groups }: FileMetaData): boolean {
  return row_groups.every(({ columns }) =>
    columns.every(
      ({ meta_data: about }) => about === undefined || /^(UNCOMPRESSED|SNAPPY)$/.test(about.codec),
    ),
  );
}

function tableOf({ elements, metadata, scan, file, readColumn }: Opened): TypedTable {
  const rows = Number(metadata.num_rows);
  return {
    columns: elements.map((element): TypedColumn => ({ name: element.name, kind: kindOf(element) })),
    rows,
    async *read(positions, to) {
      for (const { rowStart, rowEnd } of scan.ranges) {
        if (rowStart >= to) return;
        const range = { rowStart, rowEnd: Math.min(rowEnd, to) };
        yield await readable(file, () =>
          Promise.all(positions.map((position) => readColumn(position, range))),
        );
      }
    },
  };
}

function kindOf({ type, converted_type: converted, logical_type: logical }: SchemaElement): ColumnKind {
  if (logical?.type === "TIMESTAMP") return logical.isAdjustedToUTC ? "instant" : "local-time";
  if (converted === "DATE") return "day";
  if (converted === "TIMESTAMP_MILLIS" || converted === "TIMESTAMP_MICROS") return "instant";
  // The writers of this old form mean times without a zone as often as instants.
  if (type === "INT96") return "local-time";
  if (converted === "DECIMAL" || logical?.type === "FLOAT16") return "number";
  return type === "INT32" || type === "INT64" || type === "FLOAT" || type === "DOUBLE" ? "number" : "text";
}

function cellsOf(data: DecodedArray, element: SchemaElement): ArrayLike<TypedCell> {
  const cells = data as ArrayLike<TypedCell>;
  const scale = element.converted_type === "DECIMAL" ? (element.scale ?? 0) : 0;
  return scale === 0 ? cells : Array.from(cells, (cell) => rounded(cell, scale));
}

/** A decimal as the double nearest to it: its whole number was multiplied by a power that is no double. */
function rounded(cell: TypedCell, scale: number): TypedCell {
  return typeof cell === "number" ? Number(cell.toFixed(Math.min(scale, 100))) : cell;
}

async function readable<T>(file: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof YuleError) throw cause;
    const why = cause instanceof Error ? cause.message.replace(/^parquet /, "") : String(cause);
    throw dataError(
      "bad-parquet",
      file,
      null,
      `${file} cannot be read as Parquet (${why}); write or fetch it again.`,
    );
  }
}

import type { AsyncBuffer, DecodedArray, FileMetaData, ParquetScan, SchemaElement } from "hyparquet";
import { dataError, YuleError } from "../../core/errors.js";
import { decodeText } from "../csv/bytes/encoding.js";
import { Names } from "../csv/bytes/names.js";
import type { ColumnKind, TypedCell, TypedColumn, TypedTable } from "../formats/typed-table.js";
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
  return tableOf(elements, metadata, scan, file);
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

/** Whether the reader of Parquet unpacks the file by itself. */
function isPlainlyPacked({ row_groups }: FileMetaData): boolean {
  return row_groups.every(({ columns }) =>
    columns.every(
      ({ meta_data: about }) => about === undefined || /^(UNCOMPRESSED|SNAPPY)$/.test(about.codec),
    ),
  );
}

function tableOf(
  elements: readonly SchemaElement[],
  metadata: FileMetaData,
  scan: ParquetScan,
  file: string,
): TypedTable {
  const rows = Number(metadata.num_rows);
  return {
    columns: elements.map((element): TypedColumn => ({ name: element.name, kind: kindOf(element) })),
    rows,
    async *read(positions, to) {
      for (const { rowStart, rowEnd } of scan.ranges) {
        if (rowStart >= to) return;
        const range = { rowStart, rowEnd: Math.min(rowEnd, to) };
        yield await readable(file, () =>
          Promise.all(
            positions.map(async (position) => {
              const element = elements[position]!;
              return cellsOf(await scan.readColumn({ column: element.name, ...range }), element);
            }),
          ),
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

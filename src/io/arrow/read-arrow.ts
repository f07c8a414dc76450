import { dataError, YuleError } from "../../core/errors.js";
import type { ColumnKind, TypedCell, TypedColumn, TypedTable } from "../formats/typed-table.js";
import { nestedColumn } from "../parquet/flat-columns.js";
import { unpackLz4 } from "./lz4-frame.js";

/** The package that reads Arrow, as far as it is used. */
type Flechette = typeof import("@uwdata/flechette");
type Field = ReturnType<Flechette["tableFromIPC"]>["schema"]["fields"][number];

/**
 * The table in an Arrow IPC file (Feather, version 2) or stream, plain or packed by LZ4 or Zstandard.
 *
 * @throws YuleError `bad-arrow` for a file that is damaged or cut short, `nested-column` for one with lists or structs.
 */
export async function openArrow(bytes: Uint8Array, file: string): Promise<TypedTable> {
  const [arrow, { decompressZstd }] = await Promise.all([
    import("@uwdata/flechette"),
    import("hyparquet-compressors"),
  ]);
  const { CompressionType, setCompressionCodec, tableFromIPC } = arrow;
  setCompressionCodec(CompressionType.LZ4_FRAME, { decode: unpackLz4, encode: unpacked });
  const unpackZstd = (packed: Uint8Array, length: number) => decompressZstd(packed, new Uint8Array(length));
  setCompressionCodec(CompressionType.ZSTD, { decode: unpackZstd, encode: unpacked });
  try {
    const table = tableFromIPC(bytes);
    const columns = table.schema.fields.map((field) => columnOf(field, arrow, file));
    const children = columns.map((_, at) => table.getChildAt(at));
    return {
      columns,
      rows: table.numRows,
      async *read(positions, to): AsyncGenerator<readonly ArrayLike<TypedCell>[]> {
        yield positions.map((at) => (children[at]!.toArray() as ArrayLike<TypedCell> & Sliced).slice(0, to));
      },
    };
  } catch (cause) {
    if (cause instanceof YuleError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw dataError(
      "bad-arrow",
      file,
      null,
      `${file} cannot be read as Arrow (${why}); write or fetch it again.`,
    );
  }
}

interface Sliced {
  slice(from: number, to: number): ArrayLike<TypedCell>;
}

function unpacked(): never {
  throw new Error("nothing is packed here");
}

function columnOf({ name, type }: Field, { Type }: Flechette, file: string): TypedColumn {
  const plain = "dictionary" in type && type.typeId === Type.Dictionary ? type.dictionary : type;
  return { name, kind: kindOf(plain) };

  function kindOf(own: Field["type"]): ColumnKind {
    switch (own.typeId) {
      case Type.Int:
      case Type.Float:
      case Type.Decimal:
        return "number";
      case Type.Date:
        return "day";
      case Type.Timestamp:
        return own.timezone === null || own.timezone === undefined ? "local-time" : "instant";
      case Type.Null:
      case Type.Bool:
      case Type.Utf8:
      case Type.LargeUtf8:
      case Type.Utf8View:
        return "text";
      default:
        throw nestedColumn(name, file);
    }
  }
}

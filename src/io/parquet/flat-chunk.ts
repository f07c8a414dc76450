import type { Compressors, PageHeader, SchemaElement } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import type { TypedCells } from "../formats/typed-table.js";
import { readHybrid, WIDEST_CODE } from "./hybrid.js";
import { numberStore } from "./number-store.js";
import { isText, TextStore } from "./text-store.js";
import type { PageBytes, ValueStore } from "./value-store.js";

export interface FlatChunk {
  readonly bytes: ArrayBuffer;
  readonly element: SchemaElement;
  readonly codec: Parameters<typeof decompressPage>[2];
  readonly compressors: Compressors;
  /** Rows of the row group. */
  readonly rows: number;
  /** Rows that are used, from the first. */
  readonly wanted: number;
}

/**
 * The cells of a column without lists, of plain or dictionary pages: numbers and times as doubles with NaN for missing, texts
 * by their numbers among distinct texts. Null for a chunk of other encodings or types, which the package then reads.
 */
export function readFlatChunk(chunk: FlatChunk): TypedCells | null {
  const { element, rows, wanted, bytes } = chunk;
  const store = isText(element) ? new TextStore(rows) : numberStore(element, rows);
  if (store === null) return null;
  const reader = { view: new DataView(bytes), offset: 0 };
  for (let done = 0; done < wanted; ) {
    if (reader.offset >= bytes.byteLength) throw new Error(`column ${element.name} ends after ${done} rows`);
    const header = parquetHeader(reader);
    const packed = new Uint8Array(bytes, reader.offset, header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    const count = readPage(header, packed, chunk, store);
    if (count < 0) return null;
    done += count;
  }
  return store.cells(wanted);
}

/** Rows that a page added; -1 where it is of another encoding. */
function readPage(header: PageHeader, packed: Uint8Array, chunk: FlatChunk, store: ValueStore): number {
  const { dictionary_page_header: dictionary, data_page_header: first, data_page_header_v2: second } = header;
  if (header.type === "DICTIONARY_PAGE" && dictionary !== undefined) {
    const page = { bytes: unpacked(packed, header.uncompressed_page_size, chunk), at: 0 };
    return store.takeDictionary(page, dictionary.num_values) ? 0 : -1;
  }
  const nullable = chunk.element.repetition_type !== "REQUIRED";
  if (header.type === "DATA_PAGE" && first !== undefined) {
    const page = { bytes: unpacked(packed, header.uncompressed_page_size, chunk), at: 0 };
    const { num_values: rows, encoding, definition_level_encoding: levels } = first;
    if (nullable && levels !== "RLE") return -1;
    const present = nullable ? levelsBefore(page, rows) : null;
    return takeValues(store, page, encoding, present, rows);
  }
  if (header.type !== "DATA_PAGE_V2" || second === undefined) return -1;
  const { num_values: rows, encoding, repetition_levels_byte_length: start } = second;
  const end = start + second.definition_levels_byte_length;
  const present = nullable ? presence({ bytes: packed.subarray(0, end), at: start }, rows) : null;
  const body = packed.subarray(end);
  const size = header.uncompressed_page_size - end;
  const page = { bytes: second.is_compressed === false ? body : unpacked(body, size, chunk), at: 0 };
  return takeValues(store, page, encoding, present, rows);
}

function unpacked(packed: Uint8Array, size: number, { codec, compressors }: FlatChunk): Uint8Array {
  return decompressPage(packed, size, codec, compressors);
}

/** The levels at the front of a page, behind the length of their bytes. */
function levelsBefore(page: PageBytes, rows: number): Uint8Array | null {
  const { bytes } = page;
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  page.at = 4 + length;
  return presence({ bytes: bytes.subarray(0, page.at), at: 4 }, rows);
}

/** 1 where a row has a value; null where all have. */
function presence(levels: PageBytes, rows: number): Uint8Array | null {
  const present = new Uint8Array(rows);
  readHybrid(levels, 1, present);
  return present.includes(0) ? present : null;
}

function takeValues(
  store: ValueStore,
  page: PageBytes,
  encoding: string,
  present: Uint8Array | null,
  rows: number,
): number {
  let count = rows;
  if (present !== null) for (const flag of present) count -= 1 - flag;
  store.begin(present, rows);
  if (encoding === "PLAIN") return store.takePlain(page, count) ? rows : -1;
  if (encoding !== "RLE_DICTIONARY" && encoding !== "PLAIN_DICTIONARY") return -1;
  const codes = new Int32Array(count);
  if (count > 0) {
    const width = page.bytes[page.at++] ?? WIDEST_CODE + 1;
    if (width > WIDEST_CODE) return -1;
    if (width > 0) readHybrid(page, width, codes);
  }
  store.takeCodes(codes);
  return rows;
}

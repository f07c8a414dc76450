import { dataError } from "../../core/errors.js";
import type { Opened, Opener, ToOpen } from "./opened.js";

/**
 * What opens Parquet, Arrow and Excel files; their packages are loaded when such a file comes.
 *
 * @param path where the file lies, so that of a long one the parts can be read that are used; null for what comes by a pipe.
 */
export function openerOf(path: string | null): Opener {
  return async (source) => {
    if (begins(source.first, "PAR1")) return openParquetFile(source, path);
    if (begins(source.first, "ARROW1") || isArrowStream(source.first)) {
      const { openArrow } = await import("../arrow/read-arrow.js");
      return { kind: "typed", table: await openArrow(await whole(source), source.file) };
    }
    if (begins(source.first, "PK\u0003\u0004")) {
      const { openWorkbook } = await import("../xlsx/read-xlsx.js");
      return openWorkbook(await whole(source), source);
    }
    const ending = /\.(parquet|feather|arrow|xlsx)$/i.exec(source.file)?.[1];
    if (ending !== undefined && source.first.length > 0 && source.first.includes(0)) {
      throw misnamed(source.file, ending.toLowerCase());
    }
    return null;
  };
}

function begins(first: Uint8Array, signature: string): boolean {
  return [...signature].every((mark, at) => first[at] === mark.charCodeAt(0));
}

/** A stream of messages begins with a continuation and the length of its schema. */
function isArrowStream(first: Uint8Array): boolean {
  return first.length > 8 && first.subarray(0, 4).every((byte) => byte === 0xff) && first[7] === 0;
}

async function openParquetFile(source: ToOpen, path: string | null): Promise<Opened> {
  const { openParquet } = await import("../parquet/read-parquet.js");
  const buffer = (path === null ? null : await fileBuffer(path)) ?? bufferOf(await whole(source));
  return { kind: "typed", table: await openParquet(buffer, source.file) };
}

interface Buffer_ {
  readonly byteLength: number;
  slice(start: number, end?: number): ArrayBuffer | Promise<ArrayBuffer>;
}

function bufferOf(bytes: Uint8Array<ArrayBuffer>): Buffer_ {
  return { byteLength: bytes.length, slice: (start, end) => bytes.slice(start, end).buffer };
}

/** A file that is read where it is asked for; null for one that is packed, or no file. */
async function fileBuffer(path: string): Promise<Buffer_ | null> {
  const { open, stat } = await import("node:fs/promises");
  const { size, isFile } = await stat(path).then((stats) => ({ size: stats.size, isFile: stats.isFile() }));
  if (!isFile) return null;
  const read = async (start: number, end = size): Promise<ArrayBuffer> => {
    const from = start < 0 ? Math.max(0, size + start) : start;
    const length = Math.max(0, Math.min(end, size) - from);
    const bytes = new Uint8Array(length);
    const handle = await open(path, "r");
    try {
      for (let at = 0; at < length; ) {
        const { bytesRead } = await handle.read(bytes, at, length - at, from + at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
    } finally {
      await handle.close();
    }
    return bytes.buffer;
  };
  return begins(new Uint8Array(await read(0, 4)), "PAR1") ? { byteLength: size, slice: read } : null;
}

async function whole({ chunks }: ToOpen): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk.slice());
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function misnamed(file: string, ending: string): Error {
  return dataError(
    "bad-format",
    file,
    ending,
    `${file} ends in .${ending} but does not begin like such a file; write or fetch it again.`,
  );
}

import { type FileHandle, open } from "node:fs/promises";
import { dataError, usageError, YuleError } from "../core/errors.js";
import type { Opener } from "./formats/opened.js";

/** Bytes read at a time. */
const CHUNK = 1 << 18;

/**
 * The chunks of a file, or of standard input for `-`; gzip is unpacked, known by its first bytes. Files of Parquet, Arrow and
 * Excel can be opened too.
 *
 * @throws YuleError `remote-file` for an address, with the command that fetches it.
 */
export function chunksOf(path: string): AsyncIterable<Uint8Array> & { readonly open: Opener } {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) throw remote(path);
  return openable(unpackedChunks(path), path === "-" ? null : path);
}

/** Chunks that may be those of any format that can be opened. */
export function openable(
  chunks: AsyncIterable<Uint8Array>,
  path: string | null = null,
): AsyncIterable<Uint8Array> & { readonly open: Opener } {
  return {
    [Symbol.asyncIterator]: () => chunks[Symbol.asyncIterator](),
    open: async (source) => (await import("./formats/open-format.js")).openerOf(path)(source),
  };
}

function remote(path: string): Error {
  return usageError(
    "remote-file",
    "FILE",
    path,
    `${path} is an address, and yule reads files; fetch it and pipe it in: curl -sSL "${path}" | yule forecast -`,
  );
}

async function* unpackedChunks(path: string): AsyncGenerator<Uint8Array> {
  const raw = path === "-" ? standardInput() : fileChunks(path);
  const first = await raw.next();
  if (first.done === true) return;
  const rejoined = rejoin(first.value, raw);
  if (isGzip(first.value)) yield* unpacked(rejoined, path);
  else yield* rejoined;
}

/** Whether bytes begin as a file compressed by gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function* rejoin(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

async function* standardInput(): AsyncGenerator<Uint8Array> {
  for await (const chunk of process.stdin) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

/** Chunks in one buffer that is filled anew each time: who takes one has to be done with it before the next. */
async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const handle = await openFile(path);
  try {
    const buffer = new Uint8Array(CHUNK);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await handle.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): unknown {
  if (error instanceof YuleError || !(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "ENOENT" || error.code === "ENOTDIR") {
    return usageError("missing-file", path, path, `There is no file ${path}; check the path.`);
  }
  if (error.code === "EISDIR") {
    return usageError("is-directory", path, path, `${path} is a directory; name a file in it.`);
  }
  return usageError(
    "unreadable-file",
    path,
    path,
    `${path} cannot be read (${String(error.code)}); check its permissions.`,
  );
}

async function* unpacked(chunks: AsyncGenerator<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  const [{ Readable }, { createGunzip }] = await Promise.all([import("node:stream"), import("node:zlib")]);
  const copies = Readable.from(copied(chunks));
  const gunzip = createGunzip();
  copies.on("error", (error) => gunzip.destroy(error));
  let unpackedBytes = 0;
  try {
    for await (const chunk of copies.pipe(gunzip)) {
      unpackedBytes += (chunk as Uint8Array).length;
      requireSane(path, unpackedBytes, gunzip.bytesWritten);
      yield chunk as Uint8Array;
    }
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || !String(error.code).startsWith("Z_")) throw error;
    throw dataError(
      "bad-gzip",
      path,
      null,
      `${path} is gzip-compressed but damaged or cut short; make or fetch it again.`,
    );
  }
}

/** Data files pack to a tenth or a fiftieth; more than this for so many bytes is made to fill a memory or a disk. */
const LARGEST_RATIO = 200;
const LARGE = 67_108_864;

function requireSane(path: string, unpackedBytes: number, packedBytes: number): void {
  const ratio = unpackedBytes / Math.max(1, packedBytes);
  if (unpackedBytes <= LARGE || ratio <= LARGEST_RATIO) return;
  throw dataError(
    "gzip-too-large",
    path,
    unpackedBytes,
    `${path} unpacks to more than ${Math.round(ratio)} times its size (${LARGE / 1_048_576} MiB and on); if that is meant, unpack it and pipe it in: gzip -dc FILE | yule forecast -.`,
  );
}

/** Streams keep chunks while the next is read. */
async function* copied(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk.slice();
}

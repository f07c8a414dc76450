import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { chunksOf } from "../../../io/files.js";
import { type Context, pathIn } from "../../context.js";
import { standardInput } from "../../data.js";
import { onEnd } from "../../places/guard.js";

/** Bytes of a file by which it is decided how it is read; a shorter one is decided by the whole of it. */
const SAMPLE = 1 << 20;

/** A file of which the beginning is known, and that can be gone through again. */
export interface Source {
  readonly name: string;
  readonly sample: Uint8Array;
  /** Whether the sample is all there is. */
  readonly whole: boolean;
  /** All bytes from the first on, as often as one likes once `keep` was called. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Makes what can be read only once, a pipe, a file of its own. */
  readonly keep: () => Promise<void>;
  readonly end: () => void;
}

/** Looks at the beginning of the file that a command names, or of standard input. */
export async function sourceOf(context: Context, file: string | undefined): Promise<Source> {
  const { shell } = context;
  const piped = file === undefined || file === "-";
  const name = piped ? "standard input" : file;
  const path = piped ? "" : pathIn(shell, file);
  const chunks = (piped ? standardInput(shell) : chunksOf(path))[Symbol.asyncIterator]();
  const { bytes, whole } = await beginning(chunks);
  if (whole)
    return { name, sample: bytes, whole, open: () => once(bytes), keep: async () => {}, end: () => {} };
  if (!piped && statSync(path).isFile()) {
    await chunks.return?.();
    const open = () => chunksOf(path);
    return { name, sample: bytes, whole, open, keep: async () => {}, end: () => {} };
  }
  return passing(name, bytes, chunks);
}

async function beginning(chunks: AsyncIterator<Uint8Array>) {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < SAMPLE) {
    const { done, value } = await chunks.next();
    if (done === true) return { bytes: Buffer.concat(parts), whole: true };
    parts.push(value.slice());
    length += value.length;
  }
  return { bytes: Buffer.concat(parts), whole: false };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** What comes through a pipe: read once, or written to a file in the folder for temporary files. */
function passing(name: string, sample: Uint8Array, rest: AsyncIterator<Uint8Array>): Source {
  let kept: string | null = null;
  let end = () => {};
  async function* all(): AsyncGenerator<Uint8Array> {
    yield sample;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  }
  return {
    name,
    sample,
    whole: false,
    open: () => (kept === null ? all() : createReadStream(kept, { highWaterMark: 1 << 18 })),
    async keep() {
      const folder = mkdtempSync(join(tmpdir(), "yule-"));
      const remove = () => rmSync(folder, { recursive: true, force: true });
      const forget = onEnd(remove);
      end = () => {
        remove();
        forget();
      };
      const path = join(folder, "input");
      await pipeline(all(), createWriteStream(path));
      kept = path;
    },
    end: () => end(),
  };
}

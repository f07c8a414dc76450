import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { type RowsAt, type Run, runsOf } from "./runs.js";

/** Rows that are brought together in memory at a time, in bytes. */
const BUCKET = 1 << 25;
/** Memory for rows on their way to the disk, in bytes. */
const BUFFERS = 1 << 25;
/** Numbers before the rows of a run: its series, their bytes, their line and how many lines. */
const HEAD = 16;
const LF = 10;
const END = Uint8Array.of(LF);

/** Rows of a file brought together by series, in the order in which the series first come. */
export interface Regrouped {
  readonly series: number;
  readonly bytes: number;
  readonly checksum: number;
  readonly runs: () => AsyncGenerator<readonly Run[]>;
  /** Removes the files. */
  readonly end: () => void;
}

/**
 * Brings the rows of each series together on the disk: the file is gone through once to count, once to part it into files of
 * neighbouring series, each of which fits into memory. It takes as much room in the folder for temporary files as it has
 * bytes, and memory for the ids.
 */
export async function regrouped(open: () => AsyncIterable<Uint8Array>, at: RowsAt): Promise<Regrouped> {
  const ids = new Map<string, number>();
  const sizes: number[] = [];
  let bytes = 0;
  let checksum = 0;
  async function* counted() {
    for await (const chunk of open()) {
      checksum = crc32(chunk, checksum);
      bytes += chunk.length;
      yield chunk;
    }
  }
  for await (const runs of runsOf(counted(), at)) {
    for (const run of runs) {
      let number = ids.get(run.id);
      if (number === undefined) {
        number = ids.size;
        ids.set(run.id, number);
        sizes.push(0);
      }
      sizes[number] = sizes[number]! + run.bytes.length + HEAD;
    }
  }
  const bucketOf = bucketsOf(sizes);
  const folder = mkdtempSync(join(tmpdir(), "yule-"));
  const end = () => rmSync(folder, { recursive: true, force: true });
  const buckets = new Buckets(folder, [...ids.keys()], (bucketOf.at(-1) ?? 0) + 1);
  try {
    for await (const runs of runsOf(open(), at)) {
      for (const { id, line, lines, bytes: own } of runs) {
        const number = ids.get(id)!;
        buckets.add(bucketOf[number]!, number, line, lines, own);
      }
    }
    buckets.flush();
  } catch (error) {
    end();
    throw error;
  }
  return { series: ids.size, bytes, checksum, end, runs: () => buckets.runs() };
}

/** The bucket of each series: neighbours as long as they fit. */
function bucketsOf(sizes: readonly number[]): number[] {
  let bucket = 0;
  let filled = 0;
  return sizes.map((size) => {
    if (filled > 0 && filled + size > BUCKET) {
      bucket++;
      filled = 0;
    }
    filled += size;
    return bucket;
  });
}

class Buckets {
  private readonly waiting: Uint8Array[][];
  private readonly lengths: number[];
  private readonly most: number;

  constructor(
    private readonly folder: string,
    private readonly ids: readonly string[],
    count: number,
  ) {
    this.waiting = Array.from({ length: count }, () => []);
    this.lengths = new Array<number>(count).fill(0);
    this.most = Math.max(1 << 14, Math.floor(BUFFERS / count));
  }

  add(bucket: number, number: number, line: number, lines: number, bytes: Uint8Array): void {
    const entry = Buffer.alloc(HEAD + bytes.length);
    for (const [i, value] of [number, bytes.length, line, lines].entries()) entry.writeUInt32LE(value, 4 * i);
    entry.set(bytes, HEAD);
    // The last row of a file may have no line end, and is no longer the last.
    if (bytes.at(-1) !== LF) {
      this.add(bucket, number, line, lines, Buffer.concat([bytes, END]));
      return;
    }
    this.waiting[bucket]!.push(entry);
    this.lengths[bucket]! += entry.length;
    if (this.lengths[bucket]! > this.most) this.write(bucket);
  }

  flush(): void {
    for (const bucket of this.waiting.keys()) this.write(bucket);
  }

  async *runs(): AsyncGenerator<readonly Run[]> {
    for (const bucket of this.waiting.keys()) {
      const all = readFileSync(this.pathOf(bucket));
      const entries = entriesOf(all);
      yield entries.map(({ number, from, to, line, lines }, i) => ({
        bytes: all.subarray(from, to),
        begins: number !== entries[i - 1]?.number,
        id: this.ids[number]!,
        line,
        lines,
      }));
    }
  }

  private write(bucket: number): void {
    if (this.lengths[bucket] === 0) return;
    appendFileSync(this.pathOf(bucket), Buffer.concat(this.waiting[bucket]!));
    this.waiting[bucket] = [];
    this.lengths[bucket] = 0;
  }

  private pathOf(bucket: number): string {
    return join(this.folder, String(bucket));
  }
}

interface Entry {
  readonly number: number;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly lines: number;
}

/** The runs of a bucket by series; those of one series stay in the order of the file. */
function entriesOf(all: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < all.length; ) {
    const from = at + HEAD;
    const to = from + all.readUInt32LE(at + 4);
    entries.push({
      number: all.readUInt32LE(at),
      from,
      to,
      line: all.readUInt32LE(at + 8),
      lines: all.readUInt32LE(at + 12),
    });
    at = to;
  }
  return entries.sort((a, b) => a.number - b.number);
}

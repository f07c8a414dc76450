import { closeSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { Floats, Ints } from "../csv/bytes/growable.js";
import { isModelLine } from "../model-files.js";

const CHUNK = 1 << 20;
const LF = 10;
const QUOTE = 34;
const BACKSLASH = 92;
/** What stands before the id of a saved model. */
const BEFORE_ID = Buffer.from(',"origin":{"id":"');

/** Where the models of a file of one a line are: by their order and by their series, with memory for the ids alone. */
export class ModelIndex {
  private readonly offsets = new Floats();
  private readonly lengths = new Ints();
  private readonly names: string[] = [];
  /** The first model of each run of neighbours of one series. */
  private readonly firsts = new Ints();
  /** How the models are written in notation, each once. */
  readonly notations = new Set<string>();
  /** The latest model of each series, and before each model the one before of the same series, -1 for none. */
  private readonly latest = new Map<string, number>();
  private readonly before = new Ints();
  checksum = 0;
  bytes = 0;

  private constructor(private readonly file: number) {}

  /** Null where the file is not one of a model a line. @throws as opening and reading it does. */
  static of(path: string): ModelIndex | null {
    const index = new ModelIndex(openSync(path, "r"));
    if (index.walk()) return index;
    index.end();
    return null;
  }

  get count(): number {
    return this.names.length;
  }

  /** Runs of neighbouring models of one series: as many as series where those of each stand together. */
  get runs(): number {
    return this.firsts.length;
  }

  idOfRun(run: number): string {
    return this.names[this.firsts.view()[run]!]!;
  }

  /** The models of a run, a line each. */
  textOfRun(run: number): string {
    const firsts = this.firsts.view();
    const end = firsts[run + 1] ?? this.count;
    const texts: string[] = [];
    for (let at = firsts[run]!; at < end; at++) texts.push(this.textAt(at));
    return texts.join("\n");
  }

  /** The series that have models. */
  get series(): number {
    return this.latest.size;
  }

  has(id: string): boolean {
    return this.latest.has(id);
  }

  textAt(at: number): string {
    const bytes = Buffer.allocUnsafe(this.lengths.view()[at]!);
    readSync(this.file, bytes, 0, bytes.length, this.offsets.at(at));
    return bytes.toString("utf8");
  }

  /** The models of a series, a line each; "" where it has none. */
  textsOf(id: string): string {
    const found: string[] = [];
    const before = this.before.view();
    for (let at = this.latest.get(id) ?? -1; at >= 0; at = before[at]!) found.unshift(this.textAt(at));
    return found.join("\n");
  }

  end(): void {
    closeSync(this.file);
  }

  private walk(): boolean {
    let buffer = Buffer.allocUnsafe(2 * CHUNK);
    let length = 0;
    let start = 0;
    for (;;) {
      if (length + CHUNK > buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length);
      const count = readSync(this.file, buffer, length, CHUNK, null);
      this.checksum = crc32(buffer.subarray(length, length + count), this.checksum);
      this.bytes += count;
      length += count;
      let at = 0;
      for (
        let end = this.lineEnd(buffer, at, length, count);
        end >= 0;
        end = this.lineEnd(buffer, at, length, count)
      ) {
        if (!this.add(buffer.subarray(at, end), start + at)) return false;
        at = end + 1;
      }
      start += at;
      buffer.copyWithin(0, at, length);
      length -= Math.min(at, length);
      if (count === 0) return this.count > 0;
    }
  }

  /** The end of the line at `at`; the file's own where its last line has none; -1 where more is to be read. */
  private lineEnd(buffer: Buffer, at: number, length: number, count: number): number {
    const end = buffer.subarray(0, length).indexOf(LF, at);
    return end >= 0 || count > 0 || at >= length ? end : length;
  }

  private add(line: Buffer, offset: number): boolean {
    if (line.length === 0 || (line.length === 1 && line[0] === 13)) return true;
    if (this.count === 0 && !isModelLine(line.toString("utf8"))) return false;
    const id = idIn(line);
    if (id === null) return false;
    if (this.names.at(-1) !== id) this.firsts.push(this.count);
    this.notations.add(notationIn(line));
    this.before.push(this.latest.get(id) ?? -1);
    this.latest.set(id, this.count);
    this.names.push(id);
    this.offsets.push(offset);
    this.lengths.push(line.length);
    return true;
  }
}

function idIn(line: Buffer): string | null {
  const at = line.lastIndexOf(BEFORE_ID);
  if (at < 0) return null;
  const from = at + BEFORE_ID.length - 1;
  let to = from + 1;
  while (to < line.length && line[to] !== QUOTE) to += line[to] === BACKSLASH ? 2 : 1;
  try {
    const id: unknown = JSON.parse(line.toString("utf8", from, to + 1));
    return typeof id === "string" ? id : null;
  } catch {
    return null;
  }
}

function notationIn(line: Buffer): string {
  const head = line.toString("utf8", 0, Math.min(line.length, 4096));
  return /^\{"yule":"model","format":\d+,"notation":"((?:[^"\\]|\\.)*)"/.exec(head)?.[1] ?? "";
}

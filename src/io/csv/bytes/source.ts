import type { Encoding } from "../../csv-options.js";
import type { Opener } from "../../formats/opened.js";
import {
  decodeWindows1252,
  type EncodingGuess,
  guessEncoding,
  isUtf8,
  recoder,
  refuseZeros,
} from "./encoding.js";
import type { LegacyGuess } from "./legacy.js";

/** The bytes of a file; `open` takes up those of formats that are no text, where these can be read. */
export type Chunks = (Iterable<Uint8Array> | AsyncIterable<Uint8Array>) & { readonly open?: Opener };

/** A second file, with known future values of the regressors. */
export interface FutureSource {
  readonly chunks: Chunks;
  /** What to call it in errors. */
  readonly name: string;
}

/** Bytes looked at to tell the encoding. */
const ENOUGH = 4096;

/** The chunks of a file as bytes of an encoding that extends ASCII, its byte order mark left out. */
export class Source {
  /** UTF-8 stands for windows-1252 too, until a text shows which. */
  encoding: Encoding = "utf-8";
  /** Whether the encoding was told by the words of the text, or could not be; null where it was given, or is a usual one. */
  guess: LegacyGuess | null = null;
  private recode: ((chunk: Uint8Array | null) => Uint8Array) | null = null;

  private constructor(
    private readonly chunks: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
    private readonly file: string,
  ) {}

  /** Opens a source and reads as much of it as shows its encoding. */
  static async open(
    chunks: Chunks,
    file: string,
    given: Encoding | undefined,
  ): Promise<{ source: Source; first: Uint8Array }> {
    const iterator =
      Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
    const source = new Source(iterator, file);
    let first = new Uint8Array(0);
    for (let chunk = await source.raw(); chunk !== null; chunk = await source.raw()) {
      first = concat(first, chunk);
      if (first.length >= ENOUGH) break;
    }
    // Loaded for text that is no UTF-8 only.
    const legacy = given !== undefined || isUtf8(first) ? null : await import("./legacy.js");
    return { source, first: source.start(first, given, legacy?.legacyOf ?? null) };
  }

  /** The next bytes; null at the end. */
  async next(): Promise<Uint8Array | null> {
    const chunk = await this.raw();
    if (this.recode !== null) {
      const recoded = this.recode(chunk);
      if (chunk === null) this.recode = null;
      return chunk === null && recoded.length === 0 ? null : recoded;
    }
    if (chunk !== null) refuseZeros(chunk, this.file);
    return chunk;
  }

  private async raw(): Promise<Uint8Array | null> {
    const { done, value } = await this.chunks.next();
    return done === true ? null : value;
  }

  private start(
    first: Uint8Array,
    given: Encoding | undefined,
    legacyOf: ((bytes: Uint8Array) => LegacyGuess | null) | null,
  ): Uint8Array {
    const wide = given === "utf-16le" || given === "utf-16be";
    const guess: EncodingGuess = wide
      ? { encoding: given, mark: hasMark(first) ? 2 : 0 }
      : guessEncoding(first, this.file);
    const body = first.subarray(guess.mark);
    if (legacyOf !== null && guess.encoding === "utf-8") this.guess = legacyOf(body);
    this.encoding = given ?? this.guess?.encoding ?? guess.encoding;
    if (guess.encoding !== "utf-8") this.recode = recoder(guess.encoding);
    else if (given === "windows-1252") this.recode = recode1252;
    else if (this.encoding !== "utf-8") this.recode = recoder(this.encoding);
    return this.recode === null ? body : this.recode(body);
  }
}

function hasMark(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function recode1252(chunk: Uint8Array | null): Uint8Array {
  return new TextEncoder().encode(chunk === null ? "" : decodeWindows1252(chunk));
}

function concat(a: Uint8Array<ArrayBuffer>, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

import type { Encoding } from "../../csv-options.js";
import { fileError } from "../errors.js";
import type { LegacyGuess } from "./legacy.js";
import { type Chunks, Source } from "./source.js";
import { TextBuffer } from "./text-buffer.js";

/** Longest record: a longer one is a file with other line ends, or none. */
export const LONGEST = 1 << 24;

/** A file being read: the bytes at hand and where more come from. */
export class Input {
  readonly buffer = new TextBuffer();
  ended = false;

  private constructor(
    private readonly source: Source,
    readonly file: string,
  ) {}

  static async open(chunks: Chunks, file: string, encoding: Encoding | undefined): Promise<Input> {
    const { source, first } = await Source.open(chunks, file, encoding);
    const input = new Input(source, file);
    input.buffer.append(first);
    return input;
  }

  get encoding(): Encoding {
    return this.source.encoding;
  }

  /** See `Source`. */
  get guess(): LegacyGuess | null {
    return this.source.guess;
  }

  /** Reads on until so many bytes are at hand, or the file ends. */
  async reach(length: number): Promise<void> {
    while (!this.ended && this.buffer.length < length) {
      const chunk = await this.source.next();
      if (chunk === null) this.ended = true;
      else this.buffer.append(chunk);
    }
  }

  /**
   * Reads on where a record does not end yet. Twice as many bytes each time, so that a long record is searched for its
   * end a few times only.
   *
   * @param openQuote line of a quote that is still open, else 0.
   * @throws YuleError `line-too-long`, `unclosed-quote` where a record goes on beyond 16 MiB.
   */
  async more(line: number, openQuote: number): Promise<void> {
    if (this.buffer.length > LONGEST)
      throw openQuote > 0 ? unclosed(this.file, openQuote) : tooLong(this.file, line);
    await this.reach(Math.max(2 * this.buffer.length, this.buffer.length + 1));
  }
}

export function unclosed(file: string, line: number): Error {
  return fileError(
    "unclosed-quote",
    { file, row: line },
    null,
    "a quote opens here and is never closed; close it, or double it if it belongs to the text.",
  );
}

function tooLong(file: string, line: number): Error {
  return fileError(
    "line-too-long",
    { file, row: line },
    null,
    `this row is longer than ${LONGEST / (1 << 20)} MiB; check that the file is CSV with an end to each line.`,
  );
}

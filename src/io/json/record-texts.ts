import { dataError } from "../../core/errors.js";

/** The text of one record, and the line of the file that it begins on. */
export interface RecordText {
  readonly text: string;
  readonly line: number;
}

/** Cuts a text that comes in pieces into its records. */
export interface RecordReader {
  /** The records that end in a piece. */
  take(piece: string, file: string): RecordText[];
  /** What is left at the end of the text. */
  end(file: string): RecordText[];
}

/** One record a line. */
export class LineRecords implements RecordReader {
  private rest = "";
  private line = 1;

  take(piece: string): RecordText[] {
    const lines = `${this.rest}${piece}`.split("\n");
    this.rest = lines.pop()!;
    return lines.flatMap((line) => this.recordOf(line));
  }

  end(): RecordText[] {
    return this.recordOf(this.rest);
  }

  private recordOf(text: string): RecordText[] {
    const line = this.line++;
    return text.trim() === "" ? [] : [{ text, line }];
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const LF = 10;
const MARK = 0xfeff;

/** The objects of one array. */
export class ArrayRecords implements RecordReader {
  private rest = "";
  /** Characters of `rest` that were looked at. */
  private at = 0;
  private depth = 0;
  private inside = false;
  private start = 0;
  private line = 1;
  private startLine = 1;
  private count = 0;
  /** Whether no two records so far began on one line. */
  private apart = true;
  private closed = false;

  take(piece: string, file: string): RecordText[] {
    const text = this.rest + piece;
    const found: RecordText[] = [];
    let { at } = this;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === LF) this.line++;
      if (this.inside) {
        if (code === QUOTE) this.inside = false;
        else if (code === BACKSLASH) at++;
      } else if (this.depth <= 1) this.outside(code, at, file);
      else if (code === QUOTE) this.inside = true;
      else if (code === 123 || code === 91) this.depth++;
      else if ((code === 125 || code === 93) && --this.depth === 1) {
        found.push({ text: text.slice(this.start, at + 1), line: this.apart ? this.startLine : this.count });
      }
    }
    const kept = this.depth > 1 ? this.start : text.length;
    this.rest = text.slice(kept);
    this.at = at - kept;
    this.start = 0;
    return found;
  }

  end(file: string): RecordText[] {
    if (this.closed) return [];
    throw broken(file, this.line, "the array is not closed");
  }

  /** A character between the records of the array, or around it. */
  private outside(code: number, at: number, file: string): void {
    const blank = code <= 32 || code === MARK;
    if (blank || (code === COMMA && this.depth === 1)) return;
    if (code === 91 && this.depth === 0 && !this.closed) this.depth = 1;
    else if (code === 93 && this.depth === 1) {
      this.depth = 0;
      this.closed = true;
    } else if (code === 123 && this.depth === 1) {
      if (this.count > 0 && this.line === this.startLine) this.apart = false;
      this.count++;
      this.depth = 2;
      this.start = at;
      this.startLine = this.line;
    } else throw broken(file, this.line, "there is text between its records");
  }
}

function broken(file: string, line: number, why: string): Error {
  return dataError(
    "bad-json",
    file,
    line,
    `${file}, row ${line}: this is not JSON of records (${why}); correct it, or write one record a line.`,
  );
}

import type { SchemaElement } from "hyparquet";
import { decodeText } from "../csv/bytes/encoding.js";
import { Names } from "../csv/bytes/names.js";
import { CodedTexts } from "../formats/typed-table.js";
import type { PageBytes, ValueStore } from "./value-store.js";

/** Whether the values are texts and nothing that is made of them. */
export function isText({ type, logical_type: logical, converted_type: converted }: SchemaElement): boolean {
  const told = converted === undefined || converted === "UTF8" || converted === "ENUM";
  return (
    type === "BYTE_ARRAY" &&
    told &&
    (logical === undefined || logical.type === "STRING" || logical.type === "ENUM")
  );
}

/** Distinct texts that are looked for among plain ones, so that a repeated one is decoded once. */
const MOST_TEXTS = 1 << 16;

/** Gathers texts as numbers among the distinct ones. */
export class TextStore implements ValueStore {
  private readonly codes: Int32Array;
  private readonly texts: string[] = [];
  private readonly names = new Names();
  /** The text that a name stands for. */
  private readonly textOfName: number[] = [];
  /** The text of the first entry of the dictionary. */
  private first = 0;
  private entries = 0;
  private present: Uint8Array | null = null;
  private from = 0;
  private filled = 0;

  constructor(rows: number) {
    this.codes = new Int32Array(rows);
  }

  takeDictionary(page: PageBytes, count: number): boolean {
    this.first = this.texts.length;
    this.entries = count;
    eachText(page, count, (bytes, from, to) => {
      this.texts.push(decodeText(bytes.subarray(from, to)));
    });
    return true;
  }

  begin(present: Uint8Array | null, rows: number): void {
    this.present = present;
    this.from = this.filled;
    this.filled += rows;
    if (this.filled > this.codes.length) throw new Error("a row group has more values than rows");
  }

  takePlain(page: PageBytes, count: number): boolean {
    const { codes, from } = this;
    let row = from;
    eachText(page, count, (bytes, start, end) => {
      codes[row++] = this.codeOf(bytes, start, end);
    });
    this.placeAtRows(count);
    return true;
  }

  takeCodes(own: Int32Array): void {
    const { codes, from, first, entries } = this;
    for (let i = 0; i < own.length; i++) {
      if (own[i]! >= entries) throw new RangeError(`a dictionary has no text ${own[i]}`);
      codes[from + i] = first + own[i]!;
    }
    this.placeAtRows(own.length);
  }

  cells(length: number): CodedTexts {
    return new CodedTexts(this.codes.subarray(0, length), this.texts);
  }

  /** Moves the values of a page, which stand one behind the other, to the rows that have one. */
  private placeAtRows(count: number): void {
    const { codes, from, present } = this;
    if (present === null) return;
    for (let row = present.length - 1, i = count - 1; row >= 0; row--) {
      codes[from + row] = present[row] === 1 ? codes[from + i--]! : -1;
    }
  }

  private codeOf(bytes: Uint8Array, from: number, to: number): number {
    const { names, texts, textOfName } = this;
    const known = names.find(bytes, from, to);
    if (known >= 0) return textOfName[known]!;
    const code = texts.push(decodeText(bytes.subarray(from, to))) - 1;
    if (names.size < MOST_TEXTS) textOfName[names.number(bytes, from, to)] = code;
    return code;
  }
}

/** Gives where each of `count` texts begins and ends, behind the four bytes of its length. */
function eachText(
  { bytes, at }: PageBytes,
  count: number,
  take: (bytes: Uint8Array, from: number, to: number) => void,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0, start = at; i < count; i++) {
    const from = start + 4;
    start = from + view.getUint32(start, true);
    if (start > bytes.length) throw new RangeError("a page ends too early");
    take(bytes, from, start);
  }
}

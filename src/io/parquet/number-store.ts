import type { SchemaElement } from "hyparquet";
import type { PageBytes, ValueStore } from "./value-store.js";

/** Turns `count` plain values into doubles; null where one is no double. */
type Decode = (bytes: Uint8Array, count: number) => ArrayLike<number> | null;

/** What gathers numbers or times of a column; null for a type that is left to the package. */
export function numberStore(element: SchemaElement, rows: number): ValueStore | null {
  const decode = decoderOf(element);
  return decode === null ? null : new NumberStore(decode.size, decode.decode, rows);
}

class NumberStore implements ValueStore {
  private readonly values: Float64Array;
  private dictionary: ArrayLike<number> = [];
  private present: Uint8Array | null = null;
  private from = 0;
  private filled = 0;

  constructor(
    private readonly size: number,
    private readonly decode: Decode,
    rows: number,
  ) {
    this.values = new Float64Array(rows);
  }

  takeDictionary(page: PageBytes, count: number): boolean {
    const values = this.plain(page, count);
    if (values !== null) this.dictionary = values;
    return values !== null;
  }

  begin(present: Uint8Array | null, rows: number): void {
    this.present = present;
    this.from = this.filled;
    this.filled += rows;
    if (this.filled > this.values.length) throw new Error("a row group has more values than rows");
  }

  takePlain(page: PageBytes, count: number): boolean {
    const values = this.plain(page, count);
    if (values === null) return false;
    if (this.present === null) this.values.set(values, this.from);
    else this.place((i) => values[i]!);
    return true;
  }

  takeCodes(codes: Int32Array): void {
    const { dictionary, values, from } = this;
    if (this.present === null) {
      for (let i = 0; i < codes.length; i++) values[from + i] = entryOf(dictionary, codes[i]!);
    } else this.place((i) => entryOf(dictionary, codes[i]!));
  }

  cells(length: number): Float64Array {
    return this.values.subarray(0, length);
  }

  private place(at: (index: number) => number): void {
    const { values, from } = this;
    const present = this.present!;
    for (let row = 0, i = 0; row < present.length; row++) {
      values[from + row] = present[row] === 1 ? at(i++) : Number.NaN;
    }
  }

  private plain({ bytes, at }: PageBytes, count: number): ArrayLike<number> | null {
    if (at + count * this.size > bytes.length) throw new RangeError("a page ends too early");
    return this.decode(bytes.slice(at, at + count * this.size), count);
  }
}

function entryOf(dictionary: ArrayLike<number>, code: number): number {
  const value = dictionary[code];
  if (value === undefined) throw new RangeError(`a dictionary has no value ${code}`);
  return value;
}

function decoderOf(element: SchemaElement): { size: number; decode: Decode } | null {
  const { type, logical_type: logical, converted_type: converted, scale = 0 } = element;
  if (logical !== undefined && !["TIMESTAMP", "INTEGER", "DATE", "DECIMAL", "TIME"].includes(logical.type))
    return null;
  if (converted === "UINT_32" || converted === "UINT_64") return null;
  if (logical?.type === "INTEGER" && !logical.isSigned && logical.bitWidth >= 32) return null;
  if (converted === "DECIMAL" && scale > MOST_SCALE) return null;
  const over = converted === "DECIMAL" ? Number(`1e${scale}`) : 1;
  const factor = converted === "DATE" ? DAY : 1;
  switch (type) {
    case "DOUBLE":
      return { size: 8, decode: (bytes) => new Float64Array(bytes.buffer) };
    case "FLOAT":
      return { size: 4, decode: (bytes) => new Float32Array(bytes.buffer) };
    case "INT32":
      return { size: 4, decode: (bytes) => scaled(new Int32Array(bytes.buffer), factor, over) };
    case "INT64":
      return { size: 8, decode: int64Decoder(element, over) };
    default:
      return null;
  }
}

const DAY = 86_400_000;

/** Powers of ten up to this one are doubles, so that a quotient by one is the double nearest to the decimal. */
const MOST_SCALE = 22;

function scaled(values: Int32Array, factor: number, over: number): ArrayLike<number> {
  if (factor === 1 && over === 1) return values;
  return Float64Array.from(values, (value) => (value * factor) / over);
}

function int64Decoder(
  { logical_type: logical, converted_type: converted }: SchemaElement,
  over: number,
): Decode {
  const unit = logical?.type === "TIMESTAMP" ? logical.unit : converted;
  if (unit === "NANOS") return (bytes) => fromNanos(bytes);
  const divisor = unit === "MICROS" || unit === "TIMESTAMP_MICROS" ? 1000 : over;
  return (bytes) => fromWords(bytes, divisor);
}

const WORD = 0x1_0000_0000;
/** High words from here on are beyond whole doubles. */
const HIGHEST = 0x20_0000;

/** Whole numbers over a divisor; null where one of them is no double. */
function fromWords(bytes: Uint8Array, divisor: number): Float64Array | null {
  const words = new Int32Array(bytes.buffer);
  const values = new Float64Array(words.length / 2);
  for (let i = 0; i < values.length; i++) {
    const high = words[2 * i + 1]!;
    if (high >= HIGHEST || high < -HIGHEST) return null;
    values[i] = (high * WORD + (words[2 * i]! >>> 0)) / divisor;
  }
  return values;
}

/** Nanoseconds as milliseconds, cut to microseconds; null before 1970, where cutting goes the other way, and after 2255. */
function fromNanos(bytes: Uint8Array): Float64Array | null {
  const words = new Int32Array(bytes.buffer);
  const values = new Float64Array(words.length / 2);
  for (let i = 0; i < values.length; i++) {
    const high = words[2 * i + 1]!;
    const whole = Math.floor(high / 1000);
    if (whole >= HIGHEST || high < 0) return null;
    const rest = (high % 1000) * WORD + (words[2 * i]! >>> 0);
    values[i] = (whole * WORD + Math.floor(rest / 1000)) / 1000;
  }
  return values;
}

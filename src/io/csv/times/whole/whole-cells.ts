import { Floats } from "../../bytes/growable.js";

/** Digits of whole numbers that count microseconds or nanoseconds since 1970, too many to be exact as they stand. */
const MICRO = 16;
const NANO = 19;

const POWER = /^\d(?:[.,]\d+)?[eE]\+?\d{1,2}$/;

/** Cells of a column of times that are numbers: what they count takes the whole column. */
export class WholeCells {
  readonly raw = new Floats();
  /** What all numbers were divided by: 1,000 for microseconds and 1,000,000 for nanoseconds, which leaves milliseconds. */
  scale = 1;
  /** Most decimals of a cell. */
  decimals = 0;
  /** Whether decimals stand behind a comma. */
  comma = false;
  /** Digits of the shortest and the longest cell, leading zeros counted. */
  shortest = Number.POSITIVE_INFINITY;
  longest = 0;

  push(value: number): void {
    this.raw.push(value);
  }

  /** A whole number of at most 15 digits; NaN for anything else. */
  quick(bytes: Uint8Array, from: number, to: number): number {
    if (this.scale !== 1) return Number.NaN;
    const negative = bytes[from] === 45;
    let at = negative ? from + 1 : from;
    if (at === to || to - at > 15) return Number.NaN;
    this.measure(to - at);
    let value = 0;
    for (; at < to; at++) {
      const digit = bytes[at]! - 48;
      if (digit >>> 0 > 9) return Number.NaN;
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  /** The number a cell stands for; NaN where it is none, or of another size than those before. */
  read(text: string): number {
    const found = /^-?(\d+)(?:[.,](\d+))?$/.exec(text);
    if (found === null) return this.ofPower(text);
    const [, digits, decimals = ""] = found;
    const scale = digits!.length === NANO ? 1e6 : digits!.length === MICRO ? 1e3 : 1;
    if (this.raw.length > 0 && scale !== this.scale) return Number.NaN;
    if (scale === 1 && digits!.length > 15) return Number.NaN;
    this.scale = scale;
    this.decimals = Math.max(this.decimals, decimals.length);
    this.measure(digits!.length);
    if (text.includes(",")) this.comma = true;
    if (scale === 1) return Number(text.replace(",", "."));
    const fine = Math.log10(scale);
    return Number(`${text.slice(0, -fine)}.${text.slice(-fine)}`);
  }

  /** A whole number with an exponent, as spreadsheets shorten long ones: `1.7095104e+12`. */
  private ofPower(text: string): number {
    const value = POWER.test(text) && this.scale === 1 ? Number(text.replace(",", ".")) : Number.NaN;
    if (!Number.isSafeInteger(value)) return Number.NaN;
    this.measure(String(value).length);
    return value;
  }

  private measure(length: number): void {
    if (length < this.shortest) this.shortest = length;
    if (length > this.longest) this.longest = length;
  }
}

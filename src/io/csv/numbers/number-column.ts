import { decodeText } from "../bytes/encoding.js";
import { Floats } from "../bytes/growable.js";
import type { CellMarks } from "./cell-marks.js";
import { infinite, notNumber, otherUnit, type Problem, unclear } from "./number-problems.js";
import {
  isBracketed,
  type NumberStyle,
  numberReader,
  PLAIN,
  plainNumber,
  powerOfTen,
  stylesOf,
} from "./numbers.js";
import { type Unit, valueIn, withoutUnit } from "./units.js";

const COMMA = 44;
const MINUS = 45;
const ZERO = 48;

/** Whole numbers from here on have more digits than a double tells apart with certainty. */
const LONG = 1e15;

/** How the cells of a column of numbers are to be understood. */
export interface NumberRules {
  /** Whether the decimal mark was given and may not change. */
  readonly fixed: boolean;
  /** Whether `1,234` has to be a thousand, since a comma also separates the cells. */
  readonly commaGroups: boolean;
  /** Whether true and false are 1 and 0. */
  readonly flags: boolean;
  readonly marks: CellMarks;
  /** Marks beside the numbers of the first cells, so that an error can name them all. */
  readonly seenMarks: string;
  /** What stands beside all of its numbers; null or absent for nothing. */
  readonly unit?: Unit | null;
  /** Whether its commas can be decimal ones or between thousands, so that any of them is refused. */
  readonly unclear: boolean;
  /** A number read with a decimal point that may separate thousands; null or absent where there is no doubt. */
  readonly doubtful?: string | null;
}

/**
 * A column of numbers being read. It starts with the style its first cells showed and takes up a richer one when a
 * later cell needs it, as long as every cell before still means the same.
 */
export class NumberColumn {
  readonly values = new Floats();
  /** The number of the last cell read; NaN where it is missing. */
  current = Number.NaN;
  missing = 0;
  /** Cells that hold a word or a mark for a missing value, by how it is written. */
  readonly missingWords = new Map<string, number>();
  private word = "";
  /** Whether a whole number had 16 digits or more. */
  long = false;
  /** The first number in brackets, which is read as one below zero; null where there is none. */
  bracketed: string | null = null;
  private point: number;
  private read: (text: string) => number;
  /** What is wrong with the last cell read; null for nothing. */
  problem: Problem | null = null;
  private readonly commaGroups: boolean;
  /** What stands beside all of its numbers; null for nothing. */
  readonly unit: Unit | null;
  /** The first cell that was read without its unit, and its number. */
  measured: readonly [string, number] | null = null;
  /** Whether no cell can be read by `quick`. */
  private slow: boolean;
  private readonly sentinels: readonly number[] | null;

  constructor(
    /** What errors call it; in a table with times across, the column of the cell being read. */
    public name: string,
    private written: NumberStyle,
    private readonly rules: NumberRules,
  ) {
    this.point = written.point === "," ? 44 : 46;
    this.read = numberReader(written);
    this.commaGroups = rules.commaGroups;
    this.unit = rules.unit ?? null;
    this.slow = this.isSlow();
    this.sentinels = rules.marks.sentinels;
  }

  /** A number whose point may separate thousands or be decimal; null where it cannot be both. */
  get doubtful(): string | null {
    return this.rules.doubtful ?? null;
  }

  /** How the column writes its numbers, as far as it has been read. */
  get style(): NumberStyle {
    return this.written;
  }

  /** Reads a number of at most 15 digits without an exponent that begins at `at`: its end, or -1 for another. */
  quick(bytes: Uint8Array, at: number): number {
    const { point } = this;
    if (this.slow) return -1;
    const first = bytes[at] === MINUS ? at + 1 : at;
    let end = first;
    let mantissa = 0;
    let decimals = -1;
    let digit = bytes[end]! - ZERO;
    while (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digit = bytes[++end]! - ZERO;
    }
    if (bytes[end] === point && end > first) {
      const whole = end;
      digit = bytes[++end]! - ZERO;
      while (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        digit = bytes[++end]! - ZERO;
      }
      decimals = end - whole - 1;
    }
    if (end === first || end - first > (decimals < 0 ? 15 : 16)) return -1;
    const size = decimals <= 0 ? mantissa : mantissa / powerOfTen(decimals);
    this.current = first === at ? size : -size;
    if (this.sentinels !== null) this.refuseSentinel();
    return end;
  }

  /** Reads a cell into `current`, or finds a `problem` with it. */
  cell(bytes: Uint8Array, from: number, to: number): void {
    this.current = Number.NaN;
    if (from === to) return;
    if (this.unit !== null) {
      this.irregular(decodeText(bytes.subarray(from, to)), Number.NaN);
      return;
    }
    const value = plainNumber(bytes, from, to, this.point);
    if (value - value === 0) {
      this.current = value;
      if (to - from > 15 && Math.abs(value) >= LONG) this.long = true;
      if (this.sentinels !== null) this.refuseSentinel();
    } else this.irregular(decodeText(bytes.subarray(from, to)), value);
  }

  /** Takes a value that is known; NaN is missing. */
  take(value: number): void {
    this.current = value;
    if (Math.abs(value) >= LONG) this.takeLarge(value);
    if (this.sentinels !== null) this.refuseSentinel();
  }

  /** Keeps values that are known and finite, NaN for missing. */
  takeAll(values: Float64Array): void {
    for (let row = 0; row < values.length; row++) {
      this.take(values[row]!);
      this.keep();
    }
  }

  private takeLarge(value: number): void {
    if (Number.isFinite(value)) this.long ||= Number.isInteger(value);
    else {
      this.current = Number.NaN;
      this.problem = infinite(String(value));
    }
  }

  private refuseSentinel(): void {
    if (this.sentinels!.includes(this.current)) this.current = Number.NaN;
  }

  /** Keeps `current` as the value of the row that ends. */
  keep(): void {
    if (Number.isNaN(this.current)) this.countMissing();
    this.values.push(this.current);
    this.current = Number.NaN;
  }

  private countMissing(): void {
    this.missing++;
    if (this.word === "") return;
    this.missingWords.set(this.word, (this.missingWords.get(this.word) ?? 0) + 1);
    this.word = "";
  }

  /** Keeps a missing value for a row without cells. */
  keepMissing(): void {
    this.missing++;
    this.values.push(Number.NaN);
  }

  /** Drops the cell of a row that is left out. */
  forget(): void {
    this.problem = null;
    this.current = Number.NaN;
    this.word = "";
  }

  /** Whether the last cell read is the sum of those kept, to the digits that are written. */
  sumsUp(): boolean {
    if (this.values.length - this.missing < 3 || !(Math.abs(this.current) > 0)) return false;
    let sum = 0;
    for (const value of this.values.view()) if (!Number.isNaN(value)) sum += value;
    return Math.abs(this.current - sum) <= 1e-3 * Math.abs(sum);
  }

  /** Whether the last cell read is more than twice as large as all kept, of which there are some. */
  exceeds(): boolean {
    if (this.values.length - this.missing < 3 || Number.isNaN(this.current)) return false;
    for (const value of this.values.view()) if (2 * value >= this.current) return false;
    return true;
  }

  private irregular(text: string, plain: number): void {
    if (Math.abs(plain) === Number.POSITIVE_INFINITY || /^[+-]?inf(inity)?$/i.test(text)) {
      this.problem = infinite(text);
    } else if (this.rules.marks.isMissing(text)) this.word = text.trim();
    else {
      const bare = this.rules.marks.bare(text);
      if (!this.rules.marks.isMissing(bare))
        this.current = this.unit === null ? this.flagOrNumber(bare) : this.withUnit(bare, this.unit);
      if (this.sentinels !== null) this.refuseSentinel();
    }
  }

  /** A number with the unit of its column beside it. */
  private withUnit(text: string, unit: Unit): number {
    const value = valueIn(unit, text, (number) => this.flagOrNumber(number));
    if (!Number.isFinite(value)) this.problem ??= otherUnit(text, unit, this.measured?.[0] ?? null);
    else if (value !== 0 && this.measured === null && withoutUnit(text) !== text)
      this.measured = [text, value];
    return value;
  }

  private flagOrNumber(text: string): number {
    if (this.rules.flags && /^(true|false|yes|no)$/i.test(text)) return /^(true|yes)$/i.test(text) ? 1 : 0;
    const value = this.read(text);
    if (this.bracketed === null && isBracketed(text)) this.bracketed = text;
    if (Number.isFinite(value)) return value;
    const richer = stylesOf([text]).filter((style) => this.allows(style));
    const torn = new Set(richer.map(({ point }) => point)).size > 1;
    const style = torn && this.commaGroups ? richer.find(({ group }) => group === ",") : richer[0];
    if ((torn || (this.rules.unclear && richer.length > 0)) && !this.commaGroups)
      this.problem = unclear(text);
    else if (style !== undefined) return this.adopt(style, text);
    else this.problem = notNumber(text, this.written, this.rules.seenMarks);
    return Number.NaN;
  }

  /** Whether every number so far means the same in another style: only whole numbers change their decimal mark. */
  private allows(style: NumberStyle): boolean {
    if (this.written.group !== null && this.written.group !== style.group) return false;
    if (this.written.point === style.point) return true;
    return !this.rules.fixed && this.written === PLAIN && this.values.view().every((v) => !(v % 1));
  }

  private isSlow(): boolean {
    return this.unit !== null || (this.commaGroups && this.point === COMMA);
  }

  private adopt(style: NumberStyle, text: string): number {
    this.written = style;
    this.point = style.point === "," ? COMMA : 46;
    this.read = numberReader(style);
    this.slow = this.isSlow();
    return this.read(text);
  }
}

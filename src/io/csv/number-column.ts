import { show } from "../../core/checks.js";
import { decodeText } from "./encoding.js";
import { Floats } from "./growable.js";
import {
  hasSign,
  isMissing,
  type NumberStyle,
  numberReader,
  PLAIN,
  plainNumber,
  powerOfTen,
  stylesOf,
} from "./numbers.js";

const COMMA = 44;
const MINUS = 45;
const ZERO = 48;

/** Why a cell could not be read, to be told with its place. */
export interface Problem {
  readonly code: string;
  readonly value: string;
  readonly sentence: string;
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
  private point: number;
  private read: (text: string) => number;
  private problem: Problem | null = null;

  constructor(
    readonly name: string,
    private style: NumberStyle,
    /** Whether the decimal mark was given and may not change. */
    private readonly fixed: boolean,
    /** Whether `1,234` has to be a thousand, since a comma also separates the cells. */
    private readonly commaGroups: boolean,
    /** Whether true and false are 1 and 0. */
    private readonly flags: boolean,
  ) {
    this.point = style.point === "," ? 44 : 46;
    this.read = numberReader(style);
  }

  get decimal(): "." | "," {
    return this.style.point;
  }

  /** Reads a number of at most 15 digits without an exponent that begins at `at`: its end, or -1 for another. */
  quick(bytes: Uint8Array, at: number): number {
    const { point } = this;
    if (this.commaGroups && point === COMMA) return -1;
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
    return end;
  }

  /** Reads a cell into `current`; a problem is kept until the row ends and is known by its number. */
  cell(bytes: Uint8Array, from: number, to: number): void {
    this.current = Number.NaN;
    if (from === to) return;
    const value = plainNumber(bytes, from, to, this.point);
    if (value - value === 0) this.current = value;
    else this.irregular(decodeText(bytes.subarray(from, to)), value);
  }

  /** Keeps `current` as the value of the row that ends. */
  keep(): Problem | null {
    if (this.problem !== null) return this.problem;
    if (Number.isNaN(this.current)) this.missing++;
    this.values.push(this.current);
    this.current = Number.NaN;
    return null;
  }

  /** Keeps a missing value for a row without cells. */
  keepMissing(): void {
    this.missing++;
    this.values.push(Number.NaN);
  }

  private irregular(text: string, plain: number): void {
    if (Math.abs(plain) === Number.POSITIVE_INFINITY || /^[+-]?inf(inity)?$/i.test(text)) {
      this.problem = infinite(text);
    } else if (!isMissing(text)) {
      this.current = this.flagOrNumber(text);
    }
  }

  private flagOrNumber(text: string): number {
    if (this.flags && /^(true|false|yes|no)$/i.test(text)) return /^(true|yes)$/i.test(text) ? 1 : 0;
    const value = this.read(text);
    if (Number.isFinite(value)) return value;
    const richer = stylesOf([text]).filter((style) => this.allows(style));
    const torn = new Set(richer.map(({ point }) => point)).size > 1;
    const style = torn && this.commaGroups ? richer.find(({ group }) => group === ",") : richer[0];
    if (torn && !this.commaGroups) this.problem = unclear(text);
    else if (style !== undefined) return this.adopt(style, text);
    else this.problem = notNumber(text, this.style);
    return Number.NaN;
  }

  /** Whether every number so far means the same in another style: only whole numbers change their decimal mark. */
  private allows(style: NumberStyle): boolean {
    if (this.style.group !== null && this.style.group !== style.group) return false;
    if (this.style.point === style.point) return true;
    return !this.fixed && this.style === PLAIN && this.values.view().every((v) => !(v % 1));
  }

  private adopt(style: NumberStyle, text: string): number {
    this.style = style;
    this.point = style.point === "," ? 44 : 46;
    this.read = numberReader(style);
    return this.read(text);
  }
}

function infinite(value: string): Problem {
  return {
    code: "infinite-value",
    value,
    sentence: `${show(value)} is not a finite number; write a number, or leave the cell empty for a missing value.`,
  };
}

function unclear(value: string): Problem {
  return {
    code: "ambiguous-number",
    value,
    sentence: `${show(value)} could have a decimal comma or a comma between thousands; say which with --decimal , or --decimal .`,
  };
}

function notNumber(value: string, style: NumberStyle): Problem {
  if (hasSign(value)) {
    return {
      code: "sign-in-number",
      value,
      sentence: `${show(value)} has a sign of money or percent; write the number alone.`,
    };
  }
  const other = stylesOf([value])[0];
  const reason =
    other === undefined
      ? "is not a number"
      : `is not a number with a decimal ${style.point === "," ? "comma" : "point"} as above it`;
  return {
    code: "text-in-value",
    value,
    sentence: `${show(value)} ${reason}; write a number, or leave the cell empty for a missing value.`,
  };
}

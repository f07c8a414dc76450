import { withPlainDigits } from "../../../core/time/forms/index.js";

/** Exact powers of ten: a whole number below 2^53 times or divided by one of these is rounded once, so correctly. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** Ten to the power of 0 to 22, exactly. */
export function powerOfTen(exponent: number): number {
  return POWERS[exponent]!;
}

const PLUS = 43;
const MINUS = 45;
const ZERO = 48;
const CLOSING = 41;

/**
 * The number that bytes `from` to `to` write in plain form, digits with at most one decimal mark and an exponent;
 * NaN for anything else. Correctly rounded, as `Number(text)` is.
 *
 * @param point byte of the decimal mark, 46 for a point or 44 for a comma.
 */
export function plainNumber(bytes: Uint8Array, from: number, to: number, point: number): number {
  let at = from;
  const sign = bytes[at]!;
  if (sign === MINUS || sign === PLUS) at++;
  let mantissa = 0;
  let digits = 0;
  let digit = bytes[at]! - ZERO;
  while (at < to && digit >= 0 && digit <= 9) {
    mantissa = mantissa * 10 + digit;
    digits++;
    digit = bytes[++at]! - ZERO;
  }
  let power = 0;
  if (at < to && bytes[at] === point) {
    const whole = digits;
    digit = bytes[++at]! - ZERO;
    while (at < to && digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      digit = bytes[++at]! - ZERO;
    }
    power = whole - digits;
  }
  if (digits === 0) return Number.NaN;
  if (at < to) {
    const exponent = readExponent(bytes, at, to);
    if (Number.isNaN(exponent)) return Number.NaN;
    power += exponent;
  }
  if (digits > 16 || mantissa > Number.MAX_SAFE_INTEGER || power > 22 || power < -22) {
    return slowNumber(bytes, from, to, point);
  }
  const size = power === 0 ? mantissa : power > 0 ? mantissa * POWERS[power]! : mantissa / POWERS[-power]!;
  return sign === MINUS ? -size : size;
}

/** The exponent that starts at its letter, NaN where there is none; clipped far beyond what a number can hold. */
function readExponent(bytes: Uint8Array, from: number, to: number): number {
  if ((bytes[from]! | 32) !== 101) return Number.NaN;
  let at = from + 1;
  const sign = bytes[at]!;
  if (sign === MINUS || sign === PLUS) at++;
  if (at >= to) return Number.NaN;
  let exponent = 0;
  for (; at < to; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    exponent = Math.min(exponent * 10 + digit, 100_000);
  }
  return sign === MINUS ? -exponent : exponent;
}

/** The engine's own reading, for numbers too long or too large for exact arithmetic. */
function slowNumber(bytes: Uint8Array, from: number, to: number, point: number): number {
  let text = "";
  for (let at = from; at < to; at++) text += bytes[at] === point ? "." : String.fromCharCode(bytes[at]!);
  return Number(text);
}

/** Spellings of "no value", in lower case. A blank cell is one too. */
const MISSING = new Set([
  "",
  "na",
  "nan",
  "null",
  "n/a",
  "#n/a",
  "-",
  "--",
  "?",
  ".",
  "none",
  "nil",
  "<na>",
  "n.a.",
  "#na",
  "..",
  "...",
  "…",
  ":",
  "–",
  "—",
  ...["n/d", "n.d.", "k.a.", "k. a.", "s/d", "n/v", "missing", "no data", "nodata", "not available"],
  ...["unavailable", "unknown", "undefined", "(null)", "<null>", "\\n"],
  "***",
  "****",
  "*****",
  "******",
]);

export function isMissing(text: string): boolean {
  return MISSING.has(text.trim().toLowerCase());
}

/** How a column writes numbers: the decimal mark, and the mark between thousands where it has one. */
export interface NumberStyle {
  readonly point: "." | ",";
  readonly group: "." | "," | " " | "'" | null;
}

export const PLAIN: NumberStyle = { point: ".", group: null };

const SPACES = /[\u0020\u00a0\u2009\u202f]/g;
const APOSTROPHES = /[’']/g;
const MINUSES = /^[−–]/;

/** A number below zero as accounts write it: in brackets, or with its minus sign behind. */
const BRACKETED = /^\(\s*([^-+()]*\d[^-+()]*?)\s*\)$/;
const MINUS_BEHIND = /^(\d.*\d|\d|[.,]\d+)\s?[-−]$/;

/** One spelling for the many blanks, apostrophes and minus signs that numbers are written with. */
function normal(text: string): string {
  const cell = withPlainDigits(text.trim())
    .replace(SPACES, " ")
    .replace(APOSTROPHES, "'")
    .replace(MINUSES, "-");
  const last = cell.charCodeAt(cell.length - 1);
  if (last === CLOSING || last === MINUS || last === 0x2212) {
    const below = BRACKETED.exec(cell) ?? MINUS_BEHIND.exec(cell);
    if (below !== null) return `-${below[1]}`;
  }
  return cell.replace(/^([-+]) +(?=[\d.,])/, "$1");
}

/** Whether a cell writes a number below zero in brackets. */
export function isBracketed(text: string): boolean {
  return BRACKETED.test(text.trim());
}

/** Cells longer than this are not searched for brackets and signs behind the number. */
const LONGEST = 400;

/** Reads numbers in a style; NaN for anything else. Groups have to be of three digits. */
export function numberReader(style: NumberStyle): (text: string) => number {
  const read = cleanedReader(style);
  return (text) => read(cleaned(text));
}

function cleaned(text: string): string {
  return text.length > LONGEST ? text : normal(text);
}

/** Reads numbers in a style from texts whose marks have one spelling. */
function cleanedReader(style: NumberStyle): (text: string) => number {
  const point = style.point === "." ? "\\." : ",";
  const group = style.group === "." ? "\\." : style.group;
  // Groups of two digits before the last three are those of lakhs and crores.
  const lakhs = group === "," ? "|[1-9]\\d?(?:,\\d\\d)+,\\d{3}" : "";
  // Of more groups with blanks between, each is a number of its own.
  const most = group === " " ? "{1,4}" : "+";
  const whole = group === null ? "\\d+" : `(?:[1-9]\\d{0,2}(?:${group}\\d{3})${most}${lakhs}|\\d+)`;
  const shape = new RegExp(`^[+-]?(?:${whole}(?:${point}\\d*)?|${point}\\d+)(?:[eE][+-]?\\d+)?$`);
  return (text) => {
    if (!shape.test(text)) return Number.NaN;
    const bare = style.group === null ? text : text.replaceAll(style.group, "");
    return Number(bare.replace(style.point, "."));
  };
}

/** Every way to write numbers that is read, the plainest first. */
const STYLES: readonly NumberStyle[] = [
  PLAIN,
  { point: ",", group: null },
  { point: ".", group: "," },
  { point: ",", group: "." },
  { point: ".", group: " " },
  { point: ",", group: " " },
  { point: ".", group: "'" },
];

const READERS = STYLES.map((style) => ({ style, read: cleanedReader(style) }));

/** The styles that all of these cells fit, missing ones left out, the plainest first; none where one is no number. */
export function stylesOf(cells: Iterable<string>): readonly NumberStyle[] {
  let fitting = READERS;
  for (const cell of cells) {
    if (isMissing(cell)) continue;
    const text = cleaned(cell);
    fitting = fitting.filter(({ read }) => !Number.isNaN(read(text)));
    if (fitting.length === 0) break;
  }
  return fitting.map(({ style }) => style);
}

/** Signs of money, percent and the like around what would be a number. */
const SIGNS = /[$€£¥₹₽₩%‰¢]|\b(?:USD|EUR|GBP|CHF|JPY|kr|Rs)\b/gi;

export function hasSign(text: string): boolean {
  const bare = text.replace(SIGNS, "");
  return bare !== text && !isMissing(bare) && stylesOf([bare]).length > 0;
}

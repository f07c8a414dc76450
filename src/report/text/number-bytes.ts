/**
 * Numbers as text in bytes, to the digit what `String(x)` gives: the fewest decimal digits that read back as the same double,
 * the closest such where there are several. A panel writes millions of numbers; this takes a fifth of the time of a string each.
 *
 * x·10^p = hi + lo exactly (T. J. Dekker, A floating-point technique for extending the available precision, Numerische
 * Mathematik 18, 1971, 224-242), so its first 17 digits are known, and 16 or 15 suffice where they lie within half a unit in the
 * last place of x. Whatever is too close to tell, or very large or small, is left to `String`.
 */

const ZERO = 48;
const MINUS = 45;
const POINT = 46;

/** 10⁰ to 10²², which are doubles exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** From here to `LARGEST` no number is written with an exponent, and 10^p is exact. */
const SMALLEST = 1e-6;
const LARGEST = 1e15;
/** 2²⁷ + 1, which splits a double into two halves whose products are exact. */
const SPLITTER = 134_217_729;
/** The 17 digits are held as two numbers, the last eight apart. */
const LAST = 1e8;
/** How close a decision may be, in units of the 17th digit, before it is left to `String`. */
const CLOSE = 1e-5;
/** The most bytes that a number takes. */
export const LONGEST_NUMBER = 25;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const HIGH_WORD = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
const LOW_WORD = 1 - HIGH_WORD;

/** The digits of the number that is being written, and how many of them count. */
const digits = new Uint8Array(32);

/** Writes a finite number at `at`, where there is room for `LONGEST_NUMBER` bytes; where it ends. */
export function writeNumber(bytes: Uint8Array, at: number, x: number): number {
  let end = at;
  const size = Math.abs(x);
  if (x < 0) bytes[end++] = MINUS;
  if (size < 2_147_483_648 && size === Math.floor(size)) return writeWhole(bytes, end, size);
  if (size >= SMALLEST && size < LARGEST) {
    const exponent = exponentOf(size);
    const count = shortest(size, exponent);
    if (count > 0) return place(bytes, end, exponent, count);
  }
  const text = String(size);
  for (let i = 0; i < text.length; i++) bytes[end++] = text.charCodeAt(i);
  return end;
}

function writeWhole(bytes: Uint8Array, at: number, size: number): number {
  let end = at + 1;
  for (let bound = 10; size >= bound; bound *= 10) end++;
  let rest = size;
  for (let i = end - 1; i >= at; i--) {
    const shorter = Math.floor(rest / 10);
    bytes[i] = ZERO + rest - 10 * shorter;
    rest = shorter;
  }
  return end;
}

/** The power of ten of the first digit. */
function exponentOf(size: number): number {
  if (size >= 1) {
    let exponent = 0;
    while (size >= POWERS[exponent + 1]!) exponent++;
    return exponent;
  }
  let exponent = -1;
  while (size * POWERS[-exponent]! < 1) exponent--;
  return exponent;
}

/** Fills `digits` with the shortest ones of a number from 10^exponent on; how many there are, 0 where it cannot tell. */
function shortest(size: number, exponent: number): number {
  double[0] = size;
  const high = words[HIGH_WORD]!;
  // Below a power of two the doubles lie closer together.
  if (words[LOW_WORD] === 0 && (high & 0xfffff) === 0) return 0;
  const power = POWERS[16 - exponent]!;
  const product = size * power;
  const lost = productError(size, power, product);
  let first = Math.floor(product / LAST);
  let last = product - first * LAST + lost;
  if (last < 0) {
    first--;
    last += LAST;
  }
  words[LOW_WORD] = 0;
  words[HIGH_WORD] = high & 0x7ff00000;
  // Half a unit in the last place of the number, in units of the 17th digit.
  const half = double[0] * 1.1102230246251565e-16 * power;
  let rounded = Math.round(last / 100) * 100;
  let away = Math.abs(rounded - last);
  if (Math.abs(away - half) < CLOSE) return 0;
  if (away >= half) {
    rounded = Math.round(last / 10) * 10;
    away = Math.abs(rounded - last);
    if (Math.abs(away - half) < CLOSE || Math.abs(away - 5) < CLOSE) return 0;
    if (away >= half) {
      rounded = Math.round(last);
      if (Math.abs(Math.abs(rounded - last) - 0.5) < CLOSE) return 0;
    }
  }
  if (rounded >= LAST) {
    rounded -= LAST;
    first++;
  }
  if (first >= 1e9 || first < 1e8) return 0;
  return fill(first, rounded);
}

/** What a product lacks of the exact one. */
function productError(a: number, b: number, product: number): number {
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** Puts nine digits and eight into `digits`; how many there are without zeros at the end. */
function fill(first: number, last: number): number {
  let rest = last | 0;
  for (let i = 16; i > 8; i--) {
    const shorter = (rest / 10) | 0;
    digits[i] = rest - 10 * shorter;
    rest = shorter;
  }
  rest = first | 0;
  for (let i = 8; i >= 0; i--) {
    const shorter = (rest / 10) | 0;
    digits[i] = rest - 10 * shorter;
    rest = shorter;
  }
  let count = 17;
  while (count > 1 && digits[count - 1] === 0) count--;
  return count;
}

/** Writes the digits around their decimal point. */
function place(bytes: Uint8Array, at: number, exponent: number, count: number): number {
  let end = at;
  if (exponent < 0) {
    bytes[end++] = ZERO;
    bytes[end++] = POINT;
    for (let i = -1; i > exponent; i--) bytes[end++] = ZERO;
    for (let i = 0; i < count; i++) bytes[end++] = ZERO + digits[i]!;
    return end;
  }
  for (let i = 0; i <= exponent; i++) bytes[end++] = ZERO + (i < count ? digits[i]! : 0);
  if (count <= exponent + 1) return end;
  bytes[end++] = POINT;
  for (let i = exponent + 1; i < count; i++) bytes[end++] = ZERO + digits[i]!;
  return end;
}

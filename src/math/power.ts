/**
 * Powers with the same bits on every engine. ECMAScript leaves the last digits of `**` and Math.pow to the engine, and V8 changed
 * them between Node 22 and 24; here only +, −, ×, ÷ and the exponent field are used, which IEEE 754 fixes. Errors stay below 0.75
 * units in the last place, so whatever is representable comes out exactly: 3⁴ is 81.
 */

import { highWord, powerOfTwo, TWO_54, withHighWord } from "./power-of-two.js";

export { powerOfTwo } from "./power-of-two.js";
export { square } from "./square.js";

/** The first 33 bits of ln 2, whose product with an exponent is exact, and the rest. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** 1/3 − THIRD, what the rounded third lacks. */
const THIRD = 1 / 3;
const THIRD_LOW = 1.850371707708594e-17;
/** ln of the largest double, and of half the least. */
const LARGEST = 709.8;
const LEAST = -745.2;
/** Any base but 1 overflows or vanishes at exponents from here on: 2⁶⁵. */
const HUGE_EXPONENT = 3.6893488147419103e19;
const LEAST_NORMAL = 2.2250738585072014e-308;

/** 1/5, 1/7, … 1/29, and 1/2!, 1/3!, … 1/15!: where the two series are cut, less than 2⁻⁶⁴ is missing. */
const ARTANH = Float64Array.from({ length: 13 }, (_, j) => 1 / (2 * j + 5));
const TAYLOR = Float64Array.from({ length: 14 }, (_, j) => 1 / factorial(j + 2));

/** x to the y, with the special values of `**`: NaN for a negative x and a y that is not whole, and for 1 to the ±Infinity. */
export function powerOf(x: number, y: number): number {
  if (y === 0) return 1;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (x > 0 && x < Number.POSITIVE_INFINITY && Math.abs(y) < HUGE_EXPONENT) return exponential(x, y);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const base = Math.abs(x);
  if (x < 0 && base < Number.POSITIVE_INFINITY && Number.isFinite(y) && !Number.isInteger(y))
    return Number.NaN;
  const size = sizeOf(base, y);
  const negative = x < 0 || Object.is(x, -0);
  return negative && Math.abs(y) % 2 === 1 ? -size : size;
}

function sizeOf(base: number, y: number): number {
  if (base === 1) return Number.isFinite(y) ? 1 : Number.NaN;
  const ends = base === 0 || base === Number.POSITIVE_INFINITY || Math.abs(y) >= HUGE_EXPONENT;
  if (!ends) return exponential(base, y);
  return base > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
}

/** exp(y ln x) with ln x to about 100 bits: x = 2ᵏ m, ln m = 2 artanh s, s = (m − 1)/(m + 1). A pair h + l is a number of 106 bits. */
function exponential(x: number, y: number): number {
  let k = 0;
  let m = x;
  if (x < LEAST_NORMAL) {
    m *= TWO_54;
    k = -54;
  }
  const high = highWord(m);
  k += (high >>> 20) - 1023;
  m = withHighWord(m, (high & 0xfffff) | 0x3ff00000);
  if (m > Math.SQRT2) {
    m /= 2;
    k += 1;
  }
  const sum = m + 1;
  const s = (m - 1) / sum;
  const back = s * sum;
  const sLow = (m - 1 - back - productError(s, sum, back) - s * (m - (sum - 1))) / sum;
  const [gHigh, gLow] = artanhTail(s, sLow);
  const u = s * gHigh;
  const uLow = productError(s, gHigh, u) + s * gLow + sLow * gHigh;
  const half = s + u;
  const whole = k * LN2_HIGH + 2 * half;
  const rest = k * LN2_HIGH - whole + 2 * half + 2 * (s - half + u + (sLow + uLow)) + k * LN2_LOW;
  const log = whole + rest;
  const power = y * log;
  if (power > LARGEST) return Number.POSITIVE_INFINITY;
  if (power < LEAST) return 0;
  return exp(power, productError(y, log, power) + y * (whole - log + rest));
}

/** g with artanh s = s (1 + g): s²/3 as a pair, s⁴/5 and the rest in doubles. */
function artanhTail(s: number, sLow: number): readonly [number, number] {
  const z = s * s;
  const zLow = productError(s, s, z) + 2 * s * sLow;
  const tail = z * z * polynomial(ARTANH, z);
  const third = z * THIRD;
  const thirdLow = productError(z, THIRD, third) + z * THIRD_LOW + zLow * THIRD;
  const g = third + tail;
  return [g, third - g + tail + thirdLow];
}

/** e to the (high + low): Taylor's series within ±ln 2 / 2 of a power of two. */
function exp(high: number, low: number): number {
  const n = Math.round(high * Math.LOG2E);
  const near = high - n * LN2_HIGH;
  const far = low - n * LN2_LOW;
  const r = near + far;
  const rLow = near - r + far;
  const first = 1 + r;
  const value = first + (1 - first + r + (r * r * polynomial(TAYLOR, r) + rLow * first));
  const some = n >> 1;
  return value * powerOfTwo(some) * powerOfTwo(n - some);
}

function polynomial(coefficients: Float64Array, x: number): number {
  let value = 0;
  for (let j = coefficients.length - 1; j >= 0; j--) value = coefficients[j] + x * value;
  return value;
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** a b − product exactly, by Veltkamp's halves (Dekker 1971). */
function productError(a: number, b: number, product: number): number {
  const aWide = 134_217_729 * a;
  const aHigh = aWide - (aWide - a);
  const aLow = a - aHigh;
  const bWide = 134_217_729 * b;
  const bHigh = bWide - (bWide - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

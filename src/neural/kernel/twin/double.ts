import { powerOfTwo } from "../../../math/power.js";

// Elementary functions in float64 from additions, products and quotients alone, so that every machine and the
// WebAssembly kernel agree on the last bit; relative error about 2e-16.

const value = new Float64Array(1);
const words = new Int32Array(value.buffer);
/** The word of a double that holds its sign and exponent. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** ln((1+s)/(1−s)) for |s| < 0.18: the series to s²¹. */
function logRatio64(s: number): number {
  const u = s * s;
  let p = u * (1 / 21) + 1 / 19;
  p = u * p + 1 / 17;
  p = u * p + 1 / 15;
  p = u * p + 1 / 13;
  p = u * p + 1 / 11;
  p = u * p + 1 / 9;
  p = u * p + 1 / 7;
  p = u * p + 1 / 5;
  p = u * p + 1 / 3;
  return 2 * s + 2 * s * (u * p);
}

/** 2^−e for e from −LARGEST to LARGEST. */
const LARGEST = 1024;
const PER_POWER = Float64Array.from({ length: 2 * LARGEST + 1 }, (_, i) => powerOfTwo(LARGEST - i));

/** ln x for normal x > 0. */
export function log64(x: number): number {
  value[0] = x;
  const high = words[HIGH];
  // The 64-bit difference to √½ (3fe6a09e 667f3bcd), whose upper bits are the exponent that puts m into [√½, √2).
  const borrow = words[1 - HIGH] >>> 0 < 0x667f3bcd ? 1 : 0;
  const e = (high - 0x3fe6a09e - borrow) >> 20;
  // Exact, and quicker than writing the exponent's bits, which would have to be waited for.
  const m = x * PER_POWER[e + LARGEST];
  const f = m - 1;
  return e * LN2_HIGH + (logRatio64(f / (m + 1)) + e * LN2_LOW);
}

/** ln(1 + x) for x > −1. */
export function logOnePlus64(x: number): number {
  if (x < 0.4 && x > -0.25) return logRatio64(x / (2 + x));
  return log64(1 + x);
}

/** eˣ, x clamped to [−700, 700]. */
export function exp64(x0: number): number {
  const x = Math.max(-700, Math.min(700, x0));
  const n = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  let p = r * (1 / 6227020800) + 1 / 479001600;
  p = r * p + 1 / 39916800;
  p = r * p + 1 / 3628800;
  p = r * p + 1 / 362880;
  p = r * p + 1 / 40320;
  p = r * p + 1 / 5040;
  p = r * p + 1 / 720;
  p = r * p + 1 / 120;
  p = r * p + 1 / 24;
  p = r * p + 1 / 6;
  p = r * p + 0.5;
  p = r * p + 1;
  p = r * p + 1;
  words[HIGH] = (n + 1023) << 20;
  words[1 - HIGH] = 0;
  return p * value[0];
}

/** ln(1 + eˣ). */
export function softplus64(x: number): number {
  return Math.max(x, 0) + logOnePlus64(exp64(x > 0 ? -x : x));
}

export function sigmoid64(x: number): number {
  const e = exp64(x > 0 ? -x : x);
  return x > 0 ? 1 / (1 + e) : e / (1 + e);
}

/** What Stirling's formula for lnΓ(x) leaves over: 1/12x − 1/360x³ + …, x ≥ 8. */
export function stirlingRest(x: number): number {
  const i = 1 / x;
  const u = i * i;
  let p = u * (1 / 156) - 691 / 360360;
  p = u * p + 1 / 1188;
  p = u * p - 1 / 1680;
  p = u * p + 1 / 1260;
  p = u * p - 1 / 360;
  p = u * p + 1 / 12;
  return i * p;
}

/** ln x − ψ(x) = 1/2x + 1/12x² − 1/120x⁴ + …, x ≥ 8. */
export function digammaRest(x: number): number {
  const i = 1 / x;
  const u = i * i;
  let p = u * (1 / 12) - 691 / 32760;
  p = u * p + 1 / 132;
  p = u * p - 1 / 240;
  p = u * p + 1 / 252;
  p = u * p - 1 / 120;
  p = u * p + 1 / 12;
  return i * (0.5 + i * p);
}

import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { powerOf, powerOfTwo, square } from "../../src/math/power.js";

/** Fixed-point numbers of 256 binary digits after the point. */
const DIGITS = 256n;
const ONE = 1n << DIGITS;
const LN2 = 2n * artanhOf(ONE / 3n);

function artanhOf(s: bigint): bigint {
  const squared = (s * s) >> DIGITS;
  let sum = 0n;
  for (let [power, odd] = [s, 1n]; power !== 0n; power = (power * squared) >> DIGITS, odd += 2n) {
    sum += power / odd;
  }
  return sum;
}

/** A double as mantissa × 2^exponent. */
function partsOf(x: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  const word = view.getBigUint64(0);
  const biased = Number(word >> 52n);
  const fraction = word & ((1n << 52n) - 1n);
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: x < 0 ? -mantissa : mantissa, exponent: Math.max(1, biased) - 1075 };
}

function logarithm(x: number): bigint {
  const { mantissa, exponent } = partsOf(x);
  const length = BigInt(mantissa.toString(2).length) - 1n;
  const m = (mantissa << DIGITS) >> length;
  return 2n * artanhOf(((m - ONE) << DIGITS) / (m + ONE)) + (BigInt(exponent) + length) * LN2;
}

/** By how many units in its last place `result` misses x to the y. */
function missOf(x: number, y: number, result: number): number {
  const { mantissa, exponent } = partsOf(y);
  const product = logarithm(x) * mantissa;
  const power = exponent >= 0 ? product << BigInt(exponent) : product >> BigInt(-exponent);
  const twos = power / LN2 - (power < 0n ? 1n : 0n);
  const rest = power - twos * LN2;
  let exact = 0n;
  for (let [term, n] = [ONE, 1n]; term !== 0n; term = ((term * rest) >> DIGITS) / n, n += 1n) exact += term;
  const found = partsOf(result);
  const shift = DIGITS - twos + BigInt(found.exponent);
  return Number((((found.mantissa << shift) - exact) * 1000n) >> shift) / 1000;
}

const rng = random(20_261_130);
const BASES = [
  () => 3 * rng.uniform(),
  () => 100 * rng.uniform(),
  () => Math.exp(1400 * (rng.uniform() - 0.5)),
  () => 1 + 1e-3 * (rng.uniform() - 0.5),
  () => 5e-324 * Math.ceil(1e6 * rng.uniform()),
];
const EXPONENTS = [
  (most: number) => most * (2 * rng.uniform() - 1),
  () => 6 * (rng.uniform() - 0.5),
  (most: number) => Math.round(Math.min(most, 1e6) * (2 * rng.uniform() - 1)),
];

test("powers miss 256 binary digits by less than 0.75 units in the last place", () => {
  let worst = 0;
  for (let i = 0; i < 3000; i++) {
    const x = BASES[i % BASES.length]!();
    const y = EXPONENTS[i % EXPONENTS.length]!(690 / Math.max(1e-9, Math.abs(Math.log(x))));
    const result = powerOf(x, y);
    if (!(result > 1e-300 && result < 1e300)) continue;
    worst = Math.max(worst, Math.abs(missOf(x, y, result)));
  }
  expect(worst).toBeGreaterThan(0.4);
  expect(worst).toBeLessThan(0.75);
});

test("whole powers that doubles can hold are exact", () => {
  for (let base = -40; base <= 40; base++) {
    for (let n = 0; n <= 53; n++) {
      const exact = Number(BigInt(base) ** BigInt(n));
      if (Math.abs(exact) <= Number.MAX_SAFE_INTEGER) expect(powerOf(base, n)).toBe(exact);
    }
  }
  expect(powerOf(2.25, 0.5)).toBe(1.5);
  expect(powerOf(1 / 32, -0.2)).toBe(2);
  expect(square(-1.5)).toBe(2.25);
});

test("powers of two are exact down to the least double", () => {
  let down = 1;
  for (let n = 0; n >= -1075; n--, down /= 2) expect(powerOfTwo(n)).toBe(down);
  let up = 1;
  for (let n = 0; n <= 1024; n++, up *= 2) expect(powerOfTwo(n)).toBe(up);
  expect([powerOf(2, -1074), powerOf(2, 1023), powerOf(0.5, 1074)]).toEqual([5e-324, 2 ** 1023, 5e-324]);
});

describe("special values are those of ECMAScript", () => {
  const values = [0, 1, 2, 3, 0.5, 2.5, 1e20, 1e300, 1e-300, 5e-324, Number.POSITIVE_INFINITY];
  const signed = [...values, ...values.map((value) => -value), Number.NaN];
  test.each(signed)("%s to any power", (x) => {
    for (const y of signed) {
      const [own, theirs] = [powerOf(x, y), x ** y];
      const ordinary = Number.isFinite(theirs) && theirs !== 0;
      if (ordinary) expect(Math.abs(own / theirs - 1)).toBeLessThan(1e-13);
      else expect(own).toBe(theirs);
    }
  });
});

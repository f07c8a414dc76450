import { expect, test } from "vitest";
import { decode, encode } from "../../src/core/codec.js";
import { fromHalfBits, halfBits, toHalf } from "../../src/core/half.js";

/** Every finite number of half precision, from the definition: sign, exponent, fraction. */
const ALL = Array.from({ length: 65_536 }, (_, bits) => bits).filter((bits) => ((bits >> 10) & 31) !== 31);

test("the numbers of all bits are those of IEEE 754 binary16", () => {
  for (const bits of ALL) {
    const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
    const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
    const value = bits & 0x8000 ? -size : size;
    expect(Object.is(fromHalfBits(bits), value) || (bits === 0x8000 && fromHalfBits(bits) === 0)).toBe(true);
    expect(toHalf(value)).toBe(value);
    expect(halfBits(value)).toBe(bits);
  }
});

test("other numbers go to the nearest one, the middle of two to that of even bits", () => {
  const sizes = ALL.filter((bits) => bits < 0x8000).map(fromHalfBits);
  for (let k = 1; k < sizes.length; k += 7) {
    const [low, high] = [sizes[k - 1]!, sizes[k]!];
    const middle = (low + high) / 2;
    expect(toHalf(middle)).toBe(halfBits(low) % 2 === 0 ? low : high);
    expect(toHalf(low + 0.49 * (high - low))).toBe(low);
    expect(toHalf(-(low + 0.51 * (high - low)))).toBe(-high);
  }
  expect(toHalf(65_519)).toBe(65_504);
  expect(toHalf(65_520)).toBe(Number.POSITIVE_INFINITY);
});

test("many numbers of half precision are written in half the space, and read again bit for bit", () => {
  const array = Float32Array.from({ length: 300 }, (_, i) => toHalf(Math.sin(i) * (i % 3 === 0 ? 1e-6 : 1)));
  array[7] = -0;
  const single = array.map((value) => value + 1e-9);
  const [half, whole] = [JSON.stringify(encode(array)), JSON.stringify(encode(single.fill(0.1)))];
  expect(half.length).toBeLessThan(0.52 * whole.length);
  expect(decode(JSON.parse(half))).toStrictEqual(array);
  expect(() => decode({ $f16: "AAAA" })).toThrow(/broken length/);
});

/** The largest finite number of half precision. */
export const LARGEST_HALF = 65_504;

/** Steps between two powers of two. */
const STEPS = 1024;
/** 2⁻¹⁴: below this numbers lie 2⁻²⁴ apart. */
const SMALLEST_NORMAL = 1 / 16_384;
const SMALLEST = SMALLEST_NORMAL / STEPS;

/**
 * The nearest number of half precision (IEEE 754 binary16), of two equally near the even one; infinite beyond the largest.
 *
 * @param value any number.
 */
export function toHalf(value: number): number {
  const size = Math.abs(value);
  if (!(size > 0 && size < Number.POSITIVE_INFINITY)) return value;
  const unit = Math.max(SMALLEST, powerBelow(size).power / STEPS);
  const rounded = nearestEven(size / unit) * unit;
  return Math.sign(value) * (rounded > LARGEST_HALF ? Number.POSITIVE_INFINITY : rounded);
}

/** The largest power of two, from 2⁻¹⁴ on, that a number reaches, and its exponent plus 15. */
function powerBelow(size: number): { readonly power: number; readonly exponent: number } {
  let power = SMALLEST_NORMAL;
  let exponent = 1;
  for (; 2 * power <= size; exponent++) power *= 2;
  return { power, exponent };
}

function nearestEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/** The 16 bits of a finite number that half precision has. */
export function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size < SMALLEST_NORMAL) return sign | (size / SMALLEST);
  const { power, exponent } = powerBelow(size);
  return sign | (exponent << 10) | ((size / power - 1) * STEPS);
}

/** The number of 16 bits. @returns NaN for the bits of no finite number. */
export function fromHalfBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & (STEPS - 1);
  if (exponent === 31) return Number.NaN;
  if (exponent === 0) return sign * fraction * SMALLEST;
  let power = SMALLEST_NORMAL;
  for (let k = 1; k < exponent; k++) power *= 2;
  return sign * (1 + fraction / STEPS) * power;
}

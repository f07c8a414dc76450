export const TWO_54 = 18_014_398_509_481_984;

/** 2ⁿ for a whole n, exactly; 0 and Infinity beyond the doubles. */
export function powerOfTwo(n: number): number {
  if (n > 1023) return Number.POSITIVE_INFINITY;
  if (n < -1074) return 0;
  if (n < -1022) return powerOfTwo(n + 54) / TWO_54;
  return withHighWord(1, (n + 1023) << 20);
}

/** Scratch of the two functions below, never read between calls. */
const bits = new DataView(new ArrayBuffer(8));

/** Sign, exponent and the first 20 bits of the fraction. */
export function highWord(x: number): number {
  bits.setFloat64(0, x);
  return bits.getInt32(0);
}

export function withHighWord(x: number, high: number): number {
  bits.setFloat64(0, x);
  bits.setInt32(0, high);
  return bits.getFloat64(0);
}

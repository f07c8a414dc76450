/** Values with their mean taken out. */
export interface Centred {
  readonly mean: number;
  /** x − mean; 0 where x is NaN. */
  readonly values: Float64Array;
  /** Values that are not NaN. */
  readonly count: number;
}

/**
 * Takes the mean of the values present out of them; NaN counts as absent and becomes 0.
 *
 * The mean is corrected by the mean of what is left, so that it is right to the last digits for any offset.
 */
export function centre(x: ArrayLike<number>): Centred {
  const values = Float64Array.from(x);
  const count = zeroMissing(values);
  if (count === 0) return { mean: Number.NaN, values, count };
  const present = count === values.length ? null : x;
  const first = sum(values) / count;
  subtract(values, first, present);
  const rest = sum(values) / count;
  if (rest !== 0) subtract(values, rest, present);
  return { mean: first + rest, values, count };
}

/** Copies values and puts 0 where NaN stands; the mean reported is 0. */
export function uncentred(x: ArrayLike<number>): Centred {
  const values = Float64Array.from(x);
  return { mean: 0, count: zeroMissing(values), values };
}

function zeroMissing(values: Float64Array): number {
  let count = values.length;
  for (let t = 0; t < values.length; t++) {
    if (Number.isNaN(values[t]!)) {
      values[t] = 0;
      count--;
    }
  }
  return count;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let from = 0; from < values.length; from += 1024) {
    const to = Math.min(from + 1024, values.length);
    let part = 0;
    for (let t = from; t < to; t++) part += values[t]!;
    total += part;
  }
  return total;
}

/** Subtracts from the values present; `original` tells which are, null when all are. */
function subtract(values: Float64Array, amount: number, original: ArrayLike<number> | null): void {
  for (let t = 0; t < values.length; t++) {
    if (original === null || !Number.isNaN(original[t]!)) values[t]! -= amount;
  }
}

/** Values with their mean taken out. */
export interface Centred {
  readonly mean: number;
  /** x − mean; 0 where x is NaN. */
  readonly values: Float64Array;
  /** Values that are not NaN. */
  readonly count: number;
  /** The least and the largest value present; NaN where there is none. */
  readonly low: number;
  readonly high: number;
}

/** What is left of the mean after it was taken out matters from this share of the range on. */
const NEGLIGIBLE = 1e-12;
const BLOCK = 1024;

/**
 * Takes the mean of the values present out of them; NaN counts as absent and becomes 0.
 *
 * The mean is corrected by the mean of what is left, so that it is right to the last digits for any offset.
 */
export function centre(x: ArrayLike<number>): Centred {
  return without(x, scan(x));
}

/** Copies values and puts 0 where NaN stands; the mean reported is 0. */
export function uncentred(x: ArrayLike<number>): Centred {
  const { count, low, high } = scan(x);
  const values = new Float64Array(x.length);
  subtract(x, 0, values);
  return { mean: 0, count, values, low, high };
}

interface Scan {
  readonly count: number;
  readonly total: number;
  readonly low: number;
  readonly high: number;
}

function scan(x: ArrayLike<number>): Scan {
  let total = 0;
  let count = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let from = 0; from < x.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.length);
    let part = 0;
    for (let t = from; t < to; t++) {
      const value = x[t];
      if (Number.isNaN(value)) continue;
      count++;
      part += value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    total += part;
  }
  return count > 0 ? { count, total, low, high } : { count, total, low: Number.NaN, high: Number.NaN };
}

function without(x: ArrayLike<number>, { count, total, low, high }: Scan): Centred {
  const values = new Float64Array(x.length);
  const first = total / count;
  const rest = subtract(x, first, values) / count;
  const mean = first + rest;
  if (Math.abs(rest) > NEGLIGIBLE * (high - low)) {
    for (let t = 0; t < x.length; t++) if (!Number.isNaN(x[t])) values[t] -= rest;
  }
  return { mean, values, count, low, high };
}

/** Writes x − amount, 0 where x is NaN, and returns the sum of what was written. */
function subtract(x: ArrayLike<number>, amount: number, values: Float64Array): number {
  let total = 0;
  for (let from = 0; from < x.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.length);
    let part = 0;
    for (let t = from; t < to; t++) {
      const value = x[t] - amount;
      if (Number.isNaN(value)) continue;
      values[t] = value;
      part += value;
    }
    total += part;
  }
  return total;
}

import { square } from "../math/power.js";

/** Mean in two passes, as exact as the values allow; NaN for none. */
export function meanOf(y: Float64Array): number {
  const n = y.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += y[i]!;
  const rough = sum / n;
  let rest = 0;
  for (let i = 0; i < n; i++) rest += y[i]! - rough;
  return rough + rest / n;
}

/** Sum of squared differences from the mean. */
export function sumOfSquares(y: Float64Array): number {
  const mean = meanOf(y);
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += square(y[i]! - mean);
  return sum;
}

/** Variance with divisor n − 1. */
export function varianceOf(y: Float64Array): number {
  return sumOfSquares(y) / (y.length - 1);
}

/** Quantile by linear interpolation of the order statistics (Hyndman and Fan's type 7) of ascending values. */
export function quantileOfSorted(sorted: Float64Array, p: number): number {
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}

/** The middle value, or the mean of the two middle ones. */
export function medianOf(y: Float64Array): number {
  return quantileOfSorted(Float64Array.from(y).sort(), 0.5);
}

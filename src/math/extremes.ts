/** The extremes of lists of any length: a list spread into Math.max overflows the stack from about 125,000 values on. */

/** The largest value, or `least` where all are below it or there are none; NaN where one is. */
export function largestOf(values: Iterable<number>, least = Number.NEGATIVE_INFINITY): number {
  let largest = least;
  for (const value of values) largest = Math.max(largest, value);
  return largest;
}

/** The smallest value, or `most` where all are above it or there are none; NaN where one is. */
export function smallestOf(values: Iterable<number>, most = Number.POSITIVE_INFINITY): number {
  let smallest = most;
  for (const value of values) smallest = Math.min(smallest, value);
  return smallest;
}

/** The largest size |value|, 0 where there is none; NaN, a missing value, is passed over. */
export function largestSize(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size > largest) largest = size;
  }
  return largest;
}

/** Between which values others lie. */
export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** The lowest and the highest of values; NaN, a missing one, is passed over. Infinite the wrong way round where there are none. */
export function extentOf(values: Iterable<number>): Extent {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

import { mean, median, quantileSorted, sampleVariance, sumNthPowerDeviations } from "simple-statistics";

/** The package asks for arrays of numbers and only reads them by index, as typed arrays can be. */
function list(y: Float64Array): number[] {
  return y as unknown as number[];
}

/** Mean by compensated summation; NaN for none. */
export function meanOf(y: Float64Array): number {
  return y.length === 0 ? Number.NaN : mean(list(y));
}

/** Sum of squared differences from the mean; 0 for none. */
export function sumOfSquares(y: Float64Array): number {
  return y.length === 0 ? 0 : sumNthPowerDeviations(list(y), 2);
}

/** Variance with divisor n − 1; NaN for fewer than two values. */
export function varianceOf(y: Float64Array): number {
  return y.length < 2 ? Number.NaN : sampleVariance(list(y));
}

/** Quantile by linear interpolation of the order statistics (Hyndman and Fan's type 7) of ascending values; NaN for none. */
export function quantileOfSorted(sorted: Float64Array, p: number): number {
  return sorted.length === 0 ? Number.NaN : quantileSorted(list(sorted), p);
}

/** The middle value, or the mean of the two middle ones; NaN for none. */
export function medianOf(y: Float64Array): number {
  return y.length === 0 ? Number.NaN : median(list(y));
}

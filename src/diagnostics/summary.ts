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

/** The median absolute deviation times this estimates the standard deviation of normal values. */
export const NORMAL_MAD = 1.4826;

/** Mean of the absolute values that are there; NaN for none. */
export function meanSizeOf(y: Float64Array): number {
  let [sum, count] = [0, 0];
  for (const value of y) {
    if (Number.isNaN(value)) continue;
    sum += Math.abs(value);
    count++;
  }
  return sum / count;
}

/** Slope of the least-squares line through values one step apart; 0 for fewer than two. */
export function slopeOf(y: Float64Array): number {
  const n = y.length;
  if (n < 2) return 0;
  const [mean, centre] = [meanOf(y), (n - 1) / 2];
  let products = 0;
  for (let t = 0; t < n; t++) products += (t - centre) * (y[t] - mean);
  return products / squaresOfTimes(n);
}

/** Σ(t − t̄)² of n values one step apart. */
export function squaresOfTimes(n: number): number {
  return (n * (n * n - 1)) / 12;
}

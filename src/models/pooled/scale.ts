// The scale of a series: a mean of absolute values whose weights fade, but never far below the mean of all that it has seen. Without
// that, the first demand after a long time of zeros is a value of billions of scales, which spoils the estimates of the whole panel.

/** The scale is at least this share of the mean of all values. */
export const LEAST = 0.1;
/** The scale of a series that was always 0. */
export const TINY = 1e-12;
/** Rows and errors beyond so many scales say nothing of the others. */
export const WILD = 50;

/** The mean of a count is at least this share of its scale: where the regression says less, a demand is seldom, not impossible. */
export const LEAST_COUNT = 0.05;

/** @returns 0 where every value so far was 0, or none was seen. */
export function scaleOf(sum: number, mass: number, total: number, seen: number): number {
  return mass > 0 ? Math.max(sum / mass, (LEAST * total) / seen) : 0;
}

import { dataError } from "../../core/errors.js";
import { meanOf, varianceOf } from "../../diagnostics/summary.js";
import { toFloats, type Values } from "../../diagnostics/values.js";

/** How demand comes: how often, and how evenly. */
export interface DemandPattern {
  /** Average interval between demands, in periods; Infinity without any. */
  readonly interval: number;
  /** Squared coefficient of variation of the sizes of demands; NaN for fewer than two. */
  readonly variation: number;
  readonly kind: "smooth" | "erratic" | "intermittent" | "lumpy" | "none";
}

/** Where Croston's method begins to beat smoothing, and where sizes begin to matter. */
const LONG_INTERVAL = 1.32;
const LARGE_VARIATION = 0.49;

/**
 * Sorts demand by its average interval (above 1.32: intermittent or lumpy) and the squared coefficient of variation of its
 * sizes (above 0.49: erratic or lumpy).
 *
 * @param y demand a period; 0 is none, NaN is missing and left out.
 * @returns average interval, squared coefficient of variation of sizes, and the class.
 * @throws YuleError `negative-demand`.
 * @see A. A. Syntetos, J. E. Boylan, J. D. Croston, Journal of the Operational Research Society 56 (2005), 495-503.
 * @example demandPattern([0, 3, 0, 0, 2, 0, 0, 3]).kind; // "intermittent"
 */
export function demandPattern(y: Values): DemandPattern {
  const seen = toFloats(y).filter((value) => !Number.isNaN(value));
  const negative = seen.find((value) => value < 0);
  if (negative !== undefined) {
    throw dataError(
      "negative-demand",
      "y",
      negative,
      `Demand cannot be negative, but one value is ${negative}; give demand a period, 0 for none.`,
    );
  }
  const sizes = seen.filter((value) => value !== 0);
  if (sizes.length === 0) return { interval: Number.POSITIVE_INFINITY, variation: Number.NaN, kind: "none" };
  const interval = seen.length / sizes.length;
  const mean = meanOf(sizes);
  const variance = varianceOf(sizes);
  const variation = variance / (mean * mean);
  const rare = interval > LONG_INTERVAL;
  const uneven = variation > LARGE_VARIATION;
  return {
    interval,
    variation,
    kind: rare ? (uneven ? "lumpy" : "intermittent") : uneven ? "erratic" : "smooth",
  };
}

/**
 * Whether a series is intermittent demand: nothing below 0, and on average more than 1.32 periods between demands, so that
 * `demandPattern` calls it intermittent or lumpy. The one definition of the word in the program.
 *
 * @param y values in time order, NaN where missing.
 * @returns whether the values are intermittent demand.
 * @example isIntermittent([0, 3, 0, 0, 2, 0]); // true
 */
export function isIntermittent(y: Values): boolean {
  const values = toFloats(y);
  if (values.some((value) => value < 0)) return false;
  const { kind } = demandPattern(values);
  return kind === "intermittent" || kind === "lumpy";
}

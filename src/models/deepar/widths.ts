import type { Calibration, Note } from "../../core/model.js";
import { LEVELS, type Miss, quantileOf } from "./misses.js";

/** The model's own widths count as this many held-out forecasts. */
const PRIOR = 20;
/** Misses of so large a share of the horizon to either side are taken together with those of a step. */
const REACH = 1 / 8;
const LEAST = 0.7;
const MOST = 3;

/**
 * Factors for the widths at each step ahead: those that would have made the 80 and 95 % intervals of the held-out
 * forecasts hold as often as promised, between the two in the geometric mean, drawn towards 1 where forecasts are few.
 *
 * @param forecasts how many held-out forecasts the misses come from.
 */
export function widthFactors(misses: readonly Miss[], horizon: number, forecasts: number): number[] {
  const reach = Math.max(1, Math.round(REACH * horizon));
  const weight = forecasts / (forecasts + PRIOR);
  return Array.from({ length: horizon }, (_, h) => {
    const near = misses.filter(({ step }) => Math.abs(step - 1 - h) <= reach);
    if (near.length === 0) return 1;
    let log = 0;
    LEVELS.forEach((level, l) => {
      const sorted = Float64Array.from(near, ({ needed }) => Math.min(MOST, needed[l]!)).sort();
      log += Math.log(Math.max(LEAST, quantileOf(sorted, level))) / LEVELS.length;
    });
    return Math.exp(weight * log);
  });
}

/** The correction of the widths as forecasts carry it; as it moves probabilities only, bounds of the data hold. */
export function calibrationOf(factors: readonly number[]): Calibration {
  return { at: [1], to: factors.map((factor) => [factor]) };
}

export function widthNote(factors: readonly number[], forecasts: number): Note {
  const [first, last] = [factors[0]!, factors.at(-1)!];
  return {
    code: "calibrated-intervals",
    severity: "info",
    message: `Interval widths were multiplied by ${first.toFixed(2)} at the first step to ${last.toFixed(2)} at the last, from what ${forecasts} forecasts of rows held back from training missed.`,
    details: { factors, forecasts },
  };
}

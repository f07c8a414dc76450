import type { Calibration, Note } from "../../core/model.js";
import { calibrationFrom } from "../../engine/parts/calibrate.js";
import { normalQuantile } from "../../math/special-functions/normal.js";

// What forecasts of rows held back from training missed, in standard scores: the scores that 80 and 95 % of the values
// stayed within are those that intervals of 80 and 95 % have to reach to (split conformal prediction, Vovk, Gammerman and
// Shafer 2005, on the scale of the probability integral transform).

/** The score of one observed value. */
export interface HeldOutScore {
  /** Steps ahead, from 1. */
  readonly step: number;
  /** |Φ⁻¹(u)| with u the value's place among the sampled ones: its standard score under the forecast. */
  readonly score: number;
}

const LEVELS = [0.8, 0.95] as const;
/** Scores that a calibrated forecast has at the ends of its intervals. */
export const SCORES = LEVELS.map((level) => normalQuantile((1 + level) / 2));

/** The model's own scores count as this many held-out forecasts. */
const PRIOR = 20;
/** Misses of so large a share of the horizon to either side are taken together with those of a step. */
const REACH = 1 / 8;
const LEAST = 0.7;
const MOST = 2;
/** The outer score lies at least this much beyond the inner one. */
const APART = 1.05;

/**
 * For each step ahead the scores that intervals reach to, drawn towards those of a calibrated forecast where held-out
 * forecasts are few, and within 0.7 and 2 times them.
 *
 * @param forecasts how many held-out forecasts the misses come from.
 */
export function learnedScores(
  misses: readonly HeldOutScore[],
  horizon: number,
  forecasts: number,
): number[][] {
  const reach = Math.max(1, Math.round(REACH * horizon));
  const weight = forecasts / (forecasts + PRIOR);
  return Array.from({ length: horizon }, (_, h) => {
    const near = misses.filter(({ step }) => Math.abs(step - 1 - h) <= reach);
    if (near.length === 0) return [...SCORES];
    const sorted = Float64Array.from(near, ({ score }) => score).sort();
    const [inner, outer] = SCORES.map((score, l) => {
      const ratio = Math.min(MOST, Math.max(LEAST, quantileOf(sorted, LEVELS[l]!) / score));
      return score * Math.exp(weight * Math.log(ratio));
    });
    return [inner!, Math.max(outer!, APART * inner!)];
  });
}

/** Between the two nearest of a sorted sample. */
function quantileOf(sorted: ArrayLike<number>, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.max(0, Math.min(Math.floor(at), sorted.length - 2));
  const [a, b] = [sorted[below]!, sorted[below + 1] ?? sorted[below]!];
  return a + (at - below) * (b - a);
}

/** The correction as forecasts carry it; as it moves probabilities only, bounds of the data hold. */
export function calibrationOf(scores: readonly (readonly number[])[]): Calibration {
  return calibrationFrom(SCORES, scores);
}

export function widthNote(scores: readonly (readonly number[])[], forecasts: number): Note {
  const times = ([inner]: readonly number[]) => (inner! / SCORES[0]!).toFixed(2);
  return {
    code: "calibrated-intervals",
    severity: "info",
    message: `Widths of 80 % intervals were multiplied by ${times(scores[0]!)} (first step) to ${times(scores.at(-1)!)} (last step), from ${forecasts} forecasts of held-out rows.`,
    details: { scores, forecasts },
  };
}

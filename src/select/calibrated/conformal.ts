import type { Calibration } from "../../core/model.js";
import { calibrationFrom } from "../../engine/parts/calibrate.js";
import { largestOf, smallestOf } from "../../math/extremes.js";
import { normalQuantile } from "../../math/special-functions/normal.js";
import type { PastScore } from "../rolling-forecasts/scores.js";

/** Levels whose widths are estimated, in percent. */
const LEVELS = [20, 40, 50, 60, 70, 80, 85, 90, 95, 97.5, 99];
/** Least number of independent errors for the widths of a step, those of neighbouring steps included. */
const ENOUGH = 20;
/** With fewer errors in all, no widths are estimated. */
const FEWEST = 8;
/** Least width in standard scores, so that several very small errors do not give an interval without width. */
const NARROWEST = 0.05;

export interface Conformal {
  readonly calibration: Calibration;
  /** The highest level, in percent, that the errors are many enough for; beyond, widths grow in proportion. */
  readonly highest: number;
}

/**
 * Split conformal intervals: at each step the half-width at a level is the ⌈(k + 1)·level⌉-th smallest of the k past scores
 * |z|, taken from the steps next to it until they are worth 20 independent errors. Scores weigh as much as they are
 * independent, and the future one, unknown, counts as infinite with weight 1.
 *
 * @returns null where the scores are worth fewer than 8 independent errors.
 * @see J. Lei et al., Journal of the American Statistical Association 113 (2018), p. 1094; R. F. Barber et al., Annals of
 *   Statistics 51 (2023), p. 816, for unequal weights.
 */
export function conformalCalibration(scores: readonly PastScore[], horizon: number): Conformal | null {
  const total = scores.reduce((sum, { weight }) => sum + weight, 0);
  if (total < FEWEST) return null;
  const steps = Array.from({ length: horizon }, (_, h) => widthsAt(scores, h + 1));
  const supported = smallestOf(steps.map(({ length }) => length));
  return {
    highest: LEVELS[supported - 1]!,
    calibration: calibrationFrom(
      LEVELS.slice(0, supported).map((level) => normalQuantile(0.5 + level / 200)),
      steps.map((widths) => strictly(widths.slice(0, supported))),
    ),
  };
}

/** Half-widths at the levels that the errors about a step are many enough for. */
function widthsAt(scores: readonly PastScore[], step: number): number[] {
  const near = nearest(scores, step).sort((a, b) => Math.abs(a.z) - Math.abs(b.z));
  const all = near.reduce((sum, { weight }) => sum + weight, 0) + 1;
  const widths: number[] = [];
  let reached = 0;
  let i = 0;
  for (const level of LEVELS) {
    while (i < near.length && reached < (all * level) / 100 - 1e-12) reached += near[i++]!.weight;
    if (reached < (all * level) / 100 - 1e-12) break;
    widths.push(Math.max(NARROWEST, Math.abs(near[Math.max(0, i - 1)]!.z)));
  }
  return widths;
}

/** The scores of a step and, while they are too few, of the steps beside it. */
function nearest(scores: readonly PastScore[], step: number): PastScore[] {
  const farthest = largestOf(scores.map((score) => Math.abs(score.step - step)));
  for (let reach = 0; reach < farthest; reach++) {
    const near = scores.filter((score) => Math.abs(score.step - step) <= reach);
    if (near.reduce((sum, { weight }) => sum + weight, 0) >= ENOUGH) return near;
  }
  return [...scores];
}

/** Equal widths of two levels are separated in the last digits, because a score map must increase. */
function strictly(widths: readonly number[]): number[] {
  let last = 0;
  return widths.map((width) => (last = Math.max(width, last * (1 + 1e-9) + 1e-12)));
}

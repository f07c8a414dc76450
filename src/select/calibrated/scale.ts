import type { Calibration } from "../../core/model.js";
import { normalCdf, normalDensity } from "../../math/normal.js";
import type { PastScore } from "../rehearsal/scores.js";

/** What is assumed before a series' own errors speak. */
export interface Prior {
  /** What widths are multiplied by, h steps ahead. */
  readonly factor: (step: number) => number;
  /** How many independent errors it counts as. */
  readonly weight: number;
}

/** The model's own widths. */
export const neutral: Prior = { factor: () => 1, weight: 20 };

/** Widths never shrink below this share of the prior's, nor grow above this many times the model's own. */
const LEAST = 0.7;
const MOST = 3;
/** A larger score counts as this: the scale is that of the middle, as one wild value says little about it. */
const EDGE = 1.5;
/** E min(Z², EDGE²) of a standard normal Z. */
const EXPECTED =
  2 * normalCdf(EDGE) - 1 - 2 * EDGE * normalDensity(EDGE) + 2 * EDGE * EDGE * normalCdf(-EDGE);

/**
 * One factor a step: the prior's, c_h, times one scale of the series, s, with
 * s² = (ν + Σ w min((z/c)², 1.5²)/0.778…) / (ν + Σ w), z the past scores, c the prior at their step, ν the prior's weight and w
 * how much of an independent error each is.
 */
export function scaleCalibration(scores: readonly PastScore[], prior: Prior, horizon: number): Calibration {
  let weight = prior.weight;
  let squares = prior.weight;
  for (const { step, z, weight: w } of scores) {
    weight += w;
    squares += (w * Math.min(EDGE * EDGE, (z / prior.factor(step)) ** 2)) / EXPECTED;
  }
  const scale = Math.max(LEAST, Math.sqrt(squares / weight));
  return {
    at: [1],
    to: Array.from({ length: horizon }, (_, h) => [Math.min(MOST, prior.factor(h + 1) * scale)]),
  };
}

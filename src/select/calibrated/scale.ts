import type { Calibration } from "../../core/model.js";
import { identity, type ScoreMap, scoreBack, scoreOf } from "../../distributions/derived/score-map.js";
import { calibrationFrom } from "../../engine/parts/calibrate.js";
import { square } from "../../math/power.js";
import { normalCdf, normalDensity } from "../../math/special-functions/normal.js";
import type { PastScore } from "../rolling-forecasts/scores.js";

/** The prior of the interval widths, used where a series has few past errors. */
export interface Prior {
  /** Factor of the widths, h steps ahead. */
  readonly factor: (step: number) => number;
  /** How the tails of the model compare to its middle: the score a normal one of the same width has. */
  readonly shape: ScoreMap;
  /** How many independent errors it counts as. */
  readonly weight: number;
  /** Final factor of the widths, where past errors were used to build the model and are therefore too small. */
  readonly inflation: number;
}

/** The model's own widths. */
export const neutral: Prior = { factor: () => 1, shape: identity, weight: 20, inflation: 1 };

/** c in the factor 1 + (c/n)·h/(h + 1) by which intervals of a single model are too narrow, n values. */
const SHORTFALL = 8;

/**
 * Widths that must grow by 1 + (8/n)·h/(h + 1), n values fitted to, h steps ahead, because most models ignore the
 * uncertainty of estimates and form. The 8 is what theta and exponential smoothing need on the odd ids of M3, by more than auto's pool does.
 */
export function shortSample(observations: number, shortfall: number = SHORTFALL): Prior {
  return { ...neutral, factor: (step) => 1 + ((shortfall / observations) * step) / (step + 1) };
}

/** Widths never shrink below this share of the prior's, nor grow above this many times the model's own. */
const LEAST = 0.7;
const MOST = 3;
/** Scores are limited to this, so that an outlier has little influence on the scale. */
const EDGE = 1.5;
/** E min(Z², EDGE²) of a standard normal Z. */
const EXPECTED =
  2 * normalCdf(EDGE) - 1 - 2 * EDGE * normalDensity(EDGE) + 2 * EDGE * EDGE * normalCdf(-EDGE);

/** Rounds of Huber's fixed point, each of which at least halves what is left. */
const ROUNDS = 30;

/**
 * The prior's shape times one factor a step: the prior's, c_h, times one scale of the series, s, which solves
 * s²(ν + Σ w) = ν + s² Σ w min((z/cs)², 1.5²) / 0.778…, z the past scores as the shape has them, c the prior's factor at their
 * step, ν its weight and w how much of an independent error each is (Huber's proposal 2, with ν errors that fit the prior).
 *
 * @see P. J. Huber, Robust Statistics (1981), p. 137.
 */
export function scaleCalibration(scores: readonly PastScore[], prior: Prior, horizon: number): Calibration {
  const squares = scores.map(({ step, z, weight }) => ({
    square: square(scoreBack(prior.shape, z / prior.factor(step))),
    weight,
  }));
  const total = squares.reduce((sum, { weight }) => sum + weight, prior.weight);
  let variance = 1;
  for (let round = 0; round < ROUNDS; round++) {
    const edge = EDGE * EDGE * variance;
    const seen = squares.reduce((sum, { square, weight }) => sum + weight * Math.min(edge, square), 0);
    variance = (prior.weight + seen / EXPECTED) / total;
  }
  const scale = Math.max(LEAST, Math.sqrt(variance));
  const factors = Array.from({ length: horizon }, (_, h) =>
    Math.min(MOST, prior.inflation * prior.factor(h + 1) * scale),
  );
  const { at } = prior.shape;
  const empiricalScores = factors.map((factor) => at.map((z) => factor * scoreOf(prior.shape, z)));
  return calibrationFrom(at, empiricalScores);
}

import type { Series } from "../../core/series.js";
import { normalQuantile } from "../../math/special-functions/normal.js";
import type { Origins, PastForecast } from "./rolling-forecasts.js";

/** Where a value fell in what was forecast for it. */
export interface PastScore {
  /** Steps ahead, from 1. */
  readonly step: number;
  /** Φ⁻¹ of the forecast's distribution function at the value: standard normal where forecasts are calibrated. */
  readonly z: number;
  /** How much of an independent error it is: errors h steps ahead from origins s rows apart overlap, and count s/h. */
  readonly weight: number;
}

/** Limit of the scores, for values outside the support of the forecast. */
const FARTHEST = 6;
const LEAST = 1e-9;

/** Scores that share the weight of a value of positive probability, and the probability from which it has so many. */
const WITHIN_A_JUMP = 16;
const A_JUMP = 0.01;

/**
 * The scores of the observed values, from the first origin to the last. Where the distribution function jumps at a value, as for counts, its
 * scores are spread evenly over the jump: a single one halfway up would make scores of calibrated forecasts vary by less than 1.
 *
 * @see C. Czado, T. Gneiting & L. Held, Biometrics 65 (2009), p. 1255, on the nonrandomized probability integral transform.
 */
export function scoresOf(
  past: readonly PastForecast[],
  { y }: Series,
  { stride }: Origins,
): readonly PastScore[] {
  return past.flatMap(({ rows, distributions }) =>
    distributions.flatMap((distribution, h) => {
      const value = y[rows + h]!;
      if (Number.isNaN(value) || distribution.kind === "diffuse") return [];
      const below = distribution.cdf(justBelow(value));
      const jump = distribution.cdf(value) - below;
      const count = jump > A_JUMP ? WITHIN_A_JUMP : 1;
      const weight = Math.min(1, stride / (h + 1)) / count;
      return Array.from({ length: count }, (_, k) => ({
        step: h + 1,
        z: scoreIn(below + ((k + 0.5) / count) * jump),
        weight,
      }));
    }),
  );
}

function justBelow(y: number): number {
  return y === 0 ? -Number.MIN_VALUE : y - Math.abs(y) * Number.EPSILON;
}

function scoreIn(p: number): number {
  if (p < LEAST) return -FARTHEST;
  return p > 1 - LEAST ? FARTHEST : normalQuantile(p);
}

/** How many independent errors the past counts as. */
export function effectiveCount(scores: readonly PastScore[]): number {
  return scores.reduce((sum, { weight }) => sum + weight, 0);
}

/** Levels at which past distributions are compared with the observed values. */
const LEVELS = [0.1, 0.3, 0.5, 0.7, 0.9];
/** Rows after which a past error counts half. */
const HALF_LIFE = 20;

/** Weighted sum of the square roots of the losses from one past origin, and of their weights. */
export interface RootLoss {
  readonly sum: number;
  readonly weight: number;
}

/**
 * Roots of the quantile losses of past forecasts, origin by origin: √l, l = 2·(y − q_p)·(p − 1{y < q_p}) averaged over the levels
 * 0.1, 0.3 … 0.9, in the unit of the data about the continuous ranked probability score. A value 20 rows before the end
 * counts half.
 *
 * @see T. Gneiting & A. E. Raftery, Journal of the American Statistical Association 102 (2007), pp. 367 and 370.
 */
export function rootLosses(past: readonly PastForecast[], { y }: Series): readonly RootLoss[] {
  return past.map(({ rows, distributions }) => {
    let roots = 0;
    let total = 0;
    distributions.forEach((distribution, h) => {
      const value = y[rows + h]!;
      if (Number.isNaN(value) || distribution.kind === "diffuse") return;
      const weight = Math.exp((-Math.LN2 * (y.length - rows - h - 1)) / HALF_LIFE);
      let sum = 0;
      for (const p of LEVELS) {
        const error = value - distribution.quantile(p);
        sum += 2 * error * (error < 0 ? p - 1 : p);
      }
      roots += weight * Math.sqrt(sum / LEVELS.length);
      total += weight;
    });
    return { sum: roots, weight: total };
  });
}

/**
 * The typical loss, (mean √l)²: square roots reduce the influence of a few outliers that no model could forecast.
 * NaN where nothing can be compared.
 */
export function typicalLoss(roots: readonly RootLoss[]): number {
  const mean =
    roots.reduce((sum, one) => sum + one.sum, 0) / roots.reduce((sum, { weight }) => sum + weight, 0);
  return mean * mean;
}

/** How many independent errors past forecasts of a series hold; see `PastScore.weight`. */
export function evidenceOf(past: readonly PastForecast[], { y }: Series, { stride }: Origins): number {
  let count = 0;
  for (const { rows, distributions } of past)
    for (let h = 0; h < distributions.length; h++)
      if (!Number.isNaN(y[rows + h]!)) count += Math.min(1, stride / (h + 1));
  return count;
}

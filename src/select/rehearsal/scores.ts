import type { Series } from "../../core/series.js";
import { normalQuantile } from "../../math/normal.js";
import type { Origins, PastForecast } from "./rehearse.js";

/** Where a value fell in what was forecast for it. */
export interface PastScore {
  /** Steps ahead, from 1. */
  readonly step: number;
  /**
   * Φ⁻¹ of the forecast's distribution function at the value (halfway up its jump where it has one): standard normal where
   * forecasts are calibrated.
   */
  readonly z: number;
  /** How much of an independent error it is: errors h steps ahead from origins s rows apart overlap, and count s/h. */
  readonly weight: number;
}

/** A value outside of everything forecast still has a score. */
const FARTHEST = 6;
const LEAST = 1e-9;

/** The scores of what came, from the first origin to the last. */
export function scoresOf(
  past: readonly PastForecast[],
  { y }: Series,
  { stride }: Origins,
): readonly PastScore[] {
  return past.flatMap(({ rows, distributions }) =>
    distributions.flatMap((distribution, h) => {
      const value = y[rows + h]!;
      if (Number.isNaN(value) || distribution.kind === "diffuse") return [];
      const z = scoreIn(0.5 * (distribution.cdf(value) + distribution.cdf(justBelow(value))));
      return [{ step: h + 1, z, weight: Math.min(1, stride / (h + 1)) }];
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

/** Mean absolute error of the medians; NaN where nothing can be compared. */
export function medianError(past: readonly PastForecast[], { y }: Series): number {
  let sum = 0;
  let count = 0;
  for (const { rows, distributions } of past) {
    distributions.forEach((distribution, h) => {
      const error = Math.abs(y[rows + h]! - distribution.quantile(0.5));
      if (!Number.isFinite(error)) return;
      sum += error;
      count++;
    });
  }
  return sum / count;
}

import { requireLevel } from "../core/checks.js";
import type { Forecast } from "../core/forecast.js";
import type { Series } from "../core/series.js";
import { crps } from "../distributions/crps.js";
import { naiveScale } from "./measures.js";
import { naive2 } from "./naive2.js";

/** Probabilities at which the weighted quantile loss is taken. */
export const DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

/** What became of one forecast value: the raw material of every score. */
export interface Outcome {
  readonly id: string;
  readonly fold: number;
  /** Steps ahead, from 1. */
  readonly step: number;
  readonly actual: number;
  readonly mean: number;
  readonly median: number;
  readonly crps: number;
  /** Pinball losses at the deciles. */
  readonly pinball: Float64Array;
  /** Bounds by level, in the order of the levels. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** In-sample mean absolute and mean squared error of the seasonal naive. */
  readonly absoluteScale: number;
  readonly squaredScale: number;
  /** What Naive2 said from the same origin, for OWA. */
  readonly naive2: number;
  /** log p of the value given all before it, of models of counts. */
  readonly logProbability?: number;
}

/**
 * Confronts a forecast with what came: one outcome a step whose actual value is there.
 *
 * @param skip steps of the forecast that are not scored (a gap); `actual[0]` belongs to step `skip + 1`.
 */
export function outcomes(
  forecast: Forecast,
  actual: Float64Array,
  training: Series,
  levels: readonly number[],
  fold = 0,
  skip = 0,
): Outcome[] {
  const tails = levels.map((level) => (100 - requireLevel(level)) / 200);
  const absoluteScale = naiveScale(training.y, training.period, 1);
  const squaredScale = naiveScale(training.y, training.period, 2);
  const benchmark = naive2(training, skip + actual.length);
  const result: Outcome[] = [];
  actual.forEach((y, t) => {
    if (Number.isNaN(y)) return;
    const distribution = forecast.distributions[skip + t]!;
    result.push({
      id: forecast.id,
      fold,
      step: t + 1,
      actual: y,
      mean: distribution.mean,
      median: distribution.quantile(0.5),
      crps: crps(distribution, y),
      pinball: Float64Array.from(DECILES, (p) => pinballLoss(y, distribution.quantile(p), p)),
      lower: Float64Array.from(tails, (tail) => distribution.quantile(tail)),
      upper: Float64Array.from(tails, (tail) => distribution.quantile(1 - tail)),
      absoluteScale,
      squaredScale,
      naive2: benchmark[skip + t]!,
    });
  });
  return result;
}

function pinballLoss(y: number, q: number, p: number): number {
  return y >= q ? p * (y - q) : (1 - p) * (q - y);
}

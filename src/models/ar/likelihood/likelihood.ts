import { powerOfTwo, square } from "../../../math/power.js";
import { type ExactObjective, exactObjective } from "./exact-objective.js";
import { gapObjective } from "./gap-objective.js";
import { gapSeries } from "./gap-series.js";
import { arMoments } from "./moments.js";
import type { CentredSeries } from "./prepare.js";

/** The exact likelihoods of all orders up to a maximum, on values scaled to a spread near 1. */
export interface Likelihoods {
  objective(order: number): ExactObjective;
  /** The scaled values, 0 where they are missing. */
  readonly values: Float64Array;
  /** Σ x_t x_{t+k} of the scaled values for k = 0 … maxOrder; null where values are missing. */
  readonly lagged: Float64Array | null;
  /** What the values were divided by: a power of two, so that scaling rounds nothing. */
  readonly scale: number;
  /** Observed values. */
  readonly count: number;
}

export function likelihoods(prepared: CentredSeries, maxOrder: number, freeMean: boolean): Likelihoods {
  const { values, count, missing } = prepared;
  let squares = 0;
  for (let t = 0; t < values.length; t++) squares += values[t] * values[t];
  const scale = squares > 0 ? powerOfTwo(Math.round(Math.log2(squares / count) / 2)) : 1;
  const scaled = new Float64Array(values.length);
  for (let t = 0; t < values.length; t++) scaled[t] = values[t] / scale;
  const shared = { values: scaled, scale, count };
  if (missing.length > 0) {
    const series = gapSeries(scaled, missing, maxOrder);
    return { ...shared, lagged: null, objective: (order) => gapObjective(series, order, freeMean) };
  }
  const moments = arMoments(scaled, maxOrder);
  const lagged = moments.squares.slice(0, maxOrder + 1);
  return { ...shared, lagged, objective: (order) => exactObjective(moments, order, freeMean) };
}

/** log L at the maximum over variance and mean, from the value of the objective. */
export function profileLogLikelihood({ count, scale }: Likelihoods, value: number): number {
  return -value - (count / 2) * (Math.log((2 * Math.PI) / count) + 1) - count * Math.log(scale);
}

/**
 * log L at given partial autocorrelations, mean and variance: ½ log|Σ| and the count of values come with the
 * objective, S at another mean than the best adds (μ − μ̂)²·(1'P1).
 *
 * @param mean in the units of the prepared values, their own mean taken out.
 */
export function logLikelihoodAt(
  all: Likelihoods,
  partials: Float64Array,
  mean: number,
  variance: number,
): number {
  const { count, scale } = all;
  const objective = all.objective(partials.length);
  const parts = objective.at(partials);
  const determinants = (count / 2) * Math.log(parts.quadratic) - objective.value(partials);
  const quadratic = parts.quadratic + square(mean / scale - parts.mean) * parts.onesForm;
  const sigma2 = variance / (scale * scale);
  return (
    determinants -
    (count / 2) * Math.log(2 * Math.PI * sigma2) -
    quadratic / (2 * sigma2) -
    count * Math.log(scale)
  );
}

import type { Distribution } from "../../core/distribution.js";
import type { Paths } from "../../core/forecast.js";
import type { Rng } from "../../core/random.js";
import { normal } from "../../distributions/families/normal.js";
import { normalQuantile } from "../../math/special-functions/normal.js";
import { type ArParams, predict, shifted } from "./memory.js";

/** Means by the recursion, variances σ² Σ ψ_j²: exact while the last p values are known. */
export function aheadFromValues(params: ArParams, values: Float64Array, horizon: number): Distribution[] {
  const { ar, sigma2 } = params;
  const order = ar.length;
  const psi = new Float64Array(horizon);
  let recent = values;
  let squares = 0;
  return Array.from({ length: horizon }, (_, h) => {
    psi[h] = h === 0 ? 1 : 0;
    for (let j = 1; j <= Math.min(order, h); j++) psi[h]! += ar[j - 1]! * psi[h - j]!;
    squares += psi[h]! * psi[h]!;
    const mean = predict(params, recent);
    if (order > 0) recent = shifted(recent, mean);
    return normal(mean, sigma2 * squares);
  });
}

/** The plain roll with its memory in one flat row: the same operations in the same order. */
export function rollFromValues(
  params: ArParams,
  values: Float64Array,
  horizon: number,
  streams: readonly Rng[],
): Paths {
  const { ar, center, intercept } = params;
  const order = ar.length;
  const sd = Math.sqrt(params.sigma2);
  const paths = new Float64Array(streams.length * horizon);
  const row = new Float64Array(order + horizon);
  for (let j = 0; j < order; j++) row[order - 1 - j] = values[j]!;
  for (let i = 0; i < streams.length; i++) {
    const rng = streams[i]!;
    for (let t = order; t < order + horizon; t++) {
      let sum = intercept;
      for (let j = 0; j < order; j++) sum += ar[j]! * (row[t - 1 - j]! - center);
      row[t] = center + sum + sd * normalQuantile(rng.uniform());
    }
    paths.set(row.subarray(order), i * horizon);
  }
  return { count: streams.length, horizon, values: paths };
}

/** Where a batch replay writes: one-step predictions, errors, and errors over their standard deviation. */
export interface ReplayRows {
  readonly fitted: Float64Array;
  readonly residuals: Float64Array;
  readonly standardized: Float64Array;
}

/**
 * Replays rows `from` to `to` of y, none of them missing, when the p values before are known.
 *
 * @returns the log-likelihood of these rows and the p values after them.
 */
export function replayKnown(
  params: ArParams,
  values: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
  rows: ReplayRows,
): { logLikelihood: number; values: Float64Array } {
  const { ar, center, intercept, sigma2 } = params;
  const order = ar.length;
  const row = new Float64Array(order + to - from);
  for (let j = 0; j < order; j++) row[order - 1 - j] = values[j]!;
  row.set(y.subarray(from, to), order);
  const sd = Math.sqrt(sigma2);
  let squares = 0;
  for (let t = from, at = order; t < to; t++, at++) {
    let sum = intercept;
    for (let j = 0; j < order; j++) sum += ar[j]! * (row[at - 1 - j]! - center);
    const error = row[at]! - (center + sum);
    rows.fitted[t] = center + sum;
    rows.residuals[t] = error;
    rows.standardized[t] = error / sd;
    squares += error * error;
  }
  return {
    logLikelihood: -squares / (2 * sigma2) - (to - from) * (0.5 * Math.log(2 * Math.PI) + Math.log(sd)),
    values: row.slice(to - from).reverse(),
  };
}

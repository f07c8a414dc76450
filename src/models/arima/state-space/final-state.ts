import { EMPTY } from "../../../math/linear-algebra/vector.js";
import type { LagModel } from "../lag-polynomial/model.js";
import { type LagState, withCovariance } from "./state.js";

/** What a complete series tells of its last q* innovations, the newest first. */
export interface LastInnovations {
  readonly mean: Float64Array;
  /** In units of σ². */
  readonly covariance: Float64Array;
}

/**
 * What is known of the lagged values after a complete series: all y and w, and of the innovations what `last` says.
 *
 * @param y the series less its regression, its last values at least.
 * @returns null where the series is too short for all w that are needed.
 */
export function finalState(
  model: LagModel,
  y: Float64Array,
  w: Float64Array,
  last: LastInnovations,
): LagState | null {
  const p = model.ar.degree;
  if (w.length < p) return null;
  const mean = new Float64Array(model.rows);
  for (let lag = 1; lag <= model.rowOfW; lag++) mean[lag - 1] = y[y.length - lag];
  for (let lag = 1; lag <= p; lag++) mean[model.rowOfW + lag - 1] = w[w.length - lag];
  mean.set(last.mean, model.rowOfE);
  const state: LagState = {
    columns: 1,
    mean,
    stage: "exact",
    first: model.rows,
    factor: EMPTY,
    rank: 0,
    covariance: EMPTY,
    diffuse: EMPTY,
    diffuseRank: 0,
    known: y.length,
    opening: EMPTY,
  };
  return withCovariance(model, state, last.covariance);
}

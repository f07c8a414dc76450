import { solveLower } from "../../../math/linear-algebra/cholesky.js";
import { rowProducts } from "../../../math/linear-algebra/row-compression.js";
import type { LagModel } from "../lag-polynomial/model.js";
import { type LagState, NONE, withCovariance } from "../state-space/state.js";
import { responses } from "./presample.js";
import type { Workspace } from "./workspace.js";

/** What a complete series tells of its last q* innovations, the newest first. */
export interface LastInnovations {
  readonly mean: Float64Array;
  /** In units of σ². */
  readonly covariance: Float64Array;
}

/**
 * The last innovations as the likelihood's workspace has them: their expectation given all data, uncertain only through the
 * presample values: e_s = … + Σ_k h_{s−k}u_k with Var u = σ²M⁻¹.
 */
export function lastInnovations(ws: Workspace): LastInnovations {
  const q = ws.maDegree;
  const mean = new Float64Array(q);
  for (let lag = 1; lag <= q; lag++) mean[lag - 1] = ws.e[ws.end - lag]!;
  return { mean, covariance: rowProducts(innovationFactor(ws, q), q, q) };
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
  for (let lag = 1; lag <= model.rowOfW; lag++) mean[lag - 1] = y[y.length - lag]!;
  for (let lag = 1; lag <= p; lag++) mean[model.rowOfW + lag - 1] = w[w.length - lag]!;
  mean.set(last.mean, model.rowOfE);
  const state: LagState = {
    columns: 1,
    mean,
    knowledge: "complete",
    first: model.rows,
    factor: NONE,
    rank: 0,
    covariance: NONE,
    diffuse: NONE,
    diffuseRank: 0,
    known: y.length,
    opening: NONE,
  };
  return withCovariance(model, state, last.covariance);
}

/** Rows L⁻¹(h_{N−j}, h_{N−j−1}, …), j = 1 … q*: their inner products are Cov(e)/σ². */
function innovationFactor(ws: Workspace, q: number): Float64Array {
  const factor = new Float64Array(q * q);
  const h = responses(ws);
  const row = new Float64Array(q);
  for (let lag = 1; lag <= q; lag++) {
    for (let k = 0; k < q; k++) {
      const s = ws.length - lag - k;
      row[k] = s < 0 || s >= ws.reach ? 0 : h[ws.origin + s]!;
    }
    solveLower(ws.factor, q, row);
    factor.set(row, (lag - 1) * q);
  }
  return factor;
}

import type { LagModel } from "./lag-model.js";
import { type LagState, NONE, withCovariance } from "./lag-state.js";
import { responses } from "./presample.js";
import { rowProducts } from "./row-compression.js";
import { solveLower } from "./triangular.js";
import type { Workspace } from "./workspace.js";

/**
 * What is known of the lagged values after a complete series, straight from the likelihood's workspace.
 *
 * All y and w are known; the last innovations are those of the workspace (their expectation given all data), uncertain
 * only through the presample values: e_s = … + Σ_k h_{s−k}u_k with Var u = σ²M⁻¹.
 *
 * @param y the series less its regression, its last values at least.
 * @param scale units of the workspace.
 * @returns null where the series is too short for all w that are needed.
 */
export function finalState(
  ws: Workspace,
  model: LagModel,
  y: Float64Array,
  w: Float64Array,
  scale: number,
): LagState | null {
  const p = model.ar.degree;
  const q = model.ma.degree;
  if (w.length < p) return null;
  const mean = new Float64Array(model.rows);
  for (let lag = 1; lag <= model.rowOfW; lag++) mean[lag - 1] = y[y.length - lag]!;
  for (let lag = 1; lag <= p; lag++) mean[model.rowOfW + lag - 1] = w[w.length - lag]!;
  for (let lag = 1; lag <= q; lag++) mean[model.rowOfE + lag - 1] = ws.e[ws.end - lag]! * scale;
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
  return withCovariance(model, state, rowProducts(innovationFactor(ws, q), q, q));
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

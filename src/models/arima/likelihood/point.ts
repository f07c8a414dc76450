import { solveLower, solveLowerTransposed } from "../../../math/linear-algebra/cholesky.js";
import { rowProducts } from "../../../math/linear-algebra/row-compression.js";
import { DifferencedGaps } from "../gaps/autoregressive.js";
import type { LastValues } from "../gaps/last-rows.js";
import type { LastInnovations } from "../state-space/final-state.js";
import { negativeLogLikelihood } from "./log-likelihood.js";
import { mirroredVariance } from "./mirrored.js";
import { filterOverGaps, lastFilledValues, lastValues } from "./over-gaps.js";
import { responses } from "./presample.js";
import { minusLogLikelihood } from "./profile.js";
import { filterCombination, residualWeights } from "./quadratic.js";
import type { Workspace } from "./workspace.js";

/** The likelihood at one point, as values: the workspace that found them may go on. */
export interface LikelihoodPoint {
  /** φ, θ, Φ, Θ. */
  readonly x: Float64Array;
  /** Minus the log-likelihood, its sum of squares taken from the innovations: good to the last digits. */
  readonly value: number;
  /** S, of which σ² is the n'-th part, and log|Σ_AR| + log|M|. */
  readonly sumOfSquares: number;
  readonly logDeterminant: number;
  /** Generalised least-squares coefficients β of the regressors X. */
  readonly beta: Float64Array;
  /** R with RR' = (X'V⁻¹X)⁻¹, row-major. */
  readonly root: Float64Array;
  /** How many times σ² of the point is that of its invertible image; 1 where it is invertible. */
  readonly varianceRatio: number;
  /** The last innovations; null where gaps or a mirrored moving average keep them from being read off. */
  readonly last: LastInnovations | null;
  /** The last values and innovations of a series whose gaps are unknowns. */
  readonly lastValues: LastValues | null;
}

/** @returns null where the likelihood is 0. */
export function likelihoodPoint(ws: Workspace, x: Float64Array): LikelihoodPoint | null {
  return negativeLogLikelihood(ws, x) < Number.POSITIVE_INFINITY ? pointJustEvaluated(ws, x) : null;
}

/** The same where `negativeLogLikelihood` of this x was the last call. */
export function pointJustEvaluated(ws: Workspace, x: Float64Array): LikelihoodPoint {
  const value = innovationsAt(ws);
  return {
    x,
    value,
    sumOfSquares: ws.sumOfSquares,
    logDeterminant: ws.logDeterminant,
    beta: ws.beta.slice(ws.pulses, ws.columns - 1),
    root: regressionRoot(ws),
    varianceRatio: mirroredVariance(ws),
    last: ws.missing > 0 || ws.mirrored !== null ? null : lastInnovations(ws),
    lastValues: ws.mirrored !== null ? null : lastValuesOf(ws),
  };
}

function lastValuesOf(ws: Workspace): LastValues | null {
  if (ws.gaps !== null) return lastValues(ws, ws.gaps);
  return ws.filling instanceof DifferencedGaps ? lastFilledValues(ws, ws.filling, residualWeights(ws)) : null;
}

/**
 * The innovations at the coefficients that `value` saw last, in `ws.e`, and minus the log-likelihood with its sum of
 * squares taken from them: no difference of large numbers, so good to the last digits.
 */
export function innovationsAt(ws: Workspace): number {
  const weights = residualWeights(ws);
  ws.sumOfSquares = ws.gaps === null ? filterCombination(ws, weights) : filterOverGaps(ws, ws.gaps, weights);
  return minusLogLikelihood(ws, ws.sumOfSquares);
}

/** L'⁻¹ of the regressors' part of G = LL': pulses come before them and drop out. */
function regressionRoot(ws: Workspace): Float64Array {
  const size = ws.columns - 1;
  const k = size - ws.pulses;
  const factor = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) factor[i * k + j] = ws.gram[(ws.pulses + i) * size + ws.pulses + j];
  }
  const root = new Float64Array(k * k);
  const column = new Float64Array(k);
  for (let c = 0; c < k; c++) {
    column.fill(0);
    column[c] = 1;
    solveLowerTransposed(factor, k, column);
    for (let i = 0; i < k; i++) root[i * k + c] = column[i];
  }
  return root;
}

/**
 * The last innovations as the likelihood's workspace has them: their expectation given all data, uncertain only through the
 * presample values: e_s = … + Σ_k h_{s−k}u_k with Var u = σ²M⁻¹.
 */
function lastInnovations(ws: Workspace): LastInnovations {
  const q = ws.maDegree;
  const mean = new Float64Array(q);
  for (let lag = 1; lag <= q; lag++) mean[lag - 1] = ws.e[ws.end - lag];
  return { mean, covariance: rowProducts(innovationFactor(ws, q), q, q) };
}

/** Rows L⁻¹(h_{N−j}, h_{N−j−1}, …), j = 1 … q*: their inner products are Cov(e)/σ². */
function innovationFactor(ws: Workspace, q: number): Float64Array {
  const factor = new Float64Array(q * q);
  const h = responses(ws);
  const row = new Float64Array(q);
  for (let lag = 1; lag <= q; lag++) {
    for (let k = 0; k < q; k++) {
      const s = ws.length - lag - k;
      row[k] = s < 0 || s >= ws.reach ? 0 : h[ws.origin + s];
    }
    solveLower(ws.factor, q, row);
    factor.set(row, (lag - 1) * q);
  }
  return factor;
}

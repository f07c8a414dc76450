import type { Process, Replay } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { diffuse } from "../../distributions/families/diffuse.js";
import { normal } from "../../distributions/families/normal.js";
import { rollStepwise } from "../../engine/roll.js";
import { aheadThroughGaps } from "../../engine/through-gaps.js";
import { isStationary } from "../../math/polynomials.js";
import { aheadFromValues, replayKnown, rollFromValues } from "./batch.js";
import {
  type ArParams,
  type ArState,
  advance,
  knownShare,
  predict,
  startOf,
  unboundedShare,
} from "./memory.js";

const NO_INPUT = new Float64Array(0);

/**
 * The autoregressive step. With all of the last p values known it is one inner product; where values are missing,
 * memory holds their conditional means and covariances, and every later observation sharpens both (Kalman filter).
 */
export const arProcess: Process<ArParams, ArState> = {
  kind: "ar",
  start: (params) => startOf(params),
  conditional(params, state) {
    const mean = predict(params, state.values);
    if (state.pending > 0 || unboundedShare(params.ar, state) > 0) return diffuse(mean);
    return normal(mean, params.sigma2 + knownShare(params.ar, state));
  },
  advance: (params, state, y) => advance(params, state, y),
  ahead(params, state, inputs) {
    if (!isKnown(state)) return aheadThroughGaps(arProcess, params, state, inputs);
    return aheadFromValues(params, state.values, inputs.length);
  },
  rollMany(params, state, inputs, streams) {
    if (!isKnown(state)) return rollStepwise(arProcess, params, state, inputs, streams);
    return rollFromValues(params, state.values, inputs.length, streams);
  },
  redraw,
  replayMany: replay,
};

/** A stationary model stays one: other draws are not admissible. */
function redraw(
  params: ArParams,
  coefficients: ReadonlyMap<string, number>,
  sigma2: number,
): ArParams | null {
  const ar = params.ar.map((value, j) => coefficients.get(`ar${j + 1}`) ?? value);
  if (params.start === "stationary" && !isStationary(ar)) return null;
  return {
    ...params,
    ar,
    center: coefficients.get("mean") ?? params.center,
    intercept: coefficients.get("intercept") ?? params.intercept,
    sigma2,
  };
}

/** Whether all of the last p values are known. */
export function isKnown({ covariance, unbounded, pending }: ArState): boolean {
  return covariance === null && unbounded === null && pending === 0;
}

/** The fold of the step, in one loop for every stretch before which the last p values are known. */
function replay(params: ArParams, { y }: Series): Replay<ArState> {
  const blank = () => new Float64Array(y.length).fill(Number.NaN);
  const rows = { fitted: blank(), residuals: blank(), standardized: blank() };
  let logLikelihood = 0;
  let state = startOf(params);
  for (let t = 0; t < y.length; ) {
    const to = isKnown(state) && params.sigma2 > 0 ? endOfStretch(y, t) : t;
    if (to > t) {
      const known = replayKnown(params, state.values, y, t, to, rows);
      logLikelihood += known.logLikelihood;
      state = { ...state, values: known.values };
      t = to;
    } else {
      const conditional = arProcess.conditional(params, state, NO_INPUT);
      if (conditional.kind !== "diffuse") {
        rows.fitted[t] = conditional.mean;
        rows.residuals[t] = y[t]! - conditional.mean;
        rows.standardized[t] =
          rows.residuals[t] === 0 ? 0 : rows.residuals[t]! / Math.sqrt(conditional.variance);
      }
      if (!Number.isNaN(y[t]!)) logLikelihood += conditional.logDensity(y[t]!);
      state = advance(params, state, y[t]!);
      t++;
    }
  }
  return { state, logLikelihood, ...rows };
}

/** The first missing row from `from` on. */
function endOfStretch(y: Float64Array, from: number): number {
  let to = from;
  while (to < y.length && !Number.isNaN(y[to]!)) to++;
  return to;
}

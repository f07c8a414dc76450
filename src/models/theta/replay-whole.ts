import type { Replay } from "../../core/model.js";
import { normal } from "../../distributions/families/normal.js";
import { adjusted, factorOf, seasoned } from "./season-figure.js";
import { CERTAIN, withDrift } from "./state-covariance.js";
import { startMean, stepAt, type ThetaParams, type ThetaState } from "./transition.js";

/** A series without missing values, no longer than the training series, in one run. */
export function replayWhole(params: ThetaParams, y: Float64Array, warmUp: number): Replay<ThetaState> {
  const n = y.length;
  const fitted = new Float64Array(n).fill(Number.NaN);
  const residuals = new Float64Array(n).fill(Number.NaN);
  const standardized = new Float64Array(n).fill(Number.NaN);
  const { alpha, sigma2 } = params;
  const sd = Math.sqrt(sigma2);
  let { level } = params;
  let mean = startMean(params);
  let slope = 0;
  let logLikelihood = 0;
  for (let t = 0; t < n; t++) {
    const step = stepAt(params, t);
    if (!params.dynamic || t >= warmUp) {
      const prediction = seasoned(params, t, level + step.m * mean + step.s * slope + step.constant);
      const factor = factorOf(params, t);
      const e = y[t]! - prediction;
      fitted[t] = prediction;
      residuals[t] = e;
      standardized[t] = e === 0 ? 0 : e / (sd * Math.abs(factor));
      logLikelihood += normal(prediction, sigma2 * factor * factor).logDensity(y[t]!);
    }
    const value = adjusted(params, t, y[t]!);
    const gap = value - mean;
    level += alpha * (value - level);
    mean += step.meanGain * gap;
    slope = step.slopeDecay * slope + step.slopeGain * gap;
  }
  const covariance = n === params.origin ? withDrift(CERTAIN, params.driftVariance) : CERTAIN;
  return {
    state: { level, mean, slope, drift: 0, count: n, covariance },
    logLikelihood,
    fitted,
    residuals,
    standardized,
  };
}

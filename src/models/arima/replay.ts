import type { Replay } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { largestSize } from "../../math/extremes.js";
import { observedIn } from "./definition/observed.js";
import type { ArimaEstimate } from "./estimation/estimate.js";
import { type LastValues, stateAfterGaps } from "./gaps/last-rows.js";
import { differenced } from "./lag-polynomial/difference.js";
import type { LagModel } from "./lag-polynomial/model.js";
import { likelihoodPoint } from "./likelihood/point.js";
import { Workspace } from "./likelihood/workspace.js";
import { type ArimaParams, coefficientsOf, regressionOver, stateSpaceOf } from "./params.js";
import { replayGaps } from "./replay-gaps.js";
import { fastInnovations } from "./state-space/fast-recursion.js";
import { finalState } from "./state-space/final-state.js";
import type { OneStep } from "./state-space/one-step.js";
import { predict } from "./state-space/predict.js";
import { type LagState, startState } from "./state-space/state.js";
import { advance } from "./state-space/update.js";

/** Errors this small beside the data are rounding, collected over lags. */
const ROUNDING = 1e-9;

/** Folds the ARIMA step over a series: by fast recursions or by the filter over gaps where these are open, else step by step. */
export function replayArima(
  params: ArimaParams,
  series: Series,
): Replay<{ readonly lags: LagState; readonly row: number }> {
  const n = series.y.length;
  const regression = regressionOver(params, series.inputs, n);
  const { lags, predicted, errors, relativeVariance, logLikelihood } = replayValues(
    params,
    difference(series.y, regression),
  );
  for (let t = 0; t < n; t++) predicted[t]! += regression[t]!;
  return {
    state: { lags, row: n },
    logLikelihood,
    fitted: predicted,
    residuals: errors,
    standardized: standardize(errors, relativeVariance, params.sigma2, largestSize(series.y)),
  };
}

/** A series less its regression. */
export function lessRegression({ y, inputs }: Series, params: ArimaParams): Float64Array {
  return difference(y, regressionOver(params, inputs, y.length));
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  const left = new Float64Array(a.length);
  for (let t = 0; t < a.length; t++) left[t] = a[t]! - b[t]!;
  return left;
}

/** Errors over their standard deviations; where the model leaves no variance, 0 for what is rounding. */
export function standardize(
  errors: Float64Array,
  relativeVariance: Float64Array,
  sigma2: number,
  magnitude: number,
): Float64Array {
  const standardized = new Float64Array(errors.length);
  const rounding = sigma2 > 0 ? 0 : ROUNDING * magnitude;
  for (let t = 0; t < errors.length; t++) {
    standardized[t] =
      Math.abs(errors[t]!) <= rounding ? 0 : errors[t]! / Math.sqrt(sigma2 * relativeVariance[t]!);
  }
  return standardized;
}

/** One-step errors of values less their regression, the fast way where it is open. */
function replayValues(params: ArimaParams, y: Float64Array): OneStep {
  return replayComplete(params, y) ?? replayGaps(params, stateSpaceOf(params), y) ?? replaySteps(params, y);
}

/** The plain fold. */
function replaySteps(params: ArimaParams, y: Float64Array): OneStep {
  const { model, start } = stateSpaceOf(params);
  const predicted = new Float64Array(y.length).fill(Number.NaN);
  const errors = new Float64Array(y.length).fill(Number.NaN);
  const relativeVariance = new Float64Array(y.length).fill(Number.NaN);
  let lags = startState(model, start);
  let logLikelihood = 0;
  for (let t = 0; t < y.length; t++) {
    const { mean, relativeVariance: ratio, isDiffuse } = predict(model, lags);
    if (!isDiffuse) {
      predicted[t] = mean[0]!;
      errors[t] = y[t]! - mean[0]!;
      relativeVariance[t] = ratio;
      if (!Number.isNaN(y[t])) logLikelihood += logDensity(errors[t]!, params.sigma2 * ratio);
    }
    lags = advance(model, start, lags, y.subarray(t, t + 1));
  }
  return { lags, predicted, errors, relativeVariance, logLikelihood };
}

function logDensity(error: number, variance: number): number {
  if (variance === 0) return error === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return -0.5 * (Math.log(2 * Math.PI * variance) + (error * error) / variance);
}

/** Null where the fast way is closed: gaps, a moving average outside the unit circle, a unit root too near, too few values, no variance. */
function replayComplete(params: ArimaParams, y: Float64Array): OneStep | null {
  const { model } = stateSpaceOf(params);
  const { order, seasonal, period, ar, ma, sar, sma, sigma2 } = params;
  if (!isComplete(y, model, sigma2)) return null;
  const w = differencedBy(params, y);
  const innovations = fastInnovations(model, w);
  if (innovations === null) return null;
  const workspace = new Workspace();
  workspace.configure({ p: order[0], q: order[2], P: seasonal[0], Q: seasonal[2], period }, [w], 0);
  workspace.mirroring = true;
  const point = likelihoodPoint(workspace, Float64Array.from([...ar, ...ma, ...sar, ...sma]));
  if (point === null || point.last === null) return null;
  const lags = finalState(model, y, w, point.last);
  if (lags === null) return null;
  const needed = model.rowOfW;
  const predicted = shiftedBy(needed, innovations.errors);
  for (let t = needed; t < y.length; t++) predicted[t] = y[t]! - predicted[t]!;
  return {
    lags,
    predicted,
    errors: shiftedBy(needed, innovations.errors),
    relativeVariance: shiftedBy(needed, innovations.relativeVariance),
    logLikelihood:
      -0.5 * (w.length * Math.log(2 * Math.PI * sigma2) + point.logDeterminant + point.sumOfSquares / sigma2),
  };
}

/**
 * Memory of a series just fitted, whose last values the estimator knows; where it does not, the exact log-likelihood as well.
 *
 * @param y the series less its regression.
 */
export function replayFitted(
  params: ArimaParams,
  y: Float64Array,
  { last, lastValues }: Pick<ArimaEstimate, "last" | "lastValues">,
): { readonly lags: LagState; readonly logLikelihood: number | null } {
  const { model } = stateSpaceOf(params);
  if (last !== null && isComplete(y, model, params.sigma2)) {
    const lags = finalState(model, y, differencedBy(params, y), last);
    if (lags !== null) return { lags, logLikelihood: null };
  }
  const lags = lastValues === null ? null : afterGaps(params, y, lastValues);
  return lags === null ? replayValues(params, y) : { lags, logLikelihood: null };
}

/** Rows without values at the end move the memory on. */
function afterGaps(params: ArimaParams, y: Float64Array, last: LastValues): LagState | null {
  const space = stateSpaceOf(params);
  const { to } = observedIn(y);
  let lags = params.sigma2 > 0 ? stateAfterGaps(space.model, last, y.subarray(0, to)) : null;
  for (let t = to; t < y.length && lags !== null; t++) {
    lags = advance(space.model, space.start, lags, y.subarray(t, t + 1));
  }
  return lags;
}

function isComplete(y: Float64Array, model: LagModel, sigma2: number): boolean {
  if (y.length - model.rowOfW < Math.max(1, model.ar.degree) || !(sigma2 > 0)) return false;
  for (let t = 0; t < y.length; t++) if (Number.isNaN(y[t]!)) return false;
  return true;
}

function differencedBy(params: ArimaParams, y: Float64Array): Float64Array {
  const { d, D, period } = coefficientsOf(params);
  return differenced(y, { d, D, period });
}

/** The values after `count` that do not exist. */
function shiftedBy(count: number, values: Float64Array): Float64Array {
  const shifted = new Float64Array(count + values.length).fill(Number.NaN, 0, count);
  shifted.set(values, count);
  return shifted;
}

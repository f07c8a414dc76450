import type { Replay } from "../../core/model.js";
import { inputRow, type Series } from "../../core/series.js";
import { differenced } from "./design.js";
import { fastInnovations } from "./fast-innovations.js";
import { finalState } from "./final-state.js";
import { innovationsAt } from "./gradient.js";
import { advance } from "./lag-filter.js";
import { predict } from "./lag-prediction.js";
import { type LagState, startState } from "./lag-state.js";
import { type ArimaParams, coefficientsOf, machineOf, regressionAt } from "./params.js";
import { value } from "./value.js";
import { Workspace } from "./workspace.js";

/** One-step errors of the series less its regression; NaN where diffuse or, for errors, missing. */
export interface OneStep {
  readonly lags: LagState;
  readonly predicted: Float64Array;
  readonly errors: Float64Array;
  /** Variance/σ². */
  readonly spread: Float64Array;
  readonly logLikelihood: number;
}

/** Folds the ARIMA step over a series: by fast recursions where nothing is missing, else step by step. */
export function replayArima(
  params: ArimaParams,
  series: Series,
): Replay<{ readonly lags: LagState; readonly row: number }> {
  const n = series.y.length;
  const regression = new Float64Array(n);
  for (let t = 0; t < n; t++) regression[t] = regressionAt(params, t, inputRow(series.inputs, t));
  const y = series.y.map((value, t) => value - regression[t]!);
  const { lags, predicted, errors, spread, logLikelihood } = replayValues(params, y);
  const deviation = Math.sqrt(params.sigma2);
  return {
    state: { lags, row: n },
    logLikelihood,
    fitted: predicted.map((value, t) => value + regression[t]!),
    residuals: errors,
    standardized: errors.map((error, t) => (error === 0 ? 0 : error / (deviation * Math.sqrt(spread[t]!)))),
  };
}

/** One-step errors of values less their regression, the fast way where it is open. */
export function replayValues(params: ArimaParams, y: Float64Array): OneStep {
  return replayComplete(params, y) ?? replaySteps(params, y);
}

/** The plain fold. */
export function replaySteps(params: ArimaParams, y: Float64Array): OneStep {
  const { model, start } = machineOf(params);
  const predicted = new Float64Array(y.length).fill(Number.NaN);
  const errors = new Float64Array(y.length).fill(Number.NaN);
  const spread = new Float64Array(y.length).fill(Number.NaN);
  let lags = startState(model, start);
  let logLikelihood = 0;
  for (let t = 0; t < y.length; t++) {
    const { mean, spread: ratio, isDiffuse } = predict(model, lags);
    if (!isDiffuse) {
      predicted[t] = mean[0]!;
      errors[t] = y[t]! - mean[0]!;
      spread[t] = ratio;
      if (!Number.isNaN(y[t])) logLikelihood += logDensity(errors[t]!, params.sigma2 * ratio);
    }
    lags = advance(model, start, lags, y.subarray(t, t + 1));
  }
  return { lags, predicted, errors, spread, logLikelihood };
}

function logDensity(error: number, variance: number): number {
  if (variance === 0) return error === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return -0.5 * (Math.log(2 * Math.PI * variance) + (error * error) / variance);
}

let workspace: Workspace | null = null;

/** Null where the fast way is closed: gaps, a unit root too near, too few values, no variance. */
function replayComplete(params: ArimaParams, y: Float64Array): OneStep | null {
  const { model } = machineOf(params);
  const needed = model.rowOfW;
  const effective = y.length - needed;
  if (effective < Math.max(1, model.ar.degree) || !(params.sigma2 > 0) || y.some(Number.isNaN)) return null;
  const { d, D, period } = coefficientsOf(params);
  const w = differenced(y, { d, D, period });
  const innovations = fastInnovations(model, w);
  if (innovations === null) return null;
  workspace ??= new Workspace();
  const { order, seasonal, ar, ma, sar, sma } = params;
  workspace.configure({ p: order[0], q: order[2], P: seasonal[0], Q: seasonal[2], period }, [w], 0);
  if (value(workspace, Float64Array.of(...ar, ...ma, ...sar, ...sma)) === Number.POSITIVE_INFINITY)
    return null;
  innovationsAt(workspace);
  const lags = finalState(workspace, model, y, w, 1);
  if (lags === null) return null;
  const predicted = new Float64Array(y.length).fill(Number.NaN);
  const errors = new Float64Array(y.length).fill(Number.NaN);
  const spread = new Float64Array(y.length).fill(Number.NaN);
  errors.set(innovations.errors, needed);
  spread.set(innovations.spread, needed);
  for (let t = needed; t < y.length; t++) predicted[t] = y[t]! - errors[t]!;
  const logLikelihood =
    -0.5 *
    (effective * Math.log(2 * Math.PI * params.sigma2) +
      workspace.logDeterminant +
      workspace.sumOfSquares / params.sigma2);
  return { lags, predicted, errors, spread, logLikelihood };
}

import { requireProcess } from "../core/arguments/objects.js";
import type { Process, Replay } from "../core/model.js";
import { inputRow, requireSeries, type Series } from "../core/series.js";

/**
 * Folds a process over a series: the log-likelihood, the one-step predictions and the state at the end.
 *
 * log L = Σ_t log p(x_t | x_1 … x_{t−1}) over the observed values; diffuse and missing steps add nothing.
 *
 * @param process its one-step distribution, `fitted.process`.
 * @param params estimates, `fitted.params`: plain data of the kind that `process` takes.
 * @param series n values in time order; NaN is missing and adds nothing to the likelihood.
 * @returns state after the last value, log-likelihood, and n one-step predictions and residuals, NaN where there is none.
 * @example const { state, logLikelihood } = replay(fitted.process, fitted.params, passengers);
 */
export function replay<P, S>(process: Process<P, S>, params: P, series: Series): Replay<S> {
  requireProcess(process, "replay");
  requireSeries(series, "replay takes");
  return process.replayMany?.(params, series) ?? replayStepwise(process, params, series);
}

/** The plain fold, one step at a time: what every fast `replayMany` must equal. */
export function replayStepwise<P, S>(process: Process<P, S>, params: P, series: Series): Replay<S> {
  const n = series.y.length;
  const fitted = new Float64Array(n).fill(Number.NaN);
  const residuals = new Float64Array(n).fill(Number.NaN);
  const standardized = new Float64Array(n).fill(Number.NaN);
  let state = process.start(params, series);
  let logLikelihood = 0;
  for (let t = 0; t < n; t++) {
    const y = series.y[t]!;
    const input = inputRow(series.inputs, t);
    const conditional = process.conditional(params, state, input);
    if (conditional.variance !== Number.POSITIVE_INFINITY || conditional.kind !== "diffuse") {
      fitted[t] = conditional.mean;
      residuals[t] = y - conditional.mean;
      standardized[t] = standardize(residuals[t]!, conditional.variance);
    }
    if (!Number.isNaN(y)) logLikelihood += conditional.logDensity(y);
    state = process.advance(params, state, y, input);
  }
  return { state, logLikelihood, fitted, residuals, standardized };
}

/** A residual over its standard deviation; 0/0, a certain prediction that came true, is 0. */
function standardize(residual: number, variance: number): number {
  return residual === 0 ? 0 : residual / Math.sqrt(variance);
}

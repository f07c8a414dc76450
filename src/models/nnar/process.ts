import type { Process, Replay } from "../../core/model.js";
import type { Rng } from "../../core/random.js";
import { inputRow, type Series } from "../../core/series.js";
import { diffuse } from "../../distributions/families/diffuse.js";
import { normal } from "../../distributions/families/normal.js";
import { bySampling } from "../../engine/parts/sampled.js";
import { normalDraws } from "../../engine/sampling/draws.js";
import { type Network, Predictor } from "./predictor.js";

export interface NnarParams extends Network {
  /** Variance of the one-step errors, in units of the values squared. */
  readonly sigma2: number;
}

export interface NnarState {
  /** Values seen so far. */
  readonly count: number;
  /** The last ones, as many as the longest lag, the latest last; predictions where values were missing, NaN where nothing was known. */
  readonly recent: Float64Array;
}

/** y_t ~ N(c + s g((y_{t−l} − c)/s, x_t), σ²). */
export const nnarProcess: Process<NnarParams, NnarState> = {
  kind: "nnar",
  start: ({ lags }) => ({ count: 0, recent: new Float64Array(lags.at(-1)!).fill(Number.NaN) }),
  conditional(params, { count, recent }, input) {
    if (count < recent.length) return diffuse(params.centre);
    return normal(new Predictor(params).predict(recent, recent.length, input), params.sigma2);
  },
  advance: (params, state, y, input) => advanceMany(params, state, [y], [input]),
  advanceMany,
  ahead: bySampling,
  means(params, { count, recent }, inputs) {
    if (count < recent.length) return null;
    const values = extended(recent, inputs.length);
    walk(new Predictor(params), values, recent.length, inputs, null);
    return values.slice(recent.length);
  },
  rollMany(params, { count, recent }, inputs, streams) {
    const horizon = inputs.length;
    if (count < recent.length) for (const rng of streams) diffuse(params.centre).sample(rng);
    const errors = errorsOf(params, streams, horizon);
    const values = new Float64Array(streams.length * horizon);
    const predictor = new Predictor(params);
    const path = extended(recent, horizon);
    for (let i = 0; i < streams.length; i++) {
      walk(predictor, path, recent.length, inputs, errors.subarray(i * horizon));
      for (let h = 0; h < horizon; h++) values[i * horizon + h] = path[recent.length + h]!;
    }
    return { count: streams.length, horizon, values };
  },
  replayMany,
};

function advanceMany(
  params: NnarParams,
  { count, recent }: NnarState,
  ys: ArrayLike<number>,
  inputs: readonly Float64Array[],
): NnarState {
  const longest = recent.length;
  const values = extended(recent, ys.length);
  let predictor: Predictor | null = null;
  for (let i = 0; i < ys.length; i++) {
    const y = ys[i]!;
    const predicted = Number.isNaN(y) && count + i >= longest;
    if (predicted) predictor ??= new Predictor(params);
    values[longest + i] = predicted ? predictor!.predict(values, longest + i, inputs[i]!) : y;
  }
  return { count: count + ys.length, recent: values.slice(ys.length) };
}

/** The plain fold with one predictor and no copies of the memory. */
function replayMany(params: NnarParams, series: Series): Replay<NnarState> {
  const { y, inputs } = series;
  const longest = params.lags.at(-1)!;
  const [fitted, residuals, standardized] = [unknowns(y), unknowns(y), unknowns(y)];
  const predictor = new Predictor(params);
  const values = extended(new Float64Array(longest).fill(Number.NaN), y.length);
  const deviation = Math.sqrt(params.sigma2);
  let logLikelihood = 0;
  for (let t = 0; t < y.length; t++) {
    values[longest + t] = y[t]!;
    if (t < longest) continue;
    const predicted = predictor.predict(values, longest + t, inputRow(inputs, t));
    if (Number.isNaN(y[t]!)) values[longest + t] = predicted;
    else logLikelihood += normal(predicted, params.sigma2).logDensity(y[t]!);
    fitted[t] = predicted;
    const residual = y[t]! - predicted;
    residuals[t] = residual;
    standardized[t] = residual === 0 ? 0 : residual / deviation;
  }
  return {
    state: { count: y.length, recent: values.slice(y.length) },
    logLikelihood,
    fitted,
    residuals,
    standardized,
  };
}

function unknowns(y: Float64Array): Float64Array {
  return new Float64Array(y.length).fill(Number.NaN);
}

function extended(values: Float64Array, by: number): Float64Array {
  const longer = new Float64Array(values.length + by);
  longer.set(values);
  return longer;
}

/** Writes the values from `from` on, each the prediction from those before it and an error. */
function walk(
  predictor: Predictor,
  values: Float64Array,
  from: number,
  inputs: readonly Float64Array[],
  errors: Float64Array | null,
): void {
  for (let h = 0; h < inputs.length; h++) {
    const predicted = predictor.predict(values, from + h, inputs[h]!);
    values[from + h] = errors === null ? predicted : predicted + errors[h]!;
  }
}

/** One-step errors of all paths, one path after the other. */
function errorsOf({ sigma2 }: NnarParams, streams: readonly Rng[], horizon: number): Float64Array {
  const deviation = Math.sqrt(sigma2);
  const draws = normalDraws(streams, horizon);
  const errors = new Float64Array(streams.length * horizon);
  for (let i = 0; i < streams.length; i++)
    for (let h = 0; h < horizon; h++)
      errors[i * horizon + h] = deviation * draws.values[i * draws.stride + h]!;
  return errors;
}

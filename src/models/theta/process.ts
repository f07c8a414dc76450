import type { Distribution } from "../../core/distribution.js";
import type { Paths } from "../../core/forecast.js";
import type { Process, Replay } from "../../core/model.js";
import type { Rng } from "../../core/random.js";
import { diffuse } from "../../distributions/diffuse.js";
import { normal } from "../../distributions/normal.js";
import { normalDraws } from "../../engine/draws.js";
import { replayStepwise } from "../../engine/replay.js";
import { aheadThroughGaps, rollStepwise } from "../../engine/roll.js";
import { moved, type Step, stepAt, type ThetaParams, type ThetaState } from "./motion.js";

const CERTAIN = new Float64Array(0);
/** Values before a dynamic line has a slope: their predictions say nothing. */
const WARM_UP = 2;

/**
 * The theta method as a process: simple exponential smoothing pulled along by a line, on a seasonally adjusted series.
 * It is linear with normal errors, so marginals and missing values are exact.
 */
export const thetaProcess: Process<ThetaParams, ThetaState> = {
  kind: "theta",
  start: ({ level }) => ({ level, mean: 0, slope: 0, count: 0, spread: CERTAIN }),
  conditional(params, state) {
    const step = stepAt(params, state.count);
    const mean = predict(state, step);
    if (params.dynamic && state.count < WARM_UP) return diffuse(seasoned(params, state.count, mean));
    return onScale(params, state.count, mean, params.sigma2 * varianceOf(state.spread, step));
  },
  advance(params, state, y) {
    const step = stepAt(params, state.count);
    const prediction = predict(state, step);
    if (Number.isNaN(y)) return afterMissing(params, state, step, prediction);
    const value = adjusted(params, state.count, y);
    const certain = state.spread.length === 0 ? state : learned(state, step, value - prediction);
    const [level, mean, slope] = moved(params.alpha, step, certain.level, certain.mean, certain.slope, value);
    const spread = state.spread.length === 0 ? CERTAIN : carried(params, step, certain.spread, 0, false);
    return { level, mean, slope, count: state.count + 1, spread };
  },
  ahead: (params, state, inputs) => aheadThroughGaps(thetaProcess, params, state, inputs),
  rollMany(params, state, inputs, streams) {
    const warm = !params.dynamic || state.count >= WARM_UP;
    if (state.spread.length > 0 || !warm) return rollStepwise(thetaProcess, params, state, inputs, streams);
    return rollTogether(params, state, inputs.length, streams);
  },
  replayMany(params, series) {
    if (series.y.some(Number.isNaN)) return replayStepwise(thetaProcess, params, series);
    return replayWhole(params, series.y);
  },
};

function predict({ level, mean, slope }: ThetaState, { m, s, constant }: Step): number {
  return level + m * mean + s * slope + constant;
}

/** Variance of the next value in units of σ². */
function varianceOf(spread: Float64Array, step: Step): number {
  if (spread.length === 0) return 1;
  const h = [1, step.m, step.s];
  let variance = 1;
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) variance += h[i]! * h[j]! * spread[3 * i + j]!;
  return variance;
}

/** What an error says about states that were uncertain: Kalman's update. */
function learned(state: ThetaState, step: Step, error: number): ThetaState {
  const h = [1, step.m, step.s];
  const { spread } = state;
  const lean = h.map((_, i) => h.reduce((sum, weight, j) => sum + weight * spread[3 * i + j]!, 0));
  const variance = 1 + h.reduce((sum, weight, i) => sum + weight * lean[i]!, 0);
  const after = spread.map((value, at) => value - (lean[Math.floor(at / 3)]! * lean[at % 3]!) / variance);
  return {
    ...state,
    level: state.level + (lean[0]! * error) / variance,
    mean: state.mean + (lean[1]! * error) / variance,
    slope: state.slope + (lean[2]! * error) / variance,
    spread: after,
  };
}

/** The value is the prediction plus an unknown error of variance σ². */
function afterMissing(params: ThetaParams, state: ThetaState, step: Step, prediction: number): ThetaState {
  const [level, mean, slope] = moved(params.alpha, step, state.level, state.mean, state.slope, prediction);
  const before = state.spread.length === 0 ? new Float64Array(9) : state.spread;
  return { level, mean, slope, count: state.count + 1, spread: carried(params, step, before, 1, true) };
}

/**
 * Covariance one step on: of states that take up a known value, or (`follows`) the prediction they make themselves plus an
 * error of variance `noise`.
 */
function carried(
  { alpha }: ThetaParams,
  step: Step,
  spread: Float64Array,
  noise: number,
  follows: boolean,
): Float64Array {
  const h = [1, step.m, step.s];
  const columns = h.map((weight, i) => {
    const unit = [0, 0, 0];
    unit[i] = 1;
    return moved(alpha, step, unit[0]!, unit[1]!, unit[2]!, follows ? weight : 0);
  });
  const impulse = moved(alpha, step, 0, 0, 0, 1);
  const result = new Float64Array(9);
  for (let a = 0; a < 3; a++) {
    for (let b = 0; b < 3; b++) {
      let sum = noise * impulse[a]! * impulse[b]!;
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) sum += columns[i]![a]! * spread[3 * i + j]! * columns[j]![b]!;
      }
      result[3 * a + b] = sum;
    }
  }
  return result;
}

/** The seasonal factor (or addend) of the value after `count` others. */
function seasonOf({ figure, multiplicative }: ThetaParams, count: number): number {
  return figure.length === 0 ? (multiplicative ? 1 : 0) : figure[count % figure.length]!;
}

function adjusted(params: ThetaParams, count: number, y: number): number {
  const season = seasonOf(params, count);
  return params.multiplicative ? y / season : y - season;
}

function seasoned(params: ThetaParams, count: number, value: number): number {
  const season = seasonOf(params, count);
  return params.multiplicative ? value * season : value + season;
}

function onScale(params: ThetaParams, count: number, mean: number, variance: number): Distribution {
  const factor = params.multiplicative ? seasonOf(params, count) : 1;
  return normal(seasoned(params, count, mean), variance * factor * factor);
}

/** A whole series without missing values in one run. */
function replayWhole(params: ThetaParams, y: Float64Array): Replay<ThetaState> {
  const n = y.length;
  const fitted = new Float64Array(n).fill(Number.NaN);
  const residuals = new Float64Array(n).fill(Number.NaN);
  const standardized = new Float64Array(n).fill(Number.NaN);
  const sd = Math.sqrt(params.sigma2);
  let level = params.level;
  let mean = 0;
  let slope = 0;
  let logLikelihood = 0;
  for (let t = 0; t < n; t++) {
    const step = stepAt(params, t);
    if (!params.dynamic || t >= WARM_UP) {
      const prediction = seasoned(params, t, level + step.m * mean + step.s * slope + step.constant);
      const factor = params.multiplicative ? seasonOf(params, t) : 1;
      const e = y[t]! - prediction;
      fitted[t] = prediction;
      residuals[t] = e;
      standardized[t] = e === 0 ? 0 : e / (sd * Math.abs(factor));
      logLikelihood += normal(prediction, params.sigma2 * factor * factor).logDensity(y[t]!);
    }
    [level, mean, slope] = moved(params.alpha, step, level, mean, slope, adjusted(params, t, y[t]!));
  }
  return {
    state: { level, mean, slope, count: n, spread: CERTAIN },
    logLikelihood,
    fitted,
    residuals,
    standardized,
  };
}

/** All paths at once: the same numbers as the plain roll, the steps' constants computed once. */
function rollTogether(
  params: ThetaParams,
  state: ThetaState,
  horizon: number,
  streams: readonly Rng[],
): Paths {
  const steps = Array.from({ length: horizon }, (_, h) => stepAt(params, state.count + h));
  const values = new Float64Array(streams.length * horizon);
  const { values: normals, stride } = normalDraws(streams, horizon);
  streams.forEach((_, i) => {
    let { level, mean, slope } = state;
    for (let h = 0; h < horizon; h++) {
      const step = steps[h]!;
      const count = state.count + h;
      const prediction = level + step.m * mean + step.s * slope + step.constant;
      const factor = params.multiplicative ? seasonOf(params, count) : 1;
      const sd = Math.sqrt(params.sigma2 * 1 * factor * factor);
      const y = seasoned(params, count, prediction) + sd * normals[i * stride + h]!;
      values[i * horizon + h] = y;
      [level, mean, slope] = moved(params.alpha, step, level, mean, slope, adjusted(params, count, y));
    }
  });
  return { count: streams.length, horizon, values };
}

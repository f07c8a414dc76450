import type { Distribution } from "../../core/distribution.js";
import type { Process } from "../../core/model.js";
import { diffuse } from "../../distributions/families/diffuse.js";
import { normal } from "../../distributions/families/normal.js";
import { replayStepwise } from "../../engine/replay.js";
import { rollStepwise } from "../../engine/roll.js";
import { aheadThroughGaps } from "../../engine/through-gaps.js";
import { marginalsAhead } from "./ahead.js";
import { replayWhole } from "./replay-whole.js";
import { rollPaths } from "./roll-paths.js";
import { adjusted, factorOf, seasoned } from "./season-figure.js";
import {
  afterMissing,
  afterValue,
  CERTAIN,
  predictionCovariance,
  unitVariance,
  withDrift,
} from "./state-covariance.js";
import {
  advanced,
  predict,
  type Step,
  startMean,
  stepAt,
  type ThetaParams,
  type ThetaState,
} from "./transition.js";

/** Values before a dynamic line has a slope: their predictions say nothing. */
const WARM_UP = 2;

/**
 * The theta method as a process: simple exponential smoothing pulled along by a line, on a seasonally adjusted series.
 * From the end of the training series on the drift is uncertain, and learned from what comes. It is linear with normal
 * errors, so marginals and missing values are exact.
 */
export const thetaProcess: Process<ThetaParams, ThetaState> = {
  kind: "theta",
  start: (params) => ({
    level: params.level,
    mean: startMean(params),
    slope: 0,
    drift: 0,
    count: 0,
    covariance: CERTAIN,
  }),
  conditional(params, state) {
    const step = stepAt(params, state.count);
    const mean = predict(state, step);
    if (!isWarm(params, state)) return diffuse(seasoned(params, state.count, mean));
    return onScale(
      params,
      state,
      mean,
      params.sigma2 * unitVariance(predictionCovariance(state.covariance, step), step),
    );
  },
  advance(params, state, y) {
    const step = stepAt(params, state.count);
    const next = Number.isNaN(y) ? overMissing(params, state, step) : overValue(params, state, step, y);
    return next.count === params.origin
      ? { ...next, covariance: withDrift(next.covariance, params.driftVariance) }
      : next;
  },
  ahead(params, state, inputs) {
    // Before the training series ends the drift counts as certain, and becomes uncertain on the way.
    if (!isWarm(params, state) || state.count < params.origin)
      return aheadThroughGaps(thetaProcess, params, state, inputs);
    return marginalsAhead(params, state, inputs.length);
  },
  rollMany(params, state, inputs, streams) {
    if (!isWarm(params, state)) return rollStepwise(thetaProcess, params, state, inputs, streams);
    return rollPaths(params, state, inputs.length, streams);
  },
  replayMany(params, series) {
    if (series.y.length > params.origin || series.y.some(Number.isNaN))
      return replayStepwise(thetaProcess, params, series);
    return replayWhole(params, series.y, WARM_UP);
  },
};

function isWarm({ dynamic }: ThetaParams, { count }: ThetaState): boolean {
  return !dynamic || count >= WARM_UP;
}

function overValue(params: ThetaParams, state: ThetaState, step: Step, y: number): ThetaState {
  const { alpha } = params;
  const { covariance } = state;
  const value = adjusted(params, state.count, y);
  if (covariance.length === 0) return advanced(alpha, step, state, value, covariance);
  const covariances = predictionCovariance(covariance, step);
  const variance = unitVariance(covariances, step);
  const share = (value - predict(state, step)) / variance;
  const learned = {
    ...state,
    level: state.level + covariances[0]! * share,
    mean: state.mean + covariances[1]! * share,
    slope: state.slope + covariances[2]! * share,
    drift: state.drift + covariances[3]! * share,
  };
  return advanced(alpha, step, learned, value, afterValue(alpha, step, covariance, covariances, variance));
}

function overMissing({ alpha }: ThetaParams, state: ThetaState, step: Step): ThetaState {
  return advanced(alpha, step, state, predict(state, step), afterMissing(alpha, step, state.covariance));
}

function onScale(params: ThetaParams, { count }: ThetaState, mean: number, variance: number): Distribution {
  const factor = factorOf(params, count);
  return normal(seasoned(params, count, mean), variance * factor * factor);
}

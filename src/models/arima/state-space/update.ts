import { semidefiniteFactor } from "../../../math/linear-algebra/row-compression.js";
import { EMPTY } from "../../../math/linear-algebra/vector.js";
import type { LagModel } from "../lag-polynomial/model.js";
import { type LagPrediction, norm, predict } from "./predict.js";
import { differencedMeans, type NewRows, shifted, shiftRows, type Updated } from "./shift.js";
import { begunState, condensed, diffuseState, type LagState, withCovariance } from "./state.js";
import type { StartFactor } from "./stationary-start.js";

/** The memory one step on, after seeing one value a column; the first is NaN where the value is missing. */
export function advance(
  model: LagModel,
  start: StartFactor,
  state: LagState,
  values: Float64Array,
): LagState {
  if (state.stage === "collecting") return open(model, start, state, values);
  if (Number.isNaN(values[0])) {
    const general = generalState(model, start, state);
    return passOver(model, general, predict(model, general));
  }
  const prediction = predict(model, state);
  if (state.stage === "innovations" || state.stage === "exact")
    return learn(model, state, prediction, values);
  if (prediction.isDiffuse) return resolve(model, state, prediction, values);
  return absorb(model, state, prediction, values);
}

/** Collects the first values. After a gap among them the state is diffuse; gaps before the first value are skipped. */
function open(model: LagModel, start: StartFactor, state: LagState, values: Float64Array): LagState {
  const { columns } = state;
  const collected = state.opening;
  if (Number.isNaN(values[0])) {
    return collected.length === 0 ? state : advance(model, start, generalState(model, start, state), values);
  }
  const opening = new Float64Array(collected.length + columns);
  opening.set(collected);
  opening.set(values, collected.length);
  if (opening.length === model.rowOfW * columns) return begunState(model, start, columns, opening);
  return { ...state, opening };
}

/** The same memory in general form: with no values that are still collected, with a factor where there was a covariance. */
export function generalState(model: LagModel, start: StartFactor, state: LagState): LagState {
  if (state.stage === "collecting") {
    const { columns, opening } = state;
    let general = diffuseState(model, start, columns);
    for (let at = 0; at < opening.length; at += columns) {
      general = advance(model, start, general, opening.subarray(at, at + columns));
    }
    return general;
  }
  if (state.stage !== "innovations") return { ...state, stage: "general" };
  const rank = model.ma.degree;
  const factor = semidefiniteFactor(state.covariance, rank);
  return { ...state, stage: "general", factor, rank, covariance: EMPTY };
}

/** The memory one row on, in as few numbers as hold it. */
function moved(model: LagModel, state: LagState, updated: Updated): LagState {
  return condensed(model, shifted(model, state, updated));
}

/** Conditions on an observed value whose variance is finite. */
function absorb(model: LagModel, state: LagState, prediction: LagPrediction, values: Float64Array): LagState {
  const { columns, first, rank, factor } = state;
  const { response, relativeVariance } = prediction;
  const surprise = values.map((value, c) => value - prediction.mean[c]);
  const mean = state.mean.slice();
  const updated = new Float64Array(factor.length);
  const deviation = Math.sqrt(relativeVariance);
  const share = 1 / (relativeVariance + deviation);
  for (let row = first; row < model.rows; row++) {
    const gain = projectRow(factor, updated, (row - first) * rank, rank, response, share);
    for (let c = 0; c < columns; c++) mean[row * columns + c] += (gain / relativeVariance) * surprise[c];
  }
  const innovation = response.map((r) => -r / deviation);
  return moved(model, state, {
    mean,
    factor: updated,
    rank,
    values,
    innovationMean: surprise.map((v) => v / relativeVariance),
    innovation,
    diffuse: state.diffuse,
    diffuseRank: state.diffuseRank,
  });
}

/** row − share·(row·r)r, the part of a Householder reflection that keeps the columns; returns row·r. */
function projectRow(
  source: Float64Array,
  target: Float64Array,
  at: number,
  count: number,
  response: Float64Array,
  share: number,
): number {
  let gain = 0;
  for (let j = 0; j < count; j++) gain += source[at + j] * response[j];
  const scale = share * gain;
  for (let j = 0; j < count; j++) target[at + j] = source[at + j] - scale * response[j];
  return gain;
}

/** Conditions on an observed value that is diffuse: it fixes one diffuse direction. */
function resolve(
  model: LagModel,
  state: LagState,
  prediction: LagPrediction,
  values: Float64Array,
): LagState {
  const { columns, rank, factor, diffuseRank } = state;
  const { response, diffuseResponse } = prediction;
  const { kept, direction, scale } = splitDirection(model, state, diffuseResponse);
  const width = rank + 1;
  const mean = state.mean.slice();
  const updated = new Float64Array(model.rows * width);
  for (let row = 0; row < model.rows; row++) {
    const share = direction[row] / scale;
    for (let c = 0; c < columns; c++) {
      mean[row * columns + c] += share * (values[c] - prediction.mean[c]);
    }
    for (let j = 0; j < rank; j++) updated[row * width + j] = factor[row * rank + j] - share * response[j];
    updated[row * width + rank] = -share;
  }
  const innovation = new Float64Array(width);
  innovation[rank] = 1;
  return moved(model, state, {
    mean,
    factor: updated,
    rank: width,
    values,
    innovationMean: new Float64Array(columns),
    innovation,
    diffuse: kept,
    diffuseRank: diffuseRank - 1,
  });
}

/** Turns the diffuse columns so that only the last one answers to the next value. */
function splitDirection(model: LagModel, state: LagState, diffuseResponse: Float64Array) {
  const { diffuse, diffuseRank } = state;
  const last = diffuseRank - 1;
  const length = Math.sqrt(norm(diffuseResponse));
  const scale = diffuseResponse[last] > 0 ? -length : length;
  const mirror = diffuseResponse.slice();
  mirror[last] -= scale;
  const share = 2 / norm(mirror);
  const turned = new Float64Array(diffuse.length);
  const kept = new Float64Array(model.rows * last);
  const direction = new Float64Array(model.rows);
  for (let row = 0; row < model.rows; row++) {
    projectRow(diffuse, turned, row * diffuseRank, diffuseRank, mirror, share);
    for (let j = 0; j < last; j++) kept[row * last + j] = turned[row * diffuseRank + j];
    direction[row] = turned[row * diffuseRank + last];
  }
  return { kept, direction, scale };
}

/** Moves on without an observation: the new innovation is a new source of uncertainty. */
function passOver(model: LagModel, state: LagState, prediction: LagPrediction): LagState {
  const { columns, first, rank, factor } = state;
  const width = rank + 1;
  const widened = new Float64Array(model.rows * width);
  for (let row = first; row < model.rows; row++) {
    for (let j = 0; j < rank; j++) widened[row * width + j] = factor[(row - first) * rank + j];
  }
  const innovation = new Float64Array(width);
  innovation[rank] = 1;
  return moved(
    model,
    { ...state, first: 0 },
    {
      mean: state.mean,
      factor: widened,
      rank: width,
      values: null,
      prediction,
      innovationMean: new Float64Array(columns),
      innovation,
      diffuse: state.diffuse,
      diffuseRank: state.diffuseRank,
    },
  );
}

/** Conditions on an observed value where at most the innovations are uncertain: C ← C − gg'/F, one lag on. */
function learn(model: LagModel, state: LagState, prediction: LagPrediction, values: Float64Array): LagState {
  const { columns, covariance, stage } = state;
  const { response, relativeVariance } = prediction;
  const q = model.ma.degree;
  const surprise = values.map((value, c) => value - prediction.mean[c]);
  const mean = state.mean.slice();
  for (let i = 0; i < response.length; i++) {
    const gain = response[i] / relativeVariance;
    for (let c = 0; c < columns; c++) mean[(model.rowOfE + i) * columns + c] += gain * surprise[c];
  }
  const fresh: NewRows = {
    y: values,
    w: differencedMeans(model, mean, columns, values),
    e: surprise.map((v) => v / relativeVariance),
  };
  const next: LagState = {
    columns,
    mean: shiftRows(model, mean, columns, 0, 0, fresh),
    stage,
    first: state.first,
    factor: state.factor,
    rank: state.rank,
    covariance,
    diffuse: state.diffuse,
    diffuseRank: state.diffuseRank,
    known: state.known + 1,
    opening: state.opening,
  };
  if (stage === "exact") return next;
  return withCovariance(model, next, learnedCovariance(covariance, response, relativeVariance, q));
}

function learnedCovariance(
  covariance: Float64Array,
  response: Float64Array,
  relativeVariance: number,
  q: number,
): Float64Array {
  const next = new Float64Array(q * q);
  next[0] = 1 - 1 / relativeVariance;
  for (let i = 1; i < q; i++) {
    next[i] = -response[i - 1] / relativeVariance;
    next[i * q] = next[i];
    const share = response[i - 1] / relativeVariance;
    for (let j = 1; j < q; j++) {
      next[i * q + j] = covariance[(i - 1) * q + j - 1] - share * response[j - 1];
    }
  }
  return next;
}

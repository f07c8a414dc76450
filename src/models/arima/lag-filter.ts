import type { LagModel } from "./lag-model.js";
import { compressRows } from "./row-compression.js";
import type { StartFactor } from "./stationary-start.js";

/**
 * What is known of the memory of a {@link LagModel}: plain data, of a size that does not grow.
 *
 * The memory is mean + diffuse·ξ + factor·ζ, ζ independent with variance σ², ξ with unbounded variance. Rows before
 * `first` are known exactly. `mean` has one entry a row for each of `columns` series filtered side by side, which share
 * the gaps of the first.
 */
export interface LagState {
  readonly columns: number;
  readonly mean: Float64Array;
  readonly first: number;
  readonly rank: number;
  /** (rows − first) × rank. */
  readonly factor: Float64Array;
  readonly diffuseRank: number;
  /** rows × diffuseRank. */
  readonly diffuse: Float64Array;
  /** Values observed since the last gap; those before the start that are needed count once all are known. */
  readonly known: number;
  /** The first values, until there are as many as differencing needs; null from then on. */
  readonly opening: Float64Array | null;
}

/** The next value: mean and variance σ²·`spread`, or diffuse. */
export interface LagPrediction {
  /** One mean a column. */
  readonly mean: Float64Array;
  readonly spread: number;
  readonly isDiffuse: boolean;
  /** factor'c and diffuse'c, c the combination that is the next value's mean. */
  readonly response: Float64Array;
  readonly diffuseResponse: Float64Array;
}

const NONE: Float64Array = new Float64Array(0);
/** A diffuse response this small beside the diffuse factor is rounding. */
const DIFFUSE_TOLERANCE = 1e-20;
/** Below this a factor cannot change 1 + |response|². */
const CERTAIN = 1e-24;

export function startState(model: LagModel, start: StartFactor, columns = 1): LagState {
  if (model.rowOfW === 0) return begunState(model, start, columns, NONE);
  return {
    columns,
    mean: new Float64Array(model.rows * columns),
    first: 0,
    rank: 0,
    factor: NONE,
    diffuseRank: 0,
    diffuse: NONE,
    known: 0,
    opening: NONE,
  };
}

/** The memory once the d + mD values that differencing needs are there, oldest first. */
function begunState(model: LagModel, start: StartFactor, columns: number, values: Float64Array): LagState {
  const mean = new Float64Array(model.rows * columns);
  const needed = model.rowOfW;
  for (let lag = 1; lag <= needed; lag++) {
    for (let c = 0; c < columns; c++) mean[(lag - 1) * columns + c] = values[(needed - lag) * columns + c]!;
  }
  return {
    columns,
    mean,
    first: needed,
    rank: start.rank,
    factor: start.values,
    diffuseRank: 0,
    diffuse: NONE,
    known: needed,
    opening: null,
  };
}

/** The memory before any value: exactly diffuse in y. */
function diffuseState(model: LagModel, start: StartFactor, columns: number): LagState {
  const needed = model.rowOfW;
  const diffuse = new Float64Array(model.rows * needed);
  for (let i = 0; i < needed; i++) diffuse[i * needed + i] = 1;
  const factor = new Float64Array(model.rows * start.rank);
  factor.set(start.values, needed * start.rank);
  return {
    columns,
    mean: new Float64Array(model.rows * columns),
    first: 0,
    rank: start.rank,
    factor,
    diffuseRank: needed,
    diffuse,
    known: 0,
    opening: null,
  };
}

export function predict(model: LagModel, state: LagState): LagPrediction {
  const { columns, first, rank, factor, diffuseRank, diffuse } = state;
  const mean = combine(model, state.mean, columns, 0);
  if (state.opening !== null) {
    return { mean, spread: Number.POSITIVE_INFINITY, isDiffuse: true, response: NONE, diffuseResponse: NONE };
  }
  const response = combine(model, factor, rank, first);
  const diffuseResponse = combine(model, diffuse, diffuseRank, 0);
  const isDiffuse = diffuseRank > 0 && norm(diffuseResponse) > DIFFUSE_TOLERANCE * norm(diffuse);
  return {
    mean,
    spread: isDiffuse ? Number.POSITIVE_INFINITY : 1 + norm(response),
    isDiffuse,
    response,
    diffuseResponse,
  };
}

/** Σ_i weight_i · (row index_i of a matrix whose rows begin at `first`). */
function combine(model: LagModel, rows: Float64Array, width: number, first: number): Float64Array {
  const { index, weight } = model;
  const result = new Float64Array(width);
  for (let i = 0; i < index.length; i++) {
    if (index[i]! < first) continue;
    const at = (index[i]! - first) * width;
    for (let j = 0; j < width; j++) result[j]! += weight[i]! * rows[at + j]!;
  }
  return result;
}

function norm(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}

/** The memory one step on, after seeing one value a column; the first is NaN where the value is missing. */
export function advance(
  model: LagModel,
  start: StartFactor,
  state: LagState,
  values: Float64Array,
): LagState {
  if (state.opening !== null) return open(model, start, state, values);
  const prediction = predict(model, state);
  if (Number.isNaN(values[0])) return passOver(model, state, prediction);
  if (prediction.isDiffuse) return resolve(model, state, prediction, values);
  return absorb(model, state, prediction, values);
}

/** Collects the first values. A gap among them takes the general, diffuse way; gaps before them tell nothing. */
function open(model: LagModel, start: StartFactor, state: LagState, values: Float64Array): LagState {
  const { columns } = state;
  const collected = state.opening!;
  if (Number.isNaN(values[0])) {
    return collected.length === 0 ? state : advance(model, start, generalState(model, start, state), values);
  }
  const opening = new Float64Array(collected.length + columns);
  opening.set(collected);
  opening.set(values, collected.length);
  if (opening.length === model.rowOfW * columns) return begunState(model, start, columns, opening);
  return { ...state, opening };
}

/** The same knowledge without an opening: the diffuse filter run over what was collected. */
export function generalState(model: LagModel, start: StartFactor, state: LagState): LagState {
  if (state.opening === null) return state;
  const { columns, opening } = state;
  let general = diffuseState(model, start, columns);
  for (let at = 0; at < opening.length; at += columns) {
    general = advance(model, start, general, opening.subarray(at, at + columns));
  }
  return general;
}

/** Conditions on an observed value whose variance is finite. */
function absorb(model: LagModel, state: LagState, prediction: LagPrediction, values: Float64Array): LagState {
  const { columns, first, rank, factor } = state;
  const { response, spread } = prediction;
  const surprise = values.map((value, c) => value - prediction.mean[c]!);
  const mean = state.mean.slice();
  const updated = new Float64Array(factor.length);
  const deviation = Math.sqrt(spread);
  const share = 1 / (spread + deviation);
  for (let row = first; row < model.rows; row++) {
    const gain = projectRow(factor, updated, (row - first) * rank, rank, response, share);
    for (let c = 0; c < columns; c++) mean[row * columns + c]! += (gain / spread) * surprise[c]!;
  }
  const innovation = response.map((r) => -r / deviation);
  return shifted(model, state, {
    mean,
    factor: updated,
    rank,
    values,
    innovationMean: surprise.map((v) => v / spread),
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
  for (let j = 0; j < count; j++) gain += source[at + j]! * response[j]!;
  const scale = share * gain;
  for (let j = 0; j < count; j++) target[at + j] = source[at + j]! - scale * response[j]!;
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
    const share = direction[row]! / scale;
    for (let c = 0; c < columns; c++) {
      mean[row * columns + c]! += share * (values[c]! - prediction.mean[c]!);
    }
    for (let j = 0; j < rank; j++) updated[row * width + j] = factor[row * rank + j]! - share * response[j]!;
    updated[row * width + rank] = -share;
  }
  const innovation = new Float64Array(width);
  innovation[rank] = 1;
  return shifted(model, state, {
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
  const scale = diffuseResponse[last]! > 0 ? -length : length;
  const mirror = diffuseResponse.slice();
  mirror[last]! -= scale;
  const share = 2 / norm(mirror);
  const turned = new Float64Array(diffuse.length);
  const kept = new Float64Array(model.rows * last);
  const direction = new Float64Array(model.rows);
  for (let row = 0; row < model.rows; row++) {
    projectRow(diffuse, turned, row * diffuseRank, diffuseRank, mirror, share);
    for (let j = 0; j < last; j++) kept[row * last + j] = turned[row * diffuseRank + j]!;
    direction[row] = turned[row * diffuseRank + last]!;
  }
  return { kept, direction, scale };
}

/** Moves on without an observation: the new innovation is a new source of uncertainty. */
function passOver(model: LagModel, state: LagState, prediction: LagPrediction): LagState {
  const { columns, first, rank, factor } = state;
  const width = rank + 1;
  const widened = new Float64Array(model.rows * width);
  for (let row = first; row < model.rows; row++) {
    for (let j = 0; j < rank; j++) widened[row * width + j] = factor[(row - first) * rank + j]!;
  }
  const innovation = new Float64Array(width);
  innovation[rank] = 1;
  return shifted(
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

interface Updated {
  /** The memory's rows given all that was seen, rows from the old `first` on. */
  readonly mean: Float64Array;
  readonly factor: Float64Array;
  readonly rank: number;
  readonly diffuse: Float64Array;
  readonly diffuseRank: number;
  /** The new innovation. */
  readonly innovationMean: Float64Array;
  readonly innovation: Float64Array;
  /** The new value, null where missing. */
  readonly values: Float64Array | null;
  readonly prediction?: LagPrediction;
}

/** Makes room for y_t, w_t and e_t and drops the oldest of each. */
function shifted(model: LagModel, state: LagState, updated: Updated): LagState {
  const { columns } = state;
  const known = updated.values === null ? 0 : state.known + 1;
  const first = firstUncertain(model, known);
  const mean = shiftRows(model, updated.mean, columns, 0, 0, newMeans(model, state, updated, known));
  const rows = newFactorRows(model, state, updated, known);
  const factor = shiftRows(model, updated.factor, updated.rank, state.first, first, rows);
  const diffuse = shiftRows(
    model,
    updated.diffuse,
    updated.diffuseRank,
    0,
    0,
    newDiffuseRows(model, updated),
  );
  const base = { columns, mean, diffuseRank: updated.diffuseRank, diffuse, known, opening: null };
  if (first === model.rowOfE && norm(factor) < CERTAIN)
    return { ...base, first: model.rows, rank: 0, factor: NONE };
  const rowCount = model.rows - first;
  if (updated.rank <= rowCount) return { ...base, first, rank: updated.rank, factor };
  return { ...base, first, rank: rowCount, factor: compressRows(factor, rowCount, updated.rank) };
}

/** After so many observed values in a row, y and then w are known exactly as far back as they are needed. */
function firstUncertain(model: LagModel, known: number): number {
  if (known >= model.rowOfE) return model.rowOfE;
  return known >= model.rowOfW ? model.rowOfW : 0;
}

interface NewRows {
  readonly y: Float64Array | null;
  readonly w: Float64Array | null;
  readonly e: Float64Array | null;
}

function shiftRows(
  model: LagModel,
  source: Float64Array,
  width: number,
  sourceFirst: number,
  targetFirst: number,
  fresh: NewRows,
): Float64Array {
  const target = new Float64Array((model.rows - targetFirst) * width);
  for (let row = model.rows - 1; row >= targetFirst; row--) {
    const at = (row - targetFirst) * width;
    const newest =
      row === model.rowOfE ? fresh.e : row === model.rowOfW ? fresh.w : row === 0 ? fresh.y : undefined;
    if (newest === undefined) {
      if (row - 1 < sourceFirst) continue;
      const from = (row - 1 - sourceFirst) * width;
      for (let j = 0; j < width; j++) target[at + j] = source[from + j]!;
    } else if (newest !== null) target.set(newest, at);
  }
  return target;
}

/** w_t − e_t = −Σ a_j w_{t−j} + Σ t_j e_{t−j} in the rows of a matrix. */
function driven(model: LagModel, rows: Float64Array, width: number, first: number): Float64Array {
  const { ar, ma, rowOfW, rowOfE } = model;
  const sum = new Float64Array(width);
  const add = (row: number, weight: number) => {
    if (row < first) return;
    const at = (row - first) * width;
    for (let j = 0; j < width; j++) sum[j]! += weight * rows[at + j]!;
  };
  ar.lags.forEach((lag, j) => {
    add(rowOfW + lag - 1, -ar.coefficients[j]!);
  });
  ma.lags.forEach((lag, j) => {
    add(rowOfE + lag - 1, ma.coefficients[j]!);
  });
  return sum;
}

function newMeans(model: LagModel, state: LagState, updated: Updated, known: number): NewRows {
  const { columns } = state;
  const y = updated.values ?? updated.prediction!.mean;
  if (known > model.rowOfW)
    return { y, w: differenced(model, updated.mean, columns, y), e: updated.innovationMean };
  const w = driven(model, updated.mean, columns, 0).map((value, c) => value + updated.innovationMean[c]!);
  return { y, w, e: updated.innovationMean };
}

/** w_t = ∇(B)y_t where all the y are known. */
function differenced(model: LagModel, mean: Float64Array, columns: number, y: Float64Array): Float64Array {
  const { lags, coefficients } = model.difference;
  return y.map((value, c) => {
    let sum = value;
    for (let j = 0; j < lags.length; j++) sum += coefficients[j]! * mean[(lags[j]! - 1) * columns + c]!;
    return sum;
  });
}

function newFactorRows(model: LagModel, state: LagState, updated: Updated, known: number): NewRows {
  const { innovation, rank } = updated;
  const w =
    known > model.rowOfW
      ? null
      : driven(model, updated.factor, rank, state.first).map((value, j) => value + innovation[j]!);
  if (updated.values !== null) return { y: null, w, e: innovation };
  const y = new Float64Array(rank);
  y.set(updated.prediction!.response);
  y[rank - 1] = 1;
  return { y, w, e: innovation };
}

function newDiffuseRows(model: LagModel, updated: Updated): NewRows {
  if (updated.values !== null || updated.diffuseRank === 0 || model.rowOfW === 0)
    return { y: null, w: null, e: null };
  return { y: updated.prediction!.diffuseResponse, w: null, e: null };
}

import { EMPTY } from "../../../math/linear-algebra/vector.js";
import type { LagList, LagModel } from "../lag-polynomial/model.js";
import type { LagPrediction } from "./predict.js";
import type { LagState } from "./state.js";

/** The memory given all that was seen, before it moves on. */
export interface Updated {
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
export function shifted(model: LagModel, state: LagState, updated: Updated): LagState {
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
  return {
    columns,
    mean,
    stage: "general",
    first,
    factor,
    rank: updated.rank,
    covariance: EMPTY,
    diffuse,
    diffuseRank: updated.diffuseRank,
    known,
    opening: EMPTY,
  };
}

/** After so many observed values in a row, y and then w are known exactly as far back as they are needed. */
export function firstUncertain(model: LagModel, known: number): number {
  if (known >= model.rowOfE) return model.rowOfE;
  return known >= model.rowOfW ? model.rowOfW : 0;
}

export interface NewRows {
  readonly y: Float64Array | null;
  readonly w: Float64Array | null;
  readonly e: Float64Array | null;
}

/** Each row moves down by one, all together since rows lie one after another; the first of y, w and e are new. */
export function shiftRows(
  model: LagModel,
  source: Float64Array,
  width: number,
  sourceFirst: number,
  targetFirst: number,
  fresh: NewRows,
): Float64Array {
  const { rows, rowOfW, rowOfE } = model;
  const target = new Float64Array((rows - targetFirst) * width);
  const begin = Math.max(targetFirst, sourceFirst + 1);
  const moved = (rows - begin) * width;
  if (moved > LONG) {
    const from = (begin - 1 - sourceFirst) * width;
    target.set(source.subarray(from, from + moved), (begin - targetFirst) * width);
  } else copy(source, target, (begin - 1 - sourceFirst) * width, moved, (begin - targetFirst) * width);
  renewRow(target, width, 0 - targetFirst, rows - targetFirst, fresh.y);
  renewRow(target, width, rowOfW - targetFirst, rows - targetFirst, fresh.w);
  renewRow(target, width, rowOfE - targetFirst, rows - targetFirst, fresh.e);
  return target;
}

/** A block of more values is copied faster by the array itself. */
const LONG = 100;

function copy(source: Float64Array, target: Float64Array, from: number, count: number, to: number): void {
  for (let i = 0; i < count; i++) target[to + i] = source[from + i];
}

/** Zeros where there is no new row. */
function renewRow(
  target: Float64Array,
  width: number,
  row: number,
  rows: number,
  fresh: Float64Array | null,
): void {
  if (row < 0 || row >= rows) return;
  const at = row * width;
  for (let j = 0; j < width; j++) target[at + j] = fresh === null ? 0 : fresh[j];
}

/** w_t − e_t = −Σ a_j w_{t−j} + Σ t_j e_{t−j} in the rows of a matrix. */
function driven(model: LagModel, rows: Float64Array, width: number, first: number): Float64Array {
  const { ar, ma, rowOfW, rowOfE } = model;
  const sum = new Float64Array(width);
  addRows(sum, rows, ar, rowOfW - first, -1);
  addRows(sum, rows, ma, rowOfE - first, 1);
  return sum;
}

/** sum += sign·Σ c_j times the row that lies lag_j − 1 after `at`; rows before the matrix are zero. */
function addRows(sum: Float64Array, rows: Float64Array, list: LagList, at: number, sign: number): void {
  const { lags, coefficients } = list;
  const width = sum.length;
  for (let k = 0; k < lags.length; k++) {
    const row = at + lags[k] - 1;
    if (row < 0) continue;
    const weight = sign * coefficients[k];
    for (let j = 0; j < width; j++) sum[j] += weight * rows[row * width + j];
  }
}

function newMeans(model: LagModel, state: LagState, updated: Updated, known: number): NewRows {
  const { columns } = state;
  const y = updated.values ?? updated.prediction!.mean;
  if (known > model.rowOfW)
    return { y, w: differencedMeans(model, updated.mean, columns, y), e: updated.innovationMean };
  const w = driven(model, updated.mean, columns, 0).map((value, c) => value + updated.innovationMean[c]);
  return { y, w, e: updated.innovationMean };
}

/** w_t = ∇(B)y_t where all the y are known. */
export function differencedMeans(
  model: LagModel,
  mean: Float64Array,
  columns: number,
  y: Float64Array,
): Float64Array {
  const { lags, coefficients } = model.difference;
  return y.map((value, c) => {
    let sum = value;
    for (let j = 0; j < lags.length; j++) sum += coefficients[j] * mean[(lags[j] - 1) * columns + c];
    return sum;
  });
}

function newFactorRows(model: LagModel, state: LagState, updated: Updated, known: number): NewRows {
  const { innovation, rank } = updated;
  const w =
    known > model.rowOfW
      ? null
      : driven(model, updated.factor, rank, state.first).map((value, j) => value + innovation[j]);
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

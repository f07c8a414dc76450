import { compressRows, rowProducts } from "../../../math/linear-algebra/row-compression.js";
import { EMPTY } from "../../../math/linear-algebra/vector.js";
import type { LagModel } from "../lag-polynomial/model.js";
import type { StartFactor } from "./stationary-start.js";

/**
 * What is known of the memory of a {@link LagModel}: plain data, of a size that does not grow.
 *
 * In general the memory is mean + diffuse·ξ + factor·ζ, ζ independent with variance σ², ξ with unbounded variance. After
 * enough values without a gap all y and w are known and only the innovations are not: then `covariance` (in units of σ²)
 * takes the factor's place, and once it is nothing to speak of, all is known. `mean` has one entry a row for each of
 * `columns` series filtered side by side, which share the gaps of the first.
 */
export interface LagState {
  readonly columns: number;
  readonly mean: Float64Array;
  /**
   * `collecting` the first values, until there are as many as differencing needs; `general`; only the last `innovations` uncertain;
   * or all known to be `exact`.
   */
  readonly stage: "collecting" | "general" | "innovations" | "exact";
  /** Rows before this one are known exactly. */
  readonly first: number;
  /** (rows − first) × rank; empty unless general. */
  readonly factor: Float64Array;
  readonly rank: number;
  /** q* × q* of the last innovations; empty unless only these are uncertain. */
  readonly covariance: Float64Array;
  /** rows × diffuseRank; empty unless something is diffuse. */
  readonly diffuse: Float64Array;
  readonly diffuseRank: number;
  /** Values observed since the last gap; those that differencing needs count once all are known. */
  readonly known: number;
  /** The first values, until there are as many as differencing needs. */
  readonly opening: Float64Array;
}

/** Uncertainty of the innovations, in units of σ², that changes no result. */
const CERTAIN = 1e-13;

export function startState(model: LagModel, start: StartFactor, columns = 1): LagState {
  if (model.rowOfW === 0) return begunState(model, start, columns, EMPTY);
  return { ...blankState(model, columns), stage: "collecting" };
}

function blankState(model: LagModel, columns: number): LagState {
  return {
    columns,
    mean: new Float64Array(model.rows * columns),
    stage: "general",
    first: 0,
    factor: EMPTY,
    rank: 0,
    covariance: EMPTY,
    diffuse: EMPTY,
    diffuseRank: 0,
    known: 0,
    opening: EMPTY,
  };
}

/** The memory once the d + mD values that differencing needs are there, oldest first. */
export function begunState(
  model: LagModel,
  start: StartFactor,
  columns: number,
  values: Float64Array,
): LagState {
  const blank = blankState(model, columns);
  const needed = model.rowOfW;
  for (let lag = 1; lag <= needed; lag++) {
    for (let c = 0; c < columns; c++) {
      blank.mean[(lag - 1) * columns + c] = values[(needed - lag) * columns + c];
    }
  }
  return { ...blank, first: needed, factor: start.values, rank: start.rank, known: needed };
}

/** The memory before any value: exactly diffuse in y. */
export function diffuseState(model: LagModel, start: StartFactor, columns: number): LagState {
  const needed = model.rowOfW;
  const diffuse = new Float64Array(model.rows * needed);
  for (let i = 0; i < needed; i++) diffuse[i * needed + i] = 1;
  const factor = new Float64Array(model.rows * start.rank);
  factor.set(start.values, needed * start.rank);
  return { ...blankState(model, columns), factor, rank: start.rank, diffuse, diffuseRank: needed };
}

/** The same memory in as few numbers as hold it: a covariance where only innovations are uncertain, else a factor no wider than long. */
export function condensed(model: LagModel, state: LagState): LagState {
  const { first, factor, rank } = state;
  const rowCount = model.rows - first;
  if (first === model.rowOfE) return withCovariance(model, state, rowProducts(factor, rowCount, rank));
  if (rank <= rowCount) return state;
  return { ...state, rank: rowCount, factor: compressRows(factor, rowCount, rank) };
}

/** A state in which only innovations are uncertain, or nothing where they are not either. */
export function withCovariance(model: LagModel, state: LagState, covariance: Float64Array): LagState {
  const q = model.ma.degree;
  let trace = 0;
  for (let i = 0; i < q; i++) trace += covariance[i * q + i];
  const certain = trace < CERTAIN;
  // All fields by name: spreading an object at each step took longer than the filter of a short memory.
  return {
    columns: state.columns,
    mean: state.mean,
    stage: certain ? "exact" : "innovations",
    first: certain ? model.rows : model.rowOfE,
    factor: EMPTY,
    rank: 0,
    covariance: certain ? EMPTY : covariance,
    diffuse: EMPTY,
    diffuseRank: 0,
    known: state.known,
    opening: state.opening,
  };
}

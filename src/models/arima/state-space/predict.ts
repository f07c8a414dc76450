import { EMPTY, inner } from "../../../math/linear-algebra/vector.js";
import type { LagModel } from "../lag-polynomial/model.js";
import type { LagState } from "./state.js";

/** The next value: mean and variance σ²·`relativeVariance`, or diffuse. */
export interface LagPrediction {
  /** One mean a column. */
  readonly mean: Float64Array;
  readonly relativeVariance: number;
  readonly isDiffuse: boolean;
  /** factor'c (or covariance·c) and diffuse'c, c the combination that is the next value's mean. */
  readonly response: Float64Array;
  readonly diffuseResponse: Float64Array;
}

/** A diffuse response this small beside the diffuse factor is rounding. */
const DIFFUSE_TOLERANCE = 1e-20;

export function predict(model: LagModel, state: LagState): LagPrediction {
  const { columns, first, rank, factor, diffuseRank, diffuse } = state;
  const mean = combine(model, state.mean, columns, 0);
  if (state.stage === "collecting") {
    return {
      mean,
      relativeVariance: Number.POSITIVE_INFINITY,
      isDiffuse: true,
      response: EMPTY,
      diffuseResponse: EMPTY,
    };
  }
  if (state.stage === "innovations") {
    const { response, relativeVariance } = innovationResponse(model, state.covariance);
    return { mean, relativeVariance, isDiffuse: false, response, diffuseResponse: EMPTY };
  }
  const response = combine(model, factor, rank, first);
  const diffuseResponse = combine(model, diffuse, diffuseRank, 0);
  const isDiffuse = diffuseRank > 0 && norm(diffuseResponse) > DIFFUSE_TOLERANCE * norm(diffuse);
  return {
    mean,
    relativeVariance: isDiffuse ? Number.POSITIVE_INFINITY : 1 + norm(response),
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
    if (index[i] < first) continue;
    const at = (index[i] - first) * width;
    for (let j = 0; j < width; j++) result[j] += weight[i] * rows[at + j];
  }
  return result;
}

/** v'v. */
export function norm(values: Float64Array): number {
  return inner(values, values);
}

/** C·t and 1 + t'Ct for the innovations' covariance C, t the moving average's coefficients by lag. */
function innovationResponse(model: LagModel, covariance: Float64Array) {
  const { lags, coefficients, degree } = model.ma;
  const response = new Float64Array(degree);
  for (let j = 0; j < lags.length; j++) {
    const row = (lags[j] - 1) * degree;
    for (let i = 0; i < degree; i++) response[i] += coefficients[j] * covariance[row + i];
  }
  let relativeVariance = 1;
  for (let j = 0; j < lags.length; j++) relativeVariance += coefficients[j] * response[lags[j] - 1];
  return { response, relativeVariance };
}

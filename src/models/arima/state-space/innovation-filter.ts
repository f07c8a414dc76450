import type { LagModel } from "../lag-polynomial/model.js";
import type { LagPrediction } from "./predict.js";
import { differencedMeans, type NewRows, shiftRows } from "./shift.js";
import { type LagState, withCovariance } from "./state.js";

/** Conditions on an observed value where at most the innovations are uncertain: C ← C − gg'/F, one lag on. */
export function learn(
  model: LagModel,
  state: LagState,
  prediction: LagPrediction,
  values: Float64Array,
): LagState {
  const { columns, covariance, knowledge } = state;
  const { response, spread } = prediction;
  const q = model.ma.degree;
  const surprise = values.map((value, c) => value - prediction.mean[c]!);
  const mean = state.mean.slice();
  for (let i = 0; i < response.length; i++) {
    const gain = response[i]! / spread;
    for (let c = 0; c < columns; c++) mean[(model.rowOfE + i) * columns + c]! += gain * surprise[c]!;
  }
  const fresh: NewRows = {
    y: values,
    w: differencedMeans(model, mean, columns, values),
    e: surprise.map((v) => v / spread),
  };
  const next = { ...state, mean: shiftRows(model, mean, columns, 0, 0, fresh), known: state.known + 1 };
  if (knowledge === "complete") return next;
  return withCovariance(model, next, learnedCovariance(covariance, response, spread, q));
}

function learnedCovariance(
  covariance: Float64Array,
  response: Float64Array,
  spread: number,
  q: number,
): Float64Array {
  const next = new Float64Array(q * q);
  next[0] = 1 - 1 / spread;
  for (let i = 1; i < q; i++) {
    next[i] = -response[i - 1]! / spread;
    next[i * q] = next[i]!;
    const share = response[i - 1]! / spread;
    for (let j = 1; j < q; j++) {
      next[i * q + j] = covariance[(i - 1) * q + j - 1]! - share * response[j - 1]!;
    }
  }
  return next;
}

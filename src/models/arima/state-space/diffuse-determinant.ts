import type { LagModel } from "../lag-polynomial/model.js";
import { predict } from "./predict.js";
import { startState } from "./state.js";
import { advance, generalState } from "./update.js";

/**
 * Σ log F∞ over the diffuse steps of a series with the given gaps, F∞ the diffuse part's variance of each value that
 * fixes a diffuse direction. It does not depend on the stationary part, so that `model` has none.
 *
 * The likelihood drops these terms, as R does. The likelihood of the differenced series drops them by itself only where
 * the first d + mD values are all there, since their sum is then 0.
 *
 * @returns NaN where some direction stays diffuse to the end.
 */
export function diffuseDeterminant(model: LagModel, length: number, gaps: readonly number[]): number {
  const start = { rank: 0, values: new Float64Array(0) };
  let state = generalState(model, start, startState(model, start));
  let sum = 0;
  for (let t = 0; t < length && state.diffuseRank > 0; t++) {
    const missing = gaps.includes(t);
    const { isDiffuse, diffuseResponse } = predict(model, state);
    if (isDiffuse && !missing)
      sum += Math.log(diffuseResponse.reduce((total, value) => total + value * value, 0));
    state = advance(model, start, state, Float64Array.of(missing ? Number.NaN : 0));
  }
  return state.diffuseRank === 0 ? sum : Number.NaN;
}

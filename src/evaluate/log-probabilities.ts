import type { Fitted } from "../core/model.js";
import { makeupOf } from "../distributions/makeup.js";

/**
 * log p of each value given all before it, of a model that gives every value a probability (counts, tokens); null of one that has
 * densities, or is corrected in its widths, so that probabilities are no longer the model's.
 *
 * @param rows the model's regressors at each value.
 */
export function logProbabilities(
  { process, params, state, calibration }: Fitted,
  values: Float64Array,
  rows: readonly Float64Array[],
): Float64Array | null {
  if (calibration !== undefined || !values.every((y) => Number.isNaN(y) || Number.isInteger(y))) return null;
  const found = new Float64Array(values.length).fill(Number.NaN);
  let now = state;
  for (let t = 0; t < values.length; t++) {
    const expected = process.conditional(params, now, rows[t]!);
    if (expected.kind === "diffuse" || expected.variance === 0) return null;
    const { density } = makeupOf(expected);
    if (density !== null && density.nearest === undefined) return null;
    if (!Number.isNaN(values[t]!)) found[t] = expected.logDensity(values[t]!);
    now = process.advance(params, now, values[t]!, rows[t]!);
  }
  return found;
}

import { powerOf } from "../../../math/power.js";
import type { Layout } from "./rows.js";

/** Rounds of the recursion that its growth is read from: those before have settled it. */
const ROUNDS = 12;
const SETTLED = 6;
/** Growth of levels that is let be doubles them at most in so many steps, or in as many as the longest lag. */
const DOUBLING = 24;
/** How far the growth may lie above what is let be. */
const SLACK = 1.0005;
const TRIALS = 4;

/**
 * Coefficients whose recursion does not explode: where values would grow faster than by a factor of two in 24 steps (in as many as
 * the longest lag, if that is more), and logarithms or deviations at all, coefficients are shrunk by powers of the excess, φ_j·r^{l_j}, which moves all
 * roots of the recursion by r.
 */
export function tamed(layout: Layout, coefficients: Float64Array): Float64Array {
  const { lags } = layout;
  const levels = layout.log === null && layout.usual === null;
  const highest = levels ? powerOf(2, 1 / Math.max(DOUBLING, lags.at(-1)!)) : 1;
  let result = coefficients;
  for (let trial = 0; trial < TRIALS; trial++) {
    const growth = growthOf(layout, result, levels ? result[0]! : 0);
    if (growth <= highest * SLACK) return result;
    const ratio = highest / growth;
    result = result.slice();
    if (levels) result[0]! *= ratio;
    lags.forEach((lag, j) => {
      result[1 + j]! *= powerOf(ratio, lag);
    });
  }
  return result;
}

/** By how much the recursion multiplies its values in a step, in the end: its spectral radius, the constant times the running scale included. */
function growthOf({ lags, fade }: Layout, coefficients: Float64Array, constant: number): number {
  const length = Math.max(8, lags.at(-1)!);
  // No eigenvector is orthogonal to such a beginning, but by chance.
  let past = Float64Array.from({ length }, (_, i) => 1 + 0.5 * (((i * 7) % 5) / 4 - 0.5));
  let [sum, mass] = [0, 0];
  for (const value of past) [sum, mass] = [fade * sum + value, fade * mass + 1];
  let logGrowth = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const both = new Float64Array(2 * length);
    both.set(past);
    for (let t = length; t < 2 * length; t++) {
      let value = (constant * sum) / mass;
      for (let j = 0; j < lags.length; j++) value += coefficients[1 + j]! * both[t - lags[j]!]!;
      both[t] = value;
      sum = fade * sum + Math.abs(value);
      mass = fade * mass + 1;
    }
    const next = both.subarray(length);
    const ratio = norm(next) / norm(past);
    if (!(ratio > 1e-100)) return 0;
    if (round >= SETTLED) logGrowth += Math.log(ratio);
    const size = norm(next);
    past = next.map((value) => value / size);
    sum /= size;
  }
  return Math.exp(logGrowth / ((ROUNDS - SETTLED) * length));
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

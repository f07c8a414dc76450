import { normalDensity } from "../../math/special-functions/normal.js";
import { square } from "../../math/square.js";
import { integrateOver } from "./panels.js";

/** How far out scores are integrated, and the step of the trapezoidal rule. */
const OUTER = 8;
const STEP = 0.05;

/** E q(Z), Z standard normal, by the trapezoidal rule. */
export function meanOfScores(q: (z: number) => number): number {
  const centre = q(0);
  let weights = 0;
  let sum = 0;
  for (let k = -OUTER / STEP; k <= OUTER / STEP; k++) {
    const weight = normalDensity(k * STEP);
    weights += weight;
    sum += weight * (q(k * STEP) - centre);
  }
  return centre + sum / weights;
}

/**
 * The mean where quantiles have to be searched for but the distribution function F is cheap: E Y = b − ∫F over [a, b].
 *
 * @param edges from a to b, see `edgesOf`.
 */
export function meanOver(edges: readonly number[], cdf: (y: number) => number): number {
  return edges[edges.length - 1] - integrateOver(edges, cdf);
}

/** The variance, likewise: E(Y − m)² = (b − m)² − 2∫(y − m)F. */
export function varianceOver(edges: readonly number[], cdf: (y: number) => number, mean: number): number {
  const last = edges[edges.length - 1];
  return Math.max(0, square(last - mean) - 2 * integrateOver(edges, (y) => (y - mean) * cdf(y)));
}

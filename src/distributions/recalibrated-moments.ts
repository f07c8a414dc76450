import { normalDensity } from "../math/normal.js";
import { integrateOver } from "./panels.js";

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** How far out scores are integrated, and the step of the trapezoidal rule. */
const OUTER = 8;
const STEP = 0.05;

/** Mean and variance of q(Z), Z standard normal, by the trapezoidal rule. */
export function quantileMoments(q: (z: number) => number): Moments {
  const centre = q(0);
  let weights = 0;
  let first = 0;
  let second = 0;
  for (let k = -OUTER / STEP; k <= OUTER / STEP; k++) {
    const weight = normalDensity(k * STEP);
    const deviation = q(k * STEP) - centre;
    weights += weight;
    first += weight * deviation;
    second += weight * deviation * deviation;
  }
  const shift = first / weights;
  return { mean: centre + shift, variance: Math.max(0, second / weights - shift * shift) };
}

/**
 * The same where quantiles have to be searched for but the distribution function F is cheap: E Y = b − ∫F over [a, b], and
 * E(Y − c)² = (b − c)² − 2∫(y − c)F.
 *
 * @param edges from a to b, see `edgesOf`.
 */
export function cdfMoments(edges: readonly number[], cdf: (y: number) => number): Moments {
  const last = edges[edges.length - 1]!;
  const centre = edges[edges.length >> 1]!;
  const mean = last - integrateOver(edges, cdf);
  const second = (last - centre) ** 2 - 2 * integrateOver(edges, (y) => (y - centre) * cdf(y));
  return { mean, variance: Math.max(0, second - (mean - centre) ** 2) };
}

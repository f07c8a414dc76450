import { normalDensity } from "../math/normal.js";
import { gaussLegendre } from "../math/quadrature.js";
import type { Mixture } from "./mixture.js";
import { probabilityAt, type ScoreMap } from "./score-map.js";

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

/** Scores of the components between which the distribution function is smooth enough for three points. */
const NODES = [-OUTER, -5, -3.5, -2.6, -1.9, -1.3, -0.7, 0, 0.7, 1.3, 1.9, 2.6, 3.5, 5, OUTER];
const RULE = gaussLegendre(3);

/**
 * The same where quantiles have to be searched for but the distribution function F is cheap: E Y = b − ∫F over [a, b], and
 * E(Y − c)² = (b − c)² − 2∫(y − c)F, by Gauss-Legendre between the quantiles of the components.
 */
export function mixtureMoments({ components }: Mixture, map: ScoreMap, cdf: (y: number) => number): Moments {
  const probabilities = NODES.map((z) => probabilityAt(map, z));
  const edges = components
    .flatMap((component) => probabilities.map((p) => component.quantile(p)))
    .filter(Number.isFinite)
    .sort((x, y) => x - y);
  const last = edges[edges.length - 1]!;
  const centre = edges[edges.length >> 1]!;
  let mean = last;
  let second = (last - centre) ** 2;
  for (let i = 1; i < edges.length; i++) {
    const half = 0.5 * (edges[i]! - edges[i - 1]!);
    if (half === 0) continue;
    const middle = 0.5 * (edges[i]! + edges[i - 1]!);
    for (let k = 0; k < 3; k++) {
      const y = middle + half * RULE.nodes[k]!;
      const mass = half * RULE.weights[k]! * cdf(y);
      mean -= mass;
      second -= 2 * mass * (y - centre);
    }
  }
  return { mean, variance: Math.max(0, second - (mean - centre) ** 2) };
}

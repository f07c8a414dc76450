import type { Distribution } from "../core/distribution.js";
import { gaussLegendre } from "../math/quadrature.js";
import type { Mixture } from "./mixture.js";
import { FARTHEST, identity, probabilityAt, type ScoreMap } from "./score-map.js";

/** Scores between which a distribution function is smooth enough for a few points of Gauss. */
const NODES = [-FARTHEST, -5, -3.5, -2.6, -1.9, -1.3, -0.7, 0, 0.7, 1.3, 1.9, 2.6, 3.5, 5, FARTHEST];
const RULE = gaussLegendre(4);

/** Values, ascending, between which a pool of distributions (or a single one) is smooth: quantiles of its components. */
export function edgesOf(base: Distribution, map: ScoreMap = identity): number[] {
  const parts = base.kind === "mixture" ? (base as Mixture).components : [base];
  const probabilities = NODES.map((z) => probabilityAt(map, z));
  return parts
    .flatMap((part) => probabilities.map((p) => part.quantile(p)))
    .filter(Number.isFinite)
    .sort((x, y) => x - y);
}

/** ∫ f from the first edge to the last, by Gauss-Legendre between each two of them. */
export function integrateOver(edges: readonly number[], f: (y: number) => number): number {
  let sum = 0;
  for (let i = 1; i < edges.length; i++) {
    const half = 0.5 * (edges[i]! - edges[i - 1]!);
    if (half === 0) continue;
    const middle = 0.5 * (edges[i]! + edges[i - 1]!);
    for (let k = 0; k < RULE.nodes.length; k++)
      sum += half * RULE.weights[k]! * f(middle + half * RULE.nodes[k]!);
  }
  return sum;
}

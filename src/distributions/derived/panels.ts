import type { Distribution } from "../../core/distribution.js";
import { gaussLegendre } from "../../math/special-functions/quadrature.js";
import type { Mixture } from "./mixture.js";
import { FARTHEST, probabilityAt, type ScoreMap } from "./score-map.js";

/** Scores between which a distribution function is smooth enough for a few points of Gauss; fewer do for a mean. */
const FINE = [-FARTHEST, -5, -3.5, -2.6, -1.9, -1.3, -0.7, 0, 0.7, 1.3, 1.9, 2.6, 3.5, 5, FARTHEST];
const COARSE = [-FARTHEST, -4.5, -2.8, -1.6, -0.5, 0.5, 1.6, 2.8, 4.5, FARTHEST];
/** Points of Gauss's rule in each panel. */
const POINTS = 3;

/** Values, ascending, between which a pool of distributions (or a single one) is smooth: quantiles of its components. */
export function edgesOf(base: Distribution, map: ScoreMap, grain: "fine" | "coarse" = "fine"): number[] {
  const parts = base.kind === "mixture" ? (base as Mixture).components : [base];
  const probabilities = (grain === "fine" ? FINE : COARSE).map((z) => probabilityAt(map, z));
  return parts
    .flatMap((part) => probabilities.map((p) => part.quantile(p)))
    .filter(Number.isFinite)
    .sort((x, y) => x - y);
}

/** ∫ f from the first edge to the last, by Gauss-Legendre between each two of them. */
export function integrateOver(edges: readonly number[], f: (y: number) => number): number {
  const { nodes, weights } = gaussLegendre(POINTS);
  let sum = 0;
  for (let i = 1; i < edges.length; i++) {
    const half = 0.5 * (edges[i] - edges[i - 1]);
    if (half === 0) continue;
    const middle = 0.5 * (edges[i] + edges[i - 1]);
    for (let k = 0; k < POINTS; k++) sum += half * weights[k] * f(middle + half * nodes[k]);
  }
  return sum;
}

import type { Distribution } from "../../core/distribution.js";
import type { Rng } from "../../core/random.js";
import { powerOfTwo } from "../../math/power-of-two.js";
import { gaussLegendre } from "../../math/special-functions/quadrature.js";
import { square } from "../../math/square.js";
import { clippedMakeup, makeupOf } from "../makeup.js";
import { type ClippedMoments, closedMoments } from "./clipped-moments.js";

/** A distribution whose values beyond a bound are taken to the bound, which so gets a mass of its own. */
export interface Clipped extends Distribution {
  readonly kind: "clipped";
  readonly base: Distribution;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The distribution of min(upper, max(lower, X)).
 *
 * Mean and variance are in closed form where there is one (normal, Student's t, a sample), else integrals of the clipped quantile
 * function over the probability between the bounds.
 *
 * @param lower −Infinity for none; `upper` Infinity for none.
 * @example clipped(normal(0, 1), 0, Infinity).mean; // 0.39894…
 */
export function clipped(base: Distribution, lower: number, upper: number): Distribution {
  if (base.kind === "diffuse") return base;
  const clip = (y: number) => Math.min(upper, Math.max(lower, y));
  const below = lower === Number.NEGATIVE_INFINITY ? 0 : base.cdf(lower);
  const above = upper === Number.POSITIVE_INFINITY ? 0 : 1 - base.cdf(upper);
  if (below === 0 && above === 0) return base;
  let moments: ClippedMoments | null = null;
  const lazily = () =>
    (moments ??= closedMoments(base, lower, upper) ?? integratedMoments(base, lower, upper, below, above));
  const result: Clipped = {
    kind: "clipped",
    base,
    lower,
    upper,
    get mean() {
      return lazily().mean;
    },
    get variance() {
      return lazily().variance;
    },
    quantile: (p) => clip(base.quantile(p)),
    cdf: (y) => (y < lower ? 0 : y >= upper ? 1 : base.cdf(y)),
    logDensity(y) {
      if (y < lower || y > upper) return Number.NEGATIVE_INFINITY;
      if (y === lower) return Math.log(below);
      if (y === upper) return Math.log(1 - beneath(base, upper));
      return base.logDensity(y);
    },
    sample: (rng: Rng) => clip(base.sample(rng)),
    makeup: () => clippedMakeup(base, lower, upper),
  };
  return result;
}

/** P(X < y): for counts short of P(X = y), which counts as the bound itself. */
function beneath(base: Distribution, y: number): number {
  const { atoms, probabilities } = makeupOf(base);
  const at = atoms.indexOf(y);
  return base.cdf(y) - (at < 0 ? 0 : probabilities[at]);
}

const PANELS = 24;

/** ∫ clip(Q(p)) dp and ∫ (clip(Q(p)) − mean)² dp; Gauss-Legendre on panels that shrink towards unbounded ends. */
function integratedMoments(base: Distribution, lower: number, upper: number, below: number, above: number) {
  const rule = gaussLegendre(16);
  const edges = panelEdges(below, 1 - above, below === 0, above === 0);
  const integral = (f: (y: number) => number) => {
    let sum = (below > 0 ? below * f(lower) : 0) + (above > 0 ? above * f(upper) : 0);
    for (let k = 0; k + 1 < edges.length; k++) {
      const half = (edges[k + 1] - edges[k]) / 2;
      rule.nodes.forEach((node, i) => {
        sum += half * rule.weights[i] * f(base.quantile(edges[k] + half * (1 + node)));
      });
    }
    return sum;
  };
  const mean = integral((y) => y);
  return { mean, variance: integral((y) => square(y - mean)) };
}

/** Edges from `from` to `to`; where an end is open (no bound there) the panels halve towards it. */
function panelEdges(from: number, to: number, openLow: boolean, openHigh: boolean): number[] {
  const middle = (from + to) / 2;
  const width = to - from;
  const low = Array.from({ length: PANELS }, (_, k) => (openLow ? width * powerOfTwo(-(k + 2)) : 0));
  const high = Array.from({ length: PANELS }, (_, k) => (openHigh ? width * powerOfTwo(-(k + 2)) : 0));
  const edges = [from, ...low.map((gap) => from + gap).reverse(), middle, ...high.map((gap) => to - gap), to];
  return [...new Set(edges)].sort((a, b) => a - b);
}

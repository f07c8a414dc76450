import type { Distribution } from "../core/distribution.js";

/**
 * The distribution of a value about which nothing is known yet: a flat density over the whole line.
 *
 * Its log density is 0 by convention, so that the diffuse steps drop out of a likelihood, as they do in R.
 *
 * @param mean where to centre it when a point is needed, default 0.
 * @example diffuse().variance; // Infinity
 */
export function diffuse(mean = 0): Distribution {
  return {
    kind: "diffuse",
    mean,
    variance: Number.POSITIVE_INFINITY,
    quantile: (p) => (p === 0.5 ? mean : p < 0.5 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY),
    cdf: () => 0.5,
    logDensity: () => 0,
    sample: () => mean,
  };
}

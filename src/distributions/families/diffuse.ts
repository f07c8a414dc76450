import type { Distribution } from "../../core/distribution.js";
import { numericalError } from "../../core/errors.js";
import { requireFinite, requireProbability } from "../checks.js";

/** A diffuse distribution as plain fields, and what can be asked of it. */
export interface Diffuse extends Distribution {
  readonly kind: "diffuse";
}

class DiffuseDistribution implements Diffuse {
  readonly kind = "diffuse";
  readonly variance = Number.POSITIVE_INFINITY;
  readonly mean: number;

  constructor(mean: number) {
    this.mean = mean;
  }

  quantile(p: number): number {
    requireProbability(p);
    if (p === 0.5) return this.mean;
    return p < 0.5 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }

  cdf(y: number): number {
    if (Number.isFinite(y)) return 0.5;
    return y > 0 ? 1 : 0;
  }

  logDensity(): number {
    return 0;
  }

  sample(): never {
    throw nothingKnown();
  }

  makeup(): never {
    throw nothingKnown();
  }
}

function nothingKnown(): Error {
  return numericalError(
    "diffuse-sample",
    "distribution",
    "diffuse",
    "A diffuse distribution cannot be sampled; update the model with more values first.",
  );
}

/**
 * The distribution of a value about which nothing is known yet: the limit of N(mean, v) as v grows without bound.
 *
 * Its variance is Infinity, every finite value has cdf 1/2, and its quantiles are ±Infinity but for the median, which is
 * the mean. Its log density is 0: the likelihood terms of diffuse steps are dropped whole, as R does.
 *
 * @param mean finite; default 0.
 * @returns the distribution.
 * @throws YuleError `bad-mean`; `diffuse-sample` when asked for a draw.
 * @example diffuse().quantile(0.9); // Infinity
 */
export function diffuse(mean = 0): Diffuse {
  requireFinite("diffuse", "mean", mean);
  return new DiffuseDistribution(mean);
}

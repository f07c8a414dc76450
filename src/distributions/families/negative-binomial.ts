import type { Distribution, Makeup } from "../../core/distribution.js";
import type { Rng } from "../../core/random.js";
import { gammaDraw } from "../../math/gamma-draw.js";
import { poissonDraw } from "../../math/poisson-draw.js";
import { countCdf, countLogProbability, countQuantile } from "../../math/special-functions/counts.js";
import { requireNonNegative, requireProbability } from "../checks.js";
import { countMakeup } from "../count-makeup.js";

/** A negative binomial distribution as plain fields, and what can be asked of it. */
export interface NegativeBinomial extends Distribution {
  readonly kind: "negative-binomial";
  /** α in variance = mean + α mean²; 0 is the Poisson distribution. */
  readonly dispersion: number;
}

/** Below this dispersion a draw cannot tell the distribution from the Poisson. */
const NO_DISPERSION = 1e-30;

class NegativeBinomialDistribution implements NegativeBinomial {
  readonly kind = "negative-binomial";
  readonly mean: number;
  readonly dispersion: number;

  constructor(mean: number, dispersion: number) {
    this.mean = mean;
    this.dispersion = dispersion;
  }

  get variance(): number {
    return this.mean + this.dispersion * this.mean * this.mean;
  }

  quantile(p: number): number {
    requireProbability(p);
    return countQuantile(p, this.mean, this.dispersion);
  }

  cdf(y: number): number {
    return countCdf(y, this.mean, this.dispersion);
  }

  logDensity(y: number): number {
    if (!(y >= 0 && Number.isInteger(y))) return Number.NEGATIVE_INFINITY;
    return countLogProbability(y, this.mean, this.dispersion);
  }

  sample(rng: Rng): number {
    if (this.dispersion < NO_DISPERSION) return poissonDraw(rng, this.mean);
    const size = 1 / this.dispersion;
    return poissonDraw(rng, (gammaDraw(rng, size) / size) * this.mean);
  }

  makeup(): Makeup {
    return countMakeup(this);
  }
}

/**
 * The negative binomial distribution of counts 0, 1, 2, … with variance mean + dispersion · mean².
 *
 * In the other common parameters its size is 1/dispersion and its success probability 1/(1 + dispersion · mean).
 * `logDensity` is the log probability, -Infinity off the whole numbers; `quantile(p)` the least count with cdf >= p.
 *
 * @param mean finite, 0 or more.
 * @param dispersion finite, 0 or more; 0 is the Poisson distribution.
 * @returns the distribution.
 * @throws YuleError `bad-mean`, `bad-dispersion`.
 * @example negativeBinomial(10, 0.5).quantile(0.9); // 20
 */
export function negativeBinomial(mean: number, dispersion: number): NegativeBinomial {
  requireNonNegative("negative binomial", "mean", mean);
  requireNonNegative("negative binomial", "dispersion", dispersion);
  return new NegativeBinomialDistribution(mean, dispersion);
}

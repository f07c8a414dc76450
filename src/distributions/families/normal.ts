import type { Distribution, Makeup } from "../../core/distribution.js";
import type { Rng } from "../../core/random.js";
import {
  normalCdf,
  normalLogDensity,
  normalQuantile,
  standardNormal,
} from "../../math/special-functions/normal.js";
import { requireFinite, requireNonNegative, requireProbability } from "../checks.js";
import { bellMakeup } from "../makeup.js";
import { pointCdf, pointLogDensity } from "./point.js";

/** A normal distribution as plain fields, and what can be asked of it. */
export interface Normal extends Distribution {
  readonly kind: "normal";
}

/** Φ⁻¹ of the probability asked for last: an interval asks many distributions for one. */
let lastProbability = 0.5;
let lastScore = 0;

class NormalDistribution implements Normal {
  readonly kind = "normal";
  readonly mean: number;
  readonly variance: number;

  constructor(mean: number, variance: number) {
    this.mean = mean;
    this.variance = variance;
  }

  quantile(p: number): number {
    requireProbability(p);
    if (this.variance === 0) return this.mean;
    if (p !== lastProbability) {
      lastScore = normalQuantile(p);
      lastProbability = p;
    }
    return this.mean + Math.sqrt(this.variance) * lastScore;
  }

  cdf(y: number): number {
    if (this.variance === 0) return pointCdf(this.mean, y);
    return normalCdf((y - this.mean) / Math.sqrt(this.variance));
  }

  logDensity(y: number): number {
    if (this.variance === 0) return pointLogDensity(this.mean, y);
    const sd = Math.sqrt(this.variance);
    return normalLogDensity((y - this.mean) / sd) - Math.log(sd);
  }

  sample(rng: Rng): number {
    return this.mean + Math.sqrt(this.variance) * standardNormal(rng);
  }

  makeup(): Makeup {
    return bellMakeup(this, this.mean, Math.sqrt(this.variance), Number.POSITIVE_INFINITY);
  }
}

/**
 * The normal distribution N(mean, variance).
 *
 * @param mean a finite number, in the units of the data.
 * @param variance finite, 0 or more; 0 is a point mass, whose every quantile is the mean. For an unbounded variance
 *   see `diffuse`.
 * @returns the distribution.
 * @throws YuleError `bad-mean`, `bad-variance`.
 * @example normal(10, 4).quantile(0.975); // 13.9199279690801…
 */
export function normal(mean: number, variance: number): Normal {
  requireFinite("normal", "mean", mean);
  requireNonNegative("normal", "variance", variance);
  return new NormalDistribution(mean, variance);
}

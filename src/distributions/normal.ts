import type { Distribution } from "../core/distribution.js";
import { normalCdf, normalQuantile } from "../math/normal.js";

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** A normal distribution; a point mass where the variance is 0. */
export interface Normal extends Distribution {
  readonly kind: "normal";
}

/**
 * The normal distribution with a given mean and variance; variance 0 is a point mass at the mean.
 *
 * @example normal(10, 4).quantile(0.975); // 13.92
 */
export function normal(mean: number, variance: number): Normal {
  const sd = Math.sqrt(variance);
  return {
    kind: "normal",
    mean,
    variance,
    quantile: (p) => (sd === 0 ? mean : mean + sd * normalQuantile(p)),
    cdf: (y) => (sd === 0 ? (y < mean ? 0 : 1) : normalCdf((y - mean) / sd)),
    logDensity(y) {
      if (sd === 0) return y === mean ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      const z = (y - mean) / sd;
      return -0.5 * (z * z + LOG_TWO_PI) - Math.log(sd);
    },
    sample: (rng) => mean + sd * normalQuantile(rng.uniform()),
  };
}

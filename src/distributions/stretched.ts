import type { Distribution } from "../core/distribution.js";
import type { Rng } from "../core/random.js";

/** A distribution stretched about its median. */
export interface Stretched extends Distribution {
  readonly kind: "stretched";
  readonly base: Distribution;
  readonly factor: number;
}

/**
 * The distribution of m + c(X − m), m the median of X: intervals c times as wide about the same middle.
 *
 * @param factor c > 0; 1 gives the base itself.
 * @example stretched(normal(10, 4), 1.5).quantile(0.975); // 15.88
 */
export function stretched(base: Distribution, factor: number): Distribution {
  if (factor === 1 || base.kind === "diffuse") return base;
  const middle = base.quantile(0.5);
  const out = (y: number) => middle + factor * (y - middle);
  const back = (y: number) => middle + (y - middle) / factor;
  const result: Stretched = {
    kind: "stretched",
    base,
    factor,
    get mean() {
      return out(base.mean);
    },
    get variance() {
      return factor * factor * base.variance;
    },
    quantile: (p) => out(base.quantile(p)),
    cdf: (y) => base.cdf(back(y)),
    logDensity: (y) => base.logDensity(back(y)) - Math.log(factor),
    sample: (rng: Rng) => out(base.sample(rng)),
  };
  return result;
}

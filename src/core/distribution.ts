import type { Rng } from "./random.js";

/** A distribution of one value. Implementations live in `distributions/`; all are immutable. */
export interface Distribution {
  readonly kind: string;
  readonly mean: number;
  /** Infinite for a diffuse distribution, about which nothing is known yet. */
  readonly variance: number;
  /** The value below which a share `p` of the probability lies, 0 < p < 1. */
  quantile(p: number): number;
  cdf(y: number): number;
  /** Log density (log probability for counts). A diffuse distribution returns 0: its term is dropped. */
  logDensity(y: number): number;
  sample(rng: Rng): number;
}

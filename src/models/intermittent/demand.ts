import type { Distribution, Makeup } from "../../core/distribution.js";
import { usageError } from "../../core/errors.js";
import type { Rng } from "../../core/random.js";
import { pointMakeup, pooledMakeup, scaledMakeup } from "../../distributions/makeup.js";
import { square } from "../../math/power.js";
import { drawDemand, type SizeModel, sizesOf } from "./sizes.js";

/** Demand in one period: 0 with probability 1 − p, else a positive size. */
export interface Demand extends Distribution {
  readonly kind: "demand";
  readonly chance: number;
}

/**
 * A demand of expected size `size` with probability `chance`, else 0. The log density of 0 is its log probability; of
 * sizes it is a log probability for counts and a log density else.
 *
 * @example demand(0.25, 4, { kind: "counts", dispersion: 0.5 }).mean; // 1
 */
export function demand(chance: number, size: number, model: SizeModel): Demand {
  const none = 1 - chance;
  const sizes = sizesOf(model, size);
  return {
    kind: "demand",
    chance,
    mean: chance * size,
    variance: Math.max(0, chance * (sizes.variance + size * size) - square(chance * size)),
    quantile(p) {
      if (!(p >= 0 && p <= 1)) {
        throw usageError("bad-probability", "p", p, `A probability must lie from 0 to 1, not ${p}.`);
      }
      return p <= none ? 0 : sizes.quantile(Math.min(1, (p - none) / chance));
    },
    cdf(y) {
      if (y < 0) return 0;
      return chance === 0 ? 1 : none + chance * sizes.cdf(y);
    },
    logDensity(y) {
      if (y === 0) return Math.log(none);
      return chance === 0 ? Number.NEGATIVE_INFINITY : Math.log(chance) + sizes.logDensity(y);
    },
    sample: (rng: Rng) => drawDemand(model, chance, size, rng),
    makeup() {
      const parts: Makeup[] = [];
      if (none > 0) parts.push(scaledMakeup(pointMakeup(0), none));
      if (chance > 0) parts.push(scaledMakeup(sizes.makeup(), chance));
      return pooledMakeup(parts);
    },
  };
}

import type { Distribution } from "../../core/distribution.js";
import { numericalError } from "../../core/errors.js";
import type { Rng } from "../../core/random.js";
import { normalCdf, normalLogDensity, normalQuantile } from "../../math/special-functions/normal.js";
import { square } from "../../math/square.js";
import { type Normal, normal } from "../families/normal.js";
import { edgesOf } from "./panels.js";
import { meanOfScores, meanOver, varianceOver } from "./recalibrated-moments.js";
import { FARTHEST, probabilityAt, requireRising, type ScoreMap, scoreBack, slopeAt } from "./score-map.js";

/** A distribution whose standard scores were mapped to others. */
export interface Recalibrated extends Distribution {
  readonly kind: "recalibrated";
  readonly base: Distribution;
  readonly map: ScoreMap;
  /** Where the value y of the base goes. */
  moved(y: number): number;
}

class RecalibratedDistribution implements Recalibrated {
  readonly kind = "recalibrated";
  readonly base: Distribution;
  readonly map: ScoreMap;
  #mean: number | null = null;
  #variance: number | null = null;

  constructor(base: Distribution, map: ScoreMap) {
    this.base = base;
    this.map = map;
  }

  get mean(): number {
    this.#mean ??= this.base.kind === "mixture" ? this.#meanOfPool() : meanOfScores((z) => this.#at(z));
    return this.#mean;
  }

  get variance(): number {
    if (!Number.isFinite(this.mean)) return Number.POSITIVE_INFINITY;
    this.#variance ??=
      this.base.kind === "mixture"
        ? varianceOver(edgesOf(this.base, this.map), (y) => this.cdf(y), this.mean)
        : meanOfScores((z) => square(this.#at(z) - this.mean));
    return this.#variance;
  }

  /** A tail so heavy that the pool has no finite mean keeps none: an integral to its far quantiles would be a difference of huge numbers. */
  #meanOfPool(): number {
    const { mean } = this.base;
    if (Math.abs(mean) === Number.POSITIVE_INFINITY) return mean;
    return meanOver(edgesOf(this.base, this.map, "coarse"), (y) => this.cdf(y));
  }

  /** The value whose new score is z. */
  #at(z: number): number {
    return this.base.quantile(probabilityAt(this.map, z));
  }

  quantile(p: number): number {
    return p > 0 && p < 1 ? this.#at(normalQuantile(p)) : this.base.quantile(p);
  }

  cdf(y: number): number {
    const p = this.base.cdf(y);
    return p > 0 && p < 1 ? normalCdf(scoreBack(this.map, normalQuantile(p))) : p;
  }

  logDensity(y: number): number {
    const p = this.base.cdf(y);
    const base = p > 0 && p < 1 ? normalQuantile(p) : p > 0 ? FARTHEST : -FARTHEST;
    const z = scoreBack(this.map, base);
    return (
      this.base.logDensity(y) + normalLogDensity(z) - normalLogDensity(base) - Math.log(slopeAt(this.map, z))
    );
  }

  sample(rng: Rng): number {
    return this.quantile(rng.uniform());
  }

  moved(y: number): number {
    const p = middleOf(this.base, y);
    return p > 0 && p < 1 ? this.#at(normalQuantile(p)) : y;
  }
}

/** Rounding of cumulative probabilities. */
const ROUNDING = 1e-9;

/** P(X ≤ y), of a value that has a probability of its own P(X < y) + P(X = y)/2: the other end would move all of its draws. */
function middleOf(base: Distribution, y: number): number {
  const p = base.cdf(y);
  const below = base.cdf(y - Math.max(Number.EPSILON * Math.abs(y), Number.MIN_VALUE));
  return p - below > ROUNDING ? (below + p) / 2 : p;
}

/**
 * The distribution of base⁻¹(Φ(ρ(Z))), Z standard normal: its quantile where the base has the standard score ρ(z) lies where
 * a well calibrated one has the score z. ρ(z) = 1.4z makes intervals of a normal base 1.4 times as wide about the same median.
 *
 * As only probabilities move, values stay where the base has any: bounds hold, counts stay counts. Quantiles, cdf and
 * density are exact; mean and variance are integrated numerically, the mean to about 1e-4 of the standard deviation.
 *
 * @param map ρ, odd and rising; see `ScoreMap`.
 * @throws YuleError `bad-score-map`.
 * @see A. P. Dawid, Journal of the Royal Statistical Society A 147 (1984), p. 278, on the probability integral transform.
 * @example recalibrated(normal(10, 4), { at: [1], to: [1.5] }).quantile(0.975); // 15.88
 */
export function recalibrated(base: Distribution, map: ScoreMap): Distribution {
  requireRising(map);
  if (base.kind === "diffuse" || map.at.every((z, i) => z === map.to[i])) return base;
  if (base.kind === "normal" && map.at.length === 1) {
    const { mean, variance } = base as Normal;
    return normal(mean, variance * square(slopeAt(map, 0)));
  }
  return new RecalibratedDistribution(base, map);
}

/** Where the value y goes when `base` is recalibrated. */
export function movedValue(base: Distribution, changed: Distribution, y: number): number {
  if (changed === base) return y;
  if (changed.kind === "recalibrated") return (changed as Recalibrated).moved(y);
  if (changed.kind === "normal" && base.kind === "normal") {
    const factor = Math.sqrt(changed.variance / base.variance);
    return base.variance === 0 ? y : changed.mean + factor * (y - base.mean);
  }
  throw numericalError(
    "bad-base",
    "changed",
    changed.kind,
    `A ${changed.kind} distribution was not recalibrated.`,
  );
}

import { numbersFrom } from "../../core/arguments/numbers.js";
import type { Distribution, Makeup } from "../../core/distribution.js";
import { numericalError } from "../../core/errors.js";
import type { Rng } from "../../core/random.js";
import { sorted } from "../../math/sorted.js";
import { normalLogDensity } from "../../math/special-functions/normal.js";
import { requireProbability } from "../checks.js";
import { sampleMakeup } from "../makeup.js";
import { pointLogDensity } from "./point.js";

/** The distribution of a sample as plain fields, and what can be asked of it. */
export interface Empirical extends Distribution {
  readonly kind: "empirical";
  /** Ascending. */
  readonly samples: Float64Array;
  /** Adding up to 1, in the order of `samples`; null when all count the same. */
  readonly weights: Float64Array | null;
}

interface Sample {
  readonly samples: Float64Array;
  readonly weights: Float64Array | null;
}

class EmpiricalDistribution implements Empirical {
  readonly kind = "empirical";
  readonly mean: number;
  readonly variance: number;
  readonly #unsorted: Sample;
  #sorted: Sample | null = null;
  #knots: Float64Array | null = null;

  constructor(sample: Sample) {
    this.#unsorted = sample;
    const { mean, variance } = moments(sample);
    this.mean = mean;
    this.variance = variance;
  }

  get samples(): Float64Array {
    return this.#ordered().samples;
  }

  get weights(): Float64Array | null {
    return this.#ordered().weights;
  }

  /** Sorting waits until somebody asks: means alone need none. */
  #ordered(): Sample {
    this.#sorted ??= sort(this.#unsorted);
    return this.#sorted;
  }

  /** Where on the scale from 0 to 1 each sample lies; null for equal weights, where they are evenly spaced. */
  #positions(): Float64Array | null {
    const { weights } = this.#ordered();
    if (weights !== null) this.#knots ??= knotsOf(weights);
    return this.#knots;
  }

  quantile(p: number): number {
    requireProbability(p);
    const { samples } = this.#ordered();
    const last = samples.length - 1;
    if (last === 0) return samples[0];
    const knots = this.#positions();
    if (knots === null) {
      const position = p * last;
      const below = Math.min(Math.floor(position), last - 1);
      return between(samples, below, position - below);
    }
    const above = Math.min(firstAbove(knots, p), last);
    const gap = knots[above] - knots[above - 1];
    return between(samples, above - 1, (p - knots[above - 1]) / gap);
  }

  cdf(y: number): number {
    const { samples } = this.#ordered();
    const last = samples.length - 1;
    const above = firstAbove(samples, y);
    if (above === 0) return 0;
    if (above > last) return 1;
    const share = (y - samples[above - 1]) / (samples[above] - samples[above - 1]);
    const knots = this.#positions();
    if (knots === null) return (above - 1 + share) / last;
    return between(knots, above - 1, share);
  }

  logDensity(y: number): number {
    const { samples, weights } = this.#ordered();
    const bandwidth = this.#bandwidth();
    if (bandwidth === 0) return pointLogDensity(this.mean, y);
    let largest = Number.NEGATIVE_INFINITY;
    for (const sample of samples) largest = Math.max(largest, normalLogDensity((y - sample) / bandwidth));
    let sum = 0;
    for (let i = 0; i < samples.length; i++) {
      const weight = weights === null ? 1 / samples.length : weights[i];
      sum += weight * Math.exp(normalLogDensity((y - samples[i]) / bandwidth) - largest);
    }
    return largest + Math.log(sum) - Math.log(bandwidth);
  }

  /** Silverman's rule of thumb, 0.9 min(sd, IQR / 1.34) n^(-1/5). */
  #bandwidth(): number {
    const { samples, weights } = this.#ordered();
    const count = weights === null ? samples.length : 1 / weights.reduce((sum, w) => sum + w * w, 0);
    const sd = Math.sqrt(this.variance);
    const spread = (this.quantile(0.75) - this.quantile(0.25)) / 1.34;
    return 0.9 * (spread > 0 ? Math.min(sd, spread) : sd) * Math.exp(-0.2 * Math.log(count));
  }

  sample(rng: Rng): number {
    return this.quantile(rng.uniform());
  }

  makeup(): Makeup {
    const { samples, weights } = this.#ordered();
    return sampleMakeup(this, samples, weights);
  }
}

/** Entry `below` plus `share` of the way to the next one. */
function between(values: Float64Array, below: number, share: number): number {
  const low = values[below];
  return share === 0 ? low : low + share * (values[below + 1] - low);
}

/** The index of the first of the ascending `values` that is above `y`. */
function firstAbove(values: Float64Array, y: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] > y) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Mean and variance (divisor n - 1 for equal weights, 1 - Σw² in general). */
function moments({ samples, weights }: Sample): { mean: number; variance: number } {
  const n = samples.length;
  const equal = 1 / n;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (weights === null ? equal : weights[i]) * samples[i];
  let squares = 0;
  let drift = 0;
  let effective = 1;
  for (let i = 0; i < n; i++) {
    const weight = weights === null ? equal : weights[i];
    const deviation = samples[i] - mean;
    drift += weight * deviation;
    squares += weight * deviation * deviation;
    effective -= weight * weight;
  }
  return {
    mean: mean + drift,
    variance: effective > 1e-15 ? Math.max(0, squares - drift * drift) / effective : 0,
  };
}

function sort({ samples, weights }: Sample): Sample {
  if (weights === null) return { samples: sorted(samples), weights };
  const order = Uint32Array.from(samples, (_, i) => i).sort((i, j) => samples[i] - samples[j]);
  return {
    samples: Float64Array.from(order, (i) => samples[i]),
    weights: Float64Array.from(order, (i) => weights[i]),
  };
}

/** Positions that advance by the mean weight of two neighbours, scaled to run from 0 to 1. */
function knotsOf(weights: Float64Array): Float64Array {
  const knots = new Float64Array(weights.length);
  for (let i = 1; i < knots.length; i++) knots[i] = knots[i - 1] + weights[i - 1] + weights[i];
  const total = knots[knots.length - 1];
  return knots.map((knot) => knot / total);
}

/**
 * The distribution of a sample, such as sampled futures.
 *
 * Quantiles are R's type 7, linear between the order statistics, and the cdf is their inverse: it climbs linearly from 0 at
 * the smallest sample to 1 at the largest, and jumps where samples are equal. With weights, order statistics lie apart by
 * the mean weight of the two, which is type 7 again when all are equal. `mean` and `variance` are those of the sample
 * (divisor n - 1). The log density is that of a Gaussian kernel estimate with Silverman's bandwidth.
 *
 * @param samples finite, at least one; copied.
 * @param weights one a sample, 0 or more, not all 0; need not add up to 1.
 * @returns the distribution.
 * @throws YuleError `bad-samples`, `bad-weights`.
 * @example empirical([1, 2, 4]).quantile(0.75); // 3
 */
export function empirical(samples: ArrayLike<number>, weights?: ArrayLike<number>): Empirical {
  const values = numbersFrom(samples, "samples");
  if (values.length === 0) {
    throw numericalError(
      "bad-samples",
      "samples",
      0,
      "An empirical distribution needs at least one sample, there is none.",
    );
  }
  const odd = firstNotFinite(values);
  if (odd >= 0) {
    throw numericalError(
      "bad-samples",
      `samples[${odd}]`,
      values[odd],
      `Every sample must be a finite number; sample ${odd + 1} of ${values.length} is ${values[odd]}.`,
    );
  }
  if (weights === undefined) return new EmpiricalDistribution({ samples: values, weights: null });
  return new EmpiricalDistribution(weighted(values, numbersFrom(weights, "weights")));
}

function firstNotFinite(values: Float64Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}

/** Weights that add up to 1; samples that weigh nothing are left out. */
function weighted(samples: Float64Array, weights: Float64Array): Sample {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const good = weights.length === samples.length && weights.every((weight) => weight >= 0);
  if (!good || !(total > 0 && total < Number.POSITIVE_INFINITY)) {
    throw numericalError(
      "bad-weights",
      "weights",
      weights.length,
      `Weights must be one for each of the ${samples.length} samples, none negative and not all 0.`,
    );
  }
  const kept = (_: number, i: number) => weights[i] > 0;
  return {
    samples: samples.filter(kept),
    weights: weights.filter((weight) => weight > 0).map((weight) => weight / total),
  };
}

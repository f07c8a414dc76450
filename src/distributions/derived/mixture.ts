import { numbersFrom } from "../../core/arguments/numbers.js";
import { requireDistribution } from "../../core/arguments/objects.js";
import { show } from "../../core/checks.js";
import type { Distribution, Makeup } from "../../core/distribution.js";
import { numericalError } from "../../core/errors.js";
import type { Rng } from "../../core/random.js";
import { largestOf } from "../../math/extremes.js";
import { bisectQuantile } from "../../math/minimise/bisect-quantile.js";
import { square } from "../../math/square.js";
import { requireProbability } from "../checks.js";
import { makeupOf, pooledMakeup, scaledMakeup } from "../makeup.js";

/** A weighted pool of distributions as plain fields, and what can be asked of it. */
export interface Mixture extends Distribution {
  readonly kind: "mixture";
  readonly components: readonly Distribution[];
  /** Adding up to 1. */
  readonly weights: readonly number[];
}

/** Infinite ends of a bracket are replaced by values whose difference is still finite. */
const FAR = Number.MAX_VALUE / 4;

class MixtureDistribution implements Mixture {
  readonly kind = "mixture";
  readonly components: readonly Distribution[];
  readonly weights: readonly number[];

  constructor(components: readonly Distribution[], weights: readonly number[]) {
    this.components = components;
    this.weights = weights;
  }

  get mean(): number {
    return this.#average((component) => component.mean);
  }

  get variance(): number {
    const mean = this.mean;
    if (!Number.isFinite(mean)) return Number.POSITIVE_INFINITY;
    return this.#average((component) => component.variance + square(component.mean - mean));
  }

  #average(of: (component: Distribution) => number): number {
    let sum = 0;
    for (let i = 0; i < this.components.length; i++) sum += this.weights[i] * of(this.components[i]);
    return sum;
  }

  quantile(p: number): number {
    requireProbability(p);
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const component of this.components) {
      const quantile = component.quantile(p);
      low = Math.min(low, quantile);
      high = Math.max(high, quantile);
    }
    if (low === high || p === 0) return low;
    if (p === 1) return high;
    const end = Math.min(high, FAR);
    const found = bisectQuantile((y) => this.cdf(y), p, Math.max(low, -FAR), end);
    return found === end ? high : found;
  }

  cdf(y: number): number {
    return Math.min(
      1,
      this.#average((component) => component.cdf(y)),
    );
  }

  logDensity(y: number): number {
    const logs = this.components.map((component, i) => component.logDensity(y) + Math.log(this.weights[i]));
    const largest = largestOf(logs);
    if (!Number.isFinite(largest)) return largest;
    return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0));
  }

  sample(rng: Rng): number {
    let left = rng.uniform();
    let i = 0;
    while (i < this.weights.length - 1 && left > this.weights[i]) left -= this.weights[i++];
    return this.components[i].sample(rng);
  }

  makeup(): Makeup {
    return pooledMakeup(
      this.components.map((component, i) => scaledMakeup(makeupOf(component), this.weights[i])),
    );
  }
}

/**
 * The linear pool of distributions: density Σ w_i f_i, a draw from component i with probability w_i.
 *
 * Mean and variance are exact; quantiles solve cdf(y) = p to the last digit, between the least and the largest
 * quantile of the components.
 *
 * @param components at least one, none of them diffuse.
 * @param weights one a component, 0 or more, not all 0, need not add up to 1; default: equal. Components that weigh nothing
 *   are left out.
 * @returns the distribution.
 * @throws YuleError `bad-components`, `bad-weights`.
 * @example mixture([normal(0, 1), normal(4, 1)], [3, 1]).mean; // 1
 */
export function mixture(components: readonly Distribution[], weights?: readonly number[]): Mixture {
  if (!Array.isArray(components)) throw notComponents(components);
  for (const component of components)
    requireDistribution(component, "mixture takes an array of distributions: each must be");
  if (components.length === 0 || components.some(({ kind }) => kind === "diffuse")) {
    throw numericalError(
      "bad-components",
      "components",
      components.length,
      "A mixture needs at least one component, and none that is diffuse.",
    );
  }
  const given = weights === undefined ? components.map(() => 1) : [...numbersFrom(weights, "weights")];
  const total = given.reduce((sum, weight) => sum + weight, 0);
  const good = given.length === components.length && given.every((weight) => weight >= 0);
  if (!good || !(total > 0 && total < Number.POSITIVE_INFINITY)) {
    throw numericalError(
      "bad-weights",
      "weights",
      given.length,
      `Weights must be one for each of the ${components.length} components, none negative and not all 0.`,
    );
  }
  return new MixtureDistribution(
    components.filter((_, i) => given[i] > 0),
    given.filter((weight) => weight > 0).map((weight) => weight / total),
  );
}

function notComponents(value: unknown): Error {
  const message = `mixture takes an array of distributions, such as [normal(0, 1), normal(2, 1)], not ${show(value)}.`;
  return numericalError("bad-components", "components", value, message);
}

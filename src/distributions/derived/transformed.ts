import { requireDistribution } from "../../core/arguments/objects.js";
import type { Distribution, Makeup } from "../../core/distribution.js";
import { numericalError } from "../../core/errors.js";
import type { Rng } from "../../core/random.js";
import {
  forward,
  forwardLogDerivative,
  inverse,
  requireTransform,
  type Step,
  stepsOf,
  type Transform,
  upperEdge,
} from "../../math/transform.js";
import { requireProbability } from "../checks.js";
import { diffuse } from "../families/diffuse.js";
import { type Empirical, empirical } from "../families/empirical.js";
import { type Normal, normal } from "../families/normal.js";
import { type StudentT, studentT } from "../families/student-t.js";
import { densityMakeup } from "../makeup.js";
import { type Moments, transformedMoments } from "../moments.js";
import { type Mixture, mixture } from "./mixture.js";

/** A normal or Student-t distribution seen through a change of scale, as plain fields, and what can be asked of it. */
export interface Transformed extends Distribution {
  readonly kind: "transformed";
  /** On the model's scale. */
  readonly base: Normal | StudentT;
  readonly transform: Transform;
}

class TransformedDistribution implements Transformed {
  readonly kind = "transformed";
  readonly base: Normal | StudentT;
  readonly transform: Transform;
  /** The base's probability below the end of the model's scale. */
  readonly #mass: number;
  #moments: Moments | null = null;

  constructor(base: Normal | StudentT, transform: Transform, mass: number) {
    this.base = base;
    this.transform = transform;
    this.#mass = mass;
  }

  get mean(): number {
    this.#moments ??= transformedMoments(this.base, this.transform);
    return this.#moments.mean;
  }

  get variance(): number {
    this.#moments ??= transformedMoments(this.base, this.transform);
    return this.#moments.variance;
  }

  quantile(p: number): number {
    requireProbability(p);
    return inverse(this.transform, this.base.quantile(p * this.#mass));
  }

  cdf(y: number): number {
    return Math.min(1, this.base.cdf(forward(this.transform, y)) / this.#mass);
  }

  logDensity(y: number): number {
    const x = forward(this.transform, y);
    if (!Number.isFinite(x)) return Number.NEGATIVE_INFINITY;
    return this.base.logDensity(x) + forwardLogDerivative(this.transform, y) - Math.log(this.#mass);
  }

  sample(rng: Rng): number {
    if (this.#mass < 1) return this.quantile(rng.uniform());
    return inverse(this.transform, this.base.sample(rng));
  }

  makeup(): Makeup {
    return densityMakeup(this, this.quantile(0), this.quantile(1));
  }
}

/**
 * The distribution on the data's scale of a value that has distribution `base` on the model's scale: Y = inverse(X).
 *
 * Quantiles are the base's, mapped: exact. `mean` is the mean of Y (not its median), closed where it can be (log-normal), else
 * by quadrature to about 1e-12 (computed when first asked for). The exponential of a Student-t has, strictly, no finite mean, nor
 * has Box-Cox with -1 <= λ < 0; where only tails too thin to matter stand against it (their share of the integral falls below a
 * millionth) the mean without them is given, otherwise Infinity. Never NaN.
 *
 * Box-Cox with λ < 0 reaches x < 1/|λ| only: the base is conditioned on lying there. Box-Cox with λ > 0 goes on below y = 0 in
 * the form of Bickel and Doksum, as R does.
 *
 * Affine steps next to the base are carried out; a diffuse base stays diffuse, samples and the components of a mixture are
 * transformed one by one, so the result can be of another kind than `transformed`.
 *
 * @param base normal, Student-t, diffuse, empirical, mixture of such, or transformed.
 * @returns the distribution on the original scale.
 * @throws YuleError `bad-transform`, `bad-base`, `beyond-transform` when no part of the base can be mapped back.
 * @example transformed(normal(0, 1), { kind: "log" }).mean; // 1.6487212707001282, the root of e
 */
export function transformed(base: Distribution, transform: Transform): Distribution {
  requireDistribution(base, "transformed takes");
  requireTransform(transform);
  return through(base, stepsOf(transform));
}

function through(base: Distribution, steps: readonly Step[]): Distribution {
  if (steps.length === 0) return base;
  const transform: Transform = steps.length === 1 ? steps[0] : { kind: "chain", steps };
  if (isDiffuse(base)) return diffuse(finiteOr(0, inverse(transform, base.mean)));
  if (isEmpirical(base)) return transformedSamples(base, transform);
  if (isMixture(base)) return transformedMixture(base, steps, transform);
  if (isTransformed(base)) return through(base.base, [...steps, ...stepsOf(base.transform)]);
  if (!isNormal(base) && !isStudentT(base)) {
    throw numericalError(
      "bad-base",
      "base",
      base.kind,
      `A ${base.kind} distribution cannot be moved to another scale; leave the transformation out.`,
    );
  }
  const last = steps[steps.length - 1];
  if (last.kind === "affine") return through(scaled(base, last.shift, last.scale), steps.slice(0, -1));
  const mass = massWithin(base, transform);
  if (base.variance === 0) return normal(inverse(transform, base.mean), 0);
  return new TransformedDistribution(base, transform, mass);
}

/** The mean of a diffuse distribution only stands for one, and need not survive a change of scale. */
function finiteOr(instead: number, value: number): number {
  return Number.isFinite(value) ? value : instead;
}

function scaled(base: Normal | StudentT, shift: number, scale: number): Normal | StudentT {
  const centre = shift + scale * base.mean;
  if (base.kind === "normal") return normal(centre, scale * scale * base.variance);
  return studentT(centre, scale * base.scale, base.df);
}

/** The probability that a value of `base` can be mapped back. */
function massWithin(base: Distribution, transform: Transform): number {
  const edge = upperEdge(transform);
  const mass = edge === Number.POSITIVE_INFINITY ? 1 : base.cdf(edge);
  if (mass > 0) return mass;
  throw numericalError(
    "beyond-transform",
    "base",
    base.mean,
    `A ${base.kind} distribution about ${base.mean} has no probability below ${edge}, where the transformed scale ends; use a lambda nearer 1.`,
  );
}

function transformedSamples(base: Empirical, transform: Transform): Empirical {
  massWithin(base, transform);
  const edge = upperEdge(transform);
  const kept = (_: number, i: number) => base.samples[i] < edge;
  const samples = base.samples.filter(kept).map((x) => inverse(transform, x));
  return base.weights === null ? empirical(samples) : empirical(samples, base.weights.filter(kept));
}

function transformedMixture(base: Mixture, steps: readonly Step[], transform: Transform): Mixture {
  massWithin(base, transform);
  const edge = upperEdge(transform);
  const masses = base.components.map((component) =>
    edge === Number.POSITIVE_INFINITY ? 1 : component.cdf(edge),
  );
  const kept = (_: unknown, i: number) => masses[i] > 0;
  return mixture(
    base.components.filter(kept).map((component) => through(component, steps)),
    base.weights.map((weight, i) => weight * masses[i]).filter(kept),
  );
}

const isNormal = (base: Distribution): base is Normal => base.kind === "normal";
const isStudentT = (base: Distribution): base is StudentT => base.kind === "student-t";
const isDiffuse = (base: Distribution): boolean => base.kind === "diffuse";
const isEmpirical = (base: Distribution): base is Empirical => base.kind === "empirical";
const isMixture = (base: Distribution): base is Mixture => base.kind === "mixture";
const isTransformed = (base: Distribution): base is Transformed => base.kind === "transformed";

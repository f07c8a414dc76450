import type { Makeup } from "../../core/distribution.js";
import type { Rng } from "../../core/random.js";
import { countMakeup } from "../../distributions/count-makeup.js";
import { negativeBinomial } from "../../distributions/families/negative-binomial.js";
import { densityMakeup, pointMakeup, shiftedMakeup } from "../../distributions/makeup.js";
import { powerOf, square } from "../../math/power.js";
import { firstAbove, type KernelLogDensity, kernelLogDensity } from "./kernel-density.js";

/** How large a demand is when there is one, relative to its expected size; plain data. */
export type SizeModel =
  /** Whole numbers from 1: one more than a negative binomial count. */
  | { readonly kind: "counts"; readonly dispersion: number }
  /** The expected size times one of the ratios seen, ascending, with a mean of 1; linear between them. */
  | { readonly kind: "scaled"; readonly ratios: Float64Array; readonly bandwidth: number };

/** The distribution of a demand of an expected size, given that there is one. */
export interface Sizes {
  readonly mean: number;
  readonly variance: number;
  quantile(p: number): number;
  cdf(y: number): number;
  logDensity(y: number): number;
  makeup(): Makeup;
}

export function sizesOf(model: SizeModel, mean: number): Sizes {
  return model.kind === "counts"
    ? countSizes(mean, model.dispersion)
    : scaledSizes(mean, model.ratios, model.bandwidth);
}

function countSizes(mean: number, dispersion: number): Sizes {
  const beyond = negativeBinomial(Math.max(0, mean - 1), dispersion);
  return {
    mean: 1 + beyond.mean,
    variance: beyond.variance,
    quantile: (p) => 1 + beyond.quantile(p),
    cdf: (y) => beyond.cdf(y - 1),
    logDensity: (y) => beyond.logDensity(y - 1),
    makeup: () => shiftedMakeup(countMakeup(beyond), 1),
  };
}

/** What a set of ratios says, worked out once: every period of a replay asks for it. */
interface RatioSummary {
  readonly variance: number;
  readonly logDensity: KernelLogDensity;
}

const summaries = new WeakMap<Float64Array, RatioSummary>();

function summaryOf(ratios: Float64Array, bandwidth: number): RatioSummary {
  const known = summaries.get(ratios);
  if (known !== undefined) return known;
  const variance = ratios.reduce((sum, r) => sum + square(r - 1), 0) / Math.max(1, ratios.length - 1);
  const logDensity = bandwidth === 0 ? onlyAt(ratios[0]!) : kernelLogDensity(ratios, bandwidth);
  const summary = { variance, logDensity };
  summaries.set(ratios, summary);
  return summary;
}

/** The log density of a single point. */
function onlyAt(point: number): KernelLogDensity {
  return (x) => (x === point ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
}

function scaledSizes(mean: number, ratios: Float64Array, bandwidth: number): Sizes {
  const summary = summaryOf(ratios, bandwidth);
  const quantile = (p: number) => mean * ratioAt(ratios, p);
  const logDensity = (y: number) => summary.logDensity(y / mean) - Math.log(mean);
  return {
    mean,
    variance: summary.variance * mean * mean,
    quantile,
    cdf: (y) => shareBelow(ratios, y / mean),
    logDensity,
    makeup: () =>
      bandwidth === 0
        ? pointMakeup(mean * ratios[0]!)
        : densityMakeup({ quantile, logDensity }, 0, Number.POSITIVE_INFINITY),
  };
}

/** Below this mean a count is drawn by summing up its probabilities from 0. */
const SUMMABLE = 200;

/** A demand's size from one uniform number. */
export function drawSize(model: SizeModel, mean: number, uniform: number): number {
  if (model.kind === "scaled") return mean * ratioAt(model.ratios, uniform);
  const beyond = Math.max(0, mean - 1);
  if (beyond > SUMMABLE) return countSizes(mean, model.dispersion).quantile(uniform);
  return 1 + summedQuantile(beyond, model.dispersion, uniform);
}

/** The least count whose cumulative probability reaches p, by P(k+1) = P(k)·(k + 1/α)/(k + 1)·αμ/(1 + αμ). */
function summedQuantile(mean: number, dispersion: number, p: number): number {
  if (mean === 0) return 0;
  const odds = dispersion * mean;
  const poisson = odds < 1e-12;
  let probability = Math.exp(poisson ? -mean : -Math.log1p(odds) / dispersion);
  let sum = probability;
  let k = 0;
  while (sum < p && probability > 0) {
    probability *= poisson ? mean / (k + 1) : ((k + 1 / dispersion) / (k + 1)) * (odds / (1 + odds));
    sum += probability;
    k++;
    if (k > 1e6) break;
  }
  return k;
}

/** Quantile of the ratios, R's type 7. */
function ratioAt(ratios: Float64Array, p: number): number {
  const last = ratios.length - 1;
  const position = p * last;
  const below = Math.min(Math.floor(position), Math.max(0, last - 1));
  const low = ratios[below]!;
  const high = ratios[Math.min(below + 1, last)]!;
  return low + (position - below) * (high - low);
}

function shareBelow(ratios: Float64Array, ratio: number): number {
  const last = ratios.length - 1;
  const above = firstAbove(ratios, ratio);
  if (above === 0) return 0;
  if (above > last) return 1;
  return (above - 1 + (ratio - ratios[above - 1]!) / (ratios[above]! - ratios[above - 1]!)) / last;
}

/**
 * A size model from sizes and what was expected of each: counts where all are whole and spread at least as a Poisson
 * count would, else the ratios themselves.
 */
export function fitSizes(sizes: readonly number[], expected: readonly number[]): SizeModel {
  const whole = sizes.every(Number.isInteger);
  let excess = 0;
  let squares = 0;
  sizes.forEach((size, i) => {
    const mean = Math.max(0, expected[i]! - 1);
    excess += square(size - 1 - mean) - mean;
    squares += mean * mean;
  });
  if (whole && (excess >= 0 || squares === 0)) {
    return { kind: "counts", dispersion: squares === 0 ? 0 : excess / squares };
  }
  const raw = Float64Array.from(sizes, (size, i) => size / expected[i]!).sort();
  const mean = raw.reduce((sum, r) => sum + r, 0) / raw.length;
  const ratios = raw.map((r) => r / mean);
  return { kind: "scaled", ratios, bandwidth: bandwidthOf(ratios) };
}

/** Silverman's rule of thumb. */
function bandwidthOf(ratios: Float64Array): number {
  const n = ratios.length;
  const sd = Math.sqrt(ratios.reduce((sum, r) => sum + square(r - 1), 0) / Math.max(1, n - 1));
  return 1.06 * sd * powerOf(n, -0.2);
}

/** A draw of a demand, or none, from one uniform number. */
export function drawDemand(model: SizeModel, chance: number, mean: number, rng: Rng): number {
  const uniform = rng.uniform();
  const none = 1 - chance;
  return uniform <= none ? 0 : drawSize(model, mean, (uniform - none) / chance);
}

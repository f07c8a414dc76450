import type { Rng } from "../../core/random.js";
import { negativeBinomial } from "../../distributions/families/negative-binomial.js";
import type { PooledParams, PooledState } from "./params.js";
import { LEAST, TINY, WILD } from "./scale.js";
import type { UsualValuesAhead } from "./usual.js";
import { leastMean } from "./walker.js";

/** What all paths of a memory share. */
export interface SharedPast {
  /** What constant, calendar and regressors add at each step, in units of the scale. */
  readonly known: Float64Array;
  /** What lags that reach back before the first step add to the mean of each step. */
  readonly earlier: Float64Array;
  /** Null where levels are regressed. */
  readonly usuals: UsualValuesAhead | null;
}

/** Writes standard draws of Student's t for step h of the paths, of which `means` says how their means differ. */
export type DrawStep = (h: number, means: Float64Array, out: Float64Array) => void;

/** Where the next values come from: draws, or of counts the stream of each path. */
export type Chance = { readonly draw: DrawStep } | { readonly streams: readonly Rng[] };

/**
 * Some paths side by side, which go forward a step at a time, so that the divisions and sums of one do not wait for those of another. Of path
 * i, step h is at `h * width + i`; what depends on the number of steps alone is one number for all.
 */
export class PathBlock {
  /** z of the paths: values, or their logarithms. */
  private readonly z: Float64Array;
  /** What lags are read from: z, or its deviations from usual values. */
  private readonly lagged: Float64Array;
  private readonly means: Float64Array;
  private readonly usual: Float64Array;
  private readonly draws: Float64Array;
  /** Of logarithms, the values of the step that was taken last. */
  private readonly values: Float64Array;
  private readonly sums: Float64Array;
  private readonly totals: Float64Array;
  private readonly errorSums: Float64Array;
  private mass = 0;
  private seen = 0;
  private weight = 0;

  constructor(
    private readonly params: PooledParams,
    private readonly from: PooledState,
    private readonly shared: SharedPast,
    private readonly width: number,
  ) {
    const numbers = shared.known.length * width;
    this.z = new Float64Array(numbers);
    this.lagged = shared.usuals === null ? this.z : new Float64Array(numbers);
    this.means = new Float64Array(width);
    this.usual = new Float64Array(width);
    this.draws = new Float64Array(width);
    this.values = new Float64Array(width);
    this.sums = new Float64Array(width);
    this.totals = new Float64Array(width);
    this.errorSums = new Float64Array(width);
  }

  /** Rolls all paths from the memory on. @param onStep is given the values of each step, which later ones may write over. */
  roll(chance: Chance, onStep: (h: number, values: Float64Array) => void): void {
    const { from, params, shared, width } = this;
    this.sums.fill(from.sum);
    this.totals.fill(from.total);
    this.errorSums.fill(from.errorSum);
    [this.mass, this.seen, this.weight] = [from.mass, from.seen, from.weight];
    for (let h = 0; h < shared.known.length; h++) {
      this.expect(h);
      if ("streams" in chance) this.takeCounts(h, chance.streams);
      else {
        chance.draw(h, this.means, this.draws);
        if (params.log === null) this.takeLevels(h);
        else this.takeLogarithms(h);
      }
      if (shared.usuals !== null) subtract(this.z, this.usual, this.lagged, h * width);
      this.mass = params.fade * this.mass + 1;
      this.weight = params.fade * this.weight + 1;
      this.seen++;
      onStep(h, params.log === null ? this.z.subarray(h * width, (h + 1) * width) : this.values);
    }
  }

  /** Means of step h, as far as lags and usual values make them. */
  private expect(h: number): void {
    const { lags, coefficients } = this.params;
    const { means, usual, lagged, width, z } = this;
    const { usuals, earlier } = this.shared;
    means.fill(earlier[h]!);
    for (let j = 0; j < lags.length && lags[j]! <= h; j++)
      addTimes(means, coefficients[1 + j]!, lagged, (h - lags[j]!) * width);
    if (usuals === null) return;
    usuals.write(h, z, width, usual);
    addTimes(means, 1, usual, 0);
  }

  private takeLevels(h: number): void {
    const { fade, strength, error, low } = this.params;
    const { z, means, draws, sums, totals, errorSums, width } = this;
    const known = this.shared.known[h]!;
    const least = low ?? Number.NEGATIVE_INFINITY;
    const [perMass, perSeen] = [1 / this.mass, LEAST / this.seen];
    const [factor, prior] = [this.spreadFactor(), strength * error];
    for (let i = 0; i < width; i++) {
      const scale = larger(sums[i]! * perMass, totals[i]! * perSeen) || TINY;
      const mean = larger(least, means[i]! + scale * known);
      const size = factor * (prior + errorSums[i]!);
      const drawn = mean + scale * size * draws[i]!;
      const value = larger(least, drawn);
      const own = value === drawn ? size * Math.abs(draws[i]!) : Math.abs(value - mean) / scale;
      z[h * width + i] = value;
      errorSums[i] = fade * errorSums[i]! + smaller(WILD, own);
      sums[i] = fade * sums[i]! + Math.abs(value);
      totals[i] = totals[i]! + Math.abs(value);
    }
  }

  private takeLogarithms(h: number): void {
    const { lags, coefficients, fade, strength, error, low } = this.params;
    const { offset, least, reach } = this.params.log!;
    const { z, means, draws, values, sums, errorSums, width } = this;
    const known = this.shared.known[h]!;
    // What a logarithm is relative to its running mean, where no usual value stands for that.
    const share = this.shared.usuals === null ? 1 - sumOf(lags, coefficients) : 0;
    const lowest = Math.log(least);
    const bound = low ?? Number.NEGATIVE_INFINITY;
    const perMass = 1 / this.mass;
    const [factor, prior] = [this.spreadFactor(), strength * error];
    for (let i = 0; i < width; i++) {
      const middle = sums[i]! * perMass;
      const high = middle + reach;
      const mean = smaller(high, larger(lowest, means[i]! + known + middle * share));
      const drawn = smaller(high, mean + factor * (prior + errorSums[i]!) * draws[i]!);
      const y = Math.exp(drawn) - offset;
      const value = larger(bound, y);
      const logarithm = value === y && drawn >= lowest ? drawn : Math.log(larger(least, value + offset));
      values[i] = value;
      z[h * width + i] = logarithm;
      errorSums[i] = fade * errorSums[i]! + smaller(WILD, Math.abs(logarithm - mean));
      sums[i] = fade * sums[i]! + logarithm;
    }
  }

  private takeCounts(h: number, streams: readonly Rng[]): void {
    const { params, z, means, sums, totals, width } = this;
    const known = this.shared.known[h]!;
    const [perMass, perSeen] = [1 / this.mass, LEAST / this.seen];
    for (let i = 0; i < width; i++) {
      const scale = larger(sums[i]! * perMass, totals[i]! * perSeen) || TINY;
      const mean = larger(leastMean(params, scale), means[i]! + scale * known);
      const value = negativeBinomial(mean, params.dispersion!).sample(streams[i]!);
      z[h * width + i] = value;
      sums[i] = params.fade * sums[i]! + value;
      totals[i] = totals[i]! + value;
    }
  }

  /** The factor of k ā + Σ fadeⁱ|ε| in the scale of the t distribution, in units of the scale of the values. */
  private spreadFactor(): number {
    const { spread, strength } = this.params;
    return spread / (strength + this.weight);
  }
}

function addTimes(sums: Float64Array, factor: number, values: Float64Array, from: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + factor * values[from + i]!;
}

function subtract(values: Float64Array, less: Float64Array, out: Float64Array, from: number): void {
  for (let i = 0; i < less.length; i++) out[from + i] = values[from + i]! - less[i]!;
}

function sumOf(lags: readonly number[], coefficients: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < lags.length; j++) sum += coefficients[1 + j]!;
  return sum;
}

function larger(a: number, b: number): number {
  return a > b ? a : b;
}

function smaller(a: number, b: number): number {
  return a < b ? a : b;
}

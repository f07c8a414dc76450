import type { Distribution } from "../../core/distribution.js";
import { clipped } from "../../distributions/derived/clipped.js";
import { transformed } from "../../distributions/derived/transformed.js";
import { diffuse } from "../../distributions/families/diffuse.js";
import { negativeBinomial } from "../../distributions/families/negative-binomial.js";
import { studentT } from "../../distributions/families/student-t.js";
import { writeFeatures } from "./features.js";
import { columnCount, logarithmOf, type PooledParams, type PooledState } from "./params.js";
import { LEAST_COUNT, scaleOf, TINY, WILD } from "./scale.js";
import { UsualValues } from "./usual.js";

/** Moves a memory over rows in its own arrays; `state()` is the plain memory again. */
export class PooledWalker {
  /** z: values, or their logarithms. */
  private readonly past: Float64Array;
  private readonly deviations: Float64Array;
  private readonly longest: number;
  private readonly usuals: UsualValues | null;
  /** Where in `past` the next value goes; in `deviations` the place is the same less `shift`. */
  private at: number;
  private readonly shift: number;
  private t: number;
  private sum: number;
  private mass: number;
  private total: number;
  private seen: number;
  private errorSum: number;
  private weight: number;
  private readonly features: Float64Array;
  /** What deviations of a lag are from, where logarithms are relative to their mean: Σ φ_j. */
  private readonly lagSum: number;
  /** Of the row that is next: its mean as z, what z may be at most, its usual value, its scale. */
  mean = 0;
  high = Number.POSITIVE_INFINITY;
  private usual = 0;
  private scale = 1;

  /** @param rows how many rows will be taken at most. */
  constructor(
    private readonly params: PooledParams,
    private readonly from: PooledState,
    rows: number,
  ) {
    const { lags, coefficients, usual } = params;
    this.longest = from.recent.length;
    this.past = new Float64Array(this.longest + rows);
    this.past.set(from.recent);
    this.usuals = usual === null ? null : new UsualValues(usual);
    this.deviations = usual === null ? this.past : new Float64Array(from.deviations.length + rows);
    if (usual !== null) this.deviations.set(from.deviations);
    this.shift = this.past.length - this.deviations.length;
    this.at = this.longest;
    this.t = from.t;
    this.sum = from.sum;
    this.mass = from.mass;
    this.total = from.total;
    this.seen = from.seen;
    this.errorSum = from.errorSum;
    this.weight = from.weight;
    this.features = new Float64Array(columnCount(params) - 1 - lags.length);
    let lagSum = 0;
    for (let j = 0; j < lags.length; j++) lagSum += coefficients[1 + j]!;
    this.lagSum = lagSum;
  }

  /** Whether any value was observed. */
  get started(): boolean {
    return this.mass > 0;
  }

  /** Works out the mean of the next row from what is known ahead of it. */
  predict(input: ArrayLike<number>): void {
    this.predictBy(knownPart(this.params, this.from, this.t, input, this.features));
  }

  /** The same where the known part has been worked out. */
  predictBy(known: number): void {
    const { lags, coefficients, log } = this.params;
    const { deviations } = this;
    const at = this.at - this.shift;
    let mean = 0;
    for (let j = 0; j < lags.length; j++) mean += coefficients[1 + j]! * deviations[at - lags[j]!]!;
    if (log === null) this.scale = scaleOf(this.sum, this.mass, this.total, this.seen) || TINY;
    mean += this.scale * known;
    if (this.usuals !== null) {
      this.usual = this.usuals.at(this.past, this.at);
      mean += this.usual;
    }
    if (log === null) {
      this.mean = Math.max(leastMean(this.params, this.scale), mean);
      return;
    }
    const middle = this.sum / this.mass;
    this.high = middle + log.reach;
    if (this.usuals === null) mean += middle * (1 - this.lagSum);
    this.mean = Math.min(this.high, Math.max(Math.log(log.least), mean));
  }

  /** The mean of the row that was predicted, as a value; of logarithms the median. */
  get expected(): number {
    return this.valueOf(this.mean);
  }

  private valueOf(z: number): number {
    const { log, low } = this.params;
    if (log === null) return z;
    const value = Math.exp(Math.min(this.high, z)) - log.offset;
    return low === null ? value : Math.max(low, value);
  }

  /** Scale of the error of the row that was predicted. */
  spread(): number {
    const { strength, error, spread } = this.params;
    return (this.scale * spread * (strength * error + this.errorSum)) / (strength + this.weight);
  }

  conditional(): Distribution {
    if (!this.started) return diffuse(0);
    return conditionalOf(this.params, this.mean, this.spread(), this.high);
  }

  /** Takes the value of the row that was predicted; NaN where it is missing, for which the mean stands. */
  take(y: number): void {
    this.t++;
    if (Number.isNaN(y)) {
      this.put(this.started ? this.mean : y);
      return;
    }
    const { log } = this.params;
    const z = log === null ? y : logarithmOf(log, y);
    if (this.started) this.learn(z);
    this.remember(y, z);
  }

  /** Takes a value of which nothing was worked out before, which leaves the size of errors as it is; NaN as `take` does. */
  pass(y: number): void {
    if (Number.isNaN(y)) {
      this.take(y);
      return;
    }
    this.t++;
    const { log } = this.params;
    if (this.usuals !== null) this.usual = this.usuals.at(this.past, this.at);
    this.remember(y, log === null ? y : logarithmOf(log, y));
  }

  private remember(y: number, z: number): void {
    const { fade, log } = this.params;
    if (!this.started) {
      // Before the first value it is taken to have been the same.
      this.past.fill(z, this.at - this.longest, this.at);
      if (this.usuals !== null) this.deviations.fill(0, 0, this.at - this.shift);
      this.usual = z;
    }
    this.sum = fade * this.sum + (log === null ? Math.abs(y) : z);
    this.mass = fade * this.mass + 1;
    this.total += Math.abs(y);
    this.seen++;
    this.put(z);
  }

  private put(z: number): void {
    if (this.usuals !== null) this.deviations[this.at - this.shift] = z - this.usual;
    this.past[this.at++] = z;
  }

  private learn(z: number): void {
    const { fade } = this.params;
    this.errorSum = fade * this.errorSum + Math.min(WILD, Math.abs(z - this.mean) / this.scale);
    this.weight = fade * this.weight + 1;
  }

  /** Where it stands, to come back to; values taken since then are written over. */
  mark(): Omit<PooledState, "time" | "recent" | "deviations"> & { readonly at: number } {
    const { at, t, sum, mass, total, seen, errorSum, weight } = this;
    return { at, t, sum, mass, total, seen, errorSum, weight };
  }

  back(mark: ReturnType<PooledWalker["mark"]>): void {
    Object.assign(this, mark);
  }

  state(): PooledState {
    const { t, sum, mass, total, seen, errorSum, weight } = this;
    const recent = this.past.slice(this.at - this.longest, this.at);
    const end = this.at - this.shift;
    const deviations = this.deviations.slice(end - this.from.deviations.length, end);
    return { t, time: this.from.time, sum, mass, total, seen, errorSum, weight, recent, deviations };
  }
}

/** What the mean of a value that is no logarithm is at least. */
export function leastMean({ low, dispersion }: PooledParams, scale: number): number {
  return dispersion === undefined ? (low ?? Number.NEGATIVE_INFINITY) : LEAST_COUNT * scale;
}

/** The distribution of a row by its mean and the scale of its error, both of z, and what z may be at most. */
export function conditionalOf(
  { low, df, log, dispersion }: PooledParams,
  mean: number,
  spread: number,
  high: number,
): Distribution {
  if (dispersion !== undefined) return negativeBinomial(mean, dispersion);
  const own = studentT(mean, spread, df);
  const lower = low ?? Number.NEGATIVE_INFINITY;
  if (log === null) return low === null ? own : clipped(own, lower, Number.POSITIVE_INFINITY);
  const { offset } = log;
  return clipped(transformed(own, { kind: "bounded", lower: -offset }), lower, Math.exp(high) - offset);
}

/** What constant, calendar and regressors add to the mean of row `t`, in units of the scale. */
export function knownPart(
  params: PooledParams,
  { time }: PooledState,
  t: number,
  input: ArrayLike<number>,
  scratch: Float64Array,
): number {
  const { coefficients, lags } = params;
  writeFeatures(params, time, t, input, scratch, 0);
  let known = coefficients[0]!;
  for (let i = 0; i < scratch.length; i++) known += coefficients[1 + lags.length + i]! * scratch[i]!;
  return known;
}

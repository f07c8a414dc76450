import type { Distribution } from "../../core/distribution.js";
import { clipped } from "../../distributions/derived/clipped.js";
import { diffuse } from "../../distributions/families/diffuse.js";
import { studentT } from "../../distributions/families/student-t.js";
import { writeFeatures } from "./features.js";
import { columnCount, type PooledParams, type PooledState } from "./params.js";

/** Moves a memory over rows in its own arrays; `state()` is the plain memory again. */
export class PooledWalker {
  private readonly past: Float64Array;
  private readonly longest: number;
  /** Where in `past` the next value goes. */
  private at: number;
  private t: number;
  private sum: number;
  private mass: number;
  private errorSum: number;
  private weight: number;
  private readonly features: Float64Array;
  /** Of the row that is next: its mean, and what the mean has of constant, calendar and regressors in units of the scale. */
  mean = 0;
  private scale = 1;

  /** @param rows how many rows will be taken at most. */
  constructor(
    private readonly params: PooledParams,
    private readonly from: PooledState,
    rows: number,
  ) {
    this.longest = from.recent.length;
    this.past = new Float64Array(this.longest + rows);
    this.past.set(from.recent);
    this.at = this.longest;
    this.t = from.t;
    this.sum = from.sum;
    this.mass = from.mass;
    this.errorSum = from.errorSum;
    this.weight = from.weight;
    this.features = new Float64Array(columnCount(params) - 1 - params.lags.length);
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
    const { lags, coefficients, low } = this.params;
    this.scale = this.sum > 0 ? this.sum / this.mass : 1;
    let mean = this.scale * known;
    for (let j = 0; j < lags.length; j++) mean += coefficients[1 + j]! * this.past[this.at - lags[j]!]!;
    this.mean = low === null ? mean : Math.max(low, mean);
  }

  /** Scale of the error of the row that was predicted. */
  spread(): number {
    const { strength, error, spread } = this.params;
    return (this.scale * spread * (strength * error + this.errorSum)) / (strength + this.weight);
  }

  conditional(): Distribution {
    if (!this.started) return diffuse(0);
    return conditionalOf(this.params, this.mean, this.spread());
  }

  /** Takes the value of the row that was predicted; NaN where it is missing, for which the mean stands. */
  take(y: number): void {
    this.t++;
    if (Number.isNaN(y)) {
      this.past[this.at++] = this.started ? this.mean : y;
      return;
    }
    // Before the first value it is taken to have been the same.
    if (this.started) this.learn(y);
    else this.past.fill(y, this.at - this.longest, this.at);
    const { fade } = this.params;
    this.sum = fade * this.sum + Math.abs(y);
    this.mass = fade * this.mass + 1;
    this.past[this.at++] = y;
  }

  private learn(y: number): void {
    const { fade } = this.params;
    this.errorSum = fade * this.errorSum + Math.abs(y - this.mean) / this.scale;
    this.weight = fade * this.weight + 1;
  }

  /** Where it stands, to come back to; values taken since then are written over. */
  mark(): Omit<PooledState, "time" | "recent"> & { readonly at: number } {
    const { at, t, sum, mass, errorSum, weight } = this;
    return { at, t, sum, mass, errorSum, weight };
  }

  back(mark: ReturnType<PooledWalker["mark"]>): void {
    Object.assign(this, mark);
  }

  state(): PooledState {
    const { t, sum, mass, errorSum, weight } = this;
    const recent = this.past.slice(this.at - this.longest, this.at);
    return { t, time: this.from.time, sum, mass, errorSum, weight, recent };
  }
}

/** The distribution of a row by its mean and the scale of its error. */
export function conditionalOf({ low, df }: PooledParams, mean: number, spread: number): Distribution {
  const own = studentT(mean, spread, df);
  return low === null ? own : clipped(own, low, Number.POSITIVE_INFINITY);
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

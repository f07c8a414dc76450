import { isInvertible } from "../../math/polynomials.js";
import { GapBuffers } from "./gaps/buffers.js";
import { filterRows, type Means } from "./gaps/filter.js";
import { LastRows } from "./gaps/last-rows.js";
import { takeOver } from "./gaps/take-over.js";
import { LagPolynomial } from "./lag-polynomial/polynomial.js";
import type { ArimaParams, StateSpace } from "./params.js";
import type { OneStep } from "./state-space/one-step.js";
import { predict } from "./state-space/predict.js";
import { type LagState, startState } from "./state-space/state.js";
import { advance, generalState } from "./state-space/update.js";

/** Beyond this ratio of a variance to that of the innovations covariances lose too many digits. */
const LARGEST_VARIANCE = 1e4;

/** Where the filter's share of the rows, in spans of the memory, is shorter, plain steps take all. */
const SHORTEST = 3;

/**
 * One-step errors of a series with gaps by the filter of the likelihood: plain steps only until nothing is diffuse and after the
 * last value. They carry a factor of all lagged values along; the filter one covariance of max(p*, q* + 1) numbers, and the
 * last rows make a memory of lagged values of it.
 *
 * @returns null where this way is closed: a moving average on or outside the unit circle, a unit root too near, too few
 * values, no variance.
 */
export function replayGaps(params: ArimaParams, space: StateSpace, y: Float64Array): OneStep | null {
  const { model } = space;
  if (!(params.sigma2 > 0) || !isInvertible(params.ma) || !isInvertible(params.sma)) return null;
  let end = y.length;
  while (end > 0 && Number.isNaN(y[end - 1]!)) end--;
  const span = Math.max(model.rowOfW, model.ar.degree, model.ma.degree, 1);
  const until = end - span;
  const steps = new Steps(params.sigma2, space, y);
  while (steps.row < until && (steps.row < model.rowOfW || steps.isDiffuse)) steps.next();
  if (until - steps.row < SHORTEST * span) return null;
  const begin = steps.row;
  const buffers = buffersFor(params, y);
  const means = takeOver(buffers, model, steps.general(), begin);
  if (!(largestVariance(buffers) < LARGEST_VARIANCE) || !filterRows(buffers, means, begin, until))
    return null;
  for (let t = begin; t < until; t++) {
    const error = buffers.errors[t]!;
    steps.take(t, buffers.missing[t] === 1 ? error : y[t]! - error, buffers.relativeVariance[t]!);
  }
  steps.goOnFrom(end, overLastRows(steps, buffers, means, until, span));
  while (steps.row < y.length) steps.next();
  return steps;
}

function overLastRows(
  steps: Steps,
  buffers: GapBuffers,
  means: Means,
  from: number,
  count: number,
): LagState {
  const last = new LastRows(buffers, means, from, count);
  let known = 0;
  for (let t = 0; t < count; t++) {
    const value = steps.y[from + t]!;
    const variance = last.relativeVariance(t);
    steps.take(from + t, last.mean[t]!, variance);
    if (Number.isNaN(value)) continue;
    last.learn(t, value, variance);
  }
  while (known < from + count && buffers.missing[from + count - known - 1] === 0) known++;
  return last.lags(steps.space.model, known);
}

function buffersFor({ order, seasonal, period, ar, ma, sar, sma }: ArimaParams, y: Float64Array): GapBuffers {
  const x = Float64Array.from([...ar, ...ma, ...sar, ...sma]);
  const [arPart, maPart] = [new LagPolynomial(), new LagPolynomial()];
  arPart.configure(ar.length, sar.length, period);
  maPart.configure(ma.length, sma.length, period);
  arPart.setFactors(x, 0, ar.length + ma.length, -1);
  maPart.setFactors(x, ar.length, x.length - sma.length, 1);
  return new GapBuffers(y, { d: order[1], D: seasonal[1], period }, arPart, maPart);
}

function largestVariance({ size, slots, wide, square, open, openCount }: GapBuffers): number {
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, wide[i * size + i]!);
  for (let k = 0; k < openCount; k++) largest = Math.max(largest, square[open[k]! * (slots + 1)]!);
  return largest;
}

/** Collects what each step predicts, and takes plain ones. */
class Steps implements OneStep {
  readonly predicted: Float64Array;
  readonly errors: Float64Array;
  readonly relativeVariance: Float64Array;
  logLikelihood = 0;
  lags: LagState;
  /** The next one. */
  row = 0;

  constructor(
    private readonly sigma2: number,
    readonly space: StateSpace,
    readonly y: Float64Array,
  ) {
    this.predicted = new Float64Array(y.length).fill(Number.NaN);
    this.errors = new Float64Array(y.length).fill(Number.NaN);
    this.relativeVariance = new Float64Array(y.length).fill(Number.NaN);
    this.lags = startState(space.model, space.start);
  }

  get isDiffuse(): boolean {
    return this.lags.stage === "collecting" || this.lags.diffuseRank > 0;
  }

  general(): LagState {
    const { model, start } = this.space;
    return generalState(model, start, this.lags);
  }

  goOnFrom(row: number, lags: LagState): void {
    this.row = row;
    this.lags = lags;
  }

  /** A plain step. */
  next(): void {
    const { model, start } = this.space;
    const { row, y } = this;
    const { mean, relativeVariance, isDiffuse } = predict(model, this.lags);
    if (!isDiffuse) this.take(row, mean[0]!, relativeVariance);
    this.lags = advance(model, start, this.lags, y.subarray(row, row + 1));
    this.row++;
  }

  take(t: number, mean: number, ratio: number): void {
    const error = this.y[t]! - mean;
    this.predicted[t] = mean;
    this.errors[t] = error;
    this.relativeVariance[t] = ratio;
    if (Number.isNaN(error)) return;
    const variance = this.sigma2 * ratio;
    this.logLikelihood -= 0.5 * (Math.log(2 * Math.PI * variance) + (error * error) / variance);
  }
}

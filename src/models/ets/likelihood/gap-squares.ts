import type { Smoothing } from "../recursion/trace.js";
import { follow, pass } from "./gap-filter.js";

/**
 * The least sum of squares of a linear form over a series with missing values, as a quadratic function of the states before it.
 *
 * The errors u of missing values are unknowns with variance σ² like all others, and enter the sum; integrating over them adds ½ Σ log v.
 * States move by x' = Tx + ge. What is still to come costs J(x) = x'Λx − 2b'x; going back in time, with q = Λg, k = (1, 0, …, 1 at the
 * phase) and e the error from the starting states given, an observed value makes
 *
 * Λ ← T'(Λ − qk' − kq' + (1 + g'q)kk')T,      b ← T'(b + k(e − g'b)),
 *
 * and a missing one, minimised over its error, Λ ← T'(Λ − qq'/v)T, b ← T'(b − q(g'b)/v), v = 1 + g'q. An observed value changes three
 * rows, so it costs a few numbers for each state, where Kalman's filter takes their square.
 */
export class GapSquares {
  /** Λ, row-major, and b before the first value. States are level, slope and seasons in ring order. */
  readonly information: Float64Array;
  readonly pull: Float64Array;
  private readonly size: number;
  private readonly image: Float64Array;
  private readonly errors: Float64Array;
  /** By missing value, the latest first: q, v and g'b. */
  private readonly images: Float64Array;
  private readonly variances: Float64Array;
  private readonly pulls: Float64Array;

  constructor(
    private readonly y: Float64Array,
    private readonly seasons: number,
    private readonly trend: boolean,
    missing: number,
  ) {
    this.size = 2 + seasons;
    this.information = new Float64Array(this.size * this.size);
    this.pull = new Float64Array(this.size);
    this.image = new Float64Array(this.size);
    this.errors = new Float64Array(y.length);
    this.images = new Float64Array(missing * this.size);
    this.variances = new Float64Array(missing);
    this.pulls = new Float64Array(missing);
  }

  /**
   * Leaves Λ and b around these starting states.
   *
   * @returns Σ log v over the missing values.
   */
  run(smoothing: Smoothing, start: Float64Array): number {
    this.followFrom(smoothing, start.slice());
    const { y, information, pull, variances } = this;
    information.fill(0);
    pull.fill(0);
    let known = 0;
    let sum = 0;
    for (let t = y.length - 1; t >= 0; t--) {
      const phase = this.phaseAt(t);
      const square = this.takeImage(smoothing, phase);
      if (Number.isNaN(y[t])) {
        this.minimise(smoothing, phase, known, 1 + square);
        sum += Math.log(variances[known++]);
      } else this.observe(smoothing, phase, square, this.errors[t]);
      if (this.trend) this.transpose(smoothing.phi);
    }
    return sum;
  }

  /** The sum of squares where the starting states differ by `moved`, which is moved on to the end of the series. */
  squaresFrom(smoothing: Smoothing, moved: Float64Array): number {
    const { y, size, images, variances, pulls, errors } = this;
    let known = variances.length;
    let sum = 0;
    for (let t = 0; t < y.length; t++) {
      const phase = this.phaseAt(t);
      if (!Number.isNaN(y[t])) {
        const error = errors[t] + follow(moved, smoothing, phase, 0);
        sum += error * error;
        continue;
      }
      pass(moved, smoothing.phi);
      const from = --known * size;
      let error = pulls[known];
      for (let i = 0; i < size; i++) error -= images[from + i] * moved[i];
      error /= variances[known];
      moved[0] += smoothing.alpha * error;
      moved[1] += smoothing.beta * error;
      if (phase >= 0) moved[phase] += smoothing.gamma * error;
      sum += error * error;
    }
    return sum;
  }

  private phaseAt(t: number): number {
    return this.seasons === 0 ? -1 : 2 + (t % this.seasons);
  }

  /** Errors from these states where those of missing values are 0. */
  private followFrom(smoothing: Smoothing, states: Float64Array): void {
    const { y, errors } = this;
    for (let t = 0; t < y.length; t++) {
      if (Number.isNaN(y[t])) pass(states, smoothing.phi);
      else errors[t] = follow(states, smoothing, this.phaseAt(t), y[t]);
    }
  }

  /** q = Λg; returns g'q. */
  private takeImage({ alpha, beta, gamma }: Smoothing, phase: number): number {
    const { information, image, size } = this;
    for (let i = 0; i < size; i++) image[i] = alpha * information[i] + beta * information[size + i];
    if (phase < 0) return alpha * image[0] + beta * image[1];
    const row = phase * size;
    for (let i = 0; i < size; i++) image[i] += gamma * information[row + i];
    return alpha * image[0] + beta * image[1] + gamma * image[phase];
  }

  private pulled({ alpha, beta, gamma }: Smoothing, phase: number): number {
    const { pull } = this;
    return alpha * pull[0] + beta * pull[1] + (phase < 0 ? 0 : gamma * pull[phase]);
  }

  /** Before a missing value, `known` of them coming later. */
  private minimise(smoothing: Smoothing, phase: number, known: number, variance: number): void {
    const { information, pull, image, size, images } = this;
    const share = this.pulled(smoothing, phase);
    images.set(image, known * size);
    this.variances[known] = variance;
    this.pulls[known] = share;
    for (let i = 0; i < size; i++) {
      const own = image[i] / variance;
      const row = i * size;
      for (let j = 0; j < size; j++) information[row + j] -= own * image[j];
      pull[i] -= own * share;
    }
  }

  /** Before an observed value. */
  private observe(smoothing: Smoothing, phase: number, square: number, error: number): void {
    const { information, pull, image, size } = this;
    const left = error - this.pulled(smoothing, phase);
    pull[0] += left;
    for (let i = 0; i < size; i++) {
      information[i] -= image[i];
      information[i * size] -= image[i];
    }
    information[0] += 1 + square;
    if (phase < 0) return;
    pull[phase] += left;
    const row = phase * size;
    for (let i = 0; i < size; i++) {
      information[row + i] -= image[i];
      information[i * size + phase] -= image[i];
    }
    information[phase] += 1 + square;
    information[row] += 1 + square;
    information[row + phase] += 1 + square;
  }

  /** Λ ← T'ΛT, b ← T'b: only the slope's row changes. */
  private transpose(phi: number): void {
    const { information, pull, size } = this;
    for (let i = 0; i < size; i++) information[size + i] = phi * (information[i] + information[size + i]);
    for (let at = 0; at < information.length; at += size) {
      information[at + 1] = phi * (information[at] + information[at + 1]);
    }
    pull[1] = phi * (pull[0] + pull[1]);
  }
}

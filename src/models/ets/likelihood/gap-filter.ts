import { semidefiniteFactor } from "../../../math/linear-algebra/row-compression.js";
import type { Smoothing } from "../recursion/trace.js";
import type { CovarianceRoot } from "./state-covariance.js";

/** What is uncertain of the states changes no prediction once its variances add up to this, in units of σ². */
const CERTAIN = 1e-17;

/**
 * Kalman's filter of a linear form over a series with missing values.
 *
 * States are level, slope and seasons in ring order; P is the covariance of what is uncertain of them, in units of σ². A value moves
 * the states by x' = Tx + ge. With m = TPh, s = h'Ph, v = 1 + s:
 *
 * P ← TPT' + gg' after a missing value, and TPT' + (s·gg' − mg' − gm' − mm')/v after an observed one, with gain (m + g)/v. Nothing
 * cancels there while P is small, and where it vanishes a step costs three numbers.
 */
export class GapFilter {
  private readonly size: number;
  private readonly covariance: Float64Array;
  private readonly moved: Float64Array;
  private readonly gain: Float64Array;
  private certain = true;

  constructor(private readonly seasons: number) {
    this.size = 2 + seasons;
    this.covariance = new Float64Array(this.size * this.size);
    this.moved = new Float64Array(this.size);
    this.gain = new Float64Array(this.size);
  }

  /**
   * Runs over y from these states, which it moves on, nothing being uncertain of them.
   *
   * @param predictions of every value.
   * @param variances of the predictions of observed values, in units of σ².
   */
  run(
    y: Float64Array,
    smoothing: Smoothing,
    states: Float64Array,
    predictions: Float64Array,
    variances: Float64Array,
  ): void {
    const { seasons, covariance } = this;
    const { phi } = smoothing;
    covariance.fill(0);
    this.certain = true;
    for (let t = 0; t < y.length; t++) {
      const phase = seasons === 0 ? -1 : 2 + (t % seasons);
      predictions[t] = states[0] + phi * states[1] + (phase < 0 ? 0 : states[phase]);
      if (Number.isNaN(y[t])) {
        pass(states, phi);
        if (!this.certain) this.transition(phi);
        this.addNoise(smoothing, phase);
      } else if (this.certain) {
        variances[t] = 1;
        follow(states, smoothing, phase, y[t]);
      } else {
        variances[t] = this.learn(smoothing, phase);
        this.correct(states, phi, phase, y[t]);
      }
    }
  }

  /** What is uncertain of the states in the end, in units of σ². */
  get root(): CovarianceRoot {
    if (this.certain) return [];
    const { size } = this;
    const factor = semidefiniteFactor(this.covariance, size);
    const columns = Array.from({ length: size }, (_, k) =>
      Float64Array.from({ length: size }, (__, i) => factor[i * size + k]),
    );
    return columns.filter((column) => column.some((value) => value !== 0));
  }

  /** P ← TPT'. */
  private transition(phi: number): void {
    const { covariance, size } = this;
    for (let j = 0; j < size; j++) {
      covariance[size + j] *= phi;
      covariance[j] += covariance[size + j];
    }
    for (let at = 0; at < covariance.length; at += size) {
      covariance[at + 1] *= phi;
      covariance[at] += covariance[at + 1];
    }
  }

  /** P += gg'. */
  private addNoise({ alpha, beta, gamma }: Smoothing, phase: number): void {
    this.addOwn(alpha, beta, gamma, phase, 1);
    this.certain = false;
  }

  private addOwn(alpha: number, beta: number, gamma: number, phase: number, weight: number): void {
    const { covariance, size } = this;
    covariance[0] += weight * alpha * alpha;
    covariance[1] += weight * alpha * beta;
    covariance[size] += weight * alpha * beta;
    covariance[size + 1] += weight * beta * beta;
    if (phase < 0) return;
    covariance[phase] += weight * alpha * gamma;
    covariance[phase * size] += weight * alpha * gamma;
    covariance[size + phase] += weight * beta * gamma;
    covariance[phase * size + 1] += weight * beta * gamma;
    covariance[phase * size + phase] += weight * gamma * gamma;
  }

  /** P after an observed value, and the gain; returns v. */
  private learn({ alpha, beta, gamma, phi }: Smoothing, phase: number): number {
    const { covariance, size, moved, gain } = this;
    for (let i = 0; i < size; i++) {
      const at = i * size;
      moved[i] = covariance[at] + phi * covariance[at + 1] + (phase < 0 ? 0 : covariance[at + phase]);
    }
    const square = moved[0] + phi * moved[1] + (phase < 0 ? 0 : moved[phase]);
    const variance = 1 + square;
    moved[1] *= phi;
    moved[0] += moved[1];
    this.transition(phi);
    // mg' + gm' + mm' = ½(m(m + 2g)' + (m + 2g)m').
    gain.set(moved);
    gain[0] += 2 * alpha;
    gain[1] += 2 * beta;
    if (phase >= 0) gain[phase] += 2 * gamma;
    for (let i = 0; i < size; i++) {
      const own = moved[i] / (2 * variance);
      const other = gain[i] / (2 * variance);
      const at = i * size;
      for (let j = 0; j < size; j++) covariance[at + j] -= own * gain[j] + other * moved[j];
    }
    this.addOwn(alpha, beta, gamma, phase, square / variance);
    let left = 0;
    for (let i = 0; i < size; i++) {
      gain[i] = (gain[i] + moved[i]) / (2 * variance);
      left += covariance[i * (size + 1)];
    }
    if (left < CERTAIN) {
      covariance.fill(0);
      this.certain = true;
    }
    return variance;
  }

  /** Moves states on by the gain. */
  private correct(states: Float64Array, phi: number, phase: number, value: number): void {
    const { gain, size } = this;
    pass(states, phi);
    const error = value - states[0] - (phase < 0 ? 0 : states[phase]);
    for (let i = 0; i < size; i++) states[i] += gain[i] * error;
  }
}

/** States one step on where nothing was learned: x ← Tx. */
export function pass(states: Float64Array, phi: number): void {
  states[1] *= phi;
  states[0] += states[1];
}

/** Moves states on where nothing is uncertain; returns the error. */
export function follow(
  states: Float64Array,
  { alpha, beta, gamma, phi }: Smoothing,
  phase: number,
  value: number,
): number {
  pass(states, phi);
  const error = value - states[0] - (phase < 0 ? 0 : states[phase]);
  states[0] += alpha * error;
  states[1] += beta * error;
  if (phase >= 0) states[phase] += gamma * error;
  return error;
}

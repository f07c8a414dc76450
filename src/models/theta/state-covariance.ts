import { timesVector } from "../../math/linear-algebra/vector.js";
import type { Step } from "./transition.js";

/** What is uncertain, in this order: level, mean and slope of the line, drift. */
const SIZE = 4;

/** Nothing is uncertain. */
export const CERTAIN = new Float64Array(0);

/** How the uncertain states covary with the prediction: their covariances with it, in units of σ². */
export function predictionCovariance(covariance: Float64Array, { m, s }: Step): Float64Array {
  const gain = new Float64Array(SIZE);
  if (covariance.length === 0) return gain;
  for (let i = 0; i < SIZE; i++) {
    const row = SIZE * i;
    gain[i] = covariance[row]! + m * covariance[row + 1]! + s * covariance[row + 2]!;
  }
  return gain;
}

/** Variance of the next value in units of σ². */
export function unitVariance(gain: Float64Array, { m, s }: Step): number {
  return 1 + gain[0]! + m * gain[1]! + s * gain[2]!;
}

/** What is left uncertain once the value is known: Kalman's update. */
function conditioned(covariance: Float64Array, gain: Float64Array, variance: number): Float64Array {
  const left = new Float64Array(SIZE * SIZE);
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j < SIZE; j++) {
      left[SIZE * i + j] = covariance[SIZE * i + j]! - (gain[i]! * gain[j]!) / variance;
    }
  }
  return left;
}

/** How deviations of the states move on when the value is known. */
function transitionMatrix(alpha: number, { meanGain, slopeDecay, slopeGain }: Step): Float64Array {
  const a = new Float64Array(SIZE * SIZE);
  a[0] = 1 - alpha;
  a[3] = 1;
  a[5] = 1 - meanGain;
  a[9] = -slopeGain;
  a[10] = slopeDecay;
  a[15] = 1;
  return a;
}

/** The states' deviations one step on, from those that an error of 1 has made. */
export function propagated(alpha: number, step: Step, gain: Float64Array): Float64Array {
  return timesVector(transitionMatrix(alpha, step), gain);
}

/** The covariance one step on, after a value that is known. */
export function afterValue(
  alpha: number,
  step: Step,
  covariance: Float64Array,
  gain: Float64Array,
  variance: number,
): Float64Array {
  if (covariance.length === 0) return CERTAIN;
  return sandwich(transitionMatrix(alpha, step), conditioned(covariance, gain, variance), null);
}

/** The covariance one step on, after a value that is missing: the prediction plus an unknown error of variance σ². */
export function afterMissing(alpha: number, step: Step, covariance: Float64Array): Float64Array {
  const impulse = Float64Array.of(alpha, step.meanGain, step.slopeGain, 0);
  const a = transitionMatrix(alpha, step);
  const h = [1, step.m, step.s, 0];
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j < SIZE; j++) a[SIZE * i + j] = a[SIZE * i + j]! + impulse[i]! * h[j]!;
  }
  return sandwich(a, covariance, impulse);
}

/** The covariance with an uncertain drift added. */
export function withDrift(covariance: Float64Array, drift: number): Float64Array {
  if (drift === 0) return covariance;
  const more = covariance.length === 0 ? new Float64Array(SIZE * SIZE) : covariance.slice();
  more[15] = more[15]! + drift;
  return more;
}

/** A P A' + gg'; an empty P is 0. */
function sandwich(a: Float64Array, p: Float64Array, g: Float64Array | null): Float64Array {
  const result = new Float64Array(SIZE * SIZE);
  for (let i = 0; i < SIZE && p.length > 0; i++) {
    for (let k = 0; k < SIZE; k++) {
      let row = 0;
      for (let j = 0; j < SIZE; j++) row += a[SIZE * i + j]! * p[SIZE * j + k]!;
      for (let j = 0; j < SIZE; j++) result[SIZE * i + j] = result[SIZE * i + j]! + row * a[SIZE * j + k]!;
    }
  }
  for (let i = 0; i < SIZE && g !== null; i++) {
    for (let j = 0; j < SIZE; j++) result[SIZE * i + j] = result[SIZE * i + j]! + g[i]! * g[j]!;
  }
  return result;
}

import { timesVector } from "../../math/linear-algebra/vector.js";
import type { Step } from "./motion.js";

/** What is uncertain, in this order: level, mean and slope of the line, drift. */
const SIZE = 4;

/** Nothing is uncertain. */
export const CERTAIN = new Float64Array(0);

/** How the uncertain states lean with the prediction: their covariances with it, in units of σ². */
export function leaning(spread: Float64Array, { m, s }: Step): Float64Array {
  const lean = new Float64Array(SIZE);
  if (spread.length === 0) return lean;
  for (let i = 0; i < SIZE; i++) {
    const row = SIZE * i;
    lean[i] = spread[row]! + m * spread[row + 1]! + s * spread[row + 2]!;
  }
  return lean;
}

/** Variance of the next value in units of σ². */
export function unitVariance(lean: Float64Array, { m, s }: Step): number {
  return 1 + lean[0]! + m * lean[1]! + s * lean[2]!;
}

/** What is left uncertain once the value is known: Kalman's update. */
function known(spread: Float64Array, lean: Float64Array, variance: number): Float64Array {
  const left = new Float64Array(SIZE * SIZE);
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j < SIZE; j++) {
      left[SIZE * i + j] = spread[SIZE * i + j]! - (lean[i]! * lean[j]!) / variance;
    }
  }
  return left;
}

/** How deviations of the states move on when the value is known. */
function transition(alpha: number, { share, keep, turn }: Step): Float64Array {
  const a = new Float64Array(SIZE * SIZE);
  a[0] = 1 - alpha;
  a[3] = 1;
  a[5] = 1 - share;
  a[9] = -turn;
  a[10] = keep;
  a[15] = 1;
  return a;
}

/** The states' deviations one step on, from those that an error of 1 has made. */
export function pushed(alpha: number, step: Step, gain: Float64Array): Float64Array {
  return timesVector(transition(alpha, step), gain);
}

/** The spread one step on, after a value that is known. */
export function afterValue(
  alpha: number,
  step: Step,
  spread: Float64Array,
  lean: Float64Array,
  variance: number,
): Float64Array {
  if (spread.length === 0) return CERTAIN;
  return sandwich(transition(alpha, step), known(spread, lean, variance), null);
}

/** The spread one step on, after a value that is missing: the prediction plus an unknown error of variance σ². */
export function afterMissing(alpha: number, step: Step, spread: Float64Array): Float64Array {
  const impulse = Float64Array.of(alpha, step.share, step.turn, 0);
  const a = transition(alpha, step);
  const h = [1, step.m, step.s, 0];
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j < SIZE; j++) a[SIZE * i + j] = a[SIZE * i + j]! + impulse[i]! * h[j]!;
  }
  return sandwich(a, spread, impulse);
}

/** The spread with an uncertain drift added. */
export function withDrift(spread: Float64Array, drift: number): Float64Array {
  if (drift === 0) return spread;
  const more = spread.length === 0 ? new Float64Array(SIZE * SIZE) : spread.slice();
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

import { log64 } from "../../../neural/kernel/twin/double.js";

// What a value is divided by before the network sees it: a mean of the absolute values so far whose weights fade,
// drawn a little towards the plain mean of all of them, so that a run of zeros never makes it zero:
//   s = (Σ fadeᵏ|y_{t−1−k}| + mean|y|) / (Σ fadeᵏ + 1)

/** Sums over the values observed so far. */
export interface ScaleState {
  /** Σ fadeᵏ|y|. */
  readonly sum: number;
  /** Σ fadeᵏ. */
  readonly mass: number;
  /** Σ |y|. */
  readonly total: number;
  readonly count: number;
}

export const NO_SCALE: ScaleState = { sum: 0, mass: 0, total: 0, count: 0 };

const SMALLEST = 1e-30;

/** 1 while nothing but zeros was seen. */
export function scaleFrom(sum: number, mass: number, total: number, count: number): number {
  if (total === 0) return 1;
  return Math.max(SMALLEST, (sum + total / count) / (mass + 1));
}

export function scaleOf({ sum, mass, total, count }: ScaleState): number {
  return scaleFrom(sum, mass, total, count);
}

/** A missing value changes nothing. */
export function scaleAfter(state: ScaleState, y: number, fade: number): ScaleState {
  if (Number.isNaN(y)) return state;
  const size = Math.abs(y);
  return {
    sum: fade * state.sum + size,
    mass: fade * state.mass + 1,
    total: state.total + size,
    count: state.count + 1,
  };
}

const WIDEST = 4;

/** ln scale as a feature: standardised over the training panel and kept within ±4. */
export function logScaleFeature(
  scale: number,
  { mean, deviation }: { mean: number; deviation: number },
): number {
  return Math.max(-WIDEST, Math.min(WIDEST, (log64(scale) - mean) / deviation));
}

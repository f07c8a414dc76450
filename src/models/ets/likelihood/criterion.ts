import type { Gradient } from "../recursion/adjoint.js";
import { MIN_SEASON_FACTOR } from "../recursion/recursion.js";
import type { Shape, Trace } from "../recursion/trace.js";

/**
 * A sum of squares below this share of the data's own, squared, is rounding: a perfect fit. It keeps the logarithm
 * finite and moves no other result.
 */
const ROUNDING = 1e-28;

/** What `criterion` needs to know of a series. */
export interface Sample {
  readonly y: Float64Array;
  /** Values that are not missing. */
  readonly observed: number;
  /** Σ y² of what is observed. */
  readonly energy: number;
  /** What a level that multiplies or divides has to stay above: a millionth of the least value, or 0. */
  readonly floor: number;
}

export function sampleOf(y: Float64Array): Sample {
  let observed = 0;
  let energy = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const value of y) {
    if (Number.isNaN(value)) continue;
    observed++;
    energy += value * value;
    least = Math.min(least, value);
  }
  return { y, observed, energy, floor: least > 0 ? MIN_SEASON_FACTOR * least : 0 };
}

function floorOf(shape: Shape, { observed, energy }: Sample): number {
  return (shape.relativeError ? observed : energy) * ROUNDING + Number.MIN_VALUE;
}

/**
 * Minus the log-likelihood without the Gaussian constants, the innovation variance at its best: (n/2) log Σe²,
 * for relative errors r = e/f (n/2) log Σr² + Σ log |f|. R's `ets` reports its negative as the log-likelihood.
 */
export function criterion(shape: Shape, sample: Sample, trace: Trace): number {
  return 0.5 * sample.observed * Math.log(trace.squares + floorOf(shape, sample)) + trace.logScale;
}

/** Derivatives of the criterion in each prediction, for the adjoint. */
export function criterionInPredictions(shape: Shape, sample: Sample, trace: Trace, gradient: Gradient): void {
  const weight = sample.observed / (trace.squares + floorOf(shape, sample));
  const { n, error, forecast } = trace;
  const { direct } = gradient;
  if (!shape.relativeError) {
    for (let t = 0; t < n; t++) direct[t] = -weight * error[t];
    return;
  }
  for (let t = 0; t < n; t++) {
    const inverse = 1 / forecast[t];
    const r = error[t] * inverse;
    direct[t] = Number.isNaN(sample.y[t]) ? 0 : inverse * (1 - weight * r * (1 + r));
  }
}

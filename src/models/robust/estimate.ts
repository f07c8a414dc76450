import { medianOf, NORMAL_MAD, quantileOfSorted } from "../../diagnostics/summary.js";
import { studentT } from "../../distributions/families/student-t.js";
import { sorted } from "../../math/sorted.js";
import { studentTLogDensity } from "../../math/special-functions/student-t.js";
import { clipped } from "./process.js";

/** Smoothing parameters that are tried. */
const ALPHAS = [
  0.02, 0.04, 0.06, 0.08, 0.1, 0.13, 0.16, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
];
/** Values whose median is the first level. */
const START = 10;
const DEGREES = [3, 4, 6, 10, 30];
const ROUNDS = 25;

/** Smoothing with the parameter of least mean absolute one-step error, and these errors. */
export function smoothed(y: Float64Array): { alpha: number; initial: number; errors: Float64Array } {
  const initial = medianOf(y.slice(0, START));
  const steps = y.slice(1).map((value, t) => Math.abs(value - y[t]!));
  const scale = NORMAL_MAD * medianOf(steps) * Math.SQRT1_2;
  const errors = new Float64Array(y.length);
  let best = { alpha: 1, scale };
  let least = Number.POSITIVE_INFINITY;
  for (const alpha of ALPHAS) {
    oneStep(y, alpha, initial, scale, errors);
    for (let t = 0; t < errors.length; t++) errors[t] = Math.abs(errors[t]!);
    const typical = NORMAL_MAD * medianOf(errors);
    const loss = oneStep(y, alpha, initial, typical, errors);
    if (loss < least) {
      least = loss;
      best = { alpha, scale: typical };
    }
  }
  oneStep(y, best.alpha, initial, best.scale, errors);
  return { alpha: best.alpha, initial, errors };
}

/** Fills in the errors. @returns the sum of their sizes. */
function oneStep(
  y: Float64Array,
  alpha: number,
  initial: number,
  scale: number,
  errors: Float64Array,
): number {
  let level = initial;
  let sum = 0;
  for (let t = 0; t < y.length; t++) {
    const error = y[t]! - level;
    level += alpha * clipped(error, scale);
    errors[t] = error;
    sum += Math.abs(error);
  }
  return sum;
}

/** Share of errors inside of an 80 % interval, and how much narrower than they are that interval may be. */
const INSIDE = 0.8;
const NARROWER = 0.8;

/**
 * Scale s and degrees of freedom ν of Student's t by maximum likelihood, ν among 3, 4, 6, 10 and 30; s is large enough for the 80 % interval
 * to reach 80 % of the way to four in five errors. Where most values are equal, likelihood alone would make it as narrow as their rounding.
 */
export function fitErrors(errors: Float64Array): { scale: number; df: number } {
  const { scale, df } = mostLikely(errors);
  const seen = quantileOfSorted(sorted(errors.map(Math.abs)), INSIDE);
  return { scale: Math.max(scale, (NARROWER * seen) / studentT(0, 1, df).quantile(0.5 + INSIDE / 2)), df };
}

function mostLikely(errors: Float64Array): { scale: number; df: number } {
  const start = NORMAL_MAD * medianOf(errors.map(Math.abs));
  if (!(start > 0)) {
    const square = errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
    return { scale: Math.sqrt(square / 3), df: 3 };
  }
  let best = { scale: start, df: 30 };
  let most = Number.NEGATIVE_INFINITY;
  for (const df of DEGREES) {
    const scale = scaleOf(errors, df, start);
    const value = logLikelihood(errors, df, scale);
    if (value > most) {
      most = value;
      best = { scale, df };
    }
  }
  return best;
}

/** s² = mean of w e², w = (ν + 1)/(ν + e²/s²), by iteration (K. Lange et al. 1989, p. 883). */
function scaleOf(errors: Float64Array, df: number, start: number): number {
  let square = start * start;
  for (let round = 0; round < ROUNDS; round++) {
    let sum = 0;
    for (const error of errors) sum += ((df + 1) * error * error) / (df + (error * error) / square);
    square = sum / errors.length;
  }
  return Math.sqrt(square);
}

function logLikelihood(errors: Float64Array, df: number, scale: number): number {
  let sum = 0;
  for (const error of errors) {
    const size = error / scale;
    sum += Math.log1p((size * size) / df);
  }
  return errors.length * (studentTLogDensity(0, df) - Math.log(scale)) - 0.5 * (df + 1) * sum;
}

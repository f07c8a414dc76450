import { square } from "../../src/math/power.js";

/**
 * A linear Gaussian state-space model of one series: y_t = z'α_t + ε_t, α_{t+1} = Tα_t + η_t, with ε_t ~ N(0, h) and
 * η_t ~ N(0, Q) independent, α_1 ~ N(mean, P + κP∞), κ → ∞. Matrices are r × r, row-major.
 */
export interface StateSpace {
  readonly size: number;
  /** z. */
  readonly observation: Float64Array;
  /** h; default 0. */
  readonly observationVariance?: number;
  /** T. */
  readonly transition: Float64Array;
  /** Q. */
  readonly noise: Float64Array;
  readonly mean: Float64Array;
  /** P. */
  readonly covariance: Float64Array;
  /** P∞, zero where nothing is diffuse. */
  readonly diffuse: Float64Array;
}

/** What filtering a series yields. */
export interface Filtered {
  /** y_t − E[y_t | past]; NaN where y_t is missing. */
  readonly errors: Float64Array;
  /** Var(y_t | past); Infinity where diffuse. */
  readonly variances: Float64Array;
  /** Σ over the values whose variance is finite; terms of diffuse steps are dropped whole. */
  readonly logLikelihood: number;
  /** Values the likelihood is made of. */
  readonly count: number;
  /** Σ log F∞ over the observed diffuse steps: other programs subtract half of it. */
  readonly diffuseLogDeterminant: number;
  /** Mean and covariance of the state after the last value, one step ahead. */
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  readonly diffuse: Float64Array;
}

/** A diffuse variance this small beside P∞ is rounding. */
const DIFFUSE_TOLERANCE = 1e-9;

/**
 * The Kalman filter with exact diffuse start, for one series with gaps.
 *
 * Diffuse and proper parts of the state's covariance are carried side by side, P + κP∞, so that no large number stands in
 * for κ. It is the textbook form: r³ operations a step, plain to read and to trust; models with a structure of their own
 * have faster filters, which are checked against this one.
 *
 * @param y NaN where missing.
 * @see S. J. Koopman, Journal of the American Statistical Association 92 (1997), 1630–1638; J. Durbin and S. J. Koopman,
 *   Time Series Analysis by State Space Methods, 2nd ed. (2012), section 5.2.
 * @example
 * const walk = { size: 1, observation: Float64Array.of(1), transition: Float64Array.of(1), noise: Float64Array.of(1),
 *   mean: Float64Array.of(0), covariance: Float64Array.of(0), diffuse: Float64Array.of(1) };
 * filterStateSpace(walk, Float64Array.of(3, 4, 6)).errors; // 3 (diffuse), 1, 2
 */
export function filterStateSpace(model: StateSpace, y: Float64Array): Filtered {
  const { size } = model;
  const errors = new Float64Array(y.length).fill(Number.NaN);
  const variances = new Float64Array(y.length);
  let mean: Float64Array = model.mean.slice();
  let proper: Float64Array = model.covariance.slice();
  let diffuse: Float64Array = model.diffuse.slice();
  let logLikelihood = 0;
  let count = 0;
  let diffuseLogDeterminant = 0;
  let directions = rank(diffuse, size);
  for (let t = 0; t < y.length; t++) {
    const properGain = product(proper, model.observation, size);
    const diffuseGain = product(diffuse, model.observation, size);
    const properVariance = inner(properGain, model.observation) + (model.observationVariance ?? 0);
    const diffuseVariance = inner(diffuseGain, model.observation);
    const isDiffuse = directions > 0 && diffuseVariance > DIFFUSE_TOLERANCE * trace(diffuse, size);
    variances[t] = isDiffuse ? Number.POSITIVE_INFINITY : properVariance;
    if (!Number.isNaN(y[t])) {
      const error = y[t]! - inner(mean, model.observation);
      errors[t] = error;
      if (isDiffuse) {
        diffuseLogDeterminant += Math.log(diffuseVariance);
        addTo(mean, diffuseGain, error / diffuseVariance);
        addOuter(proper, diffuseGain, diffuseGain, properVariance / square(diffuseVariance));
        addOuter(proper, properGain, diffuseGain, -1 / diffuseVariance);
        addOuter(proper, diffuseGain, properGain, -1 / diffuseVariance);
        addOuter(diffuse, diffuseGain, diffuseGain, -1 / diffuseVariance);
        // Each such value settles one direction; after the last, what is left of P∞ is rounding.
        if (--directions === 0) diffuse.fill(0);
      } else if (properVariance > 0) {
        logLikelihood -= 0.5 * (Math.log(2 * Math.PI * properVariance) + square(error) / properVariance);
        count++;
        addTo(mean, properGain, error / properVariance);
        addOuter(proper, properGain, properGain, -1 / properVariance);
      }
    }
    mean = product(model.transition, mean, size);
    proper = sandwich(model.transition, proper, size);
    for (let i = 0; i < proper.length; i++) proper[i]! += model.noise[i]!;
    diffuse = sandwich(model.transition, diffuse, size);
  }
  return {
    errors,
    variances,
    logLikelihood,
    count,
    diffuseLogDeterminant,
    mean,
    covariance: proper,
    diffuse,
  };
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Number of independent directions of a positive semidefinite matrix, by elimination. */
function rank(matrix: Float64Array, size: number): number {
  const work = matrix.slice();
  const tolerance = 1e-12 * trace(matrix, size);
  let count = 0;
  for (;;) {
    let pivot = 0;
    for (let i = 1; i < size; i++) if (work[i * size + i]! > work[pivot * size + pivot]!) pivot = i;
    const largest = size > 0 ? work[pivot * size + pivot]! : 0;
    if (!(largest > tolerance)) return count;
    const row = work.slice(pivot * size, (pivot + 1) * size);
    addOuter(work, row, row, -1 / largest);
    count++;
  }
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += matrix[i * size + i]!;
  return sum;
}

function product(matrix: Float64Array, vector: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += matrix[i * size + j]! * vector[j]!;
    result[i] = sum;
  }
  return result;
}

function addTo(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) target[i]! += factor * vector[i]!;
}

/** matrix += factor·ab'. */
function addOuter(matrix: Float64Array, a: Float64Array, b: Float64Array, factor: number): void {
  const size = a.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) matrix[i * size + j]! += factor * a[i]! * b[j]!;
  }
}

/** TPT'. */
function sandwich(transition: Float64Array, covariance: Float64Array, size: number): Float64Array {
  const half = new Float64Array(size * size);
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const weight = transition[i * size + k]!;
      if (weight === 0) continue;
      for (let j = 0; j < size; j++) half[i * size + j]! += weight * covariance[k * size + j]!;
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += half[i * size + k]! * transition[j * size + k]!;
      result[i * size + j] = sum;
    }
  }
  return result;
}

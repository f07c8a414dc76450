import { autocovariancesFromPartials } from "../../math/levinson.js";
import { quadraticForm, timesVector } from "../../math/linear-algebra/vector.js";
import { partialsFromAr } from "../../math/polynomials.js";
import { square } from "../../math/power.js";

/** x_t = center + intercept + Σ φ_j (x_{t−j} − center) + e_t, e_t ~ N(0, sigma2). */
export interface ArParams {
  /** φ₁ … φ_p. */
  readonly ar: Float64Array;
  readonly center: number;
  readonly intercept: number;
  readonly sigma2: number;
  /**
   * Distribution of the first p values: the stationary one, or diffuse, so that the likelihood is conditional on them.
   */
  readonly start: "stationary" | "diffuse";
}

/** What is known of the last p values: all of them, or their means and covariances (a Kalman filter's memory). */
export interface ArState {
  /** The latest first; where a value was missing, its mean given all that was seen. */
  readonly values: Float64Array;
  /** Their covariance given all that was seen, p×p row-major; null while all are known. */
  readonly covariance: Float64Array | null;
  /** Covariance in units of a variance without bound, for values nothing is known of; null where there are none. */
  readonly unbounded: Float64Array | null;
  /** Diffuse steps still to come before the model has p values to start from. */
  readonly pending: number;
}

/** Below this share of its largest term an unbounded variance is rounding. */
const NO_BOUND_LEFT = 1e-10;

/** Memory before the first value. */
export function startOf(params: ArParams): ArState {
  const { ar, start } = params;
  const order = ar.length;
  const values = new Float64Array(order).fill(stationaryMean(params));
  if (start === "diffuse") return { values, covariance: null, unbounded: null, pending: order };
  return { values, covariance: stationaryCovariance(params), unbounded: null, pending: 0 };
}

/** The mean of the stationary process; the center where there is none. */
export function stationaryMean({ ar, center, intercept, start }: ArParams): number {
  if (intercept === 0 || start === "diffuse") return center;
  let oneMinusSum = 1;
  for (const coefficient of ar) oneMinusSum -= coefficient;
  return center + intercept / oneMinusSum;
}

/** Covariance of p successive values of the stationary process; null where it is zero. */
function stationaryCovariance({ ar, sigma2 }: ArParams): Float64Array | null {
  const order = ar.length;
  if (order === 0 || sigma2 === 0) return null;
  const autocovariances = autocovariancesFromPartials(partialsFromAr(ar), order - 1);
  const covariance = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) covariance[i * order + j] = sigma2 * autocovariances[Math.abs(i - j)]!;
  }
  return covariance;
}

/** The mean of the next value given (the means of) the last p. */
export function predict({ ar, center, intercept }: ArParams, values: Float64Array): number {
  let sum = intercept;
  for (let j = 0; j < ar.length; j++) sum += ar[j]! * (values[j]! - center);
  return center + sum;
}

/** φ'Pφ: what not knowing the last values adds to the variance of the next. */
export function knownShare(ar: Float64Array, { covariance }: ArState): number {
  return covariance === null ? 0 : Math.max(0, quadraticForm(covariance, ar));
}

/** The same for the unbounded part; 0 where only rounding is left of it. */
export function unboundedShare(ar: Float64Array, { unbounded }: ArState): number {
  if (unbounded === null) return 0;
  const share = quadraticForm(unbounded, ar);
  let largest = 0;
  for (let j = 0; j < ar.length; j++) largest = Math.max(largest, square(ar[j]!));
  return share > NO_BOUND_LEFT * largest ? share : 0;
}

/** Memory after the next value, NaN where it is missing. */
export function advance(params: ArParams, state: ArState, y: number): ArState {
  const order = params.ar.length;
  if (order === 0) return state;
  const missing = Number.isNaN(y);
  if (state.pending > 0) {
    const values = shifted(state.values, missing ? stationaryMean(params) : y);
    const unbounded = shiftedMatrix(state.unbounded, order, null, missing ? 1 : 0);
    return { values, covariance: null, unbounded, pending: state.pending - 1 };
  }
  if (state.covariance === null && state.unbounded === null) {
    if (!missing) return { ...state, values: shifted(state.values, y) };
  }
  return missing ? throughGap(params, state) : throughValue(params, state, y);
}

/** The next value stays unknown: its mean, and its covariance with the others, join the memory. */
function throughGap(params: ArParams, state: ArState): ArState {
  const order = params.ar.length;
  const { ar } = params;
  const variance = params.sigma2 + knownShare(ar, state);
  const free = unboundedShare(ar, state);
  return {
    values: shifted(state.values, predict(params, state.values)),
    covariance: shiftedMatrix(state.covariance, order, image(state.covariance, ar), variance),
    unbounded: shiftedMatrix(state.unbounded, order, image(state.unbounded, ar), free),
    pending: 0,
  };
}

/**
 * Updates the state by the next value, which also changes the conditional means of missing values before it.
 *
 * @see J. Durbin and S. J. Koopman, Time Series Analysis by State Space Methods, 2nd ed. (2012), sections 4.3 and 5.2.
 */
function throughValue(params: ArParams, state: ArState, y: number): ArState {
  const { ar } = params;
  const order = ar.length;
  const error = y - predict(params, state.values);
  const variance = params.sigma2 + knownShare(ar, state);
  const free = unboundedShare(ar, state);
  const gain = image(state.covariance, ar) ?? new Float64Array(order);
  const freeGain = image(state.unbounded, ar) ?? new Float64Array(order);
  const values = state.values.slice();
  const covariance = state.covariance?.slice() ?? new Float64Array(order * order);
  const unbounded = state.unbounded?.slice() ?? null;
  for (let i = 0; i < order; i++) {
    if (free === 0 && variance > 0) values[i]! += (gain[i]! / variance) * error;
    if (free > 0) values[i]! += (freeGain[i]! / free) * error;
    for (let j = 0; j < order; j++) {
      const at = i * order + j;
      if (free > 0) {
        const mixed = gain[i]! * freeGain[j]! + freeGain[i]! * gain[j]!;
        covariance[at]! += (freeGain[i]! * freeGain[j]! * variance) / (free * free) - mixed / free;
        unbounded![at]! -= (freeGain[i]! * freeGain[j]!) / free;
      } else if (variance > 0) covariance[at]! -= (gain[i]! * gain[j]!) / variance;
    }
  }
  return {
    values: shifted(values, y),
    covariance: shiftedMatrix(covariance, order, null, 0),
    unbounded: shiftedMatrix(unbounded, order, null, 0),
    pending: 0,
  };
}

function image(matrix: Float64Array | null, v: Float64Array): Float64Array | null {
  return matrix === null ? null : timesVector(matrix, v);
}

export function shifted(values: Float64Array, first: number): Float64Array {
  const result = new Float64Array(values.length);
  result.set(values.subarray(0, values.length - 1), 1);
  result[0] = first;
  return result;
}

/** The matrix one step on: the oldest value leaves, a new one enters with its covariances; null for all zeros. */
function shiftedMatrix(
  matrix: Float64Array | null,
  order: number,
  covariances: Float64Array | null,
  variance: number,
): Float64Array | null {
  const result = new Float64Array(order * order);
  result[0] = variance;
  let filled = variance !== 0;
  for (let i = 1; i < order; i++) {
    const covariance = covariances?.[i - 1] ?? 0;
    result[i] = covariance;
    result[i * order] = covariance;
    for (let j = 1; j < order && matrix !== null; j++) {
      const value = matrix[(i - 1) * order + j - 1]!;
      result[i * order + j] = value;
      if (value !== 0) filled = true;
    }
  }
  return filled ? result : null;
}

import { armaAutocovariances, armaResponses } from "../lag-polynomial/autocovariances.js";
import { type LagList, type LagModel, lagged } from "../lag-polynomial/model.js";

/** One-step errors v_t and their variances σ²·spread_t. */
export interface Innovations {
  readonly errors: Float64Array;
  readonly relativeVariance: Float64Array;
}

/** Beyond this ratio of the process's variance to that of its innovations the recursion loses too many digits. */
const LARGEST_VARIANCE = 1e6;
const CONVERGED = 1e-15;

/**
 * One-step errors of a complete stationary series by the recursions of Morf, Sidhu and Kailath, which update the gain
 * itself: O(p* + q*) a value where a Kalman filter takes O((p* + q*)²).
 *
 * State: z_t with w_t its first entry, z_{t+1} = Tz_t + Re_{t+1}, T the companion matrix of the AR part. Gain K, one
 * column L and one number m with P_{t+1} − P_t = m L L'; once the variance has reached that of the innovations, the plain
 * ARMA recursion takes over.
 *
 * @returns null where the process is too near a unit root for this to be accurate, or not stationary.
 * @see M. Morf, G. S. Sidhu and T. Kailath, IEEE Trans. Automatic Control 19 (1974), 315–323.
 */
export function fastInnovations(model: LagModel, w: Float64Array): Innovations | null {
  const size = Math.max(model.ar.degree, model.ma.degree + 1);
  const gamma = armaAutocovariances(model, size);
  if (gamma === null || !(gamma[0] < LARGEST_VARIANCE)) return null;
  const errors = new Float64Array(w.length);
  const relativeVariance = new Float64Array(w.length);
  const gain = firstGain(model, gamma, size);
  const column = gain.slice();
  const state = new Float64Array(size + 1);
  let variance = gamma[0];
  let weight = -1 / variance;
  for (let t = 0; t < w.length; t++) {
    const error = w[t] - state[0];
    errors[t] = error;
    relativeVariance[t] = variance;
    if (variance - 1 < CONVERGED && variance - 1 > -1e-9 && t >= model.ar.degree) {
      converge(model, w, errors, relativeVariance, t);
      break;
    }
    advanceState(model.ar, state, gain, error / variance, size);
    const head = column[0];
    const scaled = weight * head;
    advanceGain(model.ar, gain, column, scaled, head, head / variance, size);
    const next = variance + scaled * head;
    weight *= variance / next;
    variance = next;
  }
  return { errors, relativeVariance };
}

/** state ← T·state + gain·share. */
function advanceState(
  ar: LagList,
  state: Float64Array,
  gain: Float64Array,
  share: number,
  size: number,
): void {
  const head = state[0];
  for (let i = 0; i < size; i++) state[i] = state[i + 1] + gain[i] * share;
  for (let j = 0; j < ar.lags.length; j++) state[ar.lags[j] - 1] -= ar.coefficients[j] * head;
}

/** gain ← gain + T·column·scaled, column ← T·column − old gain·ratio. */
function advanceGain(
  ar: LagList,
  gain: Float64Array,
  column: Float64Array,
  scaled: number,
  head: number,
  ratio: number,
  size: number,
): void {
  for (let i = 0; i < size; i++) {
    const old = gain[i];
    const moved = column[i + 1];
    gain[i] = old + moved * scaled;
    column[i] = moved - old * ratio;
  }
  for (let j = 0; j < ar.lags.length; j++) {
    const i = ar.lags[j] - 1;
    const moved = -ar.coefficients[j] * head;
    gain[i] += moved * scaled;
    column[i] += moved;
  }
}

/** From t on, e_t = w_t + Σ a_j w_{t−j} − Σ t_j e_{t−j}. */
function converge(
  model: LagModel,
  w: Float64Array,
  errors: Float64Array,
  relativeVariance: Float64Array,
  from: number,
): void {
  for (let t = from; t < w.length; t++) {
    let error = w[t] + lagged(model.ar, w, t);
    const { lags, coefficients } = model.ma;
    for (let j = 0; j < lags.length; j++) {
      if (lags[j] <= t) error -= coefficients[j] * errors[t - lags[j]];
    }
    errors[t] = error;
    relativeVariance[t] = 1;
  }
}

/** T times the covariance of z_t with w_t, with a zero after it. */
function firstGain(model: LagModel, gamma: Float64Array, size: number): Float64Array {
  const { ar, ma } = model;
  const psi = armaResponses(model, size);
  const covariance = new Float64Array(size + 1);
  covariance[0] = gamma[0];
  for (let i = 1; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < ar.lags.length; j++) {
      const lag = ar.lags[j];
      if (lag > i) sum -= ar.coefficients[j] * gamma[lag - i];
    }
    for (let j = 0; j < ma.lags.length; j++) {
      const lag = ma.lags[j];
      if (lag >= i) sum += ma.coefficients[j] * psi[lag - i];
    }
    covariance[i] = sum;
  }
  const gain = new Float64Array(size + 1);
  for (let i = 0; i < size; i++) gain[i] = covariance[i + 1];
  for (let j = 0; j < ar.lags.length; j++) gain[ar.lags[j] - 1] -= ar.coefficients[j] * covariance[0];
  return gain;
}

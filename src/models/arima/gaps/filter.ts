import type { GapBuffers } from "./buffers.js";
import { addNoise, clearEntry, setColumn, subtractSquare } from "./ring.js";

/** Variances this small beside that of an innovation change no result. */
const CERTAIN = 1e-14;

/**
 * Runs the filter from one row to before another, the covariances in the buffers and these means being those before the first;
 * leaves errors and their variances.
 *
 * @returns false where rounding has eaten the covariance: too near a unit root.
 */
export function filterRows(buffers: GapBuffers, means: Means, from: number, until: number): boolean {
  const { missing, relativeVariance } = buffers;
  let plain = false;
  for (let t = from; t < until; t++) {
    if (plain && missing[t] === 0) {
      relativeVariance[t] = 1;
      plainStep(buffers, means, t);
      continue;
    }
    if (plain) {
      buffers.wide.fill(0, 0, buffers.size * buffers.size);
      addNoise(buffers, t);
      plain = false;
    }
    const variance = project(buffers, t);
    if (!(variance > 0.5)) return false;
    relativeVariance[t] = variance;
    if (missing[t] === 1) {
      passMeans(buffers, means, t);
      passOver(buffers, t, variance);
    } else {
      learnMeans(buffers, means, t, variance);
      plain = learn(buffers, t, variance) < CERTAIN && buffers.openCount === 0;
    }
  }
  buffers.endCertain = plain;
  return true;
}

/** Means of W and of the levels in their slots. */
export interface Means {
  readonly state: Float64Array;
  readonly level: Float64Array;
}

/** PZ' of row t into `gain`, entries of slots after those of W; returns ZPZ'. */
function project(buffers: GapBuffers, t: number): number {
  const { size, slots, wide, cross, square, open, openCount, gain, lags, weights } = buffers;
  const first = t % size;
  setColumn(wide, size, first, gain, 0);
  if (openCount === 0) return gain[first];
  const atSlots = size;
  for (let k = 0; k < openCount; k++) gain[atSlots + open[k]] = cross[open[k] * size + first];
  for (let j = 0; j < lags.length; j++) {
    if (buffers.missing[t - lags[j]] === 0) continue;
    const slot = (t - lags[j]) % slots;
    const weight = weights[j];
    for (let i = 0; i < size; i++) gain[i] += weight * cross[slot * size + i];
    for (let k = 0; k < openCount; k++) {
      gain[atSlots + open[k]] += weight * square[slot * slots + open[k]];
    }
  }
  let variance = gain[first];
  for (let j = 0; j < lags.length; j++) {
    if (buffers.missing[t - lags[j]] === 1) {
      variance += weights[j] * gain[atSlots + ((t - lags[j]) % slots)];
    }
  }
  return variance;
}

function predicted(buffers: GapBuffers, { state, level }: Means, t: number): number {
  const { lags, weights, slots, size } = buffers;
  let sum = state[t % size];
  for (let j = 0; j < lags.length; j++) sum += weights[j] * level[(t - lags[j]) % slots];
  return sum;
}

/** All is certain: e_t is the error, and the only news. */
function plainStep(buffers: GapBuffers, means: Means, t: number): void {
  const { y, size, slots, maAt, maWeight, maCount, errors } = buffers;
  const { state, level } = means;
  const first = t % size;
  const error = y[t] - predicted(buffers, means, t);
  errors[t] = error;
  for (let j = 0; j < maCount; j++) {
    const at = first + maAt[j];
    state[at < size ? at : at - size] += maWeight[j] * error;
  }
  moveOn(buffers, state, t);
  if (slots > 0) level[t % slots] = y[t];
}

function learnMeans(buffers: GapBuffers, means: Means, t: number, variance: number): void {
  const { y, size, slots, gain, open, openCount, errors } = buffers;
  const { state, level } = means;
  const error = y[t] - predicted(buffers, means, t);
  const share = error / variance;
  errors[t] = error;
  for (let i = 0; i < size; i++) state[i] += gain[i] * share;
  for (let k = 0; k < openCount; k++) level[open[k]] += gain[size + open[k]] * share;
  moveOn(buffers, state, t);
  if (slots > 0) level[t % slots] = y[t];
}

function passMeans(buffers: GapBuffers, means: Means, t: number): void {
  const { slots, errors } = buffers;
  errors[t] = predicted(buffers, means, t);
  moveOn(buffers, means.state, t);
  if (slots > 0) means.level[t % slots] = errors[t];
}

/** W_i ← W_{i+1} + φ_i W_0. */
function moveOn(buffers: GapBuffers, state: Float64Array, t: number): void {
  const { size, arAt, arWeight, arCount } = buffers;
  const first = t % size;
  const head = state[first];
  state[first] = 0;
  for (let j = 0; j < arCount; j++) {
    const at = first + 1 + arAt[j];
    state[at < size ? at : at - size] += arWeight[j] * head;
  }
}

/**
 * Conditions on the observed value, P ← P − gg'/F, and moves on; returns the largest variance that is left beside the noise,
 * Infinity where a level was not known.
 */
function learn(buffers: GapBuffers, t: number, variance: number): number {
  const { size, slots, wide, cross, square, gain, open, openCount, vector } = buffers;
  const inverse = 1 / variance;
  const first = t % size;
  for (let i = 0; i < size; i++) vector[i] = gain[i];
  subtractSquare(wide, size, vector, inverse);
  if (openCount === 0) {
    clearEntry(wide, size, first);
    let most = 0;
    for (let i = 0; i < size; i++) if (wide[i * size + i] > most) most = wide[i * size + i];
    addNoise(buffers, t + 1);
    return most;
  }
  for (let k = 0; k < openCount; k++) {
    const slot = open[k];
    const share = gain[size + slot] * inverse;
    for (let i = 0; i < size; i++) cross[slot * size + i] -= share * gain[i];
    for (let l = 0; l < openCount; l++) square[slot * slots + open[l]] -= share * gain[size + open[l]];
  }
  transition(buffers, t);
  expire(buffers, t);
  return Number.POSITIVE_INFINITY;
}

/**
 * P ← TPT' + RR': W_0 gives way to the newest entry, and with c = PW_0 left after what was observed, P += φh' + hφ', h_j = c_j
 * + φ_j c_0/2.
 */
function transition(buffers: GapBuffers, t: number): void {
  const { size, wide, cross, left, open, openCount, arAt, arWeight, arCount, vector } = buffers;
  const first = t % size;
  if (arCount > 0) {
    setColumn(wide, size, first, left, 0);
    for (let k = 0; k < openCount; k++) left[size + open[k]] = cross[open[k] * size + first];
  }
  clearEntry(wide, size, first);
  for (let k = 0; k < openCount; k++) cross[open[k] * size + first] = 0;
  if (arCount > 0) {
    const head = left[first];
    for (let j = 0; j < size; j++) vector[j] = left[j];
    vector[first] = 0;
    for (let n = 0; n < arCount; n++) {
      const i = first + 1 + arAt[n];
      vector[i < size ? i : i - size] += 0.5 * arWeight[n] * head;
    }
    for (let n = 0; n < arCount; n++) {
      let i = first + 1 + arAt[n];
      if (i >= size) i -= size;
      const weight = arWeight[n];
      for (let j = 0; j <= i; j++) wide[i * size + j] += weight * vector[j];
      for (let j = i; j < size; j++) wide[j * size + i] += weight * vector[j];
      for (let k = 0; k < openCount; k++) {
        cross[open[k] * size + i] += weight * left[size + open[k]];
      }
    }
  }
  addNoise(buffers, t + 1);
}

/** The level d' rows back is needed no longer. */
function expire(buffers: GapBuffers, t: number): void {
  const { slots, open, missing } = buffers;
  if (slots === 0 || missing[t - slots] === 0) return;
  for (let k = 1; k < buffers.openCount; k++) open[k - 1] = open[k];
  buffers.openCount--;
}

/** Moves on without a value; the level of this row is one more that is not known. */
function passOver(buffers: GapBuffers, t: number, variance: number): void {
  const { size, slots, cross, square, gain, open } = buffers;
  transition(buffers, t);
  if (slots === 0) return;
  expire(buffers, t);
  const first = t % size;
  const slot = t % slots;
  const row = slot * size;
  for (let i = 0; i < size; i++) cross[row + i] = gain[i];
  cross[row + first] = 0;
  for (let j = 0; j < buffers.arCount; j++) {
    const i = first + 1 + buffers.arAt[j];
    cross[row + (i < size ? i : i - size)] += buffers.arWeight[j] * gain[first];
  }
  for (let k = 0; k < buffers.openCount; k++) {
    const other = open[k];
    square[slot * slots + other] = gain[size + other];
    square[other * slots + slot] = gain[size + other];
  }
  square[slot * slots + slot] = variance;
  open[buffers.openCount++] = slot;
}

import type { GapBuffers } from "./buffers.js";

/** Variance, beside that of an innovation, of a first level that is missing: as good as unbounded. */
export const UNKNOWN = 1e7;
/** Variances this small beside that of an innovation change no result. */
const CERTAIN = 1e-14;

/**
 * Runs the filter over the columns from row d' on, the covariance of W at its stationary start; leaves errors, spreads and
 * what the adjoint needs.
 *
 * @returns false where rounding has eaten the covariance: too near a unit root.
 */
export function runFilter(room: GapBuffers): boolean {
  const { rows, slots, missing, spread, certain } = room;
  openFirstLevels(room);
  const means = startMeans(room);
  room.count = 0;
  room.logDeterminant = 0;
  let plain = false;
  for (let t = slots; t < rows; t++) {
    if (plain && missing[t] === 0) {
      certain[t] = 1;
      spread[t] = 1;
      plainStep(room, means, t);
      continue;
    }
    certain[t] = 0;
    const variance = project(room, t);
    if (!(variance > 0.5)) return false;
    if (missing[t] === 1) {
      spread[t] = 0;
      passMeans(room, means, t);
      passOver(room, t, variance);
      plain = false;
    } else {
      spread[t] = variance;
      room.logDeterminant += Math.log(variance);
      learnMeans(room, means, t, variance);
      plain = learn(room, t, variance) < CERTAIN && room.openCount === 0;
      if (plain) copyNoise(room);
    }
  }
  return true;
}

/** Means of W and of the levels in their slots, one of each a column. */
interface Means {
  readonly state: Float64Array[];
  readonly level: Float64Array[];
}

function startMeans({ columns, size, slots }: GapBuffers): Means {
  return {
    state: columns.map(() => new Float64Array(size + 1)),
    level: columns.map((column) => column.slice(0, slots)),
  };
}

function openFirstLevels(room: GapBuffers): void {
  const { slots, size, missing, cross, square, open } = room;
  cross.fill(0, 0, slots * size);
  square.fill(0, 0, slots * slots);
  room.openCount = 0;
  for (let t = 0; t < slots; t++) {
    if (missing[t] === 0) continue;
    open[room.openCount++] = t;
    square[t * slots + t] = UNKNOWN;
  }
}

function copyNoise({ wide, noise, size }: GapBuffers): void {
  for (let i = 0; i < size * size; i++) wide[i] = noise[i]!;
}

/** PZ' of row t into `gain`, entries of slots after those of W; returns ZPZ'. */
function project(room: GapBuffers, t: number): number {
  const { size, slots, wide, cross, square, open, openCount, gain, lags, weights } = room;
  const at = t * (size + slots);
  for (let i = 0; i < size; i++) gain[at + i] = wide[i * size]!;
  if (openCount === 0) return gain[at]!;
  const atSlots = at + size;
  for (let k = 0; k < openCount; k++) gain[atSlots + open[k]!] = cross[open[k]! * size]!;
  for (let j = 0; j < lags.length; j++) {
    if (room.missing[t - lags[j]!] === 0) continue;
    const slot = (t - lags[j]!) % slots;
    const weight = weights[j]!;
    for (let i = 0; i < size; i++) gain[at + i]! += weight * cross[slot * size + i]!;
    for (let k = 0; k < openCount; k++) {
      gain[atSlots + open[k]!]! += weight * square[slot * slots + open[k]!]!;
    }
  }
  let variance = gain[at]!;
  for (let j = 0; j < lags.length; j++) {
    if (room.missing[t - lags[j]!] === 1) {
      variance += weights[j]! * gain[atSlots + ((t - lags[j]!) % slots)]!;
    }
  }
  return variance;
}

function predicted(room: GapBuffers, means: Means, c: number, t: number): number {
  const { lags, weights, slots } = room;
  const level = means.level[c]!;
  let sum = means.state[c]![0]!;
  for (let j = 0; j < lags.length; j++) sum += weights[j]! * level[(t - lags[j]!) % slots]!;
  return sum;
}

/** All is certain: e_t is the error, and the only news. */
function plainStep(room: GapBuffers, means: Means, t: number): void {
  const { columns, slots, maAt, maWeight, maCount, errors, heads, standard, count } = room;
  for (let c = 0; c < columns.length; c++) {
    const y = columns[c]![t]!;
    const error = y - predicted(room, means, c, t);
    errors[c]![t] = error;
    standard[c]![count] = error;
    const state = means.state[c]!;
    for (let j = 0; j < maCount; j++) state[maAt[j]!]! += maWeight[j]! * error;
    heads[c]![t] = state[0]!;
    shiftMean(room, state);
    if (slots > 0) means.level[c]![t % slots] = y;
  }
  room.count++;
}

function learnMeans(room: GapBuffers, means: Means, t: number, variance: number): void {
  const { columns, size, slots, gain, open, openCount, errors, heads, standard, count } = room;
  const at = t * (size + slots);
  const root = Math.sqrt(variance);
  for (let c = 0; c < columns.length; c++) {
    const y = columns[c]![t]!;
    const error = y - predicted(room, means, c, t);
    const share = error / variance;
    errors[c]![t] = error;
    standard[c]![count] = error / root;
    const state = means.state[c]!;
    const level = means.level[c]!;
    for (let i = 0; i < size; i++) state[i]! += gain[at + i]! * share;
    for (let k = 0; k < openCount; k++) level[open[k]!]! += gain[at + size + open[k]!]! * share;
    heads[c]![t] = state[0]!;
    shiftMean(room, state);
    if (slots > 0) level[t % slots] = y;
  }
  room.count++;
}

function passMeans(room: GapBuffers, means: Means, t: number): void {
  const { columns, slots, errors, heads } = room;
  for (let c = 0; c < columns.length; c++) {
    const state = means.state[c]!;
    const y = predicted(room, means, c, t);
    errors[c]![t] = y;
    heads[c]![t] = state[0]!;
    shiftMean(room, state);
    if (slots > 0) means.level[c]![t % slots] = y;
  }
}

/** W_i ← W_{i+1} + φ_i W_0. */
function shiftMean({ size, arAt, arWeight, arCount }: GapBuffers, state: Float64Array): void {
  const head = state[0]!;
  for (let i = 0; i < size; i++) state[i] = state[i + 1]!;
  for (let j = 0; j < arCount; j++) state[arAt[j]!]! += arWeight[j]! * head;
}

/** Conditions on the observed value and moves on; returns the largest variance that is left beside the noise,
 * Infinity where a level was not known. */
function learn(room: GapBuffers, t: number, variance: number): number {
  const { size, slots, wide, cross, square, gain, left, open, openCount } = room;
  const at = t * (size + slots);
  const inverse = 1 / variance;
  if (openCount > 0) {
    const share = gain[at]! * inverse;
    for (let i = 0; i < size; i++) left[at + i] = wide[i * size]! - gain[at + i]! * share;
    for (let k = 0; k < openCount; k++) {
      const slot = open[k]!;
      left[at + size + slot] = cross[slot * size]! - gain[at + size + slot]! * share;
    }
  }
  const most = shiftLearned(wide, room.noise, gain, at, size, inverse);
  if (openCount === 0) return most;
  addLeft(room, left, at);
  for (let k = 0; k < openCount; k++) {
    const slot = open[k]!;
    const share = gain[at + size + slot]! * inverse;
    shiftCross(room, slot, gain, at, share, left[at + size + slot]!);
    for (let l = 0; l < openCount; l++)
      square[slot * slots + open[l]!]! -= share * gain[at + size + open[l]!]!;
  }
  expire(room, t);
  return Number.POSITIVE_INFINITY;
}

/** P_ij ← P_{i+1,j+1} − g_{i+1}g_{j+1}/F + (RR')_ij. */
function shiftLearned(
  wide: Float64Array,
  noise: Float64Array,
  gain: Float64Array,
  at: number,
  size: number,
  inverse: number,
): number {
  let most = 0;
  const last = size - 1;
  for (let i = 0; i < last; i++) {
    const row = i * size;
    const below = row + size + 1;
    const share = gain[at + i + 1]! * inverse;
    for (let j = 0; j <= i; j++) {
      wide[row + j] = wide[below + j]! - share * gain[at + j + 1]! + noise[row + j]!;
    }
    const rest = wide[row + i]! - noise[row + i]!;
    if (rest > most) most = rest;
  }
  for (let j = 0; j <= last; j++) wide[last * size + j] = noise[last * size + j]!;
  return most;
}

/** P += φh' + hφ' with h_j = c_{j+1} + φ_j c_0/2, c = P_{t|t}W_0. */
function addLeft(room: GapBuffers, left: Float64Array, at: number): void {
  const { size, wide, arAt, arWeight, arCount, vector } = room;
  if (arCount === 0) return;
  const head = left[at]!;
  for (let j = 0; j + 1 < size; j++) vector[j] = left[at + j + 1]!;
  vector[size - 1] = 0;
  for (let j = 0; j < arCount; j++) vector[arAt[j]!]! += 0.5 * arWeight[j]! * head;
  for (let n = 0; n < arCount; n++) {
    const i = arAt[n]!;
    const weight = arWeight[n]!;
    for (let j = 0; j <= i; j++) wide[i * size + j]! += weight * vector[j]!;
    for (let j = i; j < size; j++) wide[j * size + i]! += weight * vector[j]!;
  }
}

/** q_i ← q_{i+1} − g_{i+1}·share + φ_i·head. */
function shiftCross(
  room: GapBuffers,
  slot: number,
  gain: Float64Array,
  at: number,
  share: number,
  head: number,
): void {
  const { size, cross, arAt, arWeight, arCount } = room;
  const row = slot * size;
  for (let i = 0; i + 1 < size; i++) cross[row + i] = cross[row + i + 1]! - share * gain[at + i + 1]!;
  cross[row + size - 1] = 0;
  for (let j = 0; j < arCount; j++) cross[row + arAt[j]!]! += arWeight[j]! * head;
}

/** The level d' rows back is needed no longer. */
function expire(room: GapBuffers, t: number): void {
  const { slots, open, missing } = room;
  if (slots === 0 || missing[t - slots] === 0) return;
  for (let k = 1; k < room.openCount; k++) open[k - 1] = open[k]!;
  room.openCount--;
}

/** Moves on without a value; the level of this row is one more that is not known. */
function passOver(room: GapBuffers, t: number, variance: number): void {
  const { size, slots, wide, cross, square, gain, left, open } = room;
  const at = t * (size + slots);
  for (let i = 0; i < size; i++) left[at + i] = wide[i * size]!;
  for (let k = 0; k < room.openCount; k++) left[at + size + open[k]!] = cross[open[k]! * size]!;
  shiftLearned(wide, room.noise, gain, at, size, 0);
  addLeft(room, left, at);
  for (let k = 0; k < room.openCount; k++) {
    shiftCross(room, open[k]!, gain, at, 0, left[at + size + open[k]!]!);
  }
  if (slots === 0) return;
  expire(room, t);
  const slot = t % slots;
  cross.fill(0, slot * size, slot * size + size);
  for (let i = 0; i + 1 < size; i++) cross[slot * size + i] = gain[at + i + 1]!;
  for (let j = 0; j < room.arCount; j++) {
    cross[slot * size + room.arAt[j]!]! += room.arWeight[j]! * gain[at]!;
  }
  for (let k = 0; k < room.openCount; k++) {
    const other = open[k]!;
    square[slot * slots + other] = gain[at + size + other]!;
    square[other * slots + slot] = gain[at + size + other]!;
  }
  square[slot * slots + slot] = variance;
  open[room.openCount++] = slot;
}

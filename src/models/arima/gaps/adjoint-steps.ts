import type { GapBuffers } from "./buffers.js";

/** target += weight · column `k` of a symmetric matrix kept as its lower triangle. */
export function addColumn(
  wide: Float64Array,
  size: number,
  k: number,
  weight: number,
  target: Float64Array,
): void {
  for (let j = 0; j <= k; j++) target[j]! += weight * wide[k * size + j]!;
  for (let j = k + 1; j < size; j++) target[j]! += weight * wide[j * size + k]!;
}

/** target = N·g over W. */
export function timesGain(
  wide: Float64Array,
  size: number,
  gain: Float64Array,
  at: number,
  target: Float64Array,
): void {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    const own = gain[at + i]!;
    let sum = 0;
    for (let j = 0; j < i; j++) {
      const entry = wide[row + j]!;
      sum += entry * gain[at + j]!;
      target[j]! += entry * own;
    }
    target[i] = sum + wide[row + i]! * own;
  }
}

/** T'r of one row: r_i ← r_{i−1}, r_0 ← Σφ_i r_i. */
export function turn(
  values: Float64Array,
  from: number,
  size: number,
  arAt: Int32Array,
  arWeight: Float64Array,
  arCount: number,
): void {
  let head = 0;
  for (let j = 0; j < arCount; j++) head += arWeight[j]! * values[from + arAt[j]!]!;
  for (let i = size - 1; i >= 1; i--) values[from + i] = values[from + i - 1]!;
  values[from] = head;
}

/** N += weight·(Z'm' + mZ) + square·Z'Z, m in `vector`, Z of row t. */
export function addRanks(room: GapBuffers, t: number, weight: number, square: number): void {
  const { size, slots, adjointWide, adjointCross, adjointSquare, vector, open, openCount } = room;
  const { lags, weights, missing } = room;
  for (let i = 0; i < size; i++) adjointWide[i * size]! += weight * vector[i]!;
  adjointWide[0]! += weight * vector[0]! + square;
  for (let k = 0; k < openCount; k++) {
    adjointCross[open[k]! * size]! += weight * vector[size + open[k]!]!;
  }
  for (let j = 0; j < lags.length; j++) {
    if (missing[t - lags[j]!] === 0) continue;
    const slot = (t - lags[j]!) % slots;
    const z = weights[j]!;
    for (let i = 0; i < size; i++) adjointCross[slot * size + i]! += weight * z * vector[i]!;
    adjointCross[slot * size]! += z * square;
    for (let k = 0; k < openCount; k++) {
      const entry = weight * z * vector[size + open[k]!]!;
      adjointSquare[slot * slots + open[k]!]! += entry;
      adjointSquare[open[k]! * slots + slot]! += entry;
    }
    for (let l = 0; l < lags.length; l++) {
      if (missing[t - lags[l]!] === 0) continue;
      adjointSquare[slot * slots + ((t - lags[l]!) % slots)]! += square * z * weights[l]!;
    }
  }
}

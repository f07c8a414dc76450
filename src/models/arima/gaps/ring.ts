import type { GapBuffers } from "./buffers.js";

// Symmetric matrices over positions of W, kept as their lower triangles, row-major.

/** target[from + i] = matrix_{i,k}. */
export function setColumn(
  matrix: Float64Array,
  size: number,
  k: number,
  target: Float64Array,
  from: number,
): void {
  for (let j = 0; j <= k; j++) target[from + j] = matrix[k * size + j]!;
  for (let i = k + 1; i < size; i++) target[from + i] = matrix[i * size + k]!;
}

/** matrix_{i,k} += weight·column_i for all i. */
export function addToColumn(
  matrix: Float64Array,
  size: number,
  k: number,
  weight: number,
  column: Float64Array,
): void {
  for (let j = 0; j <= k; j++) matrix[k * size + j]! += weight * column[j]!;
  for (let i = k + 1; i < size; i++) matrix[i * size + k]! += weight * column[i]!;
}

/** target += weight · column `k`. */
export function addColumn(
  matrix: Float64Array,
  size: number,
  k: number,
  weight: number,
  target: Float64Array,
): void {
  for (let j = 0; j <= k; j++) target[j]! += weight * matrix[k * size + j]!;
  for (let i = k + 1; i < size; i++) target[i]! += weight * matrix[i * size + k]!;
}

/** Row and column `k` become 0. */
export function clearEntry(matrix: Float64Array, size: number, k: number): void {
  for (let j = 0; j <= k; j++) matrix[k * size + j] = 0;
  for (let i = k + 1; i < size; i++) matrix[i * size + k] = 0;
}

/** matrix −= weight·vv', two rows at a time: each entry of v is read once for both. */
export function subtractSquare(matrix: Float64Array, size: number, v: Float64Array, weight: number): void {
  const paired = size - (size % 2);
  for (let i = 0; i < paired; i += 2) {
    const row = i * size;
    const next = row + size;
    const share = weight * v[i]!;
    const nextShare = weight * v[i + 1]!;
    if (share === 0 && nextShare === 0) continue;
    for (let j = 0; j <= i; j++) {
      const entry = v[j]!;
      matrix[row + j]! -= share * entry;
      matrix[next + j]! -= nextShare * entry;
    }
    matrix[next + i + 1]! -= nextShare * v[i + 1]!;
  }
  if (paired === size) return;
  const share = weight * v[paired]!;
  for (let j = 0; j < size; j++) matrix[paired * size + j]! -= share * v[j]!;
}

/** target = matrix·v, two rows at a time. */
function timesVector(matrix: Float64Array, size: number, v: Float64Array, target: Float64Array): void {
  const paired = size - (size % 2);
  for (let i = 0; i < paired; i += 2) {
    const row = i * size;
    const next = row + size;
    const own = v[i]!;
    const nextOwn = v[i + 1]!;
    let sum = 0;
    let nextSum = 0;
    for (let j = 0; j < i; j++) {
      const entry = matrix[row + j]!;
      const nextEntry = matrix[next + j]!;
      sum += entry * v[j]!;
      nextSum += nextEntry * v[j]!;
      target[j]! += entry * own + nextEntry * nextOwn;
    }
    const between = matrix[next + i]!;
    target[i] = sum + matrix[row + i]! * own + between * nextOwn;
    target[i + 1] = nextSum + between * own + matrix[next + i + 1]! * nextOwn;
  }
  if (paired === size) return;
  const row = paired * size;
  const own = v[paired]!;
  let sum = 0;
  for (let j = 0; j < paired; j++) {
    sum += matrix[row + j]! * v[j]!;
    target[j]! += matrix[row + j]! * own;
  }
  target[paired] = sum + matrix[row + paired]! * own;
}

/** N·g in `vector`, over W and the levels not known, g in `gain` from `at` on. */
export function timesGain(buffers: GapBuffers, at: number): void {
  const { size, slots, gain, open, openCount, adjointWide, adjointCross, adjointSquare } = buffers;
  const { vector, image } = buffers;
  for (let i = 0; i < size; i++) image[i] = gain[at + i]!;
  timesVector(adjointWide, size, image, vector);
  for (let k = 0; k < openCount; k++) {
    const slot = open[k]!;
    const own = gain[at + size + slot]!;
    let sum = 0;
    for (let i = 0; i < size; i++) {
      vector[i]! += adjointCross[slot * size + i]! * own;
      sum += adjointCross[slot * size + i]! * gain[at + i]!;
    }
    for (let l = 0; l < openCount; l++) {
      sum += adjointSquare[slot * slots + open[l]!]! * gain[at + size + open[l]!]!;
    }
    vector[size + slot] = sum;
  }
}

/** T'r, r in `values` from `from` on: every entry stays, but W_0's is Σφ_i r_i. */
export function turn(buffers: GapBuffers, values: Float64Array, from: number, t: number): void {
  const { size, arAt, arWeight, arCount } = buffers;
  const first = t % size;
  let head = 0;
  for (let j = 0; j < arCount; j++) {
    const at = first + 1 + arAt[j]!;
    head += arWeight[j]! * values[from + (at < size ? at : at - size)]!;
  }
  values[from + first] = head;
}

/** P += RR', that of the innovation of time t. */
export function addNoise({ wide, size, maAt, maWeight, maCount }: GapBuffers, t: number): void {
  const first = t % size;
  for (let i = 0; i < maCount; i++) {
    let a = first + maAt[i]!;
    if (a >= size) a -= size;
    for (let j = 0; j <= i; j++) {
      let b = first + maAt[j]!;
      if (b >= size) b -= size;
      wide[a > b ? a * size + b : b * size + a]! += maWeight[i]! * maWeight[j]!;
    }
  }
}

/** N += weight·(Z'm' + mZ) + square·Z'Z, m in `vector`, Z of row t. */
export function addRanks(buffers: GapBuffers, t: number, weight: number, square: number): void {
  const { size, slots, adjointWide, adjointCross, adjointSquare, vector, open, openCount } = buffers;
  const { lags, weights, missing } = buffers;
  const first = t % size;
  addToColumn(adjointWide, size, first, weight, vector);
  adjointWide[first * size + first]! += weight * vector[first]! + square;
  for (let k = 0; k < openCount; k++) {
    adjointCross[open[k]! * size + first]! += weight * vector[size + open[k]!]!;
  }
  for (let j = 0; j < lags.length; j++) {
    if (missing[t - lags[j]!] === 0) continue;
    const slot = (t - lags[j]!) % slots;
    const z = weights[j]!;
    for (let i = 0; i < size; i++) adjointCross[slot * size + i]! += weight * z * vector[i]!;
    adjointCross[slot * size + first]! += z * square;
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

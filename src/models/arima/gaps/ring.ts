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
  for (let j = 0; j <= k; j++) target[from + j] = matrix[k * size + j];
  for (let i = k + 1; i < size; i++) target[from + i] = matrix[i * size + k];
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
    const share = weight * v[i];
    const nextShare = weight * v[i + 1];
    if (share === 0 && nextShare === 0) continue;
    for (let j = 0; j <= i; j++) {
      const entry = v[j];
      matrix[row + j] -= share * entry;
      matrix[next + j] -= nextShare * entry;
    }
    matrix[next + i + 1] -= nextShare * v[i + 1];
  }
  if (paired === size) return;
  const share = weight * v[paired];
  for (let j = 0; j < size; j++) matrix[paired * size + j] -= share * v[j];
}

/** P += RR', that of the innovation of time t. */
export function addNoise({ wide, size, maAt, maWeight, maCount }: GapBuffers, t: number): void {
  const first = t % size;
  for (let i = 0; i < maCount; i++) {
    let a = first + maAt[i];
    if (a >= size) a -= size;
    for (let j = 0; j <= i; j++) {
      let b = first + maAt[j];
      if (b >= size) b -= size;
      wide[a > b ? a * size + b : b * size + a] += maWeight[i] * maWeight[j];
    }
  }
}

/** No numbers: what stands for a vector where there is none. Never written to. */
export const EMPTY: Float64Array = new Float64Array(0);

/** Σ_i a[fromA + i]·b[fromB + i], i < length, in four running sums. */
export function dot(a: Float64Array, fromA: number, b: Float64Array, fromB: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (const end = length - 3; i < end; i += 4) {
    s0 += a[fromA + i] * b[fromB + i];
    s1 += a[fromA + i + 1] * b[fromB + i + 1];
    s2 += a[fromA + i + 2] * b[fromB + i + 2];
    s3 += a[fromA + i + 3] * b[fromB + i + 3];
  }
  for (; i < length; i++) s0 += a[fromA + i] * b[fromB + i];
  return s0 + s1 + (s2 + s3);
}

/** a'b. */
export function inner(a: Float64Array, b: Float64Array): number {
  return dot(a, 0, b, 0, a.length);
}

/** target += factor · source over `from` ≤ i < `to`. */
export function addMultiple(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  factor: number,
): void {
  for (let i = from; i < to; i++) target[i] += factor * source[i];
}

/** target = source over `from` ≤ i < `to`, without the view that `subarray` would allocate. */
export function copy(source: Float64Array, target: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) target[i] = source[i];
}

/** column −= (unit'column)·unit over `from` ≤ i < `to`; returns unit'column. */
export function project(column: Float64Array, unit: Float64Array, from = 0, to = column.length): number {
  const share = dot(unit, from, column, from, to - from);
  for (let i = from; i < to; i++) column[i] -= share * unit[i];
  return share;
}

/** Mv for a square matrix, row-major. */
export function timesVector(matrix: Float64Array, v: Float64Array): Float64Array {
  const image = new Float64Array(v.length);
  for (let i = 0; i < v.length; i++) image[i] = dot(matrix, i * v.length, v, 0, v.length);
  return image;
}

/** v'Mv for a symmetric M, row-major, its rows `stride` apart; the lower triangle is read. */
export function quadraticForm(matrix: Float64Array, v: Float64Array, stride = v.length): number {
  let total = 0;
  for (let i = 0; i < v.length; i++) {
    const row = i * stride;
    let half = (matrix[row + i] * v[i]) / 2;
    for (let j = 0; j < i; j++) half += matrix[row + j] * v[j];
    total += 2 * half * v[i];
  }
  return total;
}

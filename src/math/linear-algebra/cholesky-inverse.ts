/** Inverses from the factors that `cholesky` makes, by blocks of two rows and two columns as there. */

/** (LL')⁻¹, n×n row-major and exactly symmetric. */
export function invertCholesky(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  fillInverse(factor, size, new Float64Array(size * size), inverse);
  return inverse;
}

/** The same into `inverse`: (LL')⁻¹, both triangles; `columns` takes L⁻¹, column j in row j. */
export function fillInverse(
  factor: Float64Array,
  size: number,
  columns: Float64Array,
  inverse: Float64Array,
): void {
  let i = 0;
  for (; i + 1 < size; i += 2) invertColumns(factor, size, i, columns);
  if (i < size) columns[i * size + i] = factor[i * size + i];
  for (i = 0; i + 1 < size; i += 2) {
    for (let j = 0; j < i; j += 2) overlapBlock(columns, size, i, j, inverse);
    overlapDiagonal(columns, size, i, inverse);
  }
  if (i < size) overlapLast(columns, size, i, inverse);
}

/** Columns j, j + 1 of L⁻¹. */
function invertColumns(factor: Float64Array, size: number, j: number, columns: Float64Array): void {
  const a = j * size;
  const b = a + size;
  columns[a + j] = factor[a + j];
  columns[a + j + 1] = -factor[b + j] * factor[a + j] * factor[b + j + 1];
  columns[b + j] = 0;
  columns[b + j + 1] = factor[b + j + 1];
  for (let i = j + 2; i < size; i++) {
    const row = i * size;
    let first = 0;
    let second = 0;
    for (let k = j; k < i; k++) {
      const value = factor[row + k];
      first -= value * columns[a + k];
      second -= value * columns[b + k];
    }
    columns[a + i] = first * factor[row + i];
    columns[b + i] = second * factor[row + i];
  }
}

/** Entries (i, i + 1) × (j, j + 1), j < i, both ways. */
function overlapBlock(
  columns: Float64Array,
  size: number,
  i: number,
  j: number,
  inverse: Float64Array,
): void {
  const upper = i * size;
  const lower = upper + size;
  const left = j * size;
  const right = left + size;
  let a = columns[upper + i] * columns[left + i];
  let b = columns[upper + i] * columns[right + i];
  let c = 0;
  let d = 0;
  for (let k = i + 1; k < size; k++) {
    const x = columns[upper + k];
    const y = columns[lower + k];
    const u = columns[left + k];
    const v = columns[right + k];
    a += x * u;
    b += x * v;
    c += y * u;
    d += y * v;
  }
  inverse[upper + j] = a;
  inverse[left + i] = a;
  inverse[upper + j + 1] = b;
  inverse[right + i] = b;
  inverse[lower + j] = c;
  inverse[left + i + 1] = c;
  inverse[lower + j + 1] = d;
  inverse[right + i + 1] = d;
}

function overlapDiagonal(columns: Float64Array, size: number, i: number, inverse: Float64Array): void {
  const upper = i * size;
  const lower = upper + size;
  let a = columns[upper + i] * columns[upper + i];
  let b = 0;
  let c = 0;
  for (let k = i + 1; k < size; k++) {
    const x = columns[upper + k];
    const y = columns[lower + k];
    a += x * x;
    b += x * y;
    c += y * y;
  }
  inverse[upper + i] = a;
  inverse[upper + i + 1] = b;
  inverse[lower + i] = b;
  inverse[lower + i + 1] = c;
}

/** The last row of an odd size. */
function overlapLast(columns: Float64Array, size: number, i: number, inverse: Float64Array): void {
  const row = i * size;
  const last = columns[row + i];
  for (let j = 0; j <= i; j++) {
    const value = last * columns[j * size + i];
    inverse[row + j] = value;
    inverse[j * size + i] = value;
  }
}

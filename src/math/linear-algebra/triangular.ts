/**
 * Cholesky factors of small symmetric matrices, M = LL', row-major, the lower triangle in use.
 *
 * Work goes by blocks of two rows and two columns: four products for four numbers read, which is twice as fast as one
 * inner product at a time.
 */

/**
 * M = LL' in place. The diagonal keeps 1/L_jj, which is what the solves need.
 *
 * @returns log|M|, or NaN where M is not positive definite.
 */
export function cholesky(matrix: Float64Array, size: number): number {
  let logDeterminant = 0;
  let j = 0;
  for (; j + 1 < size; j += 2) {
    const part = factorPivotBlock(matrix, size, j);
    if (Number.isNaN(part)) return part;
    logDeterminant += part;
    let i = j + 2;
    for (; i + 1 < size; i += 2) factorBlock(matrix, size, i, j);
    if (i < size) factorLastRow(matrix, size, i, j);
  }
  if (j === size) return logDeterminant;
  const row = j * size;
  let left = matrix[row + j]!;
  for (let k = 0; k < j; k++) left -= matrix[row + k]! * matrix[row + k]!;
  if (!(left > 0)) return Number.NaN;
  matrix[row + j] = 1 / Math.sqrt(left);
  return logDeterminant + Math.log(left);
}

/** Rows and columns j, j + 1; returns the logarithms of their pivots. */
function factorPivotBlock(matrix: Float64Array, size: number, j: number): number {
  const upper = j * size;
  const lower = upper + size;
  let first = matrix[upper + j]!;
  let side = matrix[lower + j]!;
  let second = matrix[lower + j + 1]!;
  for (let k = 0; k < j; k++) {
    const x = matrix[upper + k]!;
    const y = matrix[lower + k]!;
    first -= x * x;
    side -= x * y;
    second -= y * y;
  }
  if (!(first > 0)) return Number.NaN;
  const inverse = 1 / Math.sqrt(first);
  side *= inverse;
  second -= side * side;
  if (!(second > 0)) return Number.NaN;
  matrix[upper + j] = inverse;
  matrix[lower + j] = side;
  matrix[lower + j + 1] = 1 / Math.sqrt(second);
  return Math.log(first) + Math.log(second);
}

/** Rows i, i + 1 and columns j, j + 1, below the pivots. */
function factorBlock(matrix: Float64Array, size: number, i: number, j: number): void {
  const upper = i * size;
  const lower = upper + size;
  const left = j * size;
  const right = left + size;
  let a = matrix[upper + j]!;
  let b = matrix[upper + j + 1]!;
  let c = matrix[lower + j]!;
  let d = matrix[lower + j + 1]!;
  for (let k = 0; k < j; k++) {
    const x = matrix[upper + k]!;
    const y = matrix[lower + k]!;
    const u = matrix[left + k]!;
    const v = matrix[right + k]!;
    a -= x * u;
    b -= x * v;
    c -= y * u;
    d -= y * v;
  }
  const inverse = matrix[left + j]!;
  const side = matrix[right + j]!;
  const inverseRight = matrix[right + j + 1]!;
  a *= inverse;
  c *= inverse;
  matrix[upper + j] = a;
  matrix[lower + j] = c;
  matrix[upper + j + 1] = (b - a * side) * inverseRight;
  matrix[lower + j + 1] = (d - c * side) * inverseRight;
}

function factorLastRow(matrix: Float64Array, size: number, i: number, j: number): void {
  const row = i * size;
  const left = j * size;
  const right = left + size;
  let a = matrix[row + j]!;
  let b = matrix[row + j + 1]!;
  for (let k = 0; k < j; k++) {
    const x = matrix[row + k]!;
    a -= x * matrix[left + k]!;
    b -= x * matrix[right + k]!;
  }
  a *= matrix[left + j]!;
  matrix[row + j] = a;
  matrix[row + j + 1] = (b - a * matrix[right + j]!) * matrix[right + j + 1]!;
}

/** b = L⁻¹b. */
export function solveLower(factor: Float64Array, size: number, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= factor[row + k]! * b[k]!;
    b[i] = sum * factor[row + i]!;
  }
}

/** b = L'⁻¹b. */
export function solveLowerTransposed(factor: Float64Array, size: number, b: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    const row = i * size;
    const value = b[i]! * factor[row + i]!;
    b[i] = value;
    for (let k = 0; k < i; k++) b[k]! -= factor[row + k]! * value;
  }
}

/** inverse = (LL')⁻¹, both triangles; `columns` takes L⁻¹, column j in row j. */
export function invertFromFactor(
  factor: Float64Array,
  size: number,
  columns: Float64Array,
  inverse: Float64Array,
): void {
  let i = 0;
  for (; i + 1 < size; i += 2) invertColumns(factor, size, i, columns);
  if (i < size) columns[i * size + i] = factor[i * size + i]!;
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
  columns[a + j] = factor[a + j]!;
  columns[a + j + 1] = -factor[b + j]! * factor[a + j]! * factor[b + j + 1]!;
  columns[b + j] = 0;
  columns[b + j + 1] = factor[b + j + 1]!;
  for (let i = j + 2; i < size; i++) {
    const row = i * size;
    let first = 0;
    let second = 0;
    for (let k = j; k < i; k++) {
      const value = factor[row + k]!;
      first -= value * columns[a + k]!;
      second -= value * columns[b + k]!;
    }
    columns[a + i] = first * factor[row + i]!;
    columns[b + i] = second * factor[row + i]!;
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
  let a = columns[upper + i]! * columns[left + i]!;
  let b = columns[upper + i]! * columns[right + i]!;
  let c = 0;
  let d = 0;
  for (let k = i + 1; k < size; k++) {
    const x = columns[upper + k]!;
    const y = columns[lower + k]!;
    const u = columns[left + k]!;
    const v = columns[right + k]!;
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
  let a = columns[upper + i]! * columns[upper + i]!;
  let b = 0;
  let c = 0;
  for (let k = i + 1; k < size; k++) {
    const x = columns[upper + k]!;
    const y = columns[lower + k]!;
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
  const last = columns[row + i]!;
  for (let j = 0; j <= i; j++) {
    const value = last * columns[j * size + i]!;
    inverse[row + j] = value;
    inverse[j * size + i] = value;
  }
}

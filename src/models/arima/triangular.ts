/** Dense Cholesky factors of small symmetric matrices, row-major, the lower triangle in use. */

/**
 * M = LL' in place. The diagonal keeps 1/L_jj, which is what the solves need.
 *
 * @returns log|M|, or NaN where M is not positive definite.
 */
export function cholesky(matrix: Float64Array, size: number): number {
  let logDeterminant = 0;
  for (let j = 0; j < size; j++) {
    const row = j * size;
    const left = eliminateRow(matrix, size, j);
    if (!(left > 0)) return Number.NaN;
    logDeterminant += Math.log(left);
    matrix[row + j] = 1 / Math.sqrt(left);
  }
  return logDeterminant;
}

/** Row j of L left of the diagonal; returns what is left of the diagonal element. */
function eliminateRow(matrix: Float64Array, size: number, j: number): number {
  const row = j * size;
  let left = matrix[row + j]!;
  for (let i = 0; i < j; i++) {
    const other = i * size;
    let sum = matrix[row + i]!;
    for (let k = 0; k < i; k++) sum -= matrix[row + k]! * matrix[other + k]!;
    sum *= matrix[other + i]!;
    matrix[row + i] = sum;
    left -= sum * sum;
  }
  return left;
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
  for (let j = 0; j < size; j++) invertColumn(factor, size, j, columns);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = overlap(columns, i * size, j * size, i, size);
      inverse[i * size + j] = value;
      inverse[j * size + i] = value;
    }
  }
}

function invertColumn(factor: Float64Array, size: number, j: number, columns: Float64Array): void {
  const at = j * size;
  columns[at + j] = factor[at + j]!;
  for (let i = j + 1; i < size; i++) {
    const row = i * size;
    let sum = 0;
    for (let k = j; k < i; k++) sum -= factor[row + k]! * columns[at + k]!;
    columns[at + i] = sum * factor[row + i]!;
  }
}

function overlap(columns: Float64Array, a: number, b: number, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += columns[a + i]! * columns[b + i]!;
  return sum;
}

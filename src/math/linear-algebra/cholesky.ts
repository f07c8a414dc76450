/**
 * Cholesky factors of small symmetric matrices, M = LL', row-major, the lower triangle in use.
 *
 * Work goes by blocks of two rows and two columns: four products for four numbers read, which is twice as fast as one
 * inner product at a time.
 */

/**
 * M = LL' in place; the upper triangle is left as it was. The diagonal keeps 1/L_jj, which is what the solves need.
 *
 * @param floor a pivot at or below this share of its diagonal entry counts as zero; default 0.
 * @returns log|M|, or NaN where M is not positive definite; then `matrix` is of no use any more.
 */
export function cholesky(matrix: Float64Array, size: number, floor = 0): number {
  let logDeterminant = 0;
  let j = 0;
  for (; j + 1 < size; j += 2) {
    const part = factorPivotBlock(matrix, size, j, floor);
    if (Number.isNaN(part)) return part;
    logDeterminant += part;
    let i = j + 2;
    for (; i + 1 < size; i += 2) factorBlock(matrix, size, i, j);
    if (i < size) factorLastRow(matrix, size, i, j);
  }
  if (j === size) return logDeterminant;
  const row = j * size;
  let left = matrix[row + j];
  for (let k = 0; k < j; k++) left -= matrix[row + k] * matrix[row + k];
  if (!isPivot(left, floor * Math.abs(matrix[row + j]))) return Number.NaN;
  matrix[row + j] = 1 / Math.sqrt(left);
  return logDeterminant + Math.log(left);
}

function isPivot(value: number, least: number): boolean {
  return value > least && value < Number.POSITIVE_INFINITY;
}

/** Rows and columns j, j + 1; returns the logarithms of their pivots. */
function factorPivotBlock(matrix: Float64Array, size: number, j: number, floor: number): number {
  const upper = j * size;
  const lower = upper + size;
  let first = matrix[upper + j];
  let side = matrix[lower + j];
  let second = matrix[lower + j + 1];
  for (let k = 0; k < j; k++) {
    const x = matrix[upper + k];
    const y = matrix[lower + k];
    first -= x * x;
    side -= x * y;
    second -= y * y;
  }
  if (!isPivot(first, floor * Math.abs(matrix[upper + j]))) return Number.NaN;
  const inverse = 1 / Math.sqrt(first);
  side *= inverse;
  second -= side * side;
  if (!isPivot(second, floor * Math.abs(matrix[lower + j + 1]))) return Number.NaN;
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
  let a = matrix[upper + j];
  let b = matrix[upper + j + 1];
  let c = matrix[lower + j];
  let d = matrix[lower + j + 1];
  for (let k = 0; k < j; k++) {
    const x = matrix[upper + k];
    const y = matrix[lower + k];
    const u = matrix[left + k];
    const v = matrix[right + k];
    a -= x * u;
    b -= x * v;
    c -= y * u;
    d -= y * v;
  }
  const inverse = matrix[left + j];
  const side = matrix[right + j];
  const inverseRight = matrix[right + j + 1];
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
  let a = matrix[row + j];
  let b = matrix[row + j + 1];
  for (let k = 0; k < j; k++) {
    const x = matrix[row + k];
    a -= x * matrix[left + k];
    b -= x * matrix[right + k];
  }
  a *= matrix[left + j];
  matrix[row + j] = a;
  matrix[row + j + 1] = (b - a * matrix[right + j]) * matrix[right + j + 1];
}

/** b = L⁻¹b, by the leading rows of a factor whose rows are `stride` apart. */
export function solveLower(factor: Float64Array, size: number, b: Float64Array, stride = size): void {
  for (let i = 0; i < size; i++) {
    const row = i * stride;
    let sum = b[i];
    for (let k = 0; k < i; k++) sum -= factor[row + k] * b[k];
    b[i] = sum * factor[row + i];
  }
}

/** b = L'⁻¹b. */
export function solveLowerTransposed(
  factor: Float64Array,
  size: number,
  b: Float64Array,
  stride = size,
): void {
  for (let i = size - 1; i >= 0; i--) {
    const row = i * stride;
    const value = b[i] * factor[row + i];
    b[i] = value;
    for (let k = 0; k < i; k++) b[k] -= factor[row + k] * value;
  }
}

/** b = (LL')⁻¹b. */
export function solveCholesky(factor: Float64Array, size: number, b: Float64Array, stride = size): void {
  solveLower(factor, size, b, stride);
  solveLowerTransposed(factor, size, b, stride);
}

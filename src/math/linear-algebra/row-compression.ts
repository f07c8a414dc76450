import { square } from "../square.js";

/**
 * A factor S (rows × columns, more columns than rows) turned into a square one with the same SS', by Householder
 * reflections from the right: the lower triangle of an LQ decomposition.
 */
export function compressRows(factor: Float64Array, rows: number, columns: number): Float64Array {
  const work = factor.slice();
  for (let pivot = 0; pivot < rows; pivot++) reflectRow(work, rows, columns, pivot);
  const compressed = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) compressed[i * rows + j] = work[i * columns + j]!;
  }
  return compressed;
}

/** Squares below this underflow once they are multiplied; what they stand for is nothing. */
const VANISHING = 1e-250;

/** Clears row `pivot` right of its diagonal and turns the rows below along. */
function reflectRow(work: Float64Array, rows: number, columns: number, pivot: number): void {
  const at = pivot * columns;
  let square = 0;
  for (let j = pivot; j < columns; j++) square += work[at + j]! * work[at + j]!;
  if (!(square > VANISHING)) return;
  const head = work[at + pivot]!;
  const length = head > 0 ? -Math.sqrt(square) : Math.sqrt(square);
  const mirror = work.slice(at + pivot, at + columns);
  mirror[0] = head - length;
  const share = 1 / (square - head * length);
  for (let row = pivot; row < rows; row++) {
    const from = row * columns + pivot;
    let sum = 0;
    for (let j = 0; j < mirror.length; j++) sum += work[from + j]! * mirror[j]!;
    const scale = share * sum;
    for (let j = 0; j < mirror.length; j++) work[from + j]! -= scale * mirror[j]!;
  }
}

/** SS' of a factor S. */
export function rowProducts(factor: Float64Array, rows: number, columns: number): Float64Array {
  const products = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += factor[i * columns + k]! * factor[j * columns + k]!;
      products[i * rows + j] = sum;
      products[j * rows + i] = sum;
    }
  }
  return products;
}

/** Pivots this small are what rounding leaves of 0. */
const NOTHING = 1e-15;

/** A lower triangular S with SS' = C for a covariance C that may lack directions. */
export function semidefiniteFactor(covariance: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    let pivot = covariance[j * size + j]!;
    for (let k = 0; k < j; k++) pivot -= square(factor[j * size + k]!);
    if (!(pivot > NOTHING)) continue;
    const root = Math.sqrt(pivot);
    factor[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      let sum = covariance[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!;
      factor[i * size + j] = sum / root;
    }
  }
  return factor;
}

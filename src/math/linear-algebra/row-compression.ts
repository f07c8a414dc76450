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
    for (let j = 0; j <= i; j++) compressed[i * rows + j] = work[i * columns + j];
  }
  return compressed;
}

/** Squares below this underflow once they are multiplied; what they stand for is nothing. */
const VANISHING = 1e-250;

/** Clears row `pivot` right of its diagonal and turns the rows below along. */
function reflectRow(work: Float64Array, rows: number, columns: number, pivot: number): void {
  const at = pivot * columns;
  let square = 0;
  for (let j = pivot; j < columns; j++) square += work[at + j] * work[at + j];
  if (!(square > VANISHING)) return;
  const head = work[at + pivot];
  const length = head > 0 ? -Math.sqrt(square) : Math.sqrt(square);
  const mirror = work.slice(at + pivot, at + columns);
  mirror[0] = head - length;
  const share = 1 / (square - head * length);
  for (let row = pivot; row < rows; row++) {
    const from = row * columns + pivot;
    let sum = 0;
    for (let j = 0; j < mirror.length; j++) sum += work[from + j] * mirror[j];
    const scale = share * sum;
    for (let j = 0; j < mirror.length; j++) work[from + j] -= scale * mirror[j];
  }
}

/** SS' of a factor S. */
export function rowProducts(factor: Float64Array, rows: number, columns: number): Float64Array {
  const products = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += factor[i * columns + k] * factor[j * columns + k];
      products[i * rows + j] = sum;
      products[j * rows + i] = sum;
    }
  }
  return products;
}

/** Pivots this small are what rounding leaves of 0. */
const NOTHING = 1e-15;

/**
 * S with SS' = C for a covariance C that may lack directions, whose lower triangle is read.
 *
 * The largest variance left is the next pivot: an entry that is dropped is then at most {@link NOTHING}, where in a fixed
 * order it can be as large as the root of it.
 */
export function semidefiniteFactor(covariance: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  const left = new Float64Array(size);
  for (let i = 0; i < size; i++) left[i] = covariance[i * size + i];
  for (let column = 0; column < size; column++) {
    let pivot = 0;
    for (let i = 1; i < size; i++) if (left[i] > left[pivot]) pivot = i;
    if (!(left[pivot] > NOTHING)) break;
    const root = Math.sqrt(left[pivot]);
    for (let i = 0; i < size; i++) {
      if (i === pivot || left[i] === TAKEN) continue;
      let sum = i > pivot ? covariance[i * size + pivot] : covariance[pivot * size + i];
      for (let k = 0; k < column; k++) sum -= factor[i * size + k] * factor[pivot * size + k];
      factor[i * size + column] = sum / root;
      left[i] -= square(sum / root);
    }
    factor[pivot * size + column] = root;
    left[pivot] = TAKEN;
  }
  return factor;
}

/** Takes the place of the variance of a row that has been processed. */
const TAKEN = Number.NEGATIVE_INFINITY;

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

/** Clears row `pivot` right of its diagonal and turns the rows below along. */
function reflectRow(work: Float64Array, rows: number, columns: number, pivot: number): void {
  const at = pivot * columns;
  let square = 0;
  for (let j = pivot; j < columns; j++) square += work[at + j]! * work[at + j]!;
  if (square === 0) return;
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

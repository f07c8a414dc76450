/**
 * A = QR by Householder reflections: column by column a reflection H = I − vv'/v₁, v₁ = 1 + |a₁|/|a|, turns what is left
 * of the column into its length.
 *
 * @see G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed. (2013), section 5.2.
 */
export class HouseholderQr {
  /** Columns one behind the other: R above the diagonal, the vectors of the reflections from it on. */
  private readonly columns: Float64Array;
  /** The diagonal of R. */
  private readonly diagonal: Float64Array;

  /** @param columns n×k, k ≤ n, column-major; it is overwritten. */
  constructor(
    columns: Float64Array,
    readonly rows: number,
    readonly width: number,
  ) {
    this.columns = columns;
    this.diagonal = new Float64Array(width);
    for (let pivot = 0; pivot < width; pivot++) {
      const length = this.reflection(pivot);
      this.diagonal[pivot] = -length;
      if (length === 0) continue;
      for (let j = pivot + 1; j < width; j++) this.reflect(pivot, columns, j * rows);
    }
  }

  /** Entry (i, j) of R. */
  triangle(i: number, j: number): number {
    if (i === j) return this.diagonal[i];
    return i < j ? this.columns[j * this.rows + i] : 0;
  }

  /** The x that minimises |y − Ax|; no entry of the diagonal of R may be 0. */
  solve(y: Float64Array): Float64Array {
    const { width } = this;
    const turned = y.slice();
    for (let pivot = 0; pivot < width; pivot++) this.reflect(pivot, turned, 0);
    const solution = turned.slice(0, width);
    for (let j = width - 1; j >= 0; j--) {
      solution[j] /= this.diagonal[j];
      for (let i = 0; i < j; i++) solution[i] -= this.triangle(i, j) * solution[j];
    }
    return solution;
  }

  /** Turns a column from its diagonal on into the vector of its reflection; returns its length with the sign of its head. */
  private reflection(pivot: number): number {
    const { columns, rows } = this;
    const from = pivot * rows + pivot;
    const end = (pivot + 1) * rows;
    const length = lengthOf(columns, from, end);
    if (length === 0) return 0;
    const signed = columns[from] < 0 ? -length : length;
    for (let i = from; i < end; i++) columns[i] /= signed;
    columns[from] += 1;
    return signed;
  }

  /** Applies the reflection of a column to the vector at `at`. */
  private reflect(pivot: number, target: Float64Array, at: number): void {
    const { columns, rows } = this;
    const own = pivot * rows;
    let sum = 0;
    for (let i = pivot; i < rows; i++) sum += columns[own + i] * target[at + i];
    const share = -sum / columns[own + pivot];
    for (let i = pivot; i < rows; i++) target[at + i] += share * columns[own + i];
  }
}

/** The Euclidean length of some numbers, whose squares may be out of range. */
function lengthOf(values: Float64Array, from: number, end: number): number {
  let scale = 0;
  for (let i = from; i < end; i++) scale = Math.max(scale, Math.abs(values[i]));
  if (scale === 0) return 0;
  let sum = 0;
  for (let i = from; i < end; i++) sum += (values[i] / scale) * (values[i] / scale);
  return scale * Math.sqrt(sum);
}

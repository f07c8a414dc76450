/**
 * Cholesky factor of a symmetric matrix, in place: the lower triangle of `a` becomes L with LL' = A, the upper
 * triangle is left as it was.
 *
 * @param a n×n row-major; only the lower triangle is read.
 * @param floor a pivot at or below this share of its diagonal entry counts as zero; default 0.
 * @returns whether A is positive definite; when not, `a` is of no use any more.
 */
export function choleskyInPlace(a: Float64Array, n: number, floor = 0): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      if (j < i) a[i * n + j] = sum / a[j * n + j]!;
      else if (sum > floor * Math.abs(a[i * n + i]!) && sum < Number.POSITIVE_INFINITY)
        a[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Solves LL'x = b in place of b. */
export function solveCholesky(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * b[k]!;
    b[i] = sum / factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * b[k]!;
    b[i] = sum / factor[i * n + i]!;
  }
}

/** (LL')⁻¹, n×n row-major and exactly symmetric. */
export function invertCholesky(factor: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    solveCholesky(factor, n, column);
    for (let i = j; i < n; i++) {
      inverse[i * n + j] = column[i]!;
      inverse[j * n + i] = column[i]!;
    }
  }
  return inverse;
}

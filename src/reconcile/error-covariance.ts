import type { Hierarchy } from "./hierarchy.js";

/** One-step errors of all series at the same times: row-major, one row a time, one column a series. */
export interface ErrorRows {
  readonly rows: number;
  readonly values: Float64Array;
}

/** The rows in which the errors of all series are known, counted from the common end of the series. */
export function completeRows(residuals: readonly Float64Array[]): ErrorRows {
  const shortest = residuals.reduce((low, { length }) => Math.min(low, length), Number.POSITIVE_INFINITY);
  const kept: number[] = [];
  for (let back = shortest; back >= 1; back--) {
    if (residuals.every((own) => Number.isFinite(own[own.length - back]!))) kept.push(back);
  }
  const n = residuals.length;
  const values = new Float64Array(kept.length * n);
  kept.forEach((back, row) => {
    for (let s = 0; s < n; s++) values[row * n + s] = residuals[s]![residuals[s]!.length - back]!;
  });
  return { rows: kept.length, values };
}

/** Mean squares of each column. */
export function meanSquares({ rows, values }: ErrorRows, n: number): Float64Array {
  const result = new Float64Array(n);
  for (let t = 0; t < rows; t++) {
    for (let s = 0; s < n; s++) result[s] = result[s]! + values[t * n + s]! * values[t * n + s]!;
  }
  return result.map((sum) => sum / Math.max(1, rows));
}

/**
 * How far correlations are to be shrunk to 0, from 0 to 1: Σ Var(r_ij) / Σ r_ij² over all pairs, the errors scaled to mean
 * square 1 and not centred.
 *
 * @see Schäfer and Strimmer 2005, "A shrinkage approach to large-scale covariance matrix estimation", section 3.2.
 */
export function shrinkage({ rows, values }: ErrorRows, variances: Float64Array): number {
  const n = variances.length;
  const scaled = scaledRows({ rows, values }, variances);
  let [fourth, own] = [0, 0];
  const squares = new Float64Array(n);
  for (let t = 0; t < rows; t++) {
    let sum = 0;
    for (let s = 0; s < n; s++) {
      const square = scaled[t * n + s]! * scaled[t * n + s]!;
      sum += square;
      own += square * square;
      squares[s] = squares[s]! + square;
    }
    fourth += sum * sum;
  }
  const products = squaresOfProducts(scaled, rows, n);
  const diagonal = squares.reduce((sum, square) => sum + square * square, 0);
  const pairs = products - diagonal;
  const variance = (fourth - own - pairs / rows) / (rows * (rows - 1));
  const correlations = pairs / (rows * rows);
  return correlations > 0 ? Math.min(1, Math.max(0, variance / correlations)) : 1;
}

/** Σ_ij (Σ_t x_ti x_tj)²: by the columns, or as the same sum over pairs of rows, whichever are fewer. */
function squaresOfProducts(x: Float64Array, rows: number, columns: number): number {
  const byRows = rows < columns;
  const [count, length] = byRows ? [rows, columns] : [columns, rows];
  const [step, next] = byRows ? [columns, 1] : [1, columns];
  let sum = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let dot = 0;
      for (let t = 0; t < length; t++) dot += x[i * step + t * next]! * x[j * step + t * next]!;
      sum += (i === j ? 1 : 2) * dot * dot;
    }
  }
  return sum;
}

/** Errors divided by their standard deviation; 0 for a series without errors. */
export function scaledRows({ rows, values }: ErrorRows, variances: Float64Array): Float64Array {
  const n = variances.length;
  const scaled = new Float64Array(rows * n);
  for (let t = 0; t < rows; t++) {
    for (let s = 0; s < n; s++) {
      const sd = Math.sqrt(variances[s]!);
      scaled[t * n + s] = sd > 0 ? values[t * n + s]! / sd : 0;
    }
  }
  return scaled;
}

/** A covariance λD + (1 − λ)E'E/T of errors, which is not written out. */
export interface Covariance {
  readonly variances: Float64Array;
  /** Share of the diagonal target; 1 where only variances are known. */
  readonly lambda: number;
  readonly errors: ErrorRows;
}

/** Each row of errors as its incoherences: the error of a sum less those of what it adds up. */
export function incoherentErrors({ errors }: Covariance, { sums, series }: Hierarchy): Float64Array {
  const n = series.length;
  const k = sums.length;
  const result = new Float64Array(errors.rows * k);
  for (let t = 0; t < errors.rows; t++) {
    for (let a = 0; a < k; a++) {
      let sum = errors.values[t * n + a]!;
      for (const member of sums[a]!) sum -= errors.values[t * n + k + member]!;
      result[t * k + a] = sum;
    }
  }
  return result;
}

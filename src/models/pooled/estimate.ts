import type { Series } from "../../core/series.js";
import { cholesky, solveCholesky } from "../../math/linear-algebra/cholesky.js";
import { invertCholesky } from "../../math/linear-algebra/cholesky-inverse.js";
import { square } from "../../math/power.js";
import { type Layout, type NormalEquations, normalEquations, rowVisitor, steadied } from "./gram.js";
import { type Noise, noiseOf } from "./noise.js";

/** Added to the diagonal of the normal equations with columns of unit length: keeps collinear columns apart, changes others by nothing that shows. */
export const RIDGE = 1e-8;
export interface Estimates {
  readonly coefficients: Float64Array;
  readonly stdErrors: Float64Array;
  readonly rows: number;
  /** Mean square of the errors in units of the scale. */
  readonly variance: number;
  readonly noise: Noise;
}

/**
 * Least squares over all rows of the panel, weighted by the size of their errors; null where there are fewer rows than coefficients and two.
 *
 * @param steadiness weight of the rows that speak for steady levels, see `steadied`.
 */
export function estimate(layout: Layout, panel: readonly Series[], steadiness: number): Estimates | null {
  let equations = normalEquations(layout, panel, null);
  const { rows, right } = equations;
  const k = right.length;
  if (rows < k + 2) return null;
  let { coefficients, inverse } = solve(steadied(layout, equations, steadiness));
  let errors = errorsOf(layout, panel, coefficients);
  for (let round = 0; round < ROUNDS; round++) {
    equations = normalEquations(layout, panel, weightsOf(errors));
    ({ coefficients, inverse } = solve(steadied(layout, equations, steadiness)));
    errors = errorsOf(layout, panel, coefficients);
  }
  const squares = errors.reduce((sum, own) => sum + own.reduce((part, e) => part + e * e, 0), 0);
  const variance = squares / (rows - k);
  return {
    coefficients,
    stdErrors: coefficients.map((_, j) => Math.sqrt(variance * inverse[j * (k + 1)]!)),
    rows,
    variance,
    noise: noiseOf(errors, layout.fade, rows / (rows - k)),
  };
}

/** Rounds of weighting, and the degrees of freedom of the errors that the weights take for granted. */
const ROUNDS = 2;
const DF = 4;
/** Errors of the mean size that are put beside those of each series. */
const SHARED = 5;

/**
 * Weights of the rows: noisy series and single wild values count less, as for errors of Student's t with a scale a series.
 *
 * @see K. L. Lange, R. J. A. Little, J. M. G. Taylor (1989), Journal of the American Statistical Association 84, 881-896.
 */
export function weightsOf(errors: readonly Float64Array[]): Float64Array[] {
  const sizes = errors.map((own) => own.reduce((sum, e) => sum + Math.abs(e), 0));
  const rows = errors.reduce((sum, own) => sum + own.length, 0);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / rows;
  return errors.map((own, i) => {
    const scale = (sizes[i]! + SHARED * mean) / (own.length + SHARED);
    if (!(scale > 0)) return own.map(() => 1);
    return own.map((e) => ((DF + 1) / (DF + square(e / scale))) * square(mean / scale));
  });
}

/** Coefficients, and the inverse of what was solved. */
export function solve({ gram, right }: NormalEquations) {
  const k = right.length;
  const lengths = right.map((_, j) => Math.sqrt(gram[j * (k + 1)]!) || 1);
  const factor = gram.slice();
  for (let a = 0; a < k; a++) for (let b = 0; b <= a; b++) factor[a * k + b]! /= lengths[a]! * lengths[b]!;
  for (let a = 0; a < k; a++) factor[a * (k + 1)] = Math.max(factor[a * (k + 1)]!, 1e-300) + RIDGE;
  cholesky(factor, k);
  const coefficients = right.map((value, j) => value / lengths[j]!);
  solveCholesky(factor, k, coefficients);
  for (let j = 0; j < k; j++) coefficients[j]! /= lengths[j]!;
  const inverse = invertCholesky(factor, k).map(
    (value, at) => value / (lengths[Math.floor(at / k)]! * lengths[at % k]!),
  );
  return { coefficients, inverse };
}

/** Errors in units of the scale, series by series. */
export function errorsOf(
  layout: Layout,
  panel: readonly Series[],
  coefficients: Float64Array,
): Float64Array[] {
  const visitRows = rowVisitor(layout);
  return panel.map((series) => {
    const errors = new Float64Array(series.y.length);
    let count = 0;
    visitRows(series, (row, target) => {
      let error = target;
      for (let j = 0; j < row.length; j++) error -= coefficients[j]! * row[j]!;
      errors[count++] = error;
    });
    return errors.slice(0, count);
  });
}

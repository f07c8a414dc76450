import { cholesky, solveCholesky } from "../../../math/linear-algebra/cholesky.js";
import { invertCholesky } from "../../../math/linear-algebra/cholesky-inverse.js";
import { square } from "../../../math/power.js";
import { countWeights, dispersionOf } from "./counts.js";
import { type NormalEquations, normalEquations, steadied } from "./gram.js";
import { tamed } from "./growth.js";
import { type Noise, noiseOf } from "./noise.js";
import { type Layout, type Prepared, rowVisitor } from "./rows.js";

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
 * @param counts whether values are negative binomial counts.
 */
export function estimate(
  layout: Layout,
  panel: readonly Prepared[],
  steadiness: number,
  counts: boolean,
): Estimates | null {
  const every = thinning(panel);
  let equations = normalEquations(layout, panel, null, every);
  const { rows, right } = equations;
  const k = right.length;
  if (rows < k + 2) return null;
  let { coefficients, inverse }: Solved = solve(steadied(layout, equations, steadiness));
  // The weights of counts do not depend on errors.
  for (let round = 0; round < (counts ? 1 : ROUNDS); round++) {
    const weights = counts
      ? countWeights(layout, panel, every)
      : weightsOf(errorsOf(layout, panel, coefficients, every));
    equations = normalEquations(layout, panel, weights, every);
    ({ coefficients, inverse } = solve(steadied(layout, equations, steadiness)));
  }
  coefficients = tamed(layout, coefficients);
  // The spread of errors depends on those before: whole series, but as few as tell.
  const told = panel.filter((_, i) => i % every === 0);
  const errors = errorsOf(layout, told, coefficients);
  const count = errors.reduce((sum, own) => sum + own.length, 0);
  const dispersion = counts ? { dispersion: dispersionOf(layout, told, coefficients) } : {};
  const squares = errors.reduce((sum, own) => sum + own.reduce((part, e) => part + e * e, 0), 0);
  const free = rows / (rows - k);
  const variance = (squares / count) * free;
  return {
    coefficients,
    stdErrors: coefficients.map((_, j) => Math.sqrt(variance * inverse[j * (k + 1)]!)),
    rows,
    variance,
    noise: { ...noiseOf(errors, layout.fade, free), ...dispersion },
  };
}

/** Rows that the estimates are made from, about: more change no digit that matters. */
const MOST_ROWS = 200_000;

/** Of a large panel one in so many rows is taken. */
function thinning(panel: readonly Prepared[]): number {
  const rows = panel.reduce((sum, { x }) => sum + x.length, 0);
  const every = Math.max(1, Math.floor(rows / MOST_ROWS));
  // Odd and no multiple of a week or a dozen months: all places in a cycle are met.
  return every === 1 ? 1 : nextPrime(every);
}

function nextPrime(n: number): number {
  const prime = (p: number) =>
    Array.from({ length: Math.floor(Math.sqrt(p)) - 1 }, (_, i) => i + 2).every((d) => p % d > 0);
  let p = Math.max(5, n);
  while (!prime(p) || p === 7) p++;
  return p;
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

interface Solved {
  readonly coefficients: Float64Array;
  readonly inverse: Float64Array;
}

/** Coefficients, and the inverse of what was solved. */
export function solve({ gram, right }: NormalEquations): Solved {
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
  panel: readonly Prepared[],
  coefficients: Float64Array,
  every = 1,
): Float64Array[] {
  const visitRows = rowVisitor(layout, every);
  return panel.map((one) => {
    const errors = new Float64Array(one.x.length);
    let count = 0;
    visitRows(one, (row, target) => {
      let error = target;
      for (let j = 0; j < row.length; j++) error -= coefficients[j]! * row[j]!;
      errors[count++] = error;
    });
    return errors.slice(0, count);
  });
}

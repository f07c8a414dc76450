import { largestSize } from "../../../math/extremes.js";
import { inner } from "../../../math/linear-algebra/vector.js";
import { differenced } from "../lag-polynomial/difference.js";
import { lagModel } from "../lag-polynomial/model.js";
import { predict } from "../state-space/predict.js";
import { startState } from "../state-space/state.js";
import { stationaryStart } from "../state-space/stationary-start.js";
import { advance } from "../state-space/update.js";
import type { Design } from "./design.js";
import { regressionCoefficients, regressOut } from "./triangular-regression.js";

/** What rounding leaves of a series that is explained to the last digit, beside its size. */
const ROUNDING = 1e-12;

/**
 * The regression's coefficients where it and the differences explain every observed value of a series with gaps; else
 * null. Without gaps the design itself tells.
 */
export function explainedWithGaps(design: Design): readonly number[] | null {
  const { observed, gaps, scale } = design;
  if (gaps.length === 0 || !mayBeExplained(design)) return null;
  const [errors, ...regressors] = differenceErrors(design);
  const { beta } = regressOut(errors!, regressors, 0, errors!.length);
  const bound = (ROUNDING * largestSize(design.values)) / scale;
  if (inner(errors!, errors!) > bound * bound * observed) return null;
  return regressionCoefficients(design, beta);
}

/** Errors of the series and of each regressor where there is nothing but differences. */
function differenceErrors({ how, gapped }: Design): Float64Array[] {
  const model = lagModel({ ...how, ar: [], ma: [], sar: [], sma: [] });
  const start = stationaryStart(model)!;
  const { columns, gaps } = gapped();
  const missing = new Set(gaps);
  const errors: number[][] = columns.map(() => []);
  let state = startState(model, start, columns.length);
  for (let t = 0; t < columns[0]!.length; t++) {
    const row = Float64Array.from(columns, (column) => column[t]!);
    if (missing.has(t)) row[0] = Number.NaN;
    const { mean, relativeVariance, isDiffuse } = predict(model, state);
    if (!isDiffuse && !missing.has(t)) {
      errors.forEach((column, c) => {
        column.push((row[c]! - mean[c]!) / Math.sqrt(relativeVariance));
      });
    }
    state = advance(model, start, state, row);
  }
  return errors.map((column) => Float64Array.from(column));
}

/** So many rows more than columns tell nearly every series that is not explained. */
const ENOUGH_ROWS = 32;

/** A few differences without a gap tell most series apart at once: what the regression leaves of these must be rounding. */
function mayBeExplained({ values, how, orthonormal }: Design): boolean {
  const seen = differenced(values, how);
  const rows: number[] = [];
  const enough = orthonormal.length + ENOUGH_ROWS;
  for (let t = 0; t < seen.length && rows.length < enough; t++) if (!Number.isNaN(seen[t]!)) rows.push(t);
  if (rows.length <= orthonormal.length) return true;
  const over = (column: Float64Array) => Float64Array.from(rows, (t) => column[t]!);
  const left = over(seen);
  regressOut(left, orthonormal.map(over), 0, rows.length);
  const bound = 4 * ROUNDING * largestSize(values);
  return left.every((value) => Math.abs(value) <= bound);
}

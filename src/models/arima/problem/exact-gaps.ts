import { inner } from "../../../math/linear-algebra/vector.js";
import { lagModel } from "../lag-polynomial/model.js";
import { predict } from "../state-space/predict.js";
import { startState } from "../state-space/state.js";
import { stationaryStart } from "../state-space/stationary-start.js";
import { advance } from "../state-space/update.js";
import { type Design, differenced, largest } from "./design.js";
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
  const bound = (ROUNDING * largest(design.values)) / scale;
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

/** Differences over stretches without a gap tell most series apart at once: with a constant at most, all are equal. */
function mayBeExplained({ values, how, regressors }: Design): boolean {
  if (regressors.some(({ values: column }) => !isLine(column))) return true;
  const seen = differenced(values, how).filter((value) => !Number.isNaN(value));
  const trended = how.d + how.D === 0 && regressors.length > 1;
  if (trended || seen.length === 0) return true;
  const expected = regressors.length > 0 ? seen[0]! : 0;
  const bound = 4 * ROUNDING * largest(values);
  return seen.every((value) => Math.abs(value - expected) <= bound);
}

function isLine(column: Float64Array): boolean {
  const step = column.length > 1 ? column[1]! - column[0]! : 0;
  return column.every((value, t) => t === 0 || value - column[t - 1]! === step);
}

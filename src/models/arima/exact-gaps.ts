import { type Design, differenced, largest, regressionCoefficients } from "./design.js";
import { gapData } from "./estimate-gaps.js";
import { GapObjective } from "./gap-objective.js";

/** What rounding leaves of a series that is explained to the last digit, beside its size. */
const ROUNDING = 1e-12;

/**
 * The regression's coefficients where it and the differences explain every observed value of a series with gaps; else
 * null. Without gaps the design itself tells.
 */
export function explainedWithGaps(design: Design): readonly number[] | null {
  const { observed, how, gaps, scale } = design;
  if (gaps.length === 0 || !mayBeExplained(design)) return null;
  const orders = { p: 0, q: 0, P: 0, Q: 0, period: how.period };
  const white = new GapObjective(gapData(design, orders), new Float64Array(0), []);
  const { regression, sumOfSquares } = white.whiteNoise();
  const bound = (ROUNDING * largest(design.values)) / scale;
  if (sumOfSquares > bound * bound * observed) return null;
  return regressionCoefficients(design, regression.beta);
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

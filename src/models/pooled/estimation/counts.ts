import type { Panel } from "../../../core/series.js";
import { minimiseBetween } from "../../../math/minimise/minimise-between.js";
import { countLogProbability } from "../../../math/special-functions/counts.js";
import { LEAST_COUNT } from "../scale.js";
import { type Layout, type Prepared, rowVisitor } from "./rows.js";

// Panels of counts with many zeros: values are negative binomial, because the median of a count whose mean is .4 is 0, and that of errors
// around .4 is not.

/** Zeros are many from this share of the values on. */
export const MANY_ZEROS = 0.3;

/** Whether values are 0, 1, 2, … with many zeros, and not zeros alone. */
export function areSeldomCounts(panel: Panel): boolean {
  let [zeros, seen] = [0, 0];
  for (const { y } of panel)
    for (const value of y) {
      if (Number.isNaN(value)) continue;
      if (!(value >= 0 && Number.isInteger(value))) return false;
      seen++;
      if (value === 0) zeros++;
    }
  return zeros > MANY_ZEROS * seen && zeros < seen;
}

/**
 * Weights of the rows of counts: in units of the scale s a count of the mean s has the variance 1/s + α. With α = 1, which moves the weights
 * little.
 */
export function countWeights(layout: Layout, panel: readonly Prepared[], every: number): Float64Array[] {
  const visitRows = rowVisitor(layout, every);
  return panel.map((one) => {
    const weights = new Float64Array(one.x.length);
    let count = 0;
    visitRows(one, (_row, _target, scale) => {
      weights[count++] = scale / (1 + scale);
    });
    return weights.slice(0, count);
  });
}

/** Rows by which the dispersion is judged, about; its logarithm is found within [LOWEST, HIGHEST] to PRECISION. */
const MOST_ROWS = 20_000;
const [LOWEST, HIGHEST] = [Math.log(1e-3), Math.log(1e2)];
const PRECISION = 0.02;

/** The most likely dispersion given the means of all rows. */
export function dispersionOf(layout: Layout, panel: readonly Prepared[], coefficients: Float64Array): number {
  const { values, means } = rowsOf(layout, panel, coefficients);
  const loss = (log: number) => {
    const dispersion = Math.exp(log);
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum -= countLogProbability(values[i]!, means[i]!, dispersion);
    return sum;
  };
  return Math.exp(minimiseBetween(loss, LOWEST, HIGHEST, PRECISION));
}

function rowsOf(layout: Layout, panel: readonly Prepared[], coefficients: Float64Array) {
  const rows = panel.reduce((sum, { x }) => sum + x.length, 0);
  const step = Math.max(1, Math.floor(rows / MOST_ROWS));
  const [values, means]: [number[], number[]] = [[], []];
  const visitRows = rowVisitor(layout);
  panel.forEach((one, i) => {
    if (i % step !== 0) return;
    visitRows(one, (row, target, scale) => {
      let mean = 0;
      for (let j = 0; j < row.length; j++) mean += coefficients[j]! * row[j]!;
      values.push(Math.round(target * scale));
      means.push(scale * Math.max(LEAST_COUNT, mean));
    });
  });
  return { values: Float64Array.from(values), means: Float64Array.from(means) };
}

import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { leastSquares } from "../../math/linear-algebra/least-squares.js";
import { square } from "../../math/power.js";
import { fUpper } from "../../math/special-functions/beta.js";
import { chiSquareUpper } from "../../math/special-functions/gamma.js";
import { perfectFit } from "../evidence.js";
import type { TestResult } from "../result.js";
import { meanOf, sumOfSquares } from "../summary.js";
import { type MissingPolicy, prepare, requireLength, requireVariation, type Values } from "../values.js";

export interface ArchOptions {
  /** Lagged squares. Default 10, at most a fifth of the values. */
  readonly lags?: number;
  /** Fitted coefficients of the model the residuals come from, taken off n in the statistic. Default 0. */
  readonly parameters?: number;
  /** `"drop"` closes gaps and says so; default `"error"`. */
  readonly missing?: MissingPolicy;
}

export interface ArchResult extends TestResult {
  readonly test: "arch-lm";
  readonly lags: number;
  readonly df: number;
  /** The F form of the same test, with `lags` and n − lags − 1 degrees of freedom. */
  readonly fStatistic: number;
  readonly fPValue: number;
}

const PURPOSE = "The ARCH test";

const ARCH_LM_OPTIONS: OptionTable<ArchOptions> = {
  lags: "number",
  parameters: "number",
  missing: ["error", "drop"],
};

/**
 * Engle's Lagrange multiplier test: does the variance depend on past squares? A small p-value says yes.
 *
 * R² of the regression of e_t² on a constant and its `lags` predecessors, times the rows; chi-square with `lags`
 * degrees of freedom. The mean of the values is taken out first.
 *
 * @param y residuals in time order.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `bad-lags`, `bad-parameters`, `too-short`, `constant-series`, `perfect-fit`, `missing-values`,
 *   `infinite-value`.
 * @see R. F. Engle (1982), Econometrica 50, 987-1007.
 * @example archLm(residuals(fitted), { lags: 4, missing: "drop" }).pValue;
 */
export function archLm(y: Values, options: ArchOptions = {}): ArchResult {
  requireOptions("archLm", options, ARCH_LM_OPTIONS);
  const { values, notes } = prepare(y, PURPOSE, 5, options.missing);
  requireVariation(values, PURPOSE);
  const fallback = Math.max(1, Math.min(10, Math.floor(values.length / 5)));
  const lags = requireInteger("lags", options.lags ?? fallback, 1, values.length);
  const parameters = requireInteger("parameters", options.parameters ?? 0, 0, values.length);
  const n = values.length - lags;
  requireLength(n, `${PURPOSE} with ${lags} lags (rows of its regression)`, lags + 2);
  const squares = scaledSquares(values);
  const k = lags + 1;
  const design = Float64Array.from({ length: n * k }, (_, i) =>
    i % k === 0 ? 1 : squares[lags + Math.floor(i / k) - (i % k)],
  );
  const response = squares.slice(lags);
  const { rss } = leastSquares(design, n, k, response);
  const total = sumOfSquares(response);
  if (!(total > 0) || rss <= 1e-22 * total) throw perfectFit(PURPOSE);
  const share = Math.max(0, 1 - rss / total);
  const statistic = (n - parameters) * share;
  const fStatistic = share / lags / ((1 - share) / (n - k));
  return {
    test: "arch-lm",
    nullHypothesis: "constant variance",
    statistic,
    pValue: chiSquareUpper(statistic, lags),
    lags,
    df: lags,
    fStatistic,
    fPValue: fUpper(fStatistic, lags, n - k),
    notes,
  };
}

/** Squares around the mean, in units of the largest; the test does not know units. */
function scaledSquares(y: Float64Array): Float64Array {
  const mean = meanOf(y);
  const size = y.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  return y.map((value) => square((value - mean) / size));
}

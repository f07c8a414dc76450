import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { cholesky, solveCholesky } from "../../math/linear-algebra/cholesky.js";
import { leastSquares } from "../../math/linear-algebra/least-squares.js";
import { powerOf, square } from "../../math/power.js";
import { perfectFit } from "../evidence.js";
import type { TestResult } from "../result.js";
import { bridgeTail } from "../unit-root/null-distributions/bridge-tail.js";
import { prepare, requireLength, requireVariation, type Values } from "../values.js";

export interface CanovaHansenOptions {
  /** Order of the long-run covariance. Default round(period · (n/100)^¼), as R's uroot. */
  readonly lags?: number;
}

/** The test of one seasonal frequency, `cycles` a season. */
export interface FrequencyTest {
  readonly cycles: number;
  readonly statistic: number;
  readonly pValue: number;
}

export interface CanovaHansenResult extends TestResult {
  readonly test: "canova-hansen";
  readonly lags: number;
  /** Each frequency by itself; `statistic` and `pValue` of the result are those of all together. */
  readonly frequencies: readonly FrequencyTest[];
}

const PURPOSE = "The Canova-Hansen test";

const CANOVA_HANSEN_OPTIONS: OptionTable<CanovaHansenOptions> = {
  lags: "number",
};

/**
 * Canova-Hansen test: does the seasonal pattern stay the same? A small p-value says it changes, as with a seasonal
 * unit root.
 *
 * Regression of y on a constant and the seasonal cycles f_t = (cos 2πjt/m, sin 2πjt/m), residuals e; statistic
 * n⁻² Σ F_t'Ω⁻¹F_t, F_t the partial sums of f_t e_t and Ω their long-run covariance with Bartlett's weights, as in R's
 * uroot::ch.test (type "trigonometric"). P-values are those of the limit, the Von Mises law with as many degrees of
 * freedom as cycle terms.
 *
 * @param y values in time order without gaps; a trend should be differenced out first.
 * @param period values in a season, at least 2.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `bad-period`, `bad-lags`, `too-short`, `constant-series`, `perfect-fit`, `missing-values`,
 *   `infinite-value`.
 * @see F. Canova, B. E. Hansen (1995), J. Business & Economic Statistics 13, 237-252.
 * @example canovaHansen(values, 12).pValue;
 */
export function canovaHansen(
  y: Values,
  period: number,
  options: CanovaHansenOptions = {},
): CanovaHansenResult {
  requireOptions("canovaHansen", options, CANOVA_HANSEN_OPTIONS);
  requireInteger("period", period, 2, Number.MAX_SAFE_INTEGER);
  const { values, notes } = prepare(y, PURPOSE, 1, "refused");
  requireVariation(values, PURPOSE);
  const n = values.length;
  requireLength(n, `${PURPOSE} with period ${period}`, 2 * period);
  const lags = requireInteger("lags", options.lags ?? Math.round(period * powerOf(n / 100, 0.25)), 0, n - 1);
  const cycles = seasonalCycles(n, period);
  const moments = weightedByResiduals(values, cycles);
  const frequencies = Array.from({ length: Math.floor(period / 2) }, (_, j) => {
    const columns = [2 * j, 2 * j + 1].filter((column) => column < period - 1);
    const statistic = stability(moments, columns, lags);
    return { cycles: j + 1, statistic, pValue: bridgeTail("level", statistic, columns.length) };
  });
  const all = cycles.map((_, j) => j);
  const statistic = stability(moments, all, lags);
  const pValue = bridgeTail("level", statistic, all.length);
  return {
    test: "canova-hansen",
    nullHypothesis: "constant seasonal pattern",
    statistic,
    pValue,
    lags,
    frequencies,
    notes,
  };
}

/** cos and sin of each frequency in turn, time from 1; at half a cycle a step the cosine alone. */
function seasonalCycles(n: number, period: number): Float64Array[] {
  const angle = (t: number, j: number) => (2 * Math.PI * ((j * (t + 1)) % period)) / period;
  return Array.from({ length: period - 1 }, (_, column) => {
    const wave = column % 2 === 0 ? Math.cos : Math.sin;
    return Float64Array.from({ length: n }, (_, t) => wave(angle(t, Math.floor(column / 2) + 1)));
  });
}

/** Each cycle times the residuals of the series around its seasonal pattern. */
function weightedByResiduals(y: Float64Array, cycles: readonly Float64Array[]): Float64Array[] {
  const n = y.length;
  const k = cycles.length + 1;
  const design = Float64Array.from({ length: n * k }, (_, i) => {
    const column = i % k;
    return column === 0 ? 1 : cycles[column - 1][Math.floor(i / k)];
  });
  const { residuals, rss } = leastSquares(design, n, k, y);
  if (!(rss > 1e-22 * y.reduce((sum, value) => sum + value * value, 0))) throw perfectFit(PURPOSE);
  return cycles.map((cycle) => cycle.map((value, t) => value * residuals[t]));
}

function stability(moments: readonly Float64Array[], columns: readonly number[], lags: number): number {
  const chosen = columns.map((column) => moments[column]);
  const k = chosen.length;
  const n = chosen[0].length;
  const omega = longRunCovariance(chosen, lags);
  if (Number.isNaN(cholesky(omega, k))) throw perfectFit(PURPOSE);
  const partial = new Float64Array(k);
  const solved = new Float64Array(k);
  let sum = 0;
  for (let t = 0; t < n; t++) {
    for (let j = 0; j < k; j++) partial[j] = partial[j] + chosen[j][t];
    solved.set(partial);
    solveCholesky(omega, k, solved);
    for (let j = 0; j < k; j++) sum += partial[j] * solved[j];
  }
  return sum / square(n);
}

function longRunCovariance(series: readonly Float64Array[], lags: number): Float64Array {
  const k = series.length;
  const n = series[0].length;
  const omega = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = crossProduct(series[i], series[j], 0);
      for (let lag = 1; lag <= lags; lag++) {
        const both = crossProduct(series[i], series[j], lag) + crossProduct(series[j], series[i], lag);
        sum += (1 - lag / (lags + 1)) * both;
      }
      omega[i * k + j] = sum / n;
    }
  }
  return omega;
}

/** Σ a_t b_{t−lag}. */
function crossProduct(a: Float64Array, b: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < a.length; t++) sum += a[t] * b[t - lag];
  return sum;
}

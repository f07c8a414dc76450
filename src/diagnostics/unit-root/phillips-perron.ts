import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { extend, orthogonalFit, takeOut } from "../../math/linear-algebra/orthogonal.js";
import { inner } from "../../math/linear-algebra/vector.js";
import { powerOf, square } from "../../math/power.js";
import { perfectFit } from "../evidence.js";
import { tableEnd } from "../interpolation.js";
import type { CriticalValues, TablePValue, TestResult } from "../result.js";
import { meanOf, sumOfSquares } from "../summary.js";
import { type MissingPolicy, prepare, requireVariation, type Values } from "../values.js";
import { tauPValue, zAlphaPValue } from "./null-distributions/mackinnon.js";
import { atLevels, trendTablePValue } from "./null-distributions/tables.js";
import { type LagRule, lagsOf, longRunVariance } from "./regression/long-run-variance.js";

export interface PhillipsPerronOptions {
  /** `"z-tau"`, the corrected t-ratio (default), or `"z-alpha"`, the corrected n(α̂ − 1). */
  readonly statistic?: "z-tau" | "z-alpha";
  /** Default `"trend"`, as in R's tseries::pp.test and stats::PP.test. */
  readonly regression?: "constant" | "trend";
  /** Autocovariances in the long-run variance: a number, or a rule as in `kpss`. Default `"short"`. */
  readonly lags?: number | LagRule;
  /**
   * Moments in the correction: of y_{t−1} (`"lagged"`, default: Phillips and Perron, tseries, stats) or of y_t
   * (`"current"`: urca's ur.pp). They agree in long series.
   */
  readonly moments?: "lagged" | "current";
  /** `"drop"` closes gaps and says so; default `"error"`. */
  readonly missing?: MissingPolicy;
}

export interface PhillipsPerronResult extends TestResult {
  readonly test: "phillips-perron";
  readonly kind: "z-tau" | "z-alpha";
  readonly regression: "constant" | "trend";
  readonly lags: number;
  /** Rows of the regression, one fewer than values. */
  readonly observations: number;
  /** Of z-tau, for this number of rows (MacKinnon 1991, as in urca); null for z-alpha. */
  readonly criticalValues: CriticalValues | null;
  /** The printed table's p-value, as tseries::pp.test gives it; null but for `trend`. */
  readonly table: TablePValue | null;
  /** Corrected t-ratios of the constant and the trend, as urca's auxiliary statistics; null with lagged moments. */
  readonly auxiliary: { readonly constant: number; readonly trend: number | null } | null;
}

const PURPOSE = "The Phillips-Perron test";

const PHILLIPS_PERRON_OPTIONS: OptionTable<PhillipsPerronOptions> = {
  statistic: ["z-tau", "z-alpha"],
  regression: ["trend", "constant"],
  lags: { numberOr: ["none", "auto", "short", "long", "legacy", "square-root"] },
  moments: ["lagged", "current"],
  missing: ["error", "drop"],
};

/**
 * Phillips-Perron test: does the series have a unit root? A small p-value says no, it is stationary.
 *
 * Regression y_t = [terms] + α y_{t−1} + u_t, its t-ratio of α − 1 (or n(α̂ − 1)) corrected for autocorrelated u by the
 * long-run variance ω² against the variance s²: Z_τ = (s/ω) t − (ω² − s²)/(2ω√m), Z_α = n(α̂ − 1) − (ω² − s²)/(2m), m
 * the mean square of y_{t−1} around its terms over n. P-values from MacKinnon's response surfaces.
 *
 * @param y at least 5 values, not all the same.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `too-short`, `constant-series`, `perfect-fit`, `missing-values`, `infinite-value`, `bad-lags`.
 * @see P. C. B. Phillips, P. Perron (1988), Biometrika 75, 335-346.
 * @example phillipsPerron(values, { statistic: "z-alpha", lags: "long" }).pValue;
 */
export function phillipsPerron(y: Values, options: PhillipsPerronOptions = {}): PhillipsPerronResult {
  requireOptions("phillipsPerron", options, PHILLIPS_PERRON_OPTIONS);
  const { values, notes } = prepare(y, PURPOSE, 5, options.missing);
  requireVariation(values, PURPOSE);
  const regression = options.regression ?? "trend";
  const kind = options.statistic ?? "z-tau";
  const parts = correctedParts(values, regression, options.lags ?? "short");
  const moment = momentOf(parts, options.moments === "current" ? parts.current : parts.lagged);
  const statistic = kind === "z-tau" ? zTau(parts, moment) : zAlpha(parts, moment);
  const { n, lags } = parts;
  const table =
    regression === "trend" ? trendTablePValue(kind === "z-tau" ? "tau" : "z-alpha", statistic, n) : null;
  return {
    test: "phillips-perron",
    nullHypothesis: "unit root",
    statistic,
    pValue: kind === "z-tau" ? tauPValue(statistic, regression) : zAlphaPValue(statistic, regression),
    kind,
    regression,
    lags,
    observations: n,
    criticalValues: kind === "z-tau" ? atLevels(zTauCriticalValues(regression, n)) : null,
    table,
    auxiliary: options.moments === "current" ? auxiliary(parts, moment) : null,
    notes: [...notes, ...(table === null ? [] : tableEnd(table))],
  };
}

/** @internal Critical values at 1, 5 and 10 % of z-tau from n rows (MacKinnon 1991). */
export function zTauCriticalValues(regression: "constant" | "trend", n: number): readonly number[] {
  const surface = (limit: number, first: number, second: number) => limit + first / n + second / square(n);
  return regression === "constant"
    ? [surface(-3.4335, -5.999, -29.25), surface(-2.8621, -2.738, -8.36), surface(-2.5671, -1.438, -4.48)]
    : [surface(-3.9638, -8.353, -47.44), surface(-3.4126, -4.039, -17.83), surface(-3.1279, -2.418, -7.58)];
}

interface Parts {
  readonly n: number;
  readonly lags: number;
  readonly regression: "constant" | "trend";
  readonly current: Float64Array;
  readonly lagged: Float64Array;
  /** t − n/2 with t from 1. */
  readonly time: Float64Array;
  readonly alpha: number;
  /** t-ratios: of α − 1, of the constant and of the trend. */
  readonly tau: number;
  readonly constantRatio: number;
  readonly trendRatio: number;
  /** s² and ω², both with divisor n. */
  readonly variance: number;
  readonly longRun: number;
}

function correctedParts(y: Float64Array, regression: "constant" | "trend", rule: number | LagRule): Parts {
  const n = y.length - 1;
  const current = y.slice(1);
  const lagged = y.slice(0, n);
  const time = Float64Array.from({ length: n }, (_, i) => i + 1 - n / 2);
  const k = regression === "trend" ? 3 : 2;
  const shift = meanOf(lagged);
  const columns = [new Float64Array(n).fill(1), lagged.map((value) => value - shift), time].slice(0, k);
  const fit = orthogonalFit(columns, current);
  if (fit.rank < k || fit.rss <= 1e-22 * sumOfSquares(current) || n <= k) throw perfectFit(PURPOSE);
  const scale = fit.rss / (n - k);
  const cov = (i: number, j: number) => scale * fit.inverse[i * k + j];
  const alpha = fit.coefficients[1];
  // The constant of the regression on y_{t−1} itself.
  const constant = fit.coefficients[0] - shift * alpha;
  const constantError = Math.sqrt(cov(0, 0) - 2 * shift * cov(0, 1) + square(shift) * cov(1, 1));
  const lags =
    typeof rule === "number" ? requireInteger("lags", rule, 0, n - 1) : lagsOf(rule, fit.residuals);
  return {
    n,
    lags,
    regression,
    current,
    lagged,
    time,
    alpha,
    tau: (alpha - 1) / Math.sqrt(cov(1, 1)),
    constantRatio: constant / constantError,
    trendRatio: k === 3 ? fit.coefficients[2] / Math.sqrt(cov(2, 2)) : Number.NaN,
    variance: fit.rss / n,
    longRun: longRunVariance(fit.residuals, lags),
  };
}

/** n⁻² times the sum of squares of `y` around its terms; with a trend times 1 − n⁻², as in the paper's determinant. */
function momentOf({ n, regression, time }: Parts, y: Float64Array): number {
  const basis: Float64Array[] = [];
  extend(basis, new Float64Array(n).fill(1));
  if (regression === "trend") extend(basis, time);
  const rest = takeOut(basis, y);
  const share = regression === "trend" ? 1 - powerOf(n, -2) : 1;
  return (share * inner(rest, rest)) / square(n);
}

function sums(current: Float64Array) {
  const n = current.length;
  let sum = 0;
  let weighted = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    sum += current[i];
    weighted += (i + 1) * current[i];
    squares += square(current[i]);
  }
  return { my: sum / powerOf(n, 1.5), mty: weighted / powerOf(n, 2.5), myy: squares / square(n) };
}

function zTau({ variance, longRun, tau }: Parts, moment: number): number {
  const excess = (longRun - variance) / 2;
  return Math.sqrt(variance / longRun) * tau - excess / Math.sqrt(longRun * moment);
}

function zAlpha({ n, alpha, variance, longRun }: Parts, moment: number): number {
  return n * (alpha - 1) - (longRun - variance) / 2 / moment;
}

function auxiliary(parts: Parts, moment: number) {
  const { variance, longRun, regression, current, n } = parts;
  const { my, mty, myy } = sums(current);
  const around = sumOfSquares(current) / square(n);
  const shrink = Math.sqrt(variance / longRun);
  const excess = (longRun - variance) / 2 / Math.sqrt(longRun);
  if (regression === "constant") {
    const constant = shrink * parts.constantRatio + (excess * my) / Math.sqrt(myy * around);
    return { constant, trend: null };
  }
  const constant =
    shrink * parts.constantRatio - (excess * my) / (Math.sqrt(moment) * Math.sqrt(moment + square(my)));
  const trend =
    shrink * parts.trendRatio - (excess * (my / 2 - mty)) / (Math.sqrt(moment / 12) * Math.sqrt(around));
  return { constant, trend };
}

import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { dataError, usageError } from "../../core/errors.js";
import type { Coefficient } from "../../core/model.js";
import { powerOf } from "../../math/power.js";
import { tableEnd } from "../interpolation.js";
import type { CriticalValues, TablePValue, TestResult } from "../result.js";
import { type MissingPolicy, prepare, requireVariation, type Values } from "../values.js";
import { type Deterministic, TERMS, tauCriticalValues, tauPValue } from "./null-distributions/mackinnon.js";
import { atLevels, fullerValues, trendTablePValue } from "./null-distributions/tables.js";
import {
  type DickeyFullerFit,
  type DickeyFullerRows,
  dickeyFullerRows,
  fitDickeyFuller,
  restrictedRss,
} from "./regression/dickey-fuller.js";
import { chooseLags, type LagChoice, type LagCriterion } from "./regression/lag-choice.js";

export interface AdfOptions {
  /** Deterministic terms: none, 1, t, t². Default `"constant"`. */
  readonly regression?: Deterministic;
  /**
   * Lagged differences: a number from 0, a criterion (`aic` default, `bic`, `t-stat`) over up to `maxLags`, or
   * `cube-root` for ⌊(n−1)^⅓⌋ as in R's tseries::adf.test.
   */
  readonly lags?: number | LagCriterion | "cube-root";
  /** Most lags for a criterion. Default ⌈12(n/100)^¼⌉, at most ⌊n/2⌋ − terms − 1. */
  readonly maxLags?: number;
  /** Least lags for a criterion. Default 0; R's urca::ur.df has 1. */
  readonly minLags?: number;
  /** Keep the rows the criterion was computed on, as urca does, instead of using all rows. Default false. */
  readonly keepSample?: boolean;
  /** `"drop"` closes gaps and says so; default `"error"`. */
  readonly missing?: MissingPolicy;
}

/** An F test of several coefficients together (Dickey and Fuller 1981). */
export interface JointTest {
  /** `phi1`: constant and level; `phi2`: constant, trend and level; `phi3`: trend and level. */
  readonly name: "phi1" | "phi2" | "phi3";
  readonly statistic: number;
  readonly criticalValues: CriticalValues;
}

export interface AdfResult extends TestResult {
  readonly test: "adf";
  readonly regression: Deterministic;
  readonly lags: number;
  /** Rows of the regression. */
  readonly observations: number;
  /** For this number of rows (MacKinnon 2010). */
  readonly criticalValues: CriticalValues;
  /** Printed ones for about this many values (Fuller 1976), as urca gives them; null for `quadratic`. */
  readonly printedValues: CriticalValues | null;
  /** The printed table's p-value, as tseries::adf.test gives it; null but for `trend`. */
  readonly table: TablePValue | null;
  readonly joint: readonly JointTest[];
  /** Names `intercept trend trend2 level1 difference1 …`; time counts 1, 2, … with the lagged level. */
  readonly coefficients: readonly Coefficient[];
  /** How the lags were chosen; null where they were given. */
  readonly choice: LagChoice | null;
}

const PURPOSE = "The augmented Dickey-Fuller test";

const ADF_OPTIONS: OptionTable<AdfOptions> = {
  regression: ["none", "trend", "constant", "quadratic"],
  lags: { numberOr: ["aic", "bic", "t-stat", "cube-root"] },
  maxLags: "number",
  minLags: "number",
  keepSample: "boolean",
  missing: ["error", "drop"],
};

/**
 * Augmented Dickey-Fuller test: does the series have a unit root? A small p-value says no, it is stationary.
 *
 * Regression Δy_t = [terms] + γ y_{t−1} + Σ δ_i Δy_{t−i} + e_t; the statistic is the t-ratio of γ, its p-value from
 * MacKinnon's response surfaces. Defaults agree with statsmodels' `adfuller`; `{ regression: "trend", lags: "cube-root" }`
 * with tseries' `adf.test`; `{ lags: "aic", minLags: 1, keepSample: true }` with urca's `ur.df`.
 *
 * @param y values in time order, not all the same, more than the regression has coefficients.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `too-short`, `constant-series`, `perfect-fit`, `missing-values`, `infinite-value`, `bad-lags`,
 *   `bad-max-lags`, `bad-regression`.
 * @see D. A. Dickey, W. A. Fuller (1979), J. Amer. Statist. Assoc. 74, 427-431; (1981), Econometrica 49, 1057-1072;
 *   J. G. MacKinnon (1994), J. Business & Economic Statistics 12, 167-176.
 * @example adf(values, { regression: "trend", lags: "bic" }).pValue;
 */
export function adf(y: Values, options: AdfOptions = {}): AdfResult {
  requireOptions("adf", options, ADF_OPTIONS);
  const { values, notes } = prepare(y, PURPOSE, 4, options.missing);
  requireVariation(values, PURPOSE);
  const regression = requireRegression(options.regression ?? "constant");
  const choice = choiceOf(values, regression, options);
  const lags = choice?.lags ?? fixedLags(values.length, options.lags);
  const first = options.keepSample === true && choice !== null ? choice.values.length : lags + 1;
  const rows = dickeyFullerRows(values, lags, regression, first);
  const fit = fitDickeyFuller(rows, PURPOSE);
  const changes = values.length - 1;
  const table = regression === "trend" ? trendTablePValue("tau", fit.statistic, changes) : null;
  return {
    test: "adf",
    nullHypothesis: "unit root",
    statistic: fit.statistic,
    pValue: tauPValue(fit.statistic, regression),
    regression,
    lags,
    observations: fit.observations,
    criticalValues: tauCriticalValues(regression, fit.observations),
    printedValues: printed(regression, changes),
    table,
    joint: jointTests(rows, fit, regression, changes),
    coefficients: fit.coefficients,
    choice,
    notes: [...notes, ...(table === null ? [] : tableEnd(table))],
  };
}

function requireRegression(regression: Deterministic): Deterministic {
  if (Object.hasOwn(TERMS, regression)) return regression;
  throw usageError(
    "bad-regression",
    "regression",
    regression,
    `The regression must be "none", "constant", "trend" or "quadratic", not ${JSON.stringify(regression)}.`,
  );
}

function fixedLags(n: number, lags: AdfOptions["lags"]): number {
  if (lags === "cube-root") return Math.trunc(Math.cbrt(n - 1));
  return requireInteger("lags", lags, 0, n);
}

function choiceOf(y: Float64Array, regression: Deterministic, options: AdfOptions): LagChoice | null {
  const lags = options.lags ?? "aic";
  if (lags !== "aic" && lags !== "bic" && lags !== "t-stat") return null;
  const room = Math.floor(y.length / 2) - TERMS[regression] - 1;
  const least = requireInteger("minLags", options.minLags ?? 0, 0, y.length);
  const schwert = Math.ceil(12 * powerOf(y.length / 100, 0.25));
  const most = options.maxLags ?? Math.max(least, Math.min(schwert, room));
  requireInteger("maxLags", most, least, y.length);
  const rows = y.length - 1 - most;
  if (room < 0 || rows <= TERMS[regression] + 1 + most) {
    throw dataError(
      "too-short",
      "y",
      y.length,
      `${PURPOSE} with up to ${most} lags and regression ${JSON.stringify(regression)} needs more than ${y.length} values; give fewer maxLags.`,
    );
  }
  return chooseLags(y, regression, lags, least, most);
}

const TAU_NAME = { none: "tau1", constant: "tau2", trend: "tau3" } as const;

function printed(regression: Deterministic, changes: number): CriticalValues | null {
  return regression === "quadratic" ? null : atLevels(fullerValues(TAU_NAME[regression], changes));
}

function jointTests(
  rows: DickeyFullerRows,
  fit: DickeyFullerFit,
  regression: Deterministic,
  changes: number,
): JointTest[] {
  const test = (name: JointTest["name"], kept: readonly Float64Array[], dropped: number): JointTest => {
    const lost = (restrictedRss(rows.change, kept) - fit.rss) / dropped;
    return {
      name,
      statistic: lost / (fit.rss / fit.degreesOfFreedom),
      criticalValues: atLevels(fullerValues(name, changes)),
    };
  };
  if (regression === "constant") return [test("phi1", rows.lagged, 2)];
  if (regression !== "trend") return [];
  return [test("phi2", rows.lagged, 3), test("phi3", [rows.terms[0], ...rows.lagged], 2)];
}

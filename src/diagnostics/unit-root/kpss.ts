import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import type { Note } from "../../core/model.js";
import { square } from "../../math/power.js";
import { perfectFit } from "../evidence.js";
import { tableEnd, tablePValue } from "../interpolation.js";
import type { CriticalValues, TablePValue, TestResult } from "../result.js";
import { meanOf, slopeOf } from "../summary.js";
import { type MissingPolicy, prepare, requireVariation, type Values } from "../values.js";
import { bridgeTail } from "./null-distributions/bridge-tail.js";
import { type LagRule, lagsOf, longRunVariance } from "./regression/long-run-variance.js";

export interface KpssOptions {
  /** Stationary around a level or around a line. Default `"level"`. */
  readonly regression?: "level" | "trend";
  /**
   * Autocovariances in the long-run variance: a number from 0, or a rule. `short` ⌊4(n/100)^¼⌋ (default, as R's
   * kpss.test), `long` ⌊12(n/100)^¼⌋, `legacy` ⌈12(n/100)^¼⌉, `square-root` ⌊3√n/13⌋ (forecast::ndiffs), `auto` from
   * the data (statsmodels' default), `none`.
   */
  readonly lags?: number | LagRule;
  /** `"drop"` closes gaps and says so; default `"error"`. */
  readonly missing?: MissingPolicy;
}

export interface KpssResult extends TestResult {
  readonly test: "kpss";
  readonly regression: "level" | "trend";
  readonly lags: number;
  readonly observations: number;
  readonly criticalValues: CriticalValues;
  /** The p-value between the four printed critical values, as R and statsmodels give it: never outside 0.01 to 0.1. */
  readonly table: TablePValue;
}

const SOURCE = "Kwiatkowski et al. 1992, table 1";
/** Critical values at 10, 5, 2.5 and 1 %. */
export const KPSS_CRITICAL = {
  level: [0.347, 0.463, 0.574, 0.739],
  trend: [0.119, 0.146, 0.176, 0.216],
} as const;
export const KPSS_LEVELS = [0.1, 0.05, 0.025, 0.01] as const;

const KPSS_OPTIONS: OptionTable<KpssOptions> = {
  regression: ["level", "trend"],
  lags: { numberOr: ["none", "auto", "short", "long", "legacy", "square-root"] },
  missing: ["error", "drop"],
};

/**
 * KPSS test: is the series stationary around a level or a line? A small p-value says no.
 *
 * Statistic Σ S_t² / (n² ω²): S the partial sums of the residuals around the level or line, ω² their long-run
 * variance with Bartlett's weights. The p-value is that of the limit law and so runs on smoothly where the published
 * table ends; `table` holds the table's, clipped to 0.01 … 0.1.
 *
 * @param y at least 3 values that are not all the same.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `too-short`, `constant-series`, `missing-values`, `infinite-value`, `bad-lags`, and
 *   `perfect-fit` where the values lie on a straight line.
 * @see D. Kwiatkowski, P. C. B. Phillips, P. Schmidt, Y. Shin (1992), J. Econometrics 54, 159-178; B. Hobijn,
 *   P. H. Franses, M. Ooms (2004), Statistica Neerlandica 58, 483-502, for `auto`.
 * @example kpss(values, { regression: "trend", lags: "auto" }).pValue;
 */
export function kpss(y: Values, options: KpssOptions = {}): KpssResult {
  requireOptions("kpss", options, KPSS_OPTIONS);
  const { values, notes } = prepare(y, "The KPSS test", 3, options.missing);
  requireVariation(values, "The KPSS test");
  const regression = options.regression ?? "level";
  const residuals = regression === "level" ? aroundLevel(values) : aroundLine(values);
  const lags = lagCount(options.lags ?? "short", residuals);
  const statistic = kpssStatistic(residuals, lags);
  if (!Number.isFinite(statistic)) throw perfectFit("The KPSS test");
  return kpssResult(statistic, regression, lags, values.length, notes);
}

function lagCount(lags: number | LagRule, residuals: Float64Array): number {
  if (typeof lags === "string") return lagsOf(lags, residuals);
  return requireInteger("lags", lags, 0, residuals.length - 1);
}

/** @internal Σ S² / (n² ω²); NaN where the residuals are nothing but zeros. */
export function kpssStatistic(residuals: Float64Array, lags: number): number {
  const n = residuals.length;
  let partial = 0;
  let sum = 0;
  for (let t = 0; t < n; t++) {
    partial += residuals[t];
    sum += partial * partial;
  }
  return sum / square(n) / longRunVariance(residuals, lags);
}

function kpssResult(
  statistic: number,
  regression: "level" | "trend",
  lags: number,
  observations: number,
  notes: readonly Note[],
): KpssResult {
  const [ten, five, half, one] = KPSS_CRITICAL[regression];
  const table = tablePValue(KPSS_CRITICAL[regression], KPSS_LEVELS, statistic, SOURCE);
  return {
    test: "kpss",
    nullHypothesis: regression === "level" ? "stationary around a level" : "stationary around a line",
    statistic,
    pValue: bridgeTail(regression, statistic),
    regression,
    lags,
    observations,
    criticalValues: { "10%": ten, "5%": five, "2.5%": half, "1%": one },
    table,
    notes: [...notes, ...tableEnd(table)],
  };
}

/** @internal Values minus their mean. */
export function aroundLevel(y: Float64Array): Float64Array {
  const mean = meanOf(y);
  return y.map((value) => value - mean);
}

/** @internal Values minus their least-squares line. */
export function aroundLine(y: Float64Array): Float64Array {
  const centre = (y.length - 1) / 2;
  const slope = slopeOf(y);
  return aroundLevel(y).map((value, t) => value - slope * (t - centre));
}

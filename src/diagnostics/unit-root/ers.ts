import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { leastSquares } from "../../math/linear-algebra/least-squares.js";
import { inner } from "../../math/linear-algebra/vector.js";
import { square } from "../../math/power.js";
import { differenceOnce } from "../differencing.js";
import { perfectFit } from "../evidence.js";
import { tableEnd, tablePValue } from "../interpolation.js";
import type { CriticalValues, TablePValue, TestResult } from "../result.js";
import { meanOf } from "../summary.js";
import { type MissingPolicy, prepare, requireLength, requireVariation, type Values } from "../values.js";
import { tauPValue } from "./null-distributions/mackinnon.js";
import { atLevels } from "./null-distributions/tables.js";
import { dickeyFullerRows, fitDickeyFuller } from "./regression/dickey-fuller.js";

export interface ErsOptions {
  /** `"df-gls"` (default) or the point-optimal `"p-test"`. */
  readonly statistic?: "df-gls" | "p-test";
  /** Default `"constant"`. */
  readonly regression?: "constant" | "trend";
  /** Lagged differences for `df-gls`, the most that BIC may choose (at least 1) for `p-test`. Default 4. */
  readonly lags?: number;
  /**
   * For `p-test`: judge each number of lags on all rows it has, as urca does. BIC over different rows depends on the
   * unit of the data. Default false: all on the same rows.
   */
  readonly ownRows?: boolean;
  /** `"drop"` closes gaps and says so; default `"error"`. */
  readonly missing?: MissingPolicy;
}

export interface ErsResult extends TestResult {
  readonly test: "df-gls" | "p-test";
  readonly regression: "constant" | "trend";
  readonly lags: number;
  /** Printed ones, as urca gives them. */
  readonly criticalValues: CriticalValues;
  /** The p-value between the printed critical values; null for `df-gls` with a constant, which has a better one. */
  readonly table: TablePValue | null;
}

const PURPOSE = "The Elliott-Rothenberg-Stock test";
const LEVELS = [0.01, 0.05, 0.1] as const;
const SOURCE = "Elliott, Rothenberg and Stock 1996, table I";
/** Rows for fewer than 50, 100 values, up to 200, and more. */
const DF_GLS_TREND = [
  [-3.77, -3.19, -2.89],
  [-3.58, -3.03, -2.74],
  [-3.46, -2.93, -2.64],
  [-3.48, -2.89, -2.57],
] as const;
const P_TEST = {
  constant: [
    [1.87, 2.97, 3.91],
    [1.95, 3.11, 4.17],
    [1.91, 3.17, 4.33],
    [1.99, 3.26, 4.48],
  ],
  trend: [
    [4.22, 5.72, 6.77],
    [4.26, 5.64, 6.79],
    [4.05, 5.66, 6.86],
    [3.96, 5.62, 6.89],
  ],
} as const;

const ELLIOTT_ROTHENBERG_STOCK_OPTIONS: OptionTable<ErsOptions> = {
  statistic: ["df-gls", "p-test"],
  regression: ["trend", "constant"],
  lags: "number",
  ownRows: "boolean",
  missing: ["error", "drop"],
};

/**
 * Tests of Elliott, Rothenberg and Stock: does the series have a unit root? A small p-value says no. More powerful
 * than the Dickey-Fuller test near a unit root, since level and trend are taken out by quasi-differences with
 * α = 1 − c/n, c = 7 for a constant, 13.5 for a trend.
 *
 * `df-gls` is the Dickey-Fuller t-ratio of what is left; `p-test` is (S(α) − αS(1))/ω², S the residual sums of squares.
 * As R's urca::ur.ers (`p-test` with `ownRows`). P-values: MacKinnon's for `df-gls` with a constant, else between the printed critical values.
 *
 * @param y values in time order, not all the same.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `too-short`, `constant-series`, `perfect-fit`, `missing-values`, `infinite-value`, `bad-lags`.
 * @see G. Elliott, T. J. Rothenberg, J. H. Stock (1996), Econometrica 64, 813-836.
 * @example elliottRothenbergStock(values, { regression: "trend" }).statistic;
 */
export function elliottRothenbergStock(y: Values, options: ErsOptions = {}): ErsResult {
  requireOptions("elliottRothenbergStock", options, ELLIOTT_ROTHENBERG_STOCK_OPTIONS);
  const { values, notes } = prepare(y, PURPOSE, 8, options.missing);
  requireVariation(values, PURPOSE);
  const regression = options.regression ?? "constant";
  const test = options.statistic ?? "df-gls";
  const most = requireInteger("lags", options.lags ?? 4, test === "p-test" ? 1 : 0, values.length);
  const detrended = quasiDetrend(values, regression);
  const { statistic, lags } =
    test === "df-gls"
      ? dfGls(detrended.rest, most)
      : pTest(values, detrended, regression, most, options.ownRows ?? false);
  const critical = criticalOf(test, regression, values.length);
  const exact = test === "df-gls" && regression === "constant";
  const table = exact ? null : tablePValue(critical, LEVELS, statistic, SOURCE);
  return {
    test,
    nullHypothesis: "unit root",
    statistic,
    pValue: table?.pValue ?? tauPValue(statistic, "none"),
    regression,
    lags,
    criticalValues: atLevels(critical),
    table,
    notes: [...notes, ...(table === null ? [] : tableEnd(table))],
  };
}

interface QuasiFit {
  readonly rest: Float64Array;
  readonly rss: number;
  readonly alpha: number;
}

/** The series minus the level or line that fits its quasi-differences best. */
function quasiDetrend(y: Float64Array, regression: "constant" | "trend"): QuasiFit {
  const n = y.length;
  const alpha = 1 - (regression === "constant" ? 7 : 13.5) / n;
  const terms = [new Float64Array(n).fill(1)];
  if (regression === "trend") terms.push(Float64Array.from({ length: n }, (_, t) => t + 1));
  const k = terms.length;
  const quasi = (x: Float64Array, t: number) => (t === 0 ? x[0] : x[t] - alpha * x[t - 1]);
  const design = Float64Array.from({ length: n * k }, (_, i) => quasi(terms[i % k], Math.floor(i / k)));
  const fit = leastSquares(
    design,
    n,
    k,
    y.map((_, t) => quasi(y, t)),
  );
  const rest = y.map((value, t) => {
    let left = value;
    for (let j = 0; j < k; j++) left -= fit.coefficients[j] * terms[j][t];
    return left;
  });
  return { rest, rss: fit.rss, alpha };
}

function dfGls(rest: Float64Array, lags: number) {
  return { statistic: fitDickeyFuller(dickeyFullerRows(rest, lags, "none"), PURPOSE).statistic, lags };
}

function pTest(
  y: Float64Array,
  { rss, alpha }: QuasiFit,
  regression: "constant" | "trend",
  most: number,
  ownRows: boolean,
) {
  // The first quasi-difference under the null is 0.
  const changes = Float64Array.from([0, ...differenceOnce(y, 1)]);
  const mean = regression === "trend" ? meanOf(changes) : 0;
  const centred = changes.map((value) => value - mean);
  const { longRun, lags } = autoregressiveVariance(y, most, ownRows);
  return { statistic: (rss - alpha * inner(centred, centred)) / longRun, lags };
}

/** σ²/(1 − Σδ)² of the Dickey-Fuller regression with the number of lags that BIC likes best. */
function autoregressiveVariance(y: Float64Array, most: number, ownRows: boolean) {
  requireLength(y.length, PURPOSE, 2 * most + 4);
  let lags = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let tried = 1; tried <= most; tried++) {
    const first = (ownRows ? tried : most) + 1;
    const { observations: n, rss } = fitDickeyFuller(dickeyFullerRows(y, tried, "constant", first), PURPOSE);
    const bic = n * (Math.log((2 * Math.PI * rss) / n) + 1) + Math.log(n) * (tried + 3);
    if (bic >= least) continue;
    least = bic;
    lags = tried;
  }
  const fit = fitDickeyFuller(dickeyFullerRows(y, lags, "constant"), PURPOSE);
  const delta = fit.coefficients.slice(2).reduce((sum, { estimate }) => sum + estimate, 0);
  const longRun = fit.rss / fit.degreesOfFreedom / square(1 - delta);
  if (!Number.isFinite(longRun)) throw perfectFit(PURPOSE);
  return { longRun, lags };
}

function criticalOf(test: string, regression: "constant" | "trend", n: number): readonly number[] {
  const row = n < 50 ? 0 : n < 100 ? 1 : n <= 200 ? 2 : 3;
  if (test === "p-test") return P_TEST[regression][row];
  if (regression === "trend") return DF_GLS_TREND[row];
  return [-2.5658 - 1.96 / n - 10.04 / square(n), -1.9393 - 0.398 / n, -1.6156 - 0.181 / n];
}

import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import { leastSquares } from "../../math/linear-algebra/least-squares.js";
import { square } from "../../math/power.js";
import { differenceOnce } from "../differencing.js";
import { perfectFit } from "../evidence.js";
import type { TestResult } from "../result.js";
import { prepare, requireLength, requireVariation, type Values } from "../values.js";

export interface OcsbOptions {
  /**
   * Lags of the twice differenced series: a number, or a criterion over 1 to `maxLags`. Default 0. A criterion takes
   * one lag fewer than the best, as R's forecast does.
   */
  readonly lags?: number | "aic" | "bic" | "aicc";
  /** Most lags for a criterion. Default 3. */
  readonly maxLags?: number;
}

/** No p-value: only a 5 % critical value is known. */
export interface OcsbResult extends Omit<TestResult, "pValue"> {
  readonly test: "ocsb";
  /** At 5 %, smoothed over periods by forecast's authors. */
  readonly criticalValue: number;
  readonly lags: number;
  /** t-ratio of the other regressor, for a unit root at lag 1. */
  readonly ordinaryStatistic: number;
}

const PURPOSE = "The OCSB test";

const OCSB_OPTIONS: OptionTable<OcsbOptions> = {
  lags: { numberOr: ["aic", "aicc", "bic"] },
  maxLags: "number",
};

/**
 * Osborn-Chui-Smith-Birchenhall test: is there a seasonal unit root? A statistic below the critical value says no.
 *
 * Regression ΔΔ_m y_t = β₁ Z4_{t−1} + β₂ Z5_{t−m} + Σ α_i ΔΔ_m y_{t−i} + e_t with Z4 = λ(B)Δ_m y, Z5 = λ(B)Δy, λ the
 * autoregression of ΔΔ_m y; the statistic is the t-ratio of β₂. As R's forecast::ocsb.test 8.20.
 *
 * @param y values in time order without gaps.
 * @param period values in a season, at least 2.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `bad-period`, `bad-lags`, `bad-max-lags`, `too-short`, `constant-series`, `perfect-fit`,
 *   `missing-values`, `infinite-value`.
 * @see D. R. Osborn, A. P. L. Chui, J. P. Smith, C. R. Birchenhall (1988), Oxford Bulletin of Economics and
 *   Statistics 50, 361-377.
 * @example const { statistic, criticalValue } = ocsb(values, 12, { lags: "aic" });
 */
export function ocsb(y: Values, period: number, options: OcsbOptions = {}): OcsbResult {
  requireOptions("ocsb", options, OCSB_OPTIONS);
  requireInteger("period", period, 2, Number.MAX_SAFE_INTEGER);
  const { values, notes } = prepare(y, PURPOSE, 1, "refused");
  requireVariation(values, PURPOSE);
  const lags = lagsOf(values, period, options);
  const fit = fitOcsb(values, period, lags, lags);
  return {
    test: "ocsb",
    nullHypothesis: "seasonal unit root",
    statistic: fit.seasonal,
    criticalValue: criticalValue(period),
    lags,
    ordinaryStatistic: fit.ordinary,
    notes,
  };
}

/** Simulated values at 5 %, smoothed over the logarithm of the period (R's forecast). */
function criticalValue(period: number): number {
  const away = Math.log(period) - 0.7656451;
  return -0.2937411 * Math.exp(-0.2850853 * away - 0.05983644 * square(away)) - 1.652202;
}

function lagsOf(y: Float64Array, period: number, options: OcsbOptions): number {
  const lags = options.lags ?? 0;
  if (typeof lags === "number") return requireInteger("lags", lags, 0, y.length);
  if (!["aic", "bic", "aicc"].includes(lags)) {
    throw usageError(
      "bad-lags",
      "lags",
      lags,
      `The lags must be a number, "aic", "bic" or "aicc", not ${show(lags)}.`,
    );
  }
  const most = requireInteger("maxLags", options.maxLags ?? 3, 1, y.length);
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let tried = 1; tried <= most; tried++) {
    const criterion = criterionOf(fitOcsb(y, period, tried, most), lags);
    if (criterion < least) {
      least = criterion;
      best = tried;
    }
  }
  return best - 1;
}

function criterionOf({ rss, n, rank }: OcsbFit, kind: "aic" | "bic" | "aicc"): number {
  const k = rank + 1;
  const fit = n * Math.log(rss / n);
  if (kind === "bic") return fit + Math.log(n) * k;
  return fit + 2 * k + (kind === "aicc" ? (2 * k * (k + 1)) / (n - k - 1) : 0);
}

interface OcsbFit {
  readonly ordinary: number;
  readonly seasonal: number;
  readonly rss: number;
  readonly n: number;
  readonly rank: number;
}

/** The regression with `lags` lags over the rows that `reserved` lags leave. */
function fitOcsb(y: Float64Array, period: number, lags: number, reserved: number): OcsbFit {
  const seasonal = differenceOnce(y, period);
  const ordinary = differenceOnce(y, 1);
  const both = differenceOnce(seasonal, 1);
  const n = both.length - reserved;
  const k = lags + 2;
  requireLength(n, `${PURPOSE} with period ${period} (rows of its regression)`, k + 1);
  const response = both.slice(reserved);
  const lambda = autoregression(both, lags, reserved);
  const design = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    // Row i stands for both[reserved + i], that is y at period + 1 + reserved + i.
    const at = reserved + i;
    for (let lag = 1; lag <= lags; lag++) design[i * k + lag - 1] = both[at - lag];
    design[i * k + lags] = filtered(seasonal, at, lambda);
    design[i * k + lags + 1] = filtered(ordinary, at, lambda);
  }
  const fit = leastSquares(design, n, k, response);
  if (fit.collinear.length > 0 || !(fit.rss > 0)) throw perfectFit(PURPOSE);
  const scale = Math.sqrt(fit.rss / (n - k));
  const ratio = (j: number) => fit.coefficients[j] / (scale * Math.sqrt(fit.unscaledCovariance[j * k + j]));
  return { ordinary: ratio(lags), seasonal: ratio(lags + 1), rss: fit.rss, n, rank: fit.rank };
}

/** Coefficients of the series on its own past, without a constant. */
function autoregression(both: Float64Array, lags: number, reserved: number): Float64Array {
  if (lags === 0) return new Float64Array(0);
  const n = both.length - reserved;
  const design = Float64Array.from(
    { length: n * lags },
    (_, i) => both[reserved + Math.floor(i / lags) - 1 - (i % lags)],
  );
  const fit = leastSquares(design, n, lags, both.slice(reserved));
  return fit.coefficients.map((value, j) => (fit.collinear.includes(j) ? 0 : value));
}

/** x_at − Σ λ_i x_{at−i}. */
function filtered(x: Float64Array, at: number, lambda: Float64Array): number {
  let value = x[at];
  for (let i = 0; i < lambda.length; i++) value -= lambda[i] * x[at - 1 - i];
  return value;
}

import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger, show } from "../../core/checks.js";
import { dataError, usageError } from "../../core/errors.js";
import { random } from "../../core/random.js";
import { cholesky } from "../../math/linear-algebra/cholesky.js";
import { invertCholesky } from "../../math/linear-algebra/cholesky-inverse.js";
import { leastSquares } from "../../math/linear-algebra/least-squares.js";
import { standardNormal } from "../../math/special-functions/normal.js";
import { perfectFit } from "../evidence.js";
import type { TestResult } from "../result.js";
import { requireLength, requireVariation, toFloats, type Values } from "../values.js";
import {
  type HegyDesign,
  type HegyStatistics,
  type HegyTerms,
  hegyDesign,
  hegyStatistics,
} from "./hegy-design.js";

export interface HegyOptions {
  /** Default: a constant and a trend, as R's forecast::nsdiffs has it. */
  readonly terms?: Partial<HegyTerms>;
  /** Lags of Δ_m y: a number, or a criterion from 0 to `maxLags`. Default `"aic"`. */
  readonly lags?: number | "aic" | "bic";
  /** Most lags for a criterion. Default 3. */
  readonly maxLags?: number;
  /** Simulated series behind the p-values. Default 999. */
  readonly replications?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** P-values in the places of the statistics they belong to. */
export type HegyPValues = HegyStatistics;

export interface HegyResult extends TestResult {
  readonly test: "hegy";
  readonly lags: number;
  readonly observations: number;
  /** `statistic` and `pValue` of the result are those of all seasonal frequencies. */
  readonly statistics: HegyStatistics;
  readonly pValues: HegyPValues;
  readonly replications: number;
}

const PURPOSE = "The HEGY test";

const HEGY_OPTIONS: OptionTable<HegyOptions> = {
  terms: "object",
  lags: { numberOr: ["aic", "bic"] },
  maxLags: "number",
  replications: "number",
  seed: "number",
};

/**
 * Hylleberg-Engle-Granger-Yoo test: are there unit roots at the seasonal frequencies? A small p-value says no.
 *
 * Regression of Δ_m y_t on y_{t−1} filtered to frequency 0 and to each seasonal frequency, on terms and lags of Δ_m y;
 * t-ratios (left tail) for the single columns, F for pairs and for all together. Statistics as in R's uroot::hegy.test.
 * P-values are simulated: the share of seasonal random walks of this length, with these gaps, terms and lags, whose
 * statistic is at least as extreme; their standard error is √(p(1 − p)/replications).
 *
 * @param y values in time order; rows that a gap (NaN) touches are left out, told in `notes`.
 * @param period values in a season, at least 3.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `bad-period`, `bad-lags`, `bad-max-lags`, `bad-replications`, `too-short`, `constant-series`,
 *   `perfect-fit`, `infinite-value`.
 * @see S. Hylleberg, R. F. Engle, C. W. J. Granger, B. S. Yoo (1990), J. Econometrics 44, 215-238; J. Smith,
 *   A. M. R. Taylor, T. del Barrio Castro (2009), Econometric Theory 25, 527-560, for any period.
 * @example hegy(values, 12).pValue; // small: no seasonal unit roots
 */
export function hegy(y: Values, period: number, options: HegyOptions = {}): HegyResult {
  requireOptions("hegy", options, HEGY_OPTIONS);
  requireInteger("period", period, 3, Number.MAX_SAFE_INTEGER);
  const replications = requireInteger("replications", options.replications ?? 999, 19, 1_000_000);
  const values = toFloats(y);
  requireLength(values.length, `${PURPOSE} with period ${period}`, 2 * period + 4);
  requireVariation(values, PURPOSE);
  const terms = { constant: true, trend: true, dummies: false, ...options.terms };
  const lags = lagsOf(values, period, terms, options);
  const { statistics, n } = fitExactly(hegyDesign(values, period, terms, lags), period);
  const simulated = simulate(values, period, terms, lags, replications, options.seed ?? 1);
  const pValues = pValuesOf(statistics, simulated);
  const gaps = values.length - period - lags - n;
  return {
    test: "hegy",
    nullHypothesis: "unit roots at the seasonal frequencies",
    statistic: statistics.seasonal,
    pValue: pValues.seasonal,
    lags,
    observations: n,
    statistics,
    pValues,
    replications,
    notes: gaps === 0 ? [] : [rowsLeftOut(gaps)],
  };
}

function rowsLeftOut(gaps: number) {
  return {
    code: "rows-left-out",
    severity: "warning" as const,
    message: `${gaps} rows of the regression were left out because of missing values.`,
    details: { rows: gaps },
  };
}

function lagsOf(y: Float64Array, period: number, terms: HegyTerms, options: HegyOptions): number {
  const lags = options.lags ?? "aic";
  if (typeof lags === "number") return requireInteger("lags", lags, 0, y.length);
  if (lags !== "aic" && lags !== "bic") {
    throw usageError(
      "bad-lags",
      "lags",
      lags,
      `The lags must be a number, "aic" or "bic", not ${show(lags)}.`,
    );
  }
  const most = requireInteger("maxLags", options.maxLags ?? 3, 0, y.length);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let tried = 0; tried <= most; tried++) {
    const { n, rss, rank } = fitExactly(hegyDesign(y, period, terms, tried, most), period);
    const criterion = n * Math.log(rss / n) + (lags === "aic" ? 2 : Math.log(n)) * (rank + 1);
    if (criterion < least) {
      least = criterion;
      best = tried;
    }
  }
  return best;
}

function fitExactly({ n, k, design, response }: HegyDesign, period: number) {
  if (n <= k) {
    throw dataError(
      "too-short",
      "y",
      n,
      `${PURPOSE} with period ${period} has ${k} coefficients, so it needs more than ${k} rows without gaps, not ${n}.`,
    );
  }
  const fit = leastSquares(design, n, k, response);
  const nothing = fit.rss <= 1e-22 * response.reduce((sum, value) => sum + value * value, 0);
  if (fit.collinear.length > 0 || nothing) throw perfectFit(PURPOSE);
  const statistics = hegyStatistics(fit.coefficients, fit.unscaledCovariance, k, fit.rss / (n - k), period);
  return { statistics, n, rss: fit.rss, rank: fit.rank };
}

/** Statistics of seasonal random walks with the gaps of `y`. */
function simulate(
  y: Float64Array,
  period: number,
  terms: HegyTerms,
  lags: number,
  replications: number,
  seed: number,
): HegyStatistics[] {
  const rng = random(seed);
  const walk = new Float64Array(y.length);
  const results: HegyStatistics[] = [];
  for (let i = 0; i < replications; i++) {
    const stream = rng.fork(i);
    for (let t = 0; t < y.length; t++) {
      walk[t] = standardNormal(stream) + (t < period ? 0 : walk[t - period]);
    }
    const masked = walk.map((value, t) => (Number.isNaN(y[t]) ? Number.NaN : value));
    const statistics = fitQuickly(hegyDesign(masked, period, terms, lags), period);
    if (statistics !== null) results.push(statistics);
  }
  return results;
}

/** By normal equations: simulated walks start at 0, so nothing cancels. */
function fitQuickly({ n, k, design, response }: HegyDesign, period: number): HegyStatistics | null {
  const gram = new Float64Array(k * k);
  const product = new Float64Array(k);
  let square = 0;
  for (let row = 0; row < n; row++) {
    const at = row * k;
    const value = response[row];
    square += value * value;
    for (let i = 0; i < k; i++) {
      const x = design[at + i];
      product[i] = product[i] + x * value;
      for (let j = 0; j <= i; j++) gram[i * k + j] = gram[i * k + j] + x * design[at + j];
    }
  }
  if (Number.isNaN(cholesky(gram, k))) return null;
  const inverse = invertCholesky(gram, k);
  const coefficients = product.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += inverse[i * k + j] * product[j];
    return sum;
  });
  let rss = square;
  for (let i = 0; i < k; i++) rss -= coefficients[i] * product[i];
  return hegyStatistics(coefficients, inverse, k, rss / (n - k), period);
}

/** (1 + simulated ones at least as extreme) / (1 + all): never 0, right on average under the null hypothesis. */
function pValuesOf(statistics: HegyStatistics, simulated: readonly HegyStatistics[]): HegyPValues {
  const share = (extreme: (walk: HegyStatistics) => boolean) =>
    (1 + simulated.filter(extreme).length) / (1 + simulated.length);
  const { half } = statistics;
  return {
    zero: share((walk) => walk.zero <= statistics.zero),
    half: half === null ? null : share((walk) => walk.half! <= half),
    pairs: statistics.pairs.map((value, j) => share((walk) => walk.pairs[j] >= value)),
    seasonal: share((walk) => walk.seasonal >= statistics.seasonal),
    all: share((walk) => walk.all >= statistics.all),
  };
}

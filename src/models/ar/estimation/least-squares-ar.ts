import { type OptionTable, requireOptions } from "../../../core/arguments/options.js";
import { dataError } from "../../../core/errors.js";
import type { Values } from "../../../diagnostics/values.js";
import { laggedGrams } from "../../../math/linear-algebra/lagged-gram.js";
import { type LaggedRegression, laggedRegression } from "../../../math/linear-algebra/lagged-regression.js";
import {
  type ArOptions,
  type CentredSeries,
  defaultMaxOrder,
  orderRange,
  penalty,
  prepare,
  requireComplete,
} from "../likelihood/prepare.js";
import { type ArEstimate, chosenOrder, diagonalRoots, ESTIMATOR_OPTIONS } from "./estimate.js";

export interface LeastSquaresArOptions extends ArOptions {
  /** Whether the regression has a constant; default: as `demean`. */
  readonly intercept?: boolean;
}

const LEAST_SQUARES_AR_OPTIONS: OptionTable<LeastSquaresArOptions> = {
  intercept: "boolean",
  ...ESTIMATOR_OPTIONS,
};

/**
 * Fits an autoregression by least squares of x_t on a constant and x_{t−1} … x_{t−p}, rows t = p+1 … n.
 *
 * The only method whose fit may be non-stationary: it takes the first p values as given. The variance is RSS/(n − p)
 * and the standard errors are those of a regression with that variance, as in R's `ar.ols`; orders up to
 * ⌊10·log₁₀ n⌋ that leave at least one row more than there are columns, each on its own rows.
 *
 * @param y values in time order, NaN where missing.
 * @param options see `LeastSquaresArOptions` for ranges and defaults.
 * @returns coefficients, innovation variance and standard errors.
 * @throws YuleError as `yuleWalker`, `missing-values`, and `collinear` where a fixed order cannot be told apart.
 * @see H. Lütkepohl, New Introduction to Multiple Time Series Analysis (2005), section 3.2.
 * @example leastSquaresAr([1, 3, 2, 5, 4, 6, 5, 8], { order: 1 }).intercept;
 */
export function leastSquaresAr(y: Values, options: LeastSquaresArOptions = {}): ArEstimate {
  requireOptions("leastSquaresAr", options, LEAST_SQUARES_AR_OPTIONS);
  const demean = options.demean ?? true;
  const intercept = options.intercept ?? demean;
  // The fit does not depend on where zero is when there is a constant, but its digits do.
  const prepared = prepare(y, demean || intercept);
  requireComplete(prepared, "Least squares");
  const { count: n, values } = prepared;
  const range = orderRange(options, defaultMaxOrder(n), leastSquaresLimit(n, intercept));
  const grams = laggedGrams(values, range.highest);
  const fits: (LaggedRegression | null)[] = [];
  for (let order = 0; order <= range.highest; order++) {
    fits.push(
      range.fixed === null || order === range.fixed
        ? laggedRegression(values, grams(order), intercept)
        : null,
    );
  }
  const criterion = options.criterion ?? "aic";
  const criteria = Float64Array.from(fits, (fit, p) =>
    fit === null
      ? Number.NaN
      : n * Math.log(fit.rss / fit.rows) + penalty(criterion, p + (intercept ? 2 : 1), n),
  );
  const search = { criterion, values: criteria };
  const order = chosenOrder(range, search);
  const fit = fits[order] ?? null;
  if (fit === null) throw collinear(order, n);
  return estimateOf(prepared, fit, order, demean, intercept, search);
}

/** Orders that leave more rows than columns. */
export function leastSquaresLimit(n: number, intercept: boolean): number {
  return Math.max(0, Math.floor((n - (intercept ? 2 : 1)) / 2));
}

function collinear(order: number, n: number): Error {
  return dataError(
    "collinear",
    "order",
    order,
    `Least squares cannot estimate ${order} coefficients from these ${n} values, whose lags are collinear; give a lower order.`,
  );
}

function estimateOf(
  prepared: CentredSeries,
  fit: LaggedRegression,
  order: number,
  demean: boolean,
  intercept: boolean,
  search: ArEstimate["search"],
): ArEstimate {
  const { ar, rss, rows } = fit;
  const variance = rss / rows;
  const full = fit.unscaledCovariance.map((value) => value * variance);
  const width = order + (intercept ? 1 : 0);
  const covariance = new Float64Array(order * order);
  const constantCovariance = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) {
      covariance[i * order + j] = full[(i + width - order) * width + j + width - order]!;
    }
    if (intercept) constantCovariance[i] = full[i + 1]!;
  }
  let constant = fit.intercept;
  let constantVariance = intercept ? full[0]! : Number.NaN;
  if (intercept && !demean) {
    // c' = c + m(1 − Σφ): the constant of the series as it came.
    const m = prepared.mean;
    for (const coefficient of ar) constant -= m * coefficient;
    constant += m;
    const own = constantCovariance.slice();
    for (let i = 0; i < order; i++) {
      let sum = 0;
      for (let j = 0; j < order; j++) sum += covariance[i * order + j]!;
      constantVariance += m * m * sum - 2 * m * own[i]!;
      constantCovariance[i]! -= m * sum;
    }
  }
  return {
    method: "ols",
    order,
    ar,
    mean: demean ? prepared.mean : 0,
    intercept: constant,
    variance,
    covariance,
    stdErrors: diagonalRoots(covariance, order),
    constantStdError: Math.sqrt(Math.max(0, constantVariance)),
    constantCovariance,
    partials: new Float64Array(0),
    search,
    observations: prepared.count,
    converged: true,
  };
}

import type { OptionTable } from "../../../core/arguments/options.js";
import type { LevinsonDurbin } from "../../../math/levinson.js";
import { inverseToeplitz } from "../../../math/levinson.js";
import {
  type ArOptions,
  bestOrder,
  type CentredSeries,
  type Criterion,
  type OrderRange,
  penalty,
} from "../likelihood/prepare.js";

export type ArMethod = "yule-walker" | "burg" | "ols" | "mle";

/**
 * An estimated autoregression, x_t − mean = intercept + Σ φ_j (x_{t−j} − mean) + e_t with e_t of variance `variance`.
 */
export interface ArEstimate {
  readonly method: ArMethod;
  readonly order: number;
  /** φ₁ … φ_p. */
  readonly ar: Float64Array;
  /** Estimated by the method: the sample mean, or for `mle` that of generalised least squares; 0 when fixed. */
  readonly mean: number;
  /** Least squares only: what is left of a constant once the sample mean is taken out; else 0. */
  readonly intercept: number;
  /** Innovation variance, by the method's own convention. */
  readonly variance: number;
  /** Covariance of φ₁ … φ_p, row-major. */
  readonly covariance: Float64Array;
  /** Standard errors of φ₁ … φ_p. */
  readonly stdErrors: Float64Array;
  /** Standard error of the mean, or of the intercept where there is one; NaN where it was fixed. */
  readonly constantStdError: number;
  /** Covariance of the constant with φ₁ … φ_p; zeros where the method takes them as independent. */
  readonly constantCovariance: Float64Array;
  /** Partial autocorrelations of lag 1 … highest order considered, as the method sees them. */
  readonly partials: Float64Array;
  readonly search: OrderSearch;
  /** Values that were not missing. */
  readonly observations: number;
  /** Exact Gaussian log-likelihood at its maximum; only for `mle`. */
  readonly logLikelihood?: number;
  /** Whether the optimiser reached a maximum; closed forms always do. */
  readonly converged: boolean;
}

/** The criterion of every order from 0 on; NaN where the data could not support it. */
export interface OrderSearch {
  readonly criterion: Criterion;
  readonly values: Float64Array;
}

/** n·log v_p + penalty: the criterion R uses where an order's likelihood is summed up by its innovation variance. */
export function varianceCriteria(
  variances: Float64Array,
  criterion: Criterion,
  demean: boolean,
  n: number,
): OrderSearch {
  const values = variances.map(
    (variance, p) => n * Math.log(variance) + penalty(criterion, p + (demean ? 2 : 1), n),
  );
  return { criterion, values };
}

/** The order that was asked for, or else the best. */
export function chosenOrder(range: OrderRange, search: OrderSearch): number {
  return range.fixed ?? bestOrder(search.values);
}

/** What all estimators take. */
export const ESTIMATOR_OPTIONS: OptionTable<ArOptions> = {
  order: { numberOr: ["auto"] },
  maxOrder: "number",
  criterion: ["aic", "aicc", "bic"],
  demean: "boolean",
};

/** Coefficients and variance of a method of moments, and the autocovariances behind its standard errors. */
interface MomentFit extends Pick<ArEstimate, "method" | "order" | "ar" | "variance" | "partials" | "search"> {
  readonly autocovariances: LevinsonDurbin;
}

/** The estimate of a method of moments: large-sample covariance, a constant that is the sample mean and independent of it. */
export function momentEstimate(
  { autocovariances, ...fit }: MomentFit,
  { count, mean }: CentredSeries,
  demean: boolean,
): ArEstimate {
  const { order, ar, variance } = fit;
  const covariance = asymptoticCovariance(autocovariances, order, variance, count);
  return {
    ...fit,
    mean,
    intercept: 0,
    covariance,
    stdErrors: diagonalRoots(covariance, order),
    constantStdError: demean ? meanStdError(ar, variance, count) : Number.NaN,
    constantCovariance: new Float64Array(order),
    observations: count,
    converged: true,
  };
}

/** (variance/n)·Γ⁻¹: the large-sample covariance of the coefficients, Γ from the sample autocovariances. */
export function asymptoticCovariance(
  fits: LevinsonDurbin,
  order: number,
  variance: number,
  n: number,
): Float64Array {
  return inverseToeplitz(fits, order).map((value) => (variance / n) * value);
}

/** Square roots of the diagonal. */
export function diagonalRoots(covariance: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => Math.sqrt(covariance[i * (size + 1)]!));
}

/** Large-sample standard error of the sample mean of an autoregression: σ/((1 − Σφ)√n). */
function meanStdError(ar: Float64Array, variance: number, n: number): number {
  let oneMinusSum = 1;
  for (const coefficient of ar) oneMinusSum -= coefficient;
  return Math.sqrt(variance / n) / Math.abs(oneMinusSum);
}

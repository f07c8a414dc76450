import { requireOptions } from "../../../core/arguments/options.js";
import type { Values } from "../../../diagnostics/values.js";
import { burgRecursion } from "../../../math/burg.js";
import { levinsonDurbin } from "../../../math/levinson.js";
import { minimiseInCube, type NewtonResult } from "../../../math/minimise/newton.js";
import type { ExactObjective } from "../likelihood/exact-objective.js";
import { type Likelihoods, likelihoods, profileLogLikelihood } from "../likelihood/likelihood.js";
import {
  type ArOptions,
  type CentredSeries,
  type Criterion,
  defaultMaxOrder,
  orderRange,
  penalty,
  prepare,
} from "../likelihood/prepare.js";
import { type ArEstimate, chosenOrder, diagonalRoots, ESTIMATOR_OPTIONS } from "./estimate.js";
import { type Information, information } from "./information.js";
import { interpolated } from "./interpolated.js";
import { pairCovariances } from "./yule-walker.js";

/** R's `ar.mle` looks no further than this. */
export const MLE_MAX_ORDER = 12;
/** Starting partial autocorrelations stay this far inside the boundary. */
const START_BOUND = 0.995;
const RETREATS = 60;
/** Maxima of one likelihood lie further apart than this in some partial autocorrelation. */
const SAME = 0.03;

/**
 * Fits an autoregression by exact maximum likelihood: the Gaussian density of all values, the first p included,
 * maximised over coefficients, variance (S/n) and, unless fixed at 0, the mean. Always stationary.
 *
 * Missing values are integrated out exactly. Orders up to min(12, ⌊10·log₁₀ n⌋), chosen by −2 log L + penalty with
 * k = p + 2 parameters; orders that could reproduce n values exactly, of unbounded likelihood, are left out. The
 * covariance is the inverse of the observed information.
 *
 * @param y values in time order, NaN where missing.
 * @param options see `ArOptions` for ranges and defaults.
 * @returns coefficients, innovation variance, mean and the exact log-likelihood.
 * @throws YuleError as `yuleWalker`.
 * @see G. E. P. Box, G. M. Jenkins, G. C. Reinsel, Time Series Analysis, 4th ed. (2008), appendix A7.4.
 * @example maximumLikelihoodAr([1, 3, 2, 5, 4, 6, 5, 8], { order: 1 }).logLikelihood;
 */
export function maximumLikelihoodAr(y: Values, options: ArOptions = {}): ArEstimate {
  requireOptions("maximumLikelihoodAr", options, ESTIMATOR_OPTIONS);
  return maximised(y, options, false);
}

/** The same; a brief estimate has no standard errors. */
export function maximised(y: Values, options: ArOptions, brief: boolean): ArEstimate {
  const demean = options.demean ?? true;
  const criterion = options.criterion ?? "aic";
  const prepared = prepare(y, demean);
  const range = orderRange(
    options,
    Math.min(MLE_MAX_ORDER, defaultMaxOrder(prepared.count)),
    likelihoodLimit(prepared.count, prepared.raw.length, demean),
  );
  if (prepared.constant && demean) return constantEstimate(prepared, range.fixed ?? 0, criterion);
  const all = likelihoods(prepared, range.highest, demean);
  const starts = startingPartials(prepared, all, range.highest);
  const values = new Float64Array(range.highest + 1).fill(Number.NaN);
  const search = { criterion, values };
  let partials: Float64Array = new Float64Array(0);
  for (let p = range.fixed ?? 0; p <= range.highest; p++) {
    const objective = all.objective(p);
    // Likelihoods can have several maxima: the order that counts is sought from every start.
    const found = descend(
      objective,
      range.fixed === null ? [startNear(starts, partials, p)] : everyStart(starts, p),
    );
    partials = found.point;
    values[p] =
      -2 * profileLogLikelihood(all, found.value) + penalty(criterion, p + (demean ? 2 : 1), prepared.count);
    if (range.fixed !== null) return estimateOf(prepared, all, found, demean, search, brief);
  }
  const order = chosenOrder(range, search);
  const found = descend(all.objective(order), everyStart(starts, order));
  return estimateOf(prepared, all, found, demean, search, brief);
}

/** An AR(p) on its boundary can pass through about 3p/2 values (and a mean): fewer values than that say nothing. */
export function likelihoodLimit(count: number, length: number, demean: boolean): number {
  return Math.max(0, Math.min(length - 1, Math.floor((2 * (count - (demean ? 2 : 1))) / 3)));
}

/** Partial autocorrelations by Burg and Yule-Walker; with gaps, those filled by straight lines and of the pairs. */
function startingPartials(
  prepared: CentredSeries,
  { values, lagged }: Likelihoods,
  highest: number,
): Float64Array[] {
  const burgs =
    lagged === null ? burgRecursion(interpolated(prepared), highest) : burgRecursion(values, highest, lagged);
  const autocovariances = lagged ?? pairCovariances(prepared, highest, false);
  return [burgs.partials, levinsonDurbin(autocovariances, highest).partials].map((partials) =>
    partials.map((value) =>
      Number.isFinite(value) ? Math.max(-START_BOUND, Math.min(START_BOUND, value)) : 0,
    ),
  );
}

/** Burg's partial autocorrelations, or the maximum of the order before and Burg's last one. */
function startNear([burgs]: Float64Array[], previous: Float64Array, p: number): Float64Array {
  const fresh = burgs!.slice(0, p);
  return p > 0 && previous.length === p - 1 ? Float64Array.from([...previous, fresh[p - 1]!]) : fresh;
}

function everyStart(starts: Float64Array[], p: number): Float64Array[] {
  return [...starts.map((start) => start.slice(0, p)), new Float64Array(p)];
}

/** The lowest of the minima that the starts lead to; a search that comes close to one found before ends there. */
function descend(objective: ExactObjective, starts: Float64Array[]): NewtonResult {
  const found: NewtonResult[] = [];
  for (const start of starts) {
    const given = (point: Float64Array) =>
      found.some((result) => result.point.every((value, k) => Math.abs(value - point[k]!) < SAME));
    const result = minimiseInCube(objective, retreated(objective, start), given);
    if (result !== null) found.push(result);
  }
  return found.reduce((best, result) => (result.value < best.value ? result : best));
}

/** A start at which the likelihood can be computed: series without noise leave none near the boundary. */
function retreated(objective: ExactObjective, start: Float64Array): Float64Array {
  let point = start;
  for (let i = 0; i < RETREATS && Number.isNaN(objective.value(point)); i++)
    point = point.map((value) => 0.9 * value);
  return point;
}

function estimateOf(
  prepared: CentredSeries,
  all: Likelihoods,
  result: NewtonResult,
  demean: boolean,
  search: ArEstimate["search"],
  brief: boolean,
): ArEstimate {
  const order = result.point.length;
  const objective = all.objective(order);
  const { a, quadratic, mean } = objective.at(result.point);
  const errors = brief ? unknown(order) : information(all, objective, result.point, demean);
  return {
    method: "mle",
    order,
    ar: a.slice(1).map((value) => -value),
    mean: demean ? prepared.mean + mean * all.scale : 0,
    intercept: 0,
    variance: (quadratic / all.count) * all.scale * all.scale,
    ...errors,
    stdErrors: diagonalRoots(errors.covariance, order),
    partials: result.point,
    search,
    observations: all.count,
    logLikelihood: profileLogLikelihood(all, result.value),
    converged: result.converged,
  };
}

/** Standard errors that were not asked for. */
function unknown(order: number): Information {
  return {
    covariance: new Float64Array(order * order).fill(Number.NaN),
    constantStdError: Number.NaN,
    constantCovariance: new Float64Array(order).fill(Number.NaN),
  };
}

/** What is left when all values are equal: no variance, and nothing that could tell coefficients. */
function constantEstimate(prepared: CentredSeries, order: number, criterion: Criterion): ArEstimate {
  return {
    method: "mle",
    order,
    ar: new Float64Array(order),
    mean: prepared.mean,
    intercept: 0,
    variance: 0,
    covariance: new Float64Array(order * order).fill(Number.NaN),
    stdErrors: new Float64Array(order).fill(Number.NaN),
    constantStdError: 0,
    constantCovariance: new Float64Array(order),
    partials: new Float64Array(order),
    search: { criterion, values: new Float64Array(order + 1).fill(Number.NEGATIVE_INFINITY) },
    observations: prepared.count,
    logLikelihood: Number.POSITIVE_INFINITY,
    converged: true,
  };
}

import type { Held } from "../definition/orders.js";
import type { LastValues } from "../gaps/last-rows.js";
import { isInvertibleFactor } from "../lag-polynomial/invertible.js";
import { gradient } from "../likelihood/gradient.js";
import { negativeLogLikelihood } from "../likelihood/log-likelihood.js";
import { type LikelihoodPoint, likelihoodPoint, pointJustEvaluated } from "../likelihood/point.js";
import { type LikelihoodSlopes, slopesOf } from "../likelihood/slopes.js";
import type { Workspace } from "../likelihood/workspace.js";
import type { Design } from "../problem/design.js";
import { regressionCoefficients } from "../problem/triangular-regression.js";
import { descend } from "../search/descent.js";
import type { MultiStartOptions, Search } from "../search/multi-start.js";
import type { Scratch } from "../search/scratch.js";
import type { LastInnovations } from "../state-space/final-state.js";
import { type Information, information } from "./information.js";
import { jointCovariance } from "./joint-covariance.js";

/** Maximum-likelihood estimates, in the units of the data. */
export interface ArimaEstimate {
  /** φ, θ, Φ, Θ. */
  readonly x: Float64Array;
  /** Coefficients of the design's regressors. */
  readonly regression: readonly number[];
  /** Covariance of (free x, regression), row-major; null where the likelihood is not curved enough to tell. */
  readonly covariance: Float64Array | null;
  readonly free: readonly number[];
  readonly sigma2: number;
  readonly logLikelihood: number;
  readonly converged: boolean;
  readonly evaluations: number;
  readonly starts: number;
  /** Starts that led to the maximum. */
  readonly ended: number;
  /** Log-likelihoods of the distinct maxima met, best first. */
  readonly maxima: readonly number[];
  /** The last innovations; null where they have to be found by filtering. */
  readonly last: LastInnovations | null;
  /** Where gaps are unknowns of the likelihood, the last values and innovations. */
  readonly lastValues: LastValues | null;
}

/**
 * Estimates and standard errors at the maximum that a search found.
 *
 * @param scratch as the search left it.
 */
export function estimateAt(
  scratch: Scratch,
  design: Design,
  search: Search,
  options: MultiStartOptions,
): ArimaEstimate {
  const { ws } = scratch;
  const free = freeIndices(ws.size, options.held);
  const { point, info } = polish(scratch, search, free, options);
  const constant = design.diffuseConstant - design.effective * Math.log(design.scale);
  const deviation = Math.sqrt(point.sumOfSquares / design.effective);
  const root = point.root.map((value) => deviation * value);
  const regression = regressionCoefficients(design, point.beta);
  return {
    x: point.x,
    regression,
    covariance: info === null ? null : jointCovariance(design, info, free.length, root),
    free,
    sigma2: (point.sumOfSquares / design.effective) * design.scale * design.scale * point.varianceRatio,
    logLikelihood: constant - point.value,
    converged: search.best.converged,
    evaluations: ws.values,
    starts: search.starts,
    ended: search.ended,
    maxima: search.maxima.map((minimum) => constant - minimum),
    last: point.last === null ? null : inUnits(point.last, design.scale),
    lastValues: point.lastValues === null ? null : valuesInUnits(design, regression, point.lastValues),
  };
}

function inUnits({ mean, covariance }: LastInnovations, scale: number): LastInnovations {
  return { mean: mean.map((value) => value * scale), covariance };
}

/** Levels are made whole: how they were filled, less the regression, and what they differ by. */
function valuesInUnits(
  { bridged, regressors, how, scale, from }: Design,
  regression: readonly number[],
  last: LastValues,
): LastValues {
  const mean = last.mean.map((value) => value * scale);
  for (let lag = 1; lag <= how.d + how.D * how.period; lag++) {
    const row = bridged.length - lag;
    mean[lag - 1]! += bridged[row]!;
    for (let i = 0; i < regressors.length; i++) {
      mean[lag - 1]! -= regression[i]! * regressors[i]!.values[from + row]!;
    }
  }
  return { ...last, mean };
}

export function freeIndices(size: number, held: Held | null): number[] {
  const free: number[] = [];
  for (let i = 0; i < size; i++) if (held === null || !held[i]) free.push(i);
  return free;
}

/** How far a Newton step may still lead before the descent has to go on. */
const CLOSE = 1e-3;

/** Takes the last Newton step with the true second derivatives; where it is not a small one, descends once more. */
function polish(
  scratch: Scratch,
  search: Search,
  free: readonly number[],
  options: MultiStartOptions,
): { point: LikelihoodPoint; info: Information | null } {
  const { ws } = scratch;
  const { x, value: reached, slopes } = search.best;
  const info = information(ws, x, slopes ?? slopesAt(ws, x), free);
  if (info === null) return { point: likelihoodPoint(ws, x)!, info };
  const moved = x.slice();
  free.forEach((i, j) => {
    moved[i]! += info.newton[j]!;
  });
  const better =
    options.held !== null || isInvertible(ws, moved)
      ? negativeLogLikelihood(ws, moved)
      : Number.POSITIVE_INFINITY;
  if (better <= reached + 1e-9 && reached - better < CLOSE)
    return { point: pointJustEvaluated(ws, moved), info };
  const again = descend(scratch, x, {
    held: options.held,
    fixed: options.fixed,
    tolerance: options.effort.tolerance / 100,
    iterations: options.effort.iterations,
    target: Number.POSITIVE_INFINITY,
    known: [],
  });
  const end = again.value < reached ? again : search.best;
  const endInfo = information(ws, end.x, slopesAt(ws, end.x), free) ?? info;
  return { point: likelihoodPoint(ws, end.x)!, info: endInfo };
}

function isInvertible({ orders: { p, q, P, Q } }: Workspace, x: Float64Array): boolean {
  return isInvertibleFactor(x, p, q) && isInvertibleFactor(x, p + q + P, Q);
}

/** The slopes at x. */
function slopesAt(ws: Workspace, x: Float64Array): LikelihoodSlopes {
  negativeLogLikelihood(ws, x);
  gradient(ws, true);
  return slopesOf(ws);
}

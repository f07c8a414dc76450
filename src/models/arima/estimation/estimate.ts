import type { Held } from "../definition/orders.js";
import type { LastValues } from "../gaps/last-rows.js";
import type { Design } from "../problem/design.js";
import { regressionCoefficients } from "../problem/triangular-regression.js";
import type { Search } from "../search/multi-start.js";
import type { LastInnovations } from "../state-space/final-state.js";
import { jointCovariance } from "./joint-covariance.js";
import type { Polished } from "./polish.js";

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
 * @param evaluations of the likelihood, in all.
 */
export function estimateAt(
  design: Design,
  search: Search,
  { point, info }: Polished,
  free: readonly number[],
  evaluations: number,
): ArimaEstimate {
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
    evaluations,
    starts: search.starts,
    ended: search.ended,
    maxima: search.maxima.map(
      (minimum) => constant - (minimum === search.best.value ? point.value : minimum),
    ),
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

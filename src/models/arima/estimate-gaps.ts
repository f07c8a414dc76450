import { type Design, regressionCoefficients } from "./design.js";
import type { Estimate } from "./estimate.js";
import { type GapData, GapObjective } from "./gap-objective.js";
import { jointCovariance } from "./joint-covariance.js";
import { inverseRoot, numericInformation } from "./numeric-information.js";
import type { ArmaOrders } from "./orders.js";
import { minimise } from "./quasi-newton.js";

/** Whether filtering step by step costs less than a pulse for each gap. Rough counts of nanoseconds a time step. */
export function filterIsCheaper(design: Design, { p, q, P, Q, period }: ArmaOrders): boolean {
  const gaps = design.gaps.length;
  const rows = design.how.d + design.how.D * period + p + q + (P + Q) * period;
  const pulses = gaps * (25 + gaps / 2);
  const filter = (2 * (p + q + P + Q) + 1) * (600 + 3 * rows * rows);
  return pulses > filter;
}

/**
 * Maximum-likelihood estimates through the lag filter.
 *
 * @param start where to descend from: estimates of the series with its gaps filled in.
 */
export function estimateWithGaps(
  design: Design,
  orders: ArmaOrders,
  start: Float64Array,
  free: readonly number[],
): Estimate {
  const objective = new GapObjective(gapData(design, orders), start, free);
  const z = Float64Array.from(free, (i) => start[i]!);
  const outcome = minimise(objective, z, { tolerance: 1e-7, maxIterations: 100, maxStep: 0.5 });
  const info = numericInformation(objective, z);
  const reached = objective.value(z);
  const last = objective.last!;
  const n = last.errors.length;
  const variance = last.sumOfSquares / n;
  return {
    x: objective.all.slice(),
    regression: regressionCoefficients(design, last.regression.beta),
    covariance:
      info === null
        ? null
        : jointCovariance(
            design,
            info,
            free.length,
            inverseRoot(last.regression.triangle, Math.sqrt(variance)),
          ),
    free,
    sigma2: variance * design.scale * design.scale,
    logLikelihood: -reached - n * Math.log(design.scale),
    converged: outcome.converged,
    evaluations: objective.evaluations,
    starts: 1,
    maxima: [-reached - n * Math.log(design.scale)],
    last: null,
  };
}

/** What the lag filter sees of a design: the series less its plain regression, in units of its scale. */
export function gapData(design: Design, orders: ArmaOrders): GapData {
  const regressors = orthonormalLevels(design);
  const level = plainRegression(design, regressors);
  const y = design.values.map((value, t) => (value - level[t]!) / design.scale);
  return { orders, d: design.how.d, D: design.how.D, y, regressors };
}

/** The regressors themselves combined as their differences were made orthonormal. */
function orthonormalLevels({ regressors, triangle, from, to }: Design): Float64Array[] {
  const k = regressors.length;
  const levels = regressors.map(({ values }) => values.slice(from, to));
  for (let j = 0; j < k; j++) {
    for (let i = 0; i < j; i++) {
      for (let t = 0; t < to - from; t++) levels[j]![t]! -= triangle[i * k + j]! * levels[i]![t]!;
    }
    for (let t = 0; t < to - from; t++) levels[j]![t]! /= triangle[j * k + j]!;
  }
  return levels;
}

function plainRegression({ offset, from, to }: Design, levels: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(to - from);
  levels.forEach((column, i) => {
    for (let t = 0; t < sum.length; t++) sum[t]! += offset[i]! * column[t]!;
  });
  return sum;
}

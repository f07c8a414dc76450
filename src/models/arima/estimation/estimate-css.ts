import { minimise } from "../../../math/minimise/quasi-newton.js";
import { square } from "../../../math/power.js";
import type { ArmaOrders } from "../definition/orders.js";
import { isInvertibleFactor } from "../lag-polynomial/invertible.js";
import type { Design } from "../problem/design.js";
import { regressionCoefficients } from "../problem/triangular-regression.js";
import { ConditionalSquares } from "./conditional-squares.js";
import type { ArimaEstimate } from "./estimate.js";
import { jointCovariance } from "./joint-covariance.js";
import { inverseRoot, numericInformation } from "./numeric-information.js";

/**
 * Estimates by conditional sum of squares; the log-likelihood is −n'/2·(log(2πs²) + 1), s² the mean square, as R has it.
 *
 * @param starts all coefficients; held ones must be at their values.
 */
export function estimateCss(
  design: Design,
  orders: ArmaOrders,
  starts: readonly Float64Array[],
  free: readonly number[],
): ArimaEstimate {
  const objective = new ConditionalSquares(
    orders,
    [design.w, ...design.orthonormal],
    missingRows(design),
    design.effective,
    starts[0]!,
    free,
  );
  let best: { x: Float64Array; value: number; converged: boolean } | null = null;
  for (const x of starts) {
    const z = Float64Array.from(free, (i) => x[i]!);
    const { value, converged } = minimise(objective, z, {
      tolerance: 1e-10,
      maxIterations: 200,
      maxStep: 0.5,
    });
    if (best === null || value < best.value) best = { x: z, value, converged };
  }
  const { x: z, converged } = best!;
  const info = numericInformation(objective, z);
  objective.value(z);
  const deviation = Math.sqrt((objective.meanSquare * objective.rows) / design.effective);
  const x = starts[0]!.slice();
  free.forEach((i, j) => {
    x[i] = z[j]!;
  });
  const sigma2 = objective.meanSquare * square(design.scale);
  const logLikelihood = -0.5 * design.effective * (Math.log(2 * Math.PI * sigma2) + 1);
  return {
    x,
    regression: regressionCoefficients(design, objective.regression.beta),
    covariance:
      info === null
        ? null
        : jointCovariance(design, info, free.length, inverseRoot(objective.regression.triangle, deviation)),
    free,
    sigma2,
    logLikelihood,
    converged: converged || touchesCircle(orders, x),
    evaluations: objective.evaluations,
    starts: starts.length,
    ended: 1,
    maxima: [logLikelihood],
    last: null,
    lastValues: null,
  };
}

/** A minimum on the edge of the invertible region is found where steps can only lead out. */
function touchesCircle({ p, q, P, Q }: ArmaOrders, x: Float64Array): boolean {
  const nudged = x.slice();
  for (let i = p; i < p + q; i++) nudged[i]! *= 1.0005;
  for (let i = p + q + P; i < x.length; i++) nudged[i]! *= 1.0005;
  return !isInvertibleFactor(nudged, p, q) || !isInvertibleFactor(nudged, p + q + P, Q);
}

/** Rows of w that some missing value enters. */
function missingRows(design: Design): Uint8Array {
  const missing = new Uint8Array(design.w.length);
  for (const pulse of design.pulses()) {
    for (let t = 0; t < pulse.length; t++) if (pulse[t] !== 0) missing[t] = 1;
  }
  return missing;
}

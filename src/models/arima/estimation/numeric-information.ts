import { cholesky } from "../../../math/linear-algebra/cholesky.js";
import { invertCholesky } from "../../../math/linear-algebra/cholesky-inverse.js";
import { invertUpper } from "../../../math/linear-algebra/triangular.js";
import type { Objective } from "../../../math/minimise/quasi-newton.js";
import type { Regression } from "../problem/triangular-regression.js";
import type { Information } from "./information.js";

/** An objective that solves for regression coefficients on the way. */
export interface RegressingObjective extends Objective {
  readonly regression: Regression;
}

/** Differences are taken over this share of a standard error to both sides. */
const STEP = 1e-3;

/**
 * Second-order behaviour at z by differences of the objective's own gradients.
 *
 * @returns null where the second derivatives are not positive definite, or a neighbour lies outside.
 */
export function numericInformation(objective: RegressingObjective, z: Float64Array): Information | null {
  const { size } = objective;
  if (objective.value(z) === Number.POSITIVE_INFINITY) return null;
  objective.accept(true);
  const steps = Float64Array.from(
    { length: size },
    (_, i) => STEP / Math.sqrt(objective.curvature[i * size + i]!),
  );
  const regressors = objective.regression.beta.length;
  const hessian = new Float64Array(size * size);
  const sensitivity = new Float64Array(regressors * size);
  for (let j = 0; j < size; j++) {
    const up = gradientAt(objective, z, j, steps[j]!);
    const down = gradientAt(objective, z, j, -steps[j]!);
    if (up === null || down === null) return null;
    for (let i = 0; i < size; i++) {
      const slope = (up.gradient[i]! - down.gradient[i]!) / (2 * steps[j]!);
      hessian[i * size + j]! += slope / 2;
      hessian[j * size + i]! += slope / 2;
    }
    for (let r = 0; r < regressors; r++) {
      sensitivity[r * size + j] = (up.beta[r]! - down.beta[r]!) / (2 * steps[j]!);
    }
  }
  if (Number.isNaN(cholesky(hessian, size))) return null;
  return { covariance: invertCholesky(hessian, size), sensitivity, newton: new Float64Array(size) };
}

function gradientAt(objective: RegressingObjective, z: Float64Array, j: number, step: number) {
  const moved = z.slice(0, objective.size);
  moved[j]! += step;
  if (objective.value(moved) === Number.POSITIVE_INFINITY) return null;
  const beta = objective.regression.beta.slice();
  objective.accept(false);
  return { gradient: objective.gradient.slice(), beta };
}

/** R⁻¹·deviation of an upper triangle R: a square root of the covariance of least-squares coefficients. */
export function inverseRoot(triangle: Float64Array, deviation: number): Float64Array {
  const k = Math.round(Math.sqrt(triangle.length));
  return invertUpper(triangle, k).map((value) => value * deviation);
}

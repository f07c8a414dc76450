import { cholesky, solveCholesky } from "../../../math/linear-algebra/cholesky.js";
import { invertCholesky } from "../../../math/linear-algebra/cholesky-inverse.js";
import { gradient } from "../likelihood/gradient.js";
import { negativeLogLikelihood } from "../likelihood/log-likelihood.js";
import type { LikelihoodSlopes } from "../likelihood/slopes.js";
import type { SquareCurvature, Workspace } from "../likelihood/workspace.js";

/** Second-order behaviour of the likelihood at a point. */
export interface Information {
  /** Inverse of the second derivatives of minus the profile log-likelihood in the free coefficients, row-major. */
  readonly covariance: Float64Array;
  /** Change of each regression coefficient (orthonormal columns) with each free coefficient: regressors × free. */
  readonly sensitivity: Float64Array;
  /** The Newton step from the point to the maximum. */
  readonly newton: Float64Array;
}

/** Differences are taken over this share of a standard error. */
const STEP = 2e-4;

/**
 * Second derivatives by differencing the analytic gradient, one a coefficient. The step is a small share of the standard error
 * that the curvature model tells, so that what a one-sided difference neglects is of that order.
 *
 * @returns null where the second derivatives are not positive definite.
 */
export function information(
  ws: Workspace,
  x: Float64Array,
  slopes: LikelihoodSlopes,
  free: readonly number[],
): Information | null {
  const size = free.length;
  const { beta } = slopes;
  const regressors = beta.length;
  const slope = Float64Array.from(free, (i) => slopes.gradient[i]!);
  const hessian = new Float64Array(size * size);
  const sensitivity = new Float64Array(regressors * size);
  const moved = x.slice(0, ws.size);
  for (let j = 0; j < size; j++) {
    const step = gradientBeside(ws, moved, free[j]!, stepFor(slopes, free[j]!, STEP));
    if (step === 0) return null;
    for (let i = 0; i < size; i++) hessian[i * size + j] = (ws.gradient[free[i]!]! - slope[i]!) / step;
    for (let r = 0; r < regressors; r++) {
      sensitivity[r * size + j] = (ws.beta[ws.pulses + r]! - beta[r]!) / step;
    }
  }
  symmetrise(hessian, size);
  return inverted(hessian, sensitivity, slope);
}

/** The same where the curvature of the sum of squares and of the log-determinants, of all coefficients, are known. */
export function informationOf(
  squares: SquareCurvature,
  determinant: Float64Array,
  gradient: Float64Array,
  free: readonly number[],
): Information | null {
  const all = gradient.length;
  const size = free.length;
  const regressors = squares.sensitivity.length / all;
  const hessian = new Float64Array(size * size);
  const sensitivity = new Float64Array(regressors * size);
  const slope = Float64Array.from(free, (i) => gradient[i]!);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const at = free[i]! * all + free[j]!;
      hessian[i * size + j] = squares.hessian[at]! + determinant[at]!;
    }
    for (let r = 0; r < regressors; r++) {
      sensitivity[r * size + j] = squares.sensitivity[r * all + free[j]!]!;
    }
  }
  return inverted(hessian, sensitivity, slope);
}

function inverted(hessian: Float64Array, sensitivity: Float64Array, slope: Float64Array): Information | null {
  const size = slope.length;
  if (Number.isNaN(cholesky(hessian, size))) return null;
  const covariance = invertCholesky(hessian, size);
  const newton = slope.map((value) => -value);
  solveCholesky(hessian, size, newton);
  return { covariance, sensitivity, newton };
}

function stepFor({ curvature }: LikelihoodSlopes, i: number, share: number): number {
  return share / Math.sqrt(Math.max(curvature[i]!, 1));
}

/** The gradient a small step aside, towards the inside where the boundary is near; returns the step, 0 where none works. */
function gradientBeside(ws: Workspace, x: Float64Array, i: number, step: number): number {
  const centre = x[i]!;
  for (const signed of [centre > 0 ? -step : step, centre > 0 ? step : -step]) {
    x[i] = centre + signed;
    const taken = x[i]! - centre;
    if (negativeLogLikelihood(ws, x) < Number.POSITIVE_INFINITY) {
      gradient(ws, false);
      x[i] = centre;
      return taken;
    }
  }
  x[i] = centre;
  return 0;
}

function symmetrise(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (matrix[i * size + j]! + matrix[j * size + i]!) / 2;
      matrix[i * size + j] = mean;
      matrix[j * size + i] = mean;
    }
  }
}

import { cholesky, solveCholesky } from "../../../math/linear-algebra/cholesky.js";
import { invertCholesky } from "../../../math/linear-algebra/cholesky-inverse.js";
import { gradient, squareGradient } from "../likelihood/gradient.js";
import { negativeLogLikelihood } from "../likelihood/log-likelihood.js";
import type { LikelihoodSlopes } from "../likelihood/slopes.js";
import type { Workspace } from "../likelihood/workspace.js";

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
/** The same where second differences of values are taken as well. */
const VALUE_STEP = 1e-3;
/** More coefficients than this have more pairs than gradients of the determinants would cost. */
const MOST_BY_VALUES = 3;

/**
 * Second derivatives by differencing the analytic gradient, one a coefficient; where that of the determinants is dear, by second
 * differences of these for their part. The step is a small share of the
 * standard error that the curvature model tells, so that what a one-sided difference neglects is of that order.
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
  const byValues = size <= MOST_BY_VALUES ? slopes.determinant : null;
  const share = byValues === null ? STEP : VALUE_STEP;
  const steps = Float64Array.from(free, (i) => share / Math.sqrt(Math.max(slopes.curvature[i]!, 1)));
  const hessian = new Float64Array(size * size);
  const sensitivity = new Float64Array(regressors * size);
  const moved = x.slice(0, ws.size);
  const halves = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    const step = gradientBeside(ws, moved, free[j]!, steps[j]!, byValues === null);
    if (step === 0) return null;
    steps[j] = step;
    halves[j] = ws.logDeterminant / 2;
    for (let i = 0; i < size; i++) {
      const before = slope[i]! - (byValues === null ? 0 : byValues.gradient[free[i]!]!);
      hessian[i * size + j] = (ws.gradient[free[i]!]! - before) / step;
    }
    for (let r = 0; r < regressors; r++) {
      sensitivity[r * size + j] = (ws.beta[ws.pulses + r]! - beta[r]!) / step;
    }
  }
  symmetrise(hessian, size);
  if (byValues !== null) addDeterminants(ws, x, free, steps, halves, byValues, hessian);
  if (Number.isNaN(cholesky(hessian, size))) return null;
  const covariance = invertCholesky(hessian, size);
  const newton = new Float64Array(size);
  for (let j = 0; j < size; j++) newton[j] = -slope[j]!;
  solveCholesky(hessian, size, newton);
  return { covariance, sensitivity, newton };
}

/** Second derivatives of half the log-determinants, by differences of their values. */
function addDeterminants(
  ws: Workspace,
  x: Float64Array,
  free: readonly number[],
  steps: Float64Array,
  halves: Float64Array,
  { half, gradient: slope }: NonNullable<LikelihoodSlopes["determinant"]>,
  hessian: Float64Array,
): void {
  const size = free.length;
  const moved = x.slice(0, ws.size);
  for (let i = 0; i < size; i++) {
    const step = steps[i]!;
    const rise = halves[i]! - half - step * slope[free[i]!]!;
    hessian[i * size + i]! += (2 * rise) / (step * step);
    moved[free[i]!]! += step;
    for (let j = 0; j < i; j++) {
      const kept = moved[free[j]!]!;
      moved[free[j]!] = kept + steps[j]!;
      negativeLogLikelihood(ws, moved);
      moved[free[j]!] = kept;
      const bend = (ws.logDeterminant / 2 - halves[i]! - halves[j]! + half) / (step * steps[j]!);
      hessian[i * size + j]! += bend;
      hessian[j * size + i]! += bend;
    }
    moved[free[i]!] = x[free[i]!]!;
  }
}

/**
 * The gradient a small step aside, towards the inside where the boundary is near; returns the step, 0 where none works.
 *
 * @param whole whether with its part of the determinants.
 */
function gradientBeside(ws: Workspace, x: Float64Array, i: number, step: number, whole: boolean): number {
  const centre = x[i]!;
  for (const signed of [centre > 0 ? -step : step, centre > 0 ? step : -step]) {
    x[i] = centre + signed;
    const taken = x[i]! - centre;
    const reached = negativeLogLikelihood(ws, x);
    if (reached < Number.POSITIVE_INFINITY) {
      if (whole || ws.gaps === null) gradient(ws, false);
      else squareGradient(ws, ws.gaps);
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

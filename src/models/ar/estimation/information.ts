import { cholesky } from "../../../math/linear-algebra/cholesky.js";
import { invertCholesky } from "../../../math/linear-algebra/cholesky-inverse.js";
import type { ExactObjective } from "../likelihood/exact-objective.js";
import type { Likelihoods } from "../likelihood/likelihood.js";
import { stepUpJacobian } from "../likelihood/step-up.js";
import type { ArEstimate } from "./estimate.js";

/** How well estimates are known: covariances of the coefficients and, where there is one, of the mean. */
export type Information = Pick<ArEstimate, "covariance" | "constantStdError" | "constantCovariance">;

/**
 * Covariances of coefficients and mean: the inverse of the observed information, carried over from partial
 * autocorrelations to coefficients; NaN where the maximum is no interior one.
 */
export function information(
  all: Likelihoods,
  objective: ExactObjective,
  point: Float64Array,
  demean: boolean,
): Information {
  const order = point.length;
  const hessian = objective.hessian(point);
  const definite = !Number.isNaN(cholesky(hessian, order, 1e-14));
  const inner = definite ? invertCholesky(hessian, order) : new Float64Array(order * order).fill(Number.NaN);
  const jacobian = stepUpJacobian(point);
  const covariance = carriedOver(jacobian, inner, order);
  if (!demean)
    return { covariance, constantStdError: Number.NaN, constantCovariance: new Float64Array(order) };
  const { quadratic, mean, onesForm } = objective.at(point);
  const weight = (all.count / quadratic) * onesForm;
  const turn = point.map((_, k) => (-all.count / quadratic) * scoreSlope(objective, point, k, mean));
  const constantCovariance = new Float64Array(order);
  let variance = 1 / weight;
  for (let k = 0; k < order; k++) {
    let pull = 0;
    for (let l = 0; l < order; l++) pull += inner[k * order + l]! * turn[l]!;
    variance += (turn[k]! * pull) / (weight * weight);
    for (let i = 0; i < order; i++)
      constantCovariance[i]! += ((jacobian[k * (order + 1) + i + 1]! * pull) / weight) * all.scale;
  }
  return { covariance, constantStdError: Math.sqrt(variance) * all.scale, constantCovariance };
}

/** ∂/∂r_k of x'P1 − μ·1'P1, by central differences. */
function scoreSlope(objective: ExactObjective, point: Float64Array, k: number, mean: number): number {
  const width = 1e-4 * (1 - point[k]!) * (1 + point[k]!);
  const score = (shift: number) => {
    const { crossForm, onesForm } = objective.at(point.with(k, point[k]! + shift));
    return crossForm - mean * onesForm;
  };
  return (score(width) - score(-width)) / (2 * width);
}

/** J'·inner·J for the p columns of J that belong to φ. */
function carriedOver(jacobian: Float64Array, inner: Float64Array, order: number): Float64Array {
  const size = order + 1;
  const half = new Float64Array(order * order);
  const covariance = new Float64Array(order * order);
  for (let k = 0; k < order; k++) {
    for (let l = 0; l < order; l++) {
      for (let j = 0; j < order; j++)
        half[k * order + j]! += inner[k * order + l]! * jacobian[l * size + j + 1]!;
    }
  }
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < order; k++) sum += jacobian[k * size + i + 1]! * half[k * order + j]!;
      covariance[i * order + j] = sum;
      covariance[j * order + i] = sum;
    }
  }
  return covariance;
}

import { mixReversed } from "../../../math/levinson.js";

/**
 * The map from partial autocorrelations r to a = (1, −φ₁, …, −φ_p) by a ← a − r_k·(a reversed on 0 … k), with its
 * derivatives. It is linear in every single r_k, so second derivatives need no more than the first ones.
 *
 * @see O. Barndorff-Nielsen and G. Schou, J. Multivariate Analysis 3 (1973), 408–419.
 */
export function stepUpAll(partials: Float64Array): Float64Array {
  const a = new Float64Array(partials.length + 1);
  a[0] = 1;
  for (let k = 1; k <= partials.length; k++) mixReversed(a, 0, k + 1, partials[k - 1]);
  return a;
}

/** a of every order: row m of (p+1)×(p+1) holds order m, zero beyond it. */
function stagesOf(partials: Float64Array): Float64Array {
  const size = partials.length + 1;
  const stages = new Float64Array(size * size);
  const a = new Float64Array(size);
  a[0] = 1;
  stages[0] = 1;
  for (let m = 1; m < size; m++) {
    mixReversed(a, 0, m + 1, partials[m - 1]);
    stages.set(a, m * size);
  }
  return stages;
}

/**
 * The adjoint of every order: row m is the gradient by a of order m of a function whose gradient by the final a is
 * `slope`.
 */
function adjointsOf(partials: Float64Array, slope: Float64Array): Float64Array {
  const size = partials.length + 1;
  const adjoints = new Float64Array(size * size);
  const w = slope.slice();
  adjoints.set(w, (size - 1) * size);
  for (let m = size - 1; m >= 1; m--) {
    mixReversed(w, 0, m + 1, partials[m - 1]);
    adjoints.set(w, (m - 1) * size);
  }
  return adjoints;
}

/** Σ w_i v_{k−i} over i = 0 … k, each vector read from its offset. */
function reversedDot(w: Float64Array, atW: number, v: Float64Array, atV: number, k: number): number {
  let sum = 0;
  for (let i = 0; i <= k; i++) sum += w[atW + i] * v[atV + k - i];
  return sum;
}

/** ∂a/∂r_{k+1} in row k of a p×(p+1) matrix. */
export function stepUpJacobian(partials: Float64Array): Float64Array {
  const size = partials.length + 1;
  const stages = stagesOf(partials);
  const jacobian = new Float64Array(partials.length * size);
  for (let k = 1; k < size; k++) {
    const direction = jacobian.subarray((k - 1) * size, k * size);
    startDirection(stages, size, k, direction);
    for (let m = k + 1; m < size; m++) mixReversed(direction, 0, m + 1, partials[m - 1]);
  }
  return jacobian;
}

/** ∂a^(k)/∂r_k = −(a^(k−1) reversed on 0 … k), zero beyond. */
function startDirection(stages: Float64Array, size: number, k: number, direction: Float64Array): void {
  for (let i = 0; i < size; i++) direction[i] = i <= k ? -stages[(k - 1) * size + k - i] : 0;
}

/**
 * Gradient and Hessian by r of f(a) − ½ Σ k log(1 − r_k²), given ∂f/∂a (`slope`) and ∂²f/∂a² (`bend`): the chain rule
 * through the step-up recursion, each ∂a/∂r_k carried up the orders past the adjoints of all of them. O(p³).
 */
export function throughStepUp(partials: Float64Array, slope: Float64Array, bend: Float64Array) {
  const order = partials.length;
  const size = order + 1;
  const stages = stagesOf(partials);
  const adjoints = adjointsOf(partials, slope);
  const gradient = new Float64Array(order);
  const hessian = new Float64Array(order * order);
  const jacobian = new Float64Array(order * size);
  for (let k = 1; k <= order; k++) {
    const r = partials[k - 1];
    const oneMinusSquare = (1 - r) * (1 + r);
    gradient[k - 1] = (k * r) / oneMinusSquare - reversedDot(adjoints, k * size, stages, (k - 1) * size, k);
    hessian[(k - 1) * size] = (k * (1 + r * r)) / (oneMinusSquare * oneMinusSquare);
    const direction = jacobian.subarray((k - 1) * size, k * size);
    startDirection(stages, size, k, direction);
    for (let m = k + 1; m <= order; m++) {
      hessian[(m - 1) * order + k - 1] = -reversedDot(adjoints, m * size, direction, 0, m);
      mixReversed(direction, 0, m + 1, partials[m - 1]);
    }
  }
  addBend(hessian, jacobian, bend, order);
  return { gradient, hessian };
}

/** Adds J·bend·J' to the lower triangle, and copies it to the upper one. */
function addBend(hessian: Float64Array, jacobian: Float64Array, bend: Float64Array, order: number): void {
  const size = order + 1;
  const image = new Float64Array(size);
  for (let k = 0; k < order; k++) {
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += bend[i * size + j] * jacobian[k * size + j];
      image[i] = sum;
    }
    for (let m = k; m < order; m++) {
      let sum = hessian[m * order + k];
      for (let i = 0; i < size; i++) sum += jacobian[m * size + i] * image[i];
      hessian[m * order + k] = sum;
      hessian[k * order + m] = sum;
    }
  }
}

/** ½ Σ k log(1 − r_k²) = −½ log|Σ| of the first p values at unit innovation variance. */
export function logDeterminantTerm(partials: Float64Array): number {
  let sum = 0;
  for (let k = 1; k <= partials.length; k++) {
    const r = partials[k - 1];
    sum += k * Math.log((1 - r) * (1 + r));
  }
  return sum / 2;
}

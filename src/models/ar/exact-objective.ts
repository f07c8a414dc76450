import type { CubeObjective } from "../../math/newton.js";
import type { ArMoments } from "./moments.js";
import {
  adjointsOf,
  logDeterminantTerm,
  reflect,
  reversedDot,
  stagesOf,
  startDirection,
  stepUpAll,
} from "./step-up.js";

const ROUNDING = 1e-14;

/**
 * The exact Gaussian likelihood of an AR(p) as a function of its partial autocorrelations r, the innovation variance
 * and (where it is free) the mean maximised out:
 *
 * −log L = ½ n log S(r) − ½ Σ k log(1 − r_k²) + const, S = min_μ a'(D − 2μE + μ²N)a.
 *
 * Stationarity is the cube |r_k| < 1, and towards its boundary −log L grows without bound. First and second
 * derivatives are exact and cost O(p³) a point, whatever the length of the series.
 */
export interface ExactObjective extends CubeObjective {
  at(partials: Float64Array): LikelihoodParts;
}

/** What the likelihood is made of at one point. */
export interface LikelihoodParts {
  readonly a: Float64Array;
  /** S, the mean maximised out. */
  readonly quadratic: number;
  /** The mean that attains it; 0 where it is fixed. */
  readonly mean: number;
  /** The quadratic form of a series of ones, and the bilinear one of the series and ones. */
  readonly onesForm: number;
  readonly crossForm: number;
}

export function exactObjective(moments: ArMoments, order: number, freeMean: boolean): ExactObjective {
  const half = moments.length / 2;
  const at = (partials: Float64Array) => profile(moments, stepUpAll(partials), freeMean);
  return {
    at,
    value(partials) {
      const { quadratic, a } = at(partials);
      if (!aboveRounding(quadratic, a, moments.squares[0]!)) return Number.NaN;
      return half * Math.log(quadratic) - logDeterminantTerm(partials);
    },
    derivatives: (partials) => derivatives(moments, order, freeMean, partials),
  };
}

/** Whether S is more than the rounding of its terms; below, a series is reproduced exactly and S has no digits. */
export function aboveRounding(quadratic: number, a: Float64Array, power: number): boolean {
  let size = 0;
  for (let i = 0; i < a.length; i++) size += Math.abs(a[i]!);
  return quadratic > ROUNDING * power * size * size;
}

function profile(moments: ArMoments, a: Float64Array, freeMean: boolean): LikelihoodParts {
  const square = form(moments.squares, moments.maxOrder + 1, a);
  if (!freeMean) return { a, quadratic: square, mean: 0, onesForm: 1, crossForm: 0 };
  const crossForm = form(moments.sums, moments.maxOrder + 1, a);
  const onesForm = meanWeight(moments.length, a);
  const mean = crossForm / onesForm;
  return { a, quadratic: square - mean * crossForm, mean, onesForm, crossForm };
}

/** a'Na. */
function meanWeight(n: number, a: Float64Array): number {
  let sum = 0;
  let slope = 0;
  for (let i = 0; i < a.length; i++) {
    sum += a[i]!;
    slope += i * a[i]!;
  }
  return n * sum * sum - 2 * sum * slope;
}

function form(matrix: Float64Array, stride: number, a: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) {
    let row = (matrix[i * stride + i]! * a[i]!) / 2;
    for (let j = 0; j < i; j++) row += matrix[i * stride + j]! * a[j]!;
    total += 2 * row * a[i]!;
  }
  return total;
}

/**
 * Gradient and Hessian: `inner` is ½∂²S/∂a² with the mean maximised out; the rest is the chain rule through the step-up
 * recursion, each ∂a/∂r_k carried up the orders past the adjoints of all of them.
 */
function derivatives(moments: ArMoments, order: number, freeMean: boolean, partials: Float64Array) {
  const size = order + 1;
  const stages = stagesOf(partials);
  const a = stages.slice(order * size);
  const { quadratic, mean } = profile(moments, a, freeMean);
  const { inner, slope } = innerHessian(moments, a, mean, freeMean);
  const adjoints = adjointsOf(partials, slope);
  const scale = moments.length / quadratic;
  const gradient = new Float64Array(order);
  const hessian = new Float64Array(order * order);
  const pulls = new Float64Array(order);
  const jacobian = new Float64Array(order * size);
  for (let k = 1; k <= order; k++) {
    const r = partials[k - 1]!;
    const room = (1 - r) * (1 + r);
    pulls[k - 1] = -reversedDot(adjoints, k * size, stages, (k - 1) * size, k);
    gradient[k - 1] = scale * pulls[k - 1]! + (k * r) / room;
    hessian[(k - 1) * (order + 1)] = (k * (1 + r * r)) / (room * room);
    const direction = jacobian.subarray((k - 1) * size, k * size);
    startDirection(stages, size, k, direction);
    for (let m = k + 1; m <= order; m++) {
      hessian[(m - 1) * order + k - 1] = -scale * reversedDot(adjoints, m * size, direction, 0, m);
      reflect(direction, m, partials[m - 1]!);
    }
  }
  addCurvature(hessian, jacobian, inner, pulls, scale, quadratic);
  return { gradient, hessian };
}

/** Adds (n/S)·(J·inner·J' − 2gg'/S) to the lower triangle, and copies it to the upper one. */
function addCurvature(
  hessian: Float64Array,
  jacobian: Float64Array,
  inner: Float64Array,
  pulls: Float64Array,
  scale: number,
  quadratic: number,
): void {
  const order = pulls.length;
  const size = order + 1;
  const image = new Float64Array(size);
  for (let k = 0; k < order; k++) {
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += inner[i * size + j]! * jacobian[k * size + j]!;
      image[i] = sum;
    }
    for (let m = k; m < order; m++) {
      let sum = (-2 * pulls[k]! * pulls[m]!) / quadratic;
      for (let i = 0; i < size; i++) sum += jacobian[m * size + i]! * image[i]!;
      hessian[m * order + k]! += scale * sum;
      hessian[k * order + m] = hessian[m * order + k]!;
    }
  }
}

/** M = D − 2μE + μ²N less the mean's share 4tt'/a'Na with t = (μN − E)a, and Ma, which is ½∂S/∂a. */
function innerHessian(moments: ArMoments, a: Float64Array, mean: number, freeMean: boolean) {
  const size = a.length;
  const stride = moments.maxOrder + 1;
  const inner = new Float64Array(size * size);
  const slope = new Float64Array(size);
  const turn = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const at = i * stride + j;
      const count = mean * (moments.length - i - j);
      const value = moments.squares[at]! + mean * (count - 2 * moments.sums[at]!);
      inner[i * size + j] = value;
      slope[i]! += value * a[j]!;
      turn[i]! += (count - moments.sums[at]!) * a[j]!;
    }
  }
  if (freeMean) {
    const weight = meanWeight(moments.length, a);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) inner[i * size + j]! -= (4 * turn[i]! * turn[j]!) / weight;
    }
  }
  return { inner, slope };
}

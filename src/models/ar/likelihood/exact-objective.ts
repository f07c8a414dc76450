import { quadraticForm } from "../../../math/linear-algebra/vector.js";
import type { CubeObjective } from "../../../math/minimise/newton.js";
import type { ArMoments } from "./moments.js";
import { logDeterminantTerm, stepUpAll, throughStepUp } from "./step-up.js";

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
  /** The exact Hessian, where `derivatives` makes do with an approximation of it. */
  hessian(partials: Float64Array): Float64Array;
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
      if (!aboveRounding(quadratic, a, moments.squares[0])) return Number.NaN;
      return half * Math.log(quadratic) - logDeterminantTerm(partials);
    },
    derivatives: (partials) => derivatives(moments, order, freeMean, partials),
    hessian: (partials) => derivatives(moments, order, freeMean, partials).hessian,
  };
}

/** Whether S is more than the rounding of its terms; below, a series is reproduced exactly and S has no digits. */
export function aboveRounding(quadratic: number, a: Float64Array, power: number): boolean {
  let size = 0;
  for (let i = 0; i < a.length; i++) size += Math.abs(a[i]);
  return quadratic > ROUNDING * power * size * size;
}

function profile(moments: ArMoments, a: Float64Array, freeMean: boolean): LikelihoodParts {
  const square = quadraticForm(moments.squares, a, moments.maxOrder + 1);
  if (!freeMean) return { a, quadratic: square, mean: 0, onesForm: 1, crossForm: 0 };
  const crossForm = quadraticForm(moments.sums, a, moments.maxOrder + 1);
  const onesForm = meanWeight(moments.length, a);
  const mean = crossForm / onesForm;
  return { a, quadratic: square - mean * crossForm, mean, onesForm, crossForm };
}

/** a'Na. */
function meanWeight(n: number, a: Float64Array): number {
  let sum = 0;
  let slope = 0;
  for (let i = 0; i < a.length; i++) {
    sum += a[i];
    slope += i * a[i];
  }
  return n * sum * sum - 2 * sum * slope;
}

/** Gradient and Hessian, by the chain rule from those by a. */
function derivatives(moments: ArMoments, order: number, freeMean: boolean, partials: Float64Array) {
  const { quadratic, mean, a } = profile(moments, stepUpAll(partials), freeMean);
  const scale = moments.length / quadratic;
  const { bend, slope } = quadraticDerivatives(moments, a, mean, freeMean);
  const size = order + 1;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      bend[i * size + j] = scale * (bend[i * size + j] - (2 * slope[i] * slope[j]) / quadratic);
    }
  }
  return throughStepUp(
    partials,
    slope.map((value) => scale * value),
    bend,
  );
}

/**
 * ½∂S/∂a = Ma and ½∂²S/∂a² = M − 4tt'/a'Na, where M = D − 2μE + μ²N and t = (μN − E)a is how the best mean moves.
 */
function quadraticDerivatives(moments: ArMoments, a: Float64Array, mean: number, freeMean: boolean) {
  const size = a.length;
  const stride = moments.maxOrder + 1;
  const bend = new Float64Array(size * size);
  const slope = new Float64Array(size);
  const turn = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const at = i * stride + j;
      const count = mean * (moments.length - i - j);
      const value = moments.squares[at] + mean * (count - 2 * moments.sums[at]);
      bend[i * size + j] = value;
      slope[i] += value * a[j];
      turn[i] += (count - moments.sums[at]) * a[j];
    }
  }
  if (freeMean) {
    const weight = meanWeight(moments.length, a);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) bend[i * size + j] -= (4 * turn[i] * turn[j]) / weight;
    }
  }
  return { bend, slope };
}

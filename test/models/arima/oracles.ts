import { lagModel } from "../../../src/models/arima/lag-polynomial/model.js";
import { predict } from "../../../src/models/arima/state-space/predict.js";
import { startState } from "../../../src/models/arima/state-space/state.js";
import { stationaryStart } from "../../../src/models/arima/state-space/stationary-start.js";
import { advance } from "../../../src/models/arima/state-space/update.js";
import type { StateSpace } from "../../oracles/state-space.js";

/** An ARIMA in R's signs, with everything written out. */
export interface Written {
  readonly order: readonly [number, number, number];
  readonly seasonal: readonly [number, number, number];
  readonly period: number;
  readonly ar: readonly number[];
  readonly ma: readonly number[];
  readonly sar: readonly number[];
  readonly sma: readonly number[];
}

/** Ascending coefficients of the product of 1 + Σ sign·c_j B^{j·stride} over the factors. */
export function expanded(
  factors: readonly { c: readonly number[]; stride: number; sign: number }[],
): number[] {
  let product = [1];
  for (const { c, stride, sign } of factors) {
    const next = new Array<number>(product.length + c.length * stride).fill(0);
    product.forEach((left, i) => {
      next[i]! += left;
      c.forEach((value, j) => {
        next[i + (j + 1) * stride]! += left * sign * value;
      });
    });
    product = next;
  }
  return product;
}

export function polynomials({ order, seasonal, period, ar, ma, sar, sma }: Written) {
  const ones = (count: number) => Array.from({ length: count }, () => ({ c: [1], stride: 1, sign: -1 }));
  const seasonalOnes = Array.from({ length: seasonal[1] }, () => ({ c: [1], stride: period, sign: -1 }));
  return {
    ar: expanded([
      { c: ar, stride: 1, sign: -1 },
      { c: sar, stride: period, sign: -1 },
    ]),
    ma: expanded([
      { c: ma, stride: 1, sign: 1 },
      { c: sma, stride: period, sign: 1 },
    ]),
    difference: expanded([...ones(order[1]), ...seasonalOnes]),
  };
}

/**
 * Autocovariances γ₀ … of the stationary ARMA with unit innovations by brute force: the linear equations of the AR
 * recursion, solved by elimination. Nothing in common with the code under test.
 */
export function bruteAutocovariances(ar: readonly number[], ma: readonly number[], count: number): number[] {
  const p = ar.length - 1;
  const q = ma.length - 1;
  const psi: number[] = [];
  for (let k = 0; k <= q; k++) {
    let value = ma[k]!;
    for (let j = 1; j <= Math.min(k, p); j++) value -= ar[j]! * psi[k - j]!;
    psi.push(value);
  }
  const right = Array.from({ length: p + 1 }, (_, k) => {
    let sum = 0;
    for (let j = k; j <= q; j++) sum += ma[j]! * psi[j - k]!;
    return sum;
  });
  const matrix = Array.from({ length: p + 1 }, (_, k) => {
    const row = new Array<number>(p + 1).fill(0);
    for (let j = 0; j <= p; j++) row[Math.abs(k - j)]! += ar[j]!;
    return row;
  });
  const gamma = solved(matrix, right);
  for (let k = p + 1; k < count; k++) {
    let value = 0;
    for (let j = k; j <= q; j++) value += ma[j]! * psi[j - k]!;
    for (let j = 1; j <= p; j++) value -= ar[j]! * gamma[k - j]!;
    gamma.push(value);
  }
  return gamma.slice(0, count);
}

function solved(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  for (let c = 0; c < size; c++) {
    let pivot = c;
    for (let r = c; r < size; r++) if (Math.abs(matrix[r]![c]!) > Math.abs(matrix[pivot]![c]!)) pivot = r;
    [matrix[c], matrix[pivot]] = [matrix[pivot]!, matrix[c]!];
    [right[c], right[pivot]] = [right[pivot]!, right[c]!];
    for (let r = c + 1; r < size; r++) {
      const factor = matrix[r]![c]! / matrix[c]![c]!;
      for (let k = c; k < size; k++) matrix[r]![k]! -= factor * matrix[c]![k]!;
      right[r]! -= factor * right[c]!;
    }
  }
  for (let r = size - 1; r >= 0; r--) {
    for (let k = r + 1; k < size; k++) right[r]! -= matrix[r]![k]! * right[k]!;
    right[r]! /= matrix[r]![r]!;
  }
  return right;
}

/** log-likelihood of w with σ² at its best, from the dense joint Gaussian; rows that are NaN are left out. */
export function denseLogLikelihood(gamma: readonly number[], w: readonly number[]): number {
  const rows = w.map((_, t) => t).filter((t) => !Number.isNaN(w[t]));
  const n = rows.length;
  const factor = rows.map((a) => rows.map((b) => gamma[Math.abs(a - b)]!));
  const e = rows.map((t) => w[t]!);
  let logDeterminant = 0;
  let sum = 0;
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) {
      let entry = factor[j]![k]!;
      for (let i = 0; i < k; i++) entry -= factor[j]![i]! * factor[k]![i]!;
      factor[j]![k] = entry / factor[k]![k]!;
    }
    let left = factor[j]![j]!;
    for (let k = 0; k < j; k++) left -= factor[j]![k]! ** 2;
    factor[j]![j] = Math.sqrt(left);
    logDeterminant += Math.log(left);
    for (let k = 0; k < j; k++) e[j]! -= factor[j]![k]! * e[k]!;
    e[j]! /= factor[j]![j]!;
    sum += e[j]! ** 2;
  }
  return -0.5 * n * (Math.log((2 * Math.PI * sum) / n) + 1) - 0.5 * logDeterminant;
}

/**
 * The ARIMA as a textbook state space: Harvey's form of the ARMA part, then the last values of y, diffuse at the start
 * (R's makeARIMA).
 */
export function harveyForm(written: Written): StateSpace {
  const { ar, ma, difference } = polynomials(written);
  const r = Math.max(ar.length - 1, ma.length);
  const dd = difference.length - 1;
  const size = r + dd;
  const phi = (i: number) => -(ar[i] ?? 0);
  const theta = (i: number) => ma[i] ?? 0;
  const transition = new Float64Array(size * size);
  for (let i = 0; i < r; i++) {
    transition[i * size] = phi(i + 1);
    if (i + 1 < r) transition[i * size + i + 1] = 1;
  }
  if (dd > 0) {
    transition[r * size] = 1;
    for (let j = 1; j <= dd; j++) transition[r * size + r + j - 1] = -difference[j]!;
    for (let j = 1; j < dd; j++) transition[(r + j) * size + r + j - 1] = 1;
  }
  const observation = new Float64Array(size);
  observation[0] = 1;
  for (let j = 1; j <= dd; j++) observation[r + j - 1] = -difference[j]!;
  const noise = new Float64Array(size * size);
  for (let i = 0; i < r; i++) for (let j = 0; j < r; j++) noise[i * size + j] = theta(i) * theta(j);
  const covariance = new Float64Array(size * size);
  const stationary = harveyCovariance(phi, theta, r, bruteAutocovariances(ar, ma, r + 1), ma);
  for (let i = 0; i < r; i++) for (let j = 0; j < r; j++) covariance[i * size + j] = stationary[i]![j]!;
  const diffuse = new Float64Array(size * size);
  for (let j = 0; j < dd; j++) diffuse[(r + j) * size + r + j] = 1;
  return { size, observation, transition, noise, mean: new Float64Array(size), covariance, diffuse };
}

/** P = TPT' + RR' of Harvey's form, from its first column, which the autocovariances give. */
function harveyCovariance(
  phi: (i: number) => number,
  theta: (i: number) => number,
  r: number,
  gamma: readonly number[],
  ma: readonly number[],
): number[][] {
  const psi: number[] = [];
  for (let k = 0; k <= r; k++) {
    let value = ma[k] ?? 0;
    for (let j = 1; j <= k; j++) value += phi(j) * psi[k - j]!;
    psi.push(value);
  }
  const p = Array.from({ length: r }, () => new Array<number>(r).fill(0));
  p[0]![0] = gamma[0]!;
  for (let i = 1; i < r; i++) {
    let sum = 0;
    for (let j = i; j < r; j++) sum += phi(j + 1) * gamma[j - i + 1]! + theta(j) * psi[j - i]!;
    p[i]![0] = sum;
    p[0]![i] = sum;
  }
  const at = (i: number, j: number) => (i < r && j < r ? p[i]![j]! : 0);
  for (let i = r - 1; i > 0; i--) {
    for (let j = i; j > 0; j--) {
      const value =
        phi(i + 1) * phi(j + 1) * p[0]![0]! +
        phi(i + 1) * at(0, j + 1) +
        phi(j + 1) * at(i + 1, 0) +
        at(i + 1, j + 1) +
        theta(i) * theta(j);
      p[i]![j] = value;
      p[j]![i] = value;
    }
  }
  return p;
}

/** log-likelihood with σ² at its best, by the textbook filter. */
export function oracleLogLikelihood(filtered: {
  readonly errors: Float64Array;
  readonly variances: Float64Array;
}): number {
  let n = 0;
  let sum = 0;
  let logDeterminant = 0;
  filtered.errors.forEach((error, t) => {
    const variance = filtered.variances[t]!;
    if (Number.isNaN(error) || variance === Number.POSITIVE_INFINITY) return;
    n++;
    sum += error ** 2 / variance;
    logDeterminant += Math.log(variance);
  });
  return -0.5 * n * (Math.log((2 * Math.PI * sum) / n) + 1) - 0.5 * logDeterminant;
}

/** The plain step folded over the series: a filter on lagged values that has nothing in common with the likelihood. */
export function steppedLogLikelihood(written: Written, y: Float64Array): number {
  const { order, seasonal, period, ar, ma, sar, sma } = written;
  const model = lagModel({ d: order[1], D: seasonal[1], period, ar, ma, sar, sma });
  const start = stationaryStart(model)!;
  let state = startState(model, start);
  let n = 0;
  let sum = 0;
  let logDeterminant = 0;
  for (const observed of y) {
    const { mean, relativeVariance, isDiffuse } = predict(model, state);
    if (!isDiffuse && !Number.isNaN(observed)) {
      n++;
      sum += (observed - mean[0]!) ** 2 / relativeVariance;
      logDeterminant += Math.log(relativeVariance);
    }
    state = advance(model, start, state, Float64Array.of(observed));
  }
  return -0.5 * n * (Math.log((2 * Math.PI * sum) / n) + 1) - 0.5 * logDeterminant;
}

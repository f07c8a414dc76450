import { multiply } from "../../../math/polynomials.js";

/** Coefficients and orders that fix a seasonal ARIMA, but for its regression and its variance. */
export interface ArimaCoefficients {
  readonly d: number;
  readonly D: number;
  readonly period: number;
  readonly ar: readonly number[];
  readonly ma: readonly number[];
  readonly sar: readonly number[];
  readonly sma: readonly number[];
}

/** The lags of a polynomial 1 + Σ c_j B^j with c_j ≠ 0. */
export interface LagList {
  readonly degree: number;
  readonly lags: Int32Array;
  readonly coefficients: Float64Array;
}

/**
 * An ARIMA as a state space of lagged values: a(B)w_t = t(B)e_t, ∇(B)y_t = w_t, so
 *
 * y_t = −Σ ∇_j y_{t−j} − Σ a_j w_{t−j} + Σ t_j e_{t−j} + e_t.
 *
 * Its memory is the vector of the last d+mD values y, p* values w and q* innovations e, newest first. Moving on is
 * shifting; no matrix is multiplied.
 */
export interface LagModel {
  readonly difference: LagList;
  readonly ar: LagList;
  readonly ma: LagList;
  /** Rows of the memory: y at 0, w at `rowOfW`, e at `rowOfE`, `rows` in all. */
  readonly rowOfW: number;
  readonly rowOfE: number;
  readonly rows: number;
  /** y_t − e_t as a combination of the memory. */
  readonly index: Int32Array;
  readonly weight: Float64Array;
}

export function lagModel(coefficients: ArimaCoefficients): LagModel {
  const { d, D, period, ar, ma, sar, sma } = coefficients;
  const difference = lagList(differencePolynomial(d, D, period));
  const arList = lagList(multiply(factor(ar, 1, -1), factor(sar, period, -1)));
  const maList = lagList(multiply(factor(ma, 1, 1), factor(sma, period, 1)));
  const rowOfW = difference.degree;
  const rowOfE = rowOfW + arList.degree;
  return {
    difference,
    ar: arList,
    ma: maList,
    rowOfW,
    rowOfE,
    rows: rowOfE + maList.degree,
    ...combined([
      { list: difference, row: 0, sign: -1 },
      { list: arList, row: rowOfW, sign: -1 },
      { list: maList, row: rowOfE, sign: 1 },
    ]),
  };
}

/** Which rows of the memory make up y_t − e_t, and with what weights. */
function combined(parts: readonly { list: LagList; row: number; sign: number }[]) {
  const count = parts.reduce((sum, { list }) => sum + list.lags.length, 0);
  const index = new Int32Array(count);
  const weight = new Float64Array(count);
  let at = 0;
  for (const { list, row, sign } of parts) {
    for (let j = 0; j < list.lags.length; j++) {
      index[at] = row + list.lags[j] - 1;
      weight[at] = sign * list.coefficients[j];
      at++;
    }
  }
  return { index, weight };
}

/** (1 − B)^d (1 − B^m)^D, ascending. */
function differencePolynomial(d: number, D: number, period: number): Float64Array {
  let product: Float64Array = Float64Array.of(1);
  for (let i = 0; i < D; i++) product = multiply(product, factor([1], period, -1));
  for (let i = 0; i < d; i++) product = multiply(product, factor([1], 1, -1));
  return product;
}

function factor(coefficients: readonly number[], stride: number, sign: number): Float64Array {
  const polynomial = new Float64Array(coefficients.length * stride + 1);
  polynomial[0] = 1;
  coefficients.forEach((c, i) => {
    polynomial[(i + 1) * stride] = sign * c;
  });
  return polynomial;
}

function lagList(polynomial: Float64Array): LagList {
  const degree = polynomial.length - 1;
  let count = 0;
  for (let lag = 1; lag <= degree; lag++) if (polynomial[lag] !== 0) count++;
  const lags = new Int32Array(count);
  const coefficients = new Float64Array(count);
  for (let lag = 1, j = 0; lag <= degree; lag++) {
    if (polynomial[lag] === 0) continue;
    lags[j] = lag;
    coefficients[j++] = polynomial[lag];
  }
  return { degree, lags, coefficients };
}

/** Σ c_j x_{at−j}. */
export function lagged({ lags, coefficients }: LagList, x: Float64Array, at: number): number {
  let sum = 0;
  for (let j = 0; j < lags.length; j++) sum += coefficients[j] * x[at - lags[j]];
  return sum;
}

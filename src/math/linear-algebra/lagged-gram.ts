import { laggedProducts } from "./lagged-products.js";

/**
 * Cross products of a series with itself at lags 0 … order over the rows where all of them exist:
 * G_ij = Σ_{t=order}^{n−1} x_{t−i} x_{t−j}, without ever forming the rows.
 */
export interface LaggedGram {
  readonly order: number;
  /** n − order. */
  readonly rows: number;
  /** (order+1)×(order+1), row-major. */
  readonly products: Float64Array;
  /** Σ_{t=order}^{n−1} x_{t−j} for j = 0 … order. */
  readonly sums: Float64Array;
}

/**
 * The Gram matrices of every order, from the lagged products c_k = Σ x_t x_{t+k} alone: they differ from c by
 * products at the two ends of the series, G_{i+1,j+1} = G_ij + x_{p−1−i}x_{p−1−j} − x_{n−1−i}x_{n−1−j}.
 *
 * @returns a function of the order, O(order²) a call.
 */
export function laggedGrams(
  x: Float64Array,
  maxOrder: number,
  lagged: Float64Array = laggedProducts(x, maxOrder),
): (order: number) => LaggedGram {
  let total = 0;
  for (let t = 0; t < x.length; t++) total += x[t];
  return (order) => ({
    order,
    rows: x.length - order,
    products: gramProducts(x, lagged, order),
    sums: windowSums(x, total, order),
  });
}

function gramProducts(x: Float64Array, lagged: Float64Array, order: number): Float64Array {
  const n = x.length;
  const size = order + 1;
  const gram = new Float64Array(size * size);
  for (let lag = 0; lag <= order; lag++) {
    let value = lagged[lag];
    for (let s = 0; s < order - lag; s++) value -= x[s] * x[s + lag];
    gram[lag] = value;
    gram[lag * size] = value;
    for (let i = 0, j = lag; j < order; i++, j++) {
      value += x[order - 1 - i] * x[order - 1 - j] - x[n - 1 - i] * x[n - 1 - j];
      gram[(i + 1) * size + j + 1] = value;
      gram[(j + 1) * size + i + 1] = value;
    }
  }
  return gram;
}

function windowSums(x: Float64Array, total: number, order: number): Float64Array {
  const sums = new Float64Array(order + 1);
  let value = total;
  for (let s = 0; s < order; s++) value -= x[s];
  sums[0] = value;
  for (let j = 1; j <= order; j++) {
    value += x[order - j] - x[x.length - j];
    sums[j] = value;
  }
  return sums;
}

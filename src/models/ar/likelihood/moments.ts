import { laggedProducts } from "../../../math/linear-algebra/lagged-products.js";

/**
 * All that the exact Gaussian likelihoods of autoregressions up to a maximum order see of a series: with
 * a = (1, −φ₁, …, −φ_p) the quadratic form of x − μ under the inverse covariance matrix is
 * S = a'(D − 2μE + μ²N)a, where N_ij = n − i − j and the (p+1)×(p+1) leading blocks of D and E serve every order p.
 */
export interface ArMoments {
  /** n. */
  readonly length: number;
  readonly maxOrder: number;
  /** D_ij = Σ x_s x_{s+j−i} over s = i … n−1−j, for i ≤ j; symmetric, (maxOrder+1)² row-major. */
  readonly squares: Float64Array;
  /** E_ij, half the sum of the factors of D_ij's products. */
  readonly sums: Float64Array;
}

/**
 * The moments of a series without gaps, O(n·maxOrder).
 *
 * A lag's sum only loses products at both ends from one row to the next: D_{i+1,j+1} = D_ij − x_i x_j −
 * x_{n−1−i} x_{n−1−j}. Beyond i + j = n the sums turn negative, as the formula needs.
 *
 * @param x n > maxOrder values.
 * @see G. E. P. Box, G. M. Jenkins, G. C. Reinsel, Time Series Analysis, 4th ed. (2008), appendix A7.4.
 */
export function arMoments(x: Float64Array, maxOrder: number): ArMoments {
  const n = x.length;
  const size = maxOrder + 1;
  const squares = new Float64Array(size * size);
  const lagged = laggedProducts(x, maxOrder);
  for (let lag = 0; lag <= maxOrder; lag++) {
    let value = lagged[lag];
    for (let i = 0, j = lag; j <= maxOrder; i++, j++) {
      squares[i * size + j] = value;
      squares[j * size + i] = value;
      value -= x[i] * x[j] + x[n - 1 - i] * x[n - 1 - j];
    }
  }
  return { length: n, maxOrder, squares, sums: endSums(x, size) };
}

function endSums(x: Float64Array, size: number): Float64Array {
  const n = x.length;
  let total = 0;
  for (let t = 0; t < n; t++) total += x[t];
  const head = new Float64Array(size);
  const tail = new Float64Array(size);
  for (let i = 1; i < size; i++) {
    head[i] = head[i - 1] + x[i - 1];
    tail[i] = tail[i - 1] + x[n - i];
  }
  const sums = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) sums[i * size + j] = total - (head[i] + head[j] + tail[i] + tail[j]) / 2;
  }
  return sums;
}

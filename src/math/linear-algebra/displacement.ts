import { solveCholesky } from "./cholesky.js";

/**
 * A symmetric matrix M by its displacement structure, from which factor and inverse take O(size²) operations instead of O(size³).
 *
 * M_{k+1,l+1} = M_{k,l} + c_k c_l − h_k h_l, so M − ZMZ' = xx' − x̃x̃' + ĉĉ' − ĥĥ', Z the shift down, x M's first column
 * over the root of its first entry, x̃ the same without that entry, ĉ and ĥ the vectors c and h shifted down.
 */
export interface Displacement {
  readonly size: number;
  /** M's first column. */
  readonly first: Float64Array;
  /** c_k and h_k, k < size − 1; zeros where a part is absent. */
  readonly plus: Float64Array;
  readonly minus: Float64Array;
}

/**
 * Cholesky factor by Schur's algorithm: each step turns the four generators so that only x is not 0 in the next row; x is
 * then the next column of the factor, and moves down by one.
 *
 * @param factor takes L, row-major, its diagonal inverted.
 * @returns log|M|, or NaN where M is not positive definite.
 * @see T. Kailath and A. H. Sayed, SIAM Review 37 (1995), 297–386.
 */
export function structuredCholesky({ size, first, plus, minus }: Displacement, factor: Float64Array): number {
  const x = new Float64Array(size);
  const xTilde = new Float64Array(size);
  const c = new Float64Array(size);
  const h = new Float64Array(size);
  const root = Math.sqrt(first[0]);
  for (let i = 0; i < size; i++) {
    x[i] = first[i] / root;
    xTilde[i] = i === 0 ? 0 : x[i];
    c[i] = i === 0 ? 0 : plus[i - 1];
    h[i] = i === 0 ? 0 : minus[i - 1];
  }
  let logDeterminant = 0;
  for (let k = 0; k < size; k++) {
    rotate(x, c, k, size);
    rotate(xTilde, h, k, size);
    if (!reflect(x, xTilde, k, size)) return Number.NaN;
    const pivot = x[k];
    if (!(pivot > 0)) return Number.NaN;
    logDeterminant += 2 * Math.log(pivot);
    factor[k * size + k] = 1 / pivot;
    for (let i = size - 1; i > k; i--) {
      factor[i * size + k] = x[i];
      x[i] = x[i - 1];
    }
  }
  return logDeterminant;
}

/** Turns two generators of the same sign so that the second is 0 in row k. */
function rotate(a: Float64Array, b: Float64Array, k: number, size: number): void {
  const right = b[k];
  if (right === 0) return;
  const left = a[k];
  const length = Math.sqrt(left * left + right * right);
  const cosine = left / length;
  const sine = right / length;
  for (let i = k; i < size; i++) {
    const u = a[i];
    const v = b[i];
    a[i] = cosine * u + sine * v;
    b[i] = cosine * v - sine * u;
  }
}

/** Hyperbolic turn of two generators of opposite signs, in the mixed form that is stable; false where |ratio| ≥ 1. */
function reflect(a: Float64Array, b: Float64Array, k: number, size: number): boolean {
  const ratio = b[k] / a[k];
  const left = (1 - ratio) * (1 + ratio);
  if (!(left > 0)) return false;
  const scale = Math.sqrt(left);
  const inverse = 1 / scale;
  for (let i = k; i < size; i++) {
    const u = (a[i] - ratio * b[i]) * inverse;
    a[i] = u;
    b[i] = scale * b[i] - ratio * u;
  }
  if (a[k] < 0) for (let i = k; i < size; i++) a[i] = -a[i];
  return true;
}

/**
 * M⁻¹ from the factor and the displacement. With f and b its first and last columns, P M without its last row and column,
 * and V = P⁻¹[c, h]:
 *
 * X_{k+1,l+1} = X_{k,l} + f_{k+1}f_{l+1}/f_0 − b_k b_l/b_last − (V K V')_{kl},  K = (diag(1, −1) + [c, h]'V)⁻¹.
 */
export function structuredInverse(
  { size, plus, minus }: Displacement,
  factor: Float64Array,
  inverse: Float64Array,
): void {
  const first = unit(size, 0);
  solveCholesky(factor, size, first);
  const last = unit(size, size - 1);
  solveCholesky(factor, size, last);
  const lead = size - 1;
  const v1 = plus.slice(0, lead);
  const v2 = minus.slice(0, lead);
  solveCholesky(factor, lead, v1, size);
  solveCholesky(factor, lead, v2, size);
  const { k11, k12, k22 } = middle(plus, minus, v1, v2, lead);
  for (let l = 0; l < size; l++) {
    inverse[l] = first[l];
    inverse[l * size] = first[l];
  }
  for (let k = 0; k < lead; k++) {
    const f = first[k + 1] / first[0];
    const b = last[k] / last[lead];
    const y1 = k11 * v1[k] + k12 * v2[k];
    const y2 = k12 * v1[k] + k22 * v2[k];
    const above = k * size;
    const row = above + size + 1;
    for (let l = 0; l < lead; l++) {
      inverse[row + l] = inverse[above + l] + f * first[l + 1] - b * last[l] - y1 * v1[l] - y2 * v2[l];
    }
  }
}

function unit(size: number, at: number): Float64Array {
  const vector = new Float64Array(size);
  vector[at] = 1;
  return vector;
}

function middle(plus: Float64Array, minus: Float64Array, v1: Float64Array, v2: Float64Array, size: number) {
  let a = 1;
  let b = 0;
  let d = -1;
  for (let i = 0; i < size; i++) {
    a += plus[i] * v1[i];
    b += plus[i] * v2[i];
    d += minus[i] * v2[i];
  }
  const determinant = a * d - b * b;
  return { k11: d / determinant, k12: -b / determinant, k22: a / determinant };
}

/**
 * The precision matrix P of n values of an AR(p) with unit innovation variance, P_ij = Σ_t a_{t−i}a_{t−j} −
 * Σ_{τ≥0} a_{i+1+τ}a_{j+1+τ}: a band of width p, Toeplitz but for its corners.
 *
 * @returns P_{i,i+d} for 0 ≤ d ≤ p.
 * @see I. Gohberg and A. Semencul, Matematicheskie Issledovaniya 7 (1972), 201–223.
 */
export function precision(a: Float64Array, n: number): (i: number, d: number) => number {
  const order = a.length - 1;
  // partial[d][m] = Σ_{k≤m} a_k a_{k+d}
  const partial = Array.from({ length: order + 1 }, (_, d) => {
    const sums = new Float64Array(order - d + 1);
    let sum = 0;
    for (let k = 0; k + d <= order; k++) sums[k] = sum += a[k] * a[k + d];
    return sums;
  });
  return (i, d) => {
    const sums = partial[d];
    const end = order - d;
    return sums[Math.min(n - 1 - i - d, end)] - (sums[end] - sums[Math.min(i, end)]);
  };
}

/** The band of missing positions, each with those at most p steps before it: `first[i] … i`. */
export interface GapBand {
  readonly positions: Int32Array;
  readonly first: Int32Array;
  readonly width: number;
}

export function gapBand(positions: Int32Array, order: number): GapBand {
  const first = new Int32Array(positions.length);
  let width = 0;
  for (let i = 0, back = 0; i < positions.length; i++) {
    while (positions[i] - positions[back] > order) back++;
    first[i] = back;
    width = Math.max(width, i - back);
  }
  return { positions, first, width };
}

/** Cholesky factor of the missing values' own block of P, row i holding columns i − width … i. */
export function factorGaps(band: GapBand, precisionAt: (i: number, d: number) => number): Float64Array {
  const { positions, first, width } = band;
  const stride = width + 1;
  const factor = new Float64Array(positions.length * stride);
  for (let i = 0; i < positions.length; i++) {
    for (let j = first[i]; j <= i; j++) {
      let sum = precisionAt(positions[j], positions[i] - positions[j]);
      for (let k = Math.max(first[i], first[j]); k < j; k++) {
        sum -= factor[i * stride + k - i + width] * factor[j * stride + k - j + width];
      }
      factor[i * stride + j - i + width] = j < i ? sum / factor[j * stride + width] : Math.sqrt(sum);
    }
  }
  return factor;
}

/** log|P_mm|. */
export function gapLogDeterminant({ width }: GapBand, factor: Float64Array): number {
  let sum = 0;
  for (let at = width; at < factor.length; at += width + 1) sum += 2 * Math.log(factor[at]);
  return sum;
}

/** Solves with the factor, in place of b. */
export function solveGaps({ first, width }: GapBand, factor: Float64Array, b: Float64Array): void {
  const stride = width + 1;
  for (let i = 0; i < b.length; i++) {
    let sum = b[i];
    for (let k = first[i]; k < i; k++) sum -= factor[i * stride + k - i + width] * b[k];
    b[i] = sum / factor[i * stride + width];
  }
  for (let i = b.length - 1; i >= 0; i--) {
    b[i] /= factor[i * stride + width];
    for (let k = first[i]; k < i; k++) b[k] -= factor[i * stride + k - i + width] * b[i];
  }
}

/**
 * The inverse of the missing values' block inside its band: their covariances given all that was observed, at unit
 * innovation variance. Row i holds columns i … i + width.
 *
 * @see K. Takahashi, J. Fagan, M. Chin, Proceedings of the 8th PICA Conference (1973), 63–69.
 */
export function gapCovariances({ first, width }: GapBand, factor: Float64Array): Float64Array {
  const stride = width + 1;
  const count = first.length;
  const inverse = new Float64Array(count * stride);
  // Row i of L below the diagonal, and where it ends: the last row whose band reaches back to i.
  let end = count - 1;
  for (let i = count - 1; i >= 0; i--) {
    while (first[end] > i) end--;
    const pivot = factor[i * stride + width];
    for (let j = Math.min(count - 1, i + width); j >= i; j--) {
      let sum = i === j ? 1 / pivot : 0;
      const middle = Math.min(j, end);
      for (let k = i + 1; k <= middle; k++)
        sum -= factor[k * stride + i - k + width] * inverse[k * stride + j - k];
      for (let k = j > i ? j + 1 : i + 1; k <= end; k++) {
        sum -= factor[k * stride + i - k + width] * inverse[j * stride + k - j];
      }
      inverse[i * stride + j - i] = sum / pivot;
    }
  }
  return inverse;
}

/** Writes into `into`, which may be v, the missing entries of v, which holds 0 there, that minimise v'Pv. */
export function fillGaps(
  v: Float64Array,
  into: Float64Array,
  band: GapBand,
  factor: Float64Array,
  precisionAt: (i: number, d: number) => number,
  order: number,
): void {
  const { positions } = band;
  const n = v.length;
  const unknown = new Float64Array(positions.length);
  const inner = Float64Array.from({ length: order + 1 }, (_, d) =>
    n > 2 * order ? precisionAt(order, d) : 0,
  );
  for (let i = 0; i < positions.length; i++) {
    const at = positions[i];
    let sum = 0;
    if (at >= 2 * order && at < n - 2 * order) {
      for (let d = 1; d <= order; d++) sum -= inner[d] * (v[at - d] + v[at + d]);
    } else {
      for (let d = 1; d <= order; d++) {
        if (at >= d) sum -= precisionAt(at - d, d) * v[at - d];
        if (at + d < n) sum -= precisionAt(at, d) * v[at + d];
      }
    }
    unknown[i] = sum;
  }
  solveGaps(band, factor, unknown);
  for (let i = 0; i < positions.length; i++) into[positions[i]] = unknown[i];
}

/** The moments D, a'Da = tr(P_mm C), that the covariances C of the missing values add to those of their means. */
export function gapMoments(band: GapBand, factor: Float64Array, n: number, order: number): Float64Array {
  const { positions, first, width } = band;
  const covariances = gapCovariances(band, factor);
  const size = order + 1;
  const moments = new Float64Array(size * size);
  const inside = new Float64Array(size);
  for (let i = 0; i < positions.length; i++) {
    for (let k = first[i]; k <= i; k++) {
      const value = covariances[k * (width + 1) + i - k];
      const s = positions[k];
      const u = positions[i];
      if (s >= order && u < n - order) inside[u - s] += value;
      else addToMoments(moments, size, n, s, u, value);
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) moments[i * size + j] += inside[Math.abs(i - j)];
  }
  return moments;
}

/** The product of values s ≤ u is part of D_{i,i+u−s} for all i ≤ s with i ≤ n−1−u; beyond i + j = n it is taken off. */
export function addToMoments(
  moments: Float64Array,
  size: number,
  n: number,
  s: number,
  u: number,
  value: number,
): void {
  const lag = u - s;
  for (let i = 0; i + lag < size; i++) {
    const present = (i <= s ? 1 : 0) - (i > n - 1 - u ? 1 : 0);
    if (present === 0) continue;
    moments[i * size + i + lag] += present * value;
    if (lag > 0) moments[(i + lag) * size + i] += present * value;
  }
}

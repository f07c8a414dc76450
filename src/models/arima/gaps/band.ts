// Symmetric matrices over all times of which only C(s, s + i), 0 ≤ i < size, is wanted, row s at s·size. What is asked at time s
// lies in the window s … s + size − 1.

/** target_i −= weight·C(s + lag, s + i), i ≥ first, `target` from `from` on. */
export function subtractLag(
  band: Float64Array,
  size: number,
  s: number,
  lag: number,
  weight: number,
  target: Float64Array,
  from: number,
  first: number,
): void {
  let at = (s + first) * size + lag - first;
  for (let i = first; i < lag; i++, at += size - 1) target[from + i]! -= weight * band[at]!;
  const begin = Math.max(first, lag);
  const own = (s + lag) * size - lag;
  for (let i = begin; i < size; i++) target[from + i]! -= weight * band[own + i]!;
}

/** C(s + i, s + k) −= weight·(v_i δ_{k,lag} + δ_{i,lag} v_k). */
export function subtractPair(
  band: Float64Array,
  size: number,
  s: number,
  lag: number,
  weight: number,
  v: Float64Array,
): void {
  let at = s * size + lag;
  for (let i = 0; i < lag; i++, at += size - 1) band[at]! -= weight * v[i]!;
  const own = (s + lag) * size - lag;
  band[own + lag]! -= weight * v[lag]!;
  for (let i = lag; i < size; i++) band[own + i]! -= weight * v[i]!;
}

/**
 * {@link subtractPair} of one band, and Σ_i own_i C(s + lag, s + i) of another on the way; `v` differs from `own` at a few places
 * only.
 */
export function subtractPairAndDot(
  band: Float64Array,
  other: Float64Array,
  size: number,
  s: number,
  lag: number,
  weight: number,
  v: Float64Array,
  own: Float64Array,
): number {
  let sum = 0;
  let at = s * size + lag;
  for (let i = 0; i < lag; i++, at += size - 1) {
    band[at]! -= weight * v[i]!;
    sum += own[i]! * other[at]!;
  }
  const row = (s + lag) * size - lag;
  band[row + lag]! -= weight * v[lag]!;
  for (let i = lag; i < size; i++) {
    band[row + i]! -= weight * v[i]!;
    sum += own[i]! * other[row + i]!;
  }
  return sum;
}

/** C(s + i, s + k) += weight·v_i v_k, v in `values` from `from` on. */
export function addSquare(
  band: Float64Array,
  size: number,
  s: number,
  values: Float64Array,
  from: number,
  weight: number,
): void {
  for (let i = 0; i < size; i++) {
    const share = weight * values[from + i]!;
    if (share === 0) continue;
    const row = (s + i) * size - i;
    for (let k = i; k < size; k++) band[row + k]! += share * values[from + k]!;
  }
}

/** target_i = Σ_k C(s + i, s + k) v_k, v in `values` from `from` on. */
export function timesWindow(
  band: Float64Array,
  size: number,
  s: number,
  values: Float64Array,
  from: number,
  target: Float64Array,
): void {
  target.fill(0, 0, size);
  for (let i = 0; i < size; i++) {
    const row = (s + i) * size - i;
    const own = values[from + i]!;
    let sum = band[row + i]! * own;
    for (let k = i + 1; k < size; k++) {
      const entry = band[row + k]!;
      sum += entry * values[from + k]!;
      target[k]! += entry * own;
    }
    target[i]! += sum;
  }
}

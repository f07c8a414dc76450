// Symmetric matrices over all times of which only C(s, s + i), 0 ≤ i < size, is wanted, row s at s·size. What is asked at time s
// lies in the window s … s + size − 1.

/** target_i −= weight·C(s + lag, s + i), i ≥ first, `target` from `from` on. */
function subtractLag(
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
  for (let i = first; i < lag; i++, at += size - 1) target[from + i] -= weight * band[at];
  const begin = Math.max(first, lag);
  const own = (s + lag) * size - lag;
  for (let i = begin; i < size; i++) target[from + i] -= weight * band[own + i];
}

/**
 * {@link subtractLag} of all these ascending lags, three at a time: one pass reads three rows, and no number is handed over, which
 * would be boxed.
 */
export function subtractLags(
  band: Float64Array,
  size: number,
  s: number,
  lags: Int32Array,
  weights: Float64Array,
  target: Float64Array,
  from: number,
  first: number,
): void {
  let j = 0;
  for (; j + 2 < lags.length; j += 3) subtractThree(band, size, s, lags, weights, j, target, from, first);
  for (; j < lags.length; j++) subtractLag(band, size, s, lags[j], weights[j], target, from, first);
}

function subtractThree(
  band: Float64Array,
  size: number,
  s: number,
  lags: Int32Array,
  weights: Float64Array,
  j: number,
  target: Float64Array,
  from: number,
  first: number,
): void {
  const a = lags[j];
  const b = lags[j + 1];
  const c = lags[j + 2];
  const x = weights[j];
  const y = weights[j + 1];
  const z = weights[j + 2];
  const rowA = (s + a) * size - a;
  const rowB = (s + b) * size - b;
  const rowC = (s + c) * size - c;
  let i = first;
  let at = (s + first) * size - first;
  for (; i < a; i++, at += size - 1) {
    target[from + i] -= x * band[at + a] + y * band[at + b] + z * band[at + c];
  }
  for (; i < b; i++, at += size - 1) {
    target[from + i] -= x * band[rowA + i] + y * band[at + b] + z * band[at + c];
  }
  for (; i < c; i++, at += size - 1) {
    target[from + i] -= x * band[rowA + i] + y * band[rowB + i] + z * band[at + c];
  }
  for (; i < size; i++) {
    target[from + i] -= x * band[rowA + i] + y * band[rowB + i] + z * band[rowC + i];
  }
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
  for (let i = 0; i < lag; i++, at += size - 1) band[at] -= weight * v[i];
  const own = (s + lag) * size - lag;
  band[own + lag] -= weight * v[lag];
  for (let i = lag; i < size; i++) band[own + i] -= weight * v[i];
}

/**
 * {@link subtractPair} of one band for each of these ascending lags, and sums_j −= Σ_i own_i C(s + lag_j, s + i) of another on the way;
 * `v` differs from `own` at a few places only.
 */
export function subtractPairsAndDots(
  band: Float64Array,
  other: Float64Array,
  size: number,
  s: number,
  lags: Int32Array,
  weights: Float64Array,
  v: Float64Array,
  own: Float64Array,
  sums: Float64Array,
): void {
  let j = 0;
  for (; j + 2 < lags.length; j += 3) threePairs(band, other, size, s, lags, weights, j, v, own, sums);
  for (; j < lags.length; j++) onePair(band, other, size, s, lags, weights, j, v, own, sums);
}

function onePair(
  band: Float64Array,
  other: Float64Array,
  size: number,
  s: number,
  lags: Int32Array,
  weights: Float64Array,
  j: number,
  v: Float64Array,
  own: Float64Array,
  sums: Float64Array,
): void {
  const lag = lags[j];
  const weight = weights[j];
  let sum = 0;
  let at = s * size + lag;
  for (let i = 0; i < lag; i++, at += size - 1) {
    band[at] -= weight * v[i];
    sum += own[i] * other[at];
  }
  const row = (s + lag) * size - lag;
  band[row + lag] -= weight * v[lag];
  for (let i = lag; i < size; i++) {
    band[row + i] -= weight * v[i];
    sum += own[i] * other[row + i];
  }
  sums[j] -= sum;
}

function threePairs(
  band: Float64Array,
  other: Float64Array,
  size: number,
  s: number,
  lags: Int32Array,
  weights: Float64Array,
  j: number,
  v: Float64Array,
  own: Float64Array,
  sums: Float64Array,
): void {
  const a = lags[j];
  const b = lags[j + 1];
  const c = lags[j + 2];
  const x = weights[j];
  const y = weights[j + 1];
  const z = weights[j + 2];
  const rowA = (s + a) * size - a;
  const rowB = (s + b) * size - b;
  const rowC = (s + c) * size - c;
  band[rowA + a] -= x * v[a];
  band[rowB + b] -= y * v[b];
  band[rowC + c] -= z * v[c];
  let sumA = 0;
  let sumB = 0;
  let sumC = 0;
  let at = s * size;
  for (let i = 0; i < size; i++, at += size - 1) {
    const atA = i < a ? at + a : rowA + i;
    const atB = i < b ? at + b : rowB + i;
    const atC = i < c ? at + c : rowC + i;
    const value = v[i];
    band[atA] -= x * value;
    band[atB] -= y * value;
    band[atC] -= z * value;
    const mine = own[i];
    sumA += mine * other[atA];
    sumB += mine * other[atB];
    sumC += mine * other[atC];
  }
  sums[j] -= sumA;
  sums[j + 1] -= sumB;
  sums[j + 2] -= sumC;
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
    const share = weight * values[from + i];
    if (share === 0) continue;
    const row = (s + i) * size - i;
    for (let k = i; k < size; k++) band[row + k] += share * values[from + k];
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
    const own = values[from + i];
    let sum = band[row + i] * own;
    for (let k = i + 1; k < size; k++) {
      const entry = band[row + k];
      sum += entry * values[from + k];
      target[k] += entry * own;
    }
    target[i] += sum;
  }
}

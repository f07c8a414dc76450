/** Multiplication by lag polynomials, laid out as in {@link divide}, and sums over flat arrays. */

/** target = (1 + c₁B^stride + … + c_k B^(k·stride)) source. */
export function multiply(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c: Float64Array,
  degree: number,
  stride: number,
): void {
  if (degree === 1) multiplyOneLag(source, target, from, to, c[0]!, stride);
  else if (degree === 2) multiplyTwoLags(source, target, from, to, c[0]!, c[1]!, stride);
  else if (degree === 3) multiplyThreeLags(source, target, from, to, c[0]!, c[1]!, c[2]!, stride);
  else multiplyAnyOrder(source, target, from, to, c, degree, stride);
}

function multiplyOneLag(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
  lag: number,
): void {
  for (let i = from; i < to; i++) target[i] = source[i]! + c0 * source[i - lag]!;
}

function multiplyTwoLags(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
  c1: number,
  lag: number,
): void {
  const twice = 2 * lag;
  for (let i = from; i < to; i++) target[i] = source[i]! + c0 * source[i - lag]! + c1 * source[i - twice]!;
}

function multiplyThreeLags(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
  c1: number,
  c2: number,
  lag: number,
): void {
  const twice = 2 * lag;
  const thrice = 3 * lag;
  for (let i = from; i < to; i++) {
    target[i] = source[i]! + c0 * source[i - lag]! + c1 * source[i - twice]! + c2 * source[i - thrice]!;
  }
}

function multiplyAnyOrder(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c: Float64Array,
  degree: number,
  stride: number,
): void {
  for (let i = from; i < to; i++) {
    let y = source[i]!;
    for (let j = 1; j <= degree; j++) y += c[j - 1]! * source[i - j * stride]!;
    target[i] = y;
  }
}

/** Σ_i a[fromA + i]·b[fromB + i], i < length, in four running sums. */
export function dot(a: Float64Array, fromA: number, b: Float64Array, fromB: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (const end = length - 3; i < end; i += 4) {
    s0 += a[fromA + i]! * b[fromB + i]!;
    s1 += a[fromA + i + 1]! * b[fromB + i + 1]!;
    s2 += a[fromA + i + 2]! * b[fromB + i + 2]!;
    s3 += a[fromA + i + 3]! * b[fromB + i + 3]!;
  }
  for (; i < length; i++) s0 += a[fromA + i]! * b[fromB + i]!;
  return s0 + s1 + (s2 + s3);
}

/** target += factor · source over `from` ≤ i < `to`. */
export function addMultiple(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  factor: number,
): void {
  for (let i = from; i < to; i++) target[i]! += factor * source[i]!;
}

/** target = source over `from` ≤ i < `to`, without the view that `subarray` would allocate. */
export function copy(source: Float64Array, target: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) target[i] = source[i]!;
}

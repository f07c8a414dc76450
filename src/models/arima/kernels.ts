/**
 * The inner loops of the ARMA likelihood: filters over flat arrays.
 *
 * A filter works on the indices `from` ≤ i < `to` of arrays that share one layout and reads up to the longest lag
 * outside them; the caller keeps zeros there. Short filters are unrolled, because a loop over lags costs three to
 * six times as much; each loop is a small function of its own, because V8 gives up on large ones.
 */

/** target = source / (1 + c₁B^stride + … + c_k B^(k·stride)). */
export function divide(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c: Float64Array,
  degree: number,
  stride: number,
): void {
  if (degree === 1) {
    if (stride === 1) divideFirstOrder(source, target, from, to, c[0]!);
    else divideOneLag(source, target, from, to, c[0]!, stride);
  } else if (degree === 2) {
    if (stride === 1) divideSecondOrder(source, target, from, to, c[0]!, c[1]!);
    else divideTwoLags(source, target, from, to, c[0]!, c[1]!, stride);
  } else if (degree === 3 && stride === 1) divideThirdOrder(source, target, from, to, c[0]!, c[1]!, c[2]!);
  else divideAnyOrder(source, target, from, to, c, degree, stride);
}

/** Two steps at once: the chain from one result to the next, which sets the pace, is half as long. */
function divideFirstOrder(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
): void {
  const square = c0 * c0;
  let last = target[from - 1]!;
  let i = from;
  for (; i + 1 < to; i += 2) {
    const first = source[i]!;
    const second = source[i + 1]!;
    target[i] = first - c0 * last;
    last = second - c0 * first + square * last;
    target[i + 1] = last;
  }
  if (i < to) target[i] = source[i]! - c0 * last;
}

function divideSecondOrder(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
  c1: number,
): void {
  let y1 = target[from - 1]!;
  let y2 = target[from - 2]!;
  for (let i = from; i < to; i++) {
    const y = source[i]! - c1 * y2 - c0 * y1;
    y2 = y1;
    y1 = y;
    target[i] = y;
  }
}

function divideThirdOrder(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
  c1: number,
  c2: number,
): void {
  let y1 = target[from - 1]!;
  let y2 = target[from - 2]!;
  let y3 = target[from - 3]!;
  for (let i = from; i < to; i++) {
    const y = source[i]! - c2 * y3 - c1 * y2 - c0 * y1;
    y3 = y2;
    y2 = y1;
    y1 = y;
    target[i] = y;
  }
}

function divideOneLag(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
  lag: number,
): void {
  for (let i = from; i < to; i++) target[i] = source[i]! - c0 * target[i - lag]!;
}

function divideTwoLags(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
  c1: number,
  lag: number,
): void {
  const twice = 2 * lag;
  for (let i = from; i < to; i++) target[i] = source[i]! - c0 * target[i - lag]! - c1 * target[i - twice]!;
}

function divideAnyOrder(
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
    for (let j = degree; j >= 1; j--) y -= c[j - 1]! * target[i - j * stride]!;
    target[i] = y;
  }
}

/** target = source / (1 + c₁F^stride + … + c_k F^(k·stride)), F = B⁻¹: the same filter run from the end. */
export function divideBackward(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c: Float64Array,
  degree: number,
  stride: number,
): void {
  if (degree === 1) {
    if (stride === 1) divideFirstOrderBackward(source, target, from, to, c[0]!);
    else divideOneLagBackward(source, target, from, to, c[0]!, stride);
  } else if (degree === 2) {
    if (stride === 1) divideSecondOrderBackward(source, target, from, to, c[0]!, c[1]!);
    else divideTwoLagsBackward(source, target, from, to, c[0]!, c[1]!, stride);
  } else divideAnyOrderBackward(source, target, from, to, c, degree, stride);
}

function divideFirstOrderBackward(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
): void {
  const square = c0 * c0;
  let last = target[to]!;
  let i = to - 1;
  for (; i > from; i -= 2) {
    const first = source[i]!;
    const second = source[i - 1]!;
    target[i] = first - c0 * last;
    last = second - c0 * first + square * last;
    target[i - 1] = last;
  }
  if (i === from) target[i] = source[i]! - c0 * last;
}

function divideSecondOrderBackward(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
  c1: number,
): void {
  let y1 = target[to]!;
  let y2 = target[to + 1]!;
  for (let i = to - 1; i >= from; i--) {
    const y = source[i]! - c1 * y2 - c0 * y1;
    y2 = y1;
    y1 = y;
    target[i] = y;
  }
}

function divideOneLagBackward(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
  lag: number,
): void {
  for (let i = to - 1; i >= from; i--) target[i] = source[i]! - c0 * target[i + lag]!;
}

function divideTwoLagsBackward(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
  c1: number,
  lag: number,
): void {
  const twice = 2 * lag;
  for (let i = to - 1; i >= from; i--)
    target[i] = source[i]! - c0 * target[i + lag]! - c1 * target[i + twice]!;
}

function divideAnyOrderBackward(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c: Float64Array,
  degree: number,
  stride: number,
): void {
  for (let i = to - 1; i >= from; i--) {
    let y = source[i]!;
    for (let j = degree; j >= 1; j--) y -= c[j - 1]! * target[i + j * stride]!;
    target[i] = y;
  }
}

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

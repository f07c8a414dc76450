/** Division by lag polynomials in F = B⁻¹: the filters of {@link divide} run from the end. */

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
    if (stride === 1) divideFirstOrderBackward(source, target, from, to, c[0]);
    else divideOneLagBackward(source, target, from, to, c[0], stride);
  } else if (degree === 2) {
    if (stride === 1) divideSecondOrderBackward(source, target, from, to, c[0], c[1]);
    else divideTwoLagsBackward(source, target, from, to, c[0], c[1], stride);
  } else if (degree > 2 && stride === 1) divideHighOrderBackward(source, target, from, to, c, degree);
  else divideAnyOrderBackward(source, target, from, to, c, degree, stride);
}

/** y_i = x_i − c y_{i+1}, two values a round: y_{i−1} = x_{i−1} − c x_i + c² y_{i+1} does not wait for y_i. */
function divideFirstOrderBackward(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
): void {
  const square = c0 * c0;
  let last = target[to];
  let i = to - 1;
  for (; i > from; i -= 2) {
    const first = source[i];
    const second = source[i - 1];
    target[i] = first - c0 * last;
    last = second - c0 * first + square * last;
    target[i - 1] = last;
  }
  if (i === from) target[i] = source[i] - c0 * last;
}

/** y_i = x_i − c₀ y_{i+1} − c₁ y_{i+2}. */
function divideSecondOrderBackward(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
  c1: number,
): void {
  let y1 = target[to];
  let y2 = target[to + 1];
  for (let i = to - 1; i >= from; i--) {
    const y = source[i] - c1 * y2 - c0 * y1;
    y2 = y1;
    y1 = y;
    target[i] = y;
  }
}

function divideHighOrderBackward(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c: Float64Array,
  degree: number,
): void {
  const c0 = c[0];
  const c1 = c[1];
  const c2 = c[2];
  let y1 = target[to];
  let y2 = target[to + 1];
  let y3 = target[to + 2];
  for (let i = to - 1; i >= from; i--) {
    let y = source[i];
    for (let j = degree; j > 3; j--) y -= c[j - 1] * target[i + j];
    y = y - c2 * y3 - c1 * y2 - c0 * y1;
    y3 = y2;
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
  for (let i = to - 1; i >= from; i--) target[i] = source[i] - c0 * target[i + lag];
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
  for (let i = to - 1; i >= from; i--) target[i] = source[i] - c0 * target[i + lag] - c1 * target[i + twice];
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
    let y = source[i];
    for (let j = degree; j >= 1; j--) y -= c[j - 1] * target[i + j * stride];
    target[i] = y;
  }
}

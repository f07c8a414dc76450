/**
 * Division by lag polynomials, the inner loops of the ARMA likelihood.
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
    if (stride === 1) divideFirstOrder(source, target, from, to, c[0]);
    else divideOneLag(source, target, from, to, c[0], stride);
  } else if (degree === 2) {
    if (stride === 1) divideSecondOrder(source, target, from, to, c[0], c[1]);
    else divideTwoLags(source, target, from, to, c[0], c[1], stride);
  } else if (degree === 3 && stride === 1) divideThirdOrder(source, target, from, to, c[0], c[1], c[2]);
  else if (degree > 3 && stride === 1) divideHighOrder(source, target, from, to, c, degree);
  else divideAnyOrder(source, target, from, to, c, degree, stride);
}

/** Two steps at once: the dependency chain between results, which limits the speed, is half as long. */
function divideFirstOrder(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
): void {
  const square = c0 * c0;
  let last = target[from - 1];
  let i = from;
  for (; i + 1 < to; i += 2) {
    const first = source[i];
    const second = source[i + 1];
    target[i] = first - c0 * last;
    last = second - c0 * first + square * last;
    target[i + 1] = last;
  }
  if (i < to) target[i] = source[i] - c0 * last;
}

function divideSecondOrder(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c0: number,
  c1: number,
): void {
  let y1 = target[from - 1];
  let y2 = target[from - 2];
  for (let i = from; i < to; i++) {
    const y = source[i] - c1 * y2 - c0 * y1;
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
  let y1 = target[from - 1];
  let y2 = target[from - 2];
  let y3 = target[from - 3];
  for (let i = from; i < to; i++) {
    const y = source[i] - c2 * y3 - c1 * y2 - c0 * y1;
    y3 = y2;
    y2 = y1;
    y1 = y;
    target[i] = y;
  }
}

/** Three lags as above, the others in a loop: these do not wait for the last results. */
function divideHighOrder(
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
  let y1 = target[from - 1];
  let y2 = target[from - 2];
  let y3 = target[from - 3];
  for (let i = from; i < to; i++) {
    let y = source[i];
    for (let j = degree; j > 3; j--) y -= c[j - 1] * target[i - j];
    y = y - c2 * y3 - c1 * y2 - c0 * y1;
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
  for (let i = from; i < to; i++) target[i] = source[i] - c0 * target[i - lag];
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
  for (let i = from; i < to; i++) target[i] = source[i] - c0 * target[i - lag] - c1 * target[i - twice];
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
    let y = source[i];
    for (let j = degree; j >= 1; j--) y -= c[j - 1] * target[i - j * stride];
    target[i] = y;
  }
}

/**
 * Division by short polynomials, several values a round.
 *
 * y_i = x_i − Σ_j c_j y_{i−j} one by one waits for each y before the next. A round of r values first takes the results before it as
 * zero, which nothing waits for, then adds what they amount to, y_{i+k} = v_k + Σ_j w_{kj} y_{i−j}: r values for one wait. The weights
 * are those of the recursion r steps on, with the same roots to their r-th power, so that errors fade as they do one by one.
 *
 * All loops go from `first` over `count` values; `step` is 1, or −1 for F = B⁻¹, the same filter from the end.
 */

/** Rounds of four. */
export function divideFirstOrder(
  source: Float64Array,
  target: Float64Array,
  first: number,
  count: number,
  step: number,
  c: Float64Array,
): void {
  const c1 = c[0];
  const c2 = c1 * c1;
  const c3 = c2 * c1;
  const c4 = c2 * c2;
  const whole = count - (count % 4);
  let last = target[first - step];
  let i = first;
  for (let done = 0; done < whole; done += 4) {
    const second = i + step;
    const third = second + step;
    const fourth = third + step;
    const v0 = source[i];
    const v1 = source[second] - c1 * v0;
    const v2 = source[third] - c1 * v1;
    const v3 = source[fourth] - c1 * v2;
    target[i] = v0 - c1 * last;
    target[second] = v1 + c2 * last;
    target[third] = v2 - c3 * last;
    last = v3 + c4 * last;
    target[fourth] = last;
    i = fourth + step;
  }
  for (let done = whole; done < count; done++, i += step) target[i] = source[i] - c1 * target[i - step];
}

/** Rounds of four. */
export function divideSecondOrder(
  source: Float64Array,
  target: Float64Array,
  first: number,
  count: number,
  step: number,
  c: Float64Array,
): void {
  const c0 = c[0];
  const c1 = c[1];
  const a1 = c0 * c0 - c1;
  const b1 = c0 * c1;
  const a2 = c0 * c1 - c0 * a1;
  const b2 = c1 * c1 - c0 * b1;
  const a3 = -c0 * a2 - c1 * a1;
  const b3 = -c0 * b2 - c1 * b1;
  const whole = count - (count % 4);
  let y1 = target[first - step];
  let y2 = target[first - 2 * step];
  let i = first;
  for (let done = 0; done < whole; done += 4) {
    const second = i + step;
    const third = second + step;
    const fourth = third + step;
    const v0 = source[i];
    const v1 = source[second] - c0 * v0;
    const v2 = source[third] - c1 * v0 - c0 * v1;
    const v3 = source[fourth] - c1 * v1 - c0 * v2;
    target[i] = v0 - c1 * y2 - c0 * y1;
    target[second] = v1 + b1 * y2 + a1 * y1;
    const before = v2 + b2 * y2 + a2 * y1;
    y1 = v3 + b3 * y2 + a3 * y1;
    y2 = before;
    target[third] = y2;
    target[fourth] = y1;
    i = fourth + step;
  }
  for (let done = whole; done < count; done++, i += step) {
    target[i] = source[i] - c1 * target[i - 2 * step] - c0 * target[i - step];
  }
}

/** Rounds of three. */
export function divideThirdOrder(
  source: Float64Array,
  target: Float64Array,
  first: number,
  count: number,
  step: number,
  c: Float64Array,
): void {
  const c0 = c[0];
  const c1 = c[1];
  const c2 = c[2];
  const a1 = c0 * c0 - c1;
  const b1 = c0 * c1 - c2;
  const d1 = c0 * c2;
  const a2 = c0 * c1 - c2 - c0 * a1;
  const b2 = c1 * c1 - c0 * b1;
  const d2 = c1 * c2 - c0 * d1;
  const whole = count - (count % 3);
  let y1 = target[first - step];
  let y2 = target[first - 2 * step];
  let y3 = target[first - 3 * step];
  let i = first;
  for (let done = 0; done < whole; done += 3) {
    const second = i + step;
    const third = second + step;
    const v0 = source[i];
    const v1 = source[second] - c0 * v0;
    const v2 = source[third] - c1 * v0 - c0 * v1;
    const x0 = v0 - c2 * y3 - c1 * y2 - c0 * y1;
    const x1 = v1 + d1 * y3 + b1 * y2 + a1 * y1;
    y1 = v2 + d2 * y3 + b2 * y2 + a2 * y1;
    y2 = x1;
    y3 = x0;
    target[i] = y3;
    target[second] = y2;
    target[third] = y1;
    i = third + step;
  }
  for (let done = whole; done < count; done++, i += step) {
    target[i] = source[i] - c2 * target[i - 3 * step] - c1 * target[i - 2 * step] - c0 * target[i - step];
  }
}

/** Rounds of two. */
export function divideFourthOrder(
  source: Float64Array,
  target: Float64Array,
  first: number,
  count: number,
  step: number,
  c: Float64Array,
): void {
  const c0 = c[0];
  const c1 = c[1];
  const c2 = c[2];
  const c3 = c[3];
  const a = c0 * c0 - c1;
  const b = c0 * c1 - c2;
  const d = c0 * c2 - c3;
  const f = c0 * c3;
  const whole = count - (count % 2);
  let y1 = target[first - step];
  let y2 = target[first - 2 * step];
  let y3 = target[first - 3 * step];
  let y4 = target[first - 4 * step];
  let i = first;
  for (let done = 0; done < whole; done += 2) {
    const second = i + step;
    const v = source[i];
    const x0 = v - c3 * y4 - c2 * y3 - c1 * y2 - c0 * y1;
    const x1 = source[second] - c0 * v + f * y4 + d * y3 + b * y2 + a * y1;
    y4 = y2;
    y3 = y1;
    y2 = x0;
    y1 = x1;
    target[i] = y2;
    target[second] = y1;
    i = second + step;
  }
  if (whole < count) target[i] = source[i] - c3 * y4 - c2 * y3 - c1 * y2 - c0 * y1;
}

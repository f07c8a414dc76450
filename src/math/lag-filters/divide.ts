import {
  divideFirstOrder,
  divideFourthOrder,
  divideSecondOrder,
  divideThirdOrder,
} from "./division-rounds.js";

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
  divideAlong(source, target, from, to - from, c, degree, stride);
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
  divideAlong(source, target, to - 1, to - from, c, degree, -stride);
}

/** `count` values from `first`, in the direction in which `stride` points. */
function divideAlong(
  source: Float64Array,
  target: Float64Array,
  first: number,
  count: number,
  c: Float64Array,
  degree: number,
  stride: number,
): void {
  const adjacent = stride === 1 || stride === -1;
  if (adjacent && degree === 1) divideFirstOrder(source, target, first, count, stride, c);
  else if (adjacent && degree === 2) divideSecondOrder(source, target, first, count, stride, c);
  else if (adjacent && degree === 3) divideThirdOrder(source, target, first, count, stride, c);
  else if (adjacent && degree === 4) divideFourthOrder(source, target, first, count, stride, c);
  else if (adjacent && degree > 4) divideHighOrder(source, target, first, count, stride, c, degree);
  else if (degree === 1) divideOneLag(source, target, first, count, c, stride);
  else if (degree === 2) divideTwoLags(source, target, first, count, c, stride);
  else divideAnyOrder(source, target, first, count, c, degree, stride);
}

/** Three lags by name, the others in a loop: these do not wait for the last results. */
function divideHighOrder(
  source: Float64Array,
  target: Float64Array,
  first: number,
  count: number,
  step: number,
  c: Float64Array,
  degree: number,
): void {
  const [c0, c1, c2] = [c[0], c[1], c[2]];
  let y1 = target[first - step];
  let y2 = target[first - 2 * step];
  let y3 = target[first - 3 * step];
  for (let done = 0, i = first; done < count; done++, i += step) {
    let y = source[i];
    for (let j = degree; j > 3; j--) y -= c[j - 1] * target[i - j * step];
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
  first: number,
  count: number,
  c: Float64Array,
  stride: number,
): void {
  const c0 = c[0];
  const step = Math.sign(stride);
  for (let done = 0, i = first; done < count; done++, i += step) {
    target[i] = source[i] - c0 * target[i - stride];
  }
}

function divideTwoLags(
  source: Float64Array,
  target: Float64Array,
  first: number,
  count: number,
  c: Float64Array,
  stride: number,
): void {
  const [c0, c1] = [c[0], c[1]];
  const step = Math.sign(stride);
  const twice = 2 * stride;
  for (let done = 0, i = first; done < count; done++, i += step) {
    target[i] = source[i] - c0 * target[i - stride] - c1 * target[i - twice];
  }
}

function divideAnyOrder(
  source: Float64Array,
  target: Float64Array,
  first: number,
  count: number,
  c: Float64Array,
  degree: number,
  stride: number,
): void {
  const step = Math.sign(stride);
  for (let done = 0, i = first; done < count; done++, i += step) {
    let y = source[i];
    for (let j = degree; j >= 1; j--) y -= c[j - 1] * target[i - j * stride];
    target[i] = y;
  }
}

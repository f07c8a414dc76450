/** Multiplication by lag polynomials, laid out as in {@link divide}. */

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
  if (degree === 1) multiplyOneLag(source, target, from, to, c[0], stride);
  else if (degree === 2) multiplyTwoLags(source, target, from, to, c, stride);
  else if (degree === 3) multiplyThreeLags(source, target, from, to, c, stride);
  else if (degree === 4) multiplyFourLags(source, target, from, to, c, stride);
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
  for (let i = from; i < to; i++) target[i] = source[i] + c0 * source[i - lag];
}

function multiplyTwoLags(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c: Float64Array,
  lag: number,
): void {
  const [c0, c1] = [c[0], c[1]];
  const twice = 2 * lag;
  for (let i = from; i < to; i++) target[i] = source[i] + c0 * source[i - lag] + c1 * source[i - twice];
}

function multiplyThreeLags(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c: Float64Array,
  lag: number,
): void {
  const [c0, c1, c2] = [c[0], c[1], c[2]];
  const twice = 2 * lag;
  const thrice = 3 * lag;
  for (let i = from; i < to; i++) {
    target[i] = source[i] + c0 * source[i - lag] + c1 * source[i - twice] + c2 * source[i - thrice];
  }
}

function multiplyFourLags(
  source: Float64Array,
  target: Float64Array,
  from: number,
  to: number,
  c: Float64Array,
  lag: number,
): void {
  const [c0, c1, c2, c3] = [c[0], c[1], c[2], c[3]];
  const twice = 2 * lag;
  const thrice = 3 * lag;
  const back = 4 * lag;
  for (let i = from; i < to; i++) {
    const near = c0 * source[i - lag] + c1 * source[i - twice];
    target[i] = source[i] + near + (c2 * source[i - thrice] + c3 * source[i - back]);
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
    let y = source[i];
    for (let j = 1; j <= degree; j++) y += c[j - 1] * source[i - j * stride];
    target[i] = y;
  }
}

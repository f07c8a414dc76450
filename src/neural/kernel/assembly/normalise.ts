import { add, at, load, mul, splat, sub } from "./lanes";

// Layer normalisation (Ba, Kiros and Hinton 2016): every row to mean 0 and variance 1, then a gain and a bias a column.

/** (lane 0 + lane 2) + (lane 1 + lane 3). */
@inline function sum(x: v128): f32 {
  return (f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 2)) + (f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 3));
}

/** `moments`: a row's mean and 1/deviation, for the way back. */
export function normalise(rows: i32, width: i32, x: i32, gain: i32, bias: i32, moments: i32, out: i32): void {
  const W = at(width), per: f32 = 1 / <f32>width;
  let p = at(x), q = at(out), m = at(moments);
  const g = at(gain), b = at(bias);
  for (let r = 0; r < rows; r++) {
    let total = splat(0);
    for (let j: usize = 0; j < W; j += 16) total = add(total, load(p + j));
    const mean = sum(total) * per, M = splat(mean);
    let squares = splat(0);
    for (let j: usize = 0; j < W; j += 16) {
      const d = sub(load(p + j), M);
      squares = add(squares, mul(d, d));
    }
    const inverse: f32 = 1 / sqrt<f32>(sum(squares) * per + 1e-5), I = splat(inverse);
    for (let j: usize = 0; j < W; j += 16) {
      v128.store(q + j, add(mul(mul(sub(load(p + j), M), I), load(g + j)), load(b + j)));
    }
    f32.store(m, mean);
    f32.store(m, inverse, 4);
    p += W;
    q += W;
    m += 8;
  }
}

/** Adds the gradients of x, gain and bias to what is there. */
export function normaliseBackward(
  rows: i32, width: i32, x: i32, gain: i32, moments: i32, outGradient: i32,
  gainGradient: i32, biasGradient: i32, gradient: i32,
): void {
  const W = at(width), per: f32 = 1 / <f32>width;
  let p = at(x), q = at(outGradient), d = at(gradient), m = at(moments);
  const g = at(gain), dg = at(gainGradient), db = at(biasGradient);
  for (let r = 0; r < rows; r++) {
    const M = splat(f32.load(m)), I = splat(f32.load(m, 4));
    let first = splat(0), second = splat(0);
    for (let j: usize = 0; j < W; j += 16) {
      const y = load(q + j), h = mul(sub(load(p + j), M), I), a = mul(y, load(g + j));
      v128.store(db + j, add(load(db + j), y));
      v128.store(dg + j, add(load(dg + j), mul(y, h)));
      first = add(first, a);
      second = add(second, mul(a, h));
    }
    const A = splat(sum(first) * per), B = splat(sum(second) * per);
    for (let j: usize = 0; j < W; j += 16) {
      const h = mul(sub(load(p + j), M), I), a = mul(load(q + j), load(g + j));
      v128.store(d + j, add(load(d + j), mul(I, sub(sub(a, A), mul(h, B)))));
    }
    p += W;
    q += W;
    d += W;
    m += 8;
  }
}

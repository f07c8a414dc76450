import { add, at, div, exp, load, log, mul, splat, sub } from "./lanes";

/** The sum of the lanes: (0 + 2) + (1 + 3). */
@inline function sum(x: v128): f32 {
  return (f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 2)) + (f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 3));
}

/** Σ weight·(−ln softmax(raw)[token]), and its gradient in the raw outputs; rows of `columns` raw outputs, tokens as numbers. */
export function categoricalLoss(rows: i32, columns: i32, raw: i32, token: i32, weight: i32, gradient: i32): f64 {
  const W = at(columns);
  let losses: f64 = 0;
  let p = at(raw), d = at(gradient), yp = at(token), wp = at(weight);
  for (let r = 0; r < rows; r++) {
    let most = load(p);
    for (let j: usize = 16; j < W; j += 16) most = f32x4.max(most, load(p + j));
    const a = max<f32>(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 2));
    const b = max<f32>(f32x4.extract_lane(most, 1), f32x4.extract_lane(most, 3));
    const top = splat(max<f32>(a, b));
    let all = splat(0);
    for (let j: usize = 0; j < W; j += 16) {
      const e = exp(sub(load(p + j), top));
      all = add(all, e);
      v128.store(d + j, e);
    }
    const sums = splat(sum(all)), w = f32.load(wp), scaled = div(splat(w), sums);
    for (let j: usize = 0; j < W; j += 16) v128.store(d + j, mul(load(d + j), scaled));
    const k = at(<i32>f32.load(yp));
    const loss = sub(log(sums), sub(splat(f32.load(p + k)), top));
    losses += <f64>f32x4.extract_lane(mul(loss, splat(w)), 0);
    f32.store(d + k, f32.load(d + k) - w);
    p += W;
    d += W;
    yp += 4;
    wp += 4;
  }
  return losses;
}

// Four float32 lanes at a time, and the elementary functions on them. The TypeScript twin repeats every
// operation in the same order, so the two agree bit for bit; change one, change the other.

/** Addresses count float32 cells everywhere outside this folder; WebAssembly counts bytes. */
@inline export function at(cell: i32): usize {
  return (<usize>cell) << 2;
}

@inline export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

@inline export function load(p: usize): v128 {
  return v128.load(p);
}

@inline export function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

@inline export function sub(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

@inline export function mul(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}

@inline export function div(a: v128, b: v128): v128 {
  return f32x4.div(a, b);
}

/** c + a·b: two roundings, or one in the opt-in build with relaxed SIMD. */
@inline export function mac(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** tanh x = x·P(x²)/Q(x²) on [−8, 8]; relative error 3e-7. */
@inline export function tanh(x0: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(x0, splat(8)), splat(-8));
  const u = mul(x, x);
  let p = mac(u, splat(2.350927438832251e-11), splat(-1.4704474082805064e-8));
  p = mac(u, p, splat(9.87874318525428e-6));
  p = mac(u, p, splat(0.0029858709312975407));
  p = mac(u, p, splat(0.12979231774806976));
  p = mac(u, p, splat(1));
  let q = mac(u, splat(0.0002372044837102294), splat(0.024027962237596512));
  q = mac(u, q, splat(0.46312546730041504));
  q = mac(u, q, splat(1));
  return div(mul(x, p), q);
}

@inline export function sigmoid(x: v128): v128 {
  return mac(tanh(mul(x, splat(0.5))), splat(0.5), splat(0.5));
}

/** ln((1+s)/(1−s)) = 2s + 2s³/3 + …, for |s| up to 1/3. */
@inline export function logRatio(s: v128): v128 {
  const u = mul(s, s);
  let p = mac(u, splat(0.15384615384615385), splat(0.18181818181818182));
  p = mac(u, p, splat(0.2222222222222222));
  p = mac(u, p, splat(0.2857142857142857));
  p = mac(u, p, splat(0.4));
  p = mac(u, p, splat(0.6666666666666666));
  p = mac(u, p, splat(2));
  return mul(s, p);
}

/** ln x for normal x > 0: x = m·2^e with m in [√½, √2). */
@inline export function log(x: v128): v128 {
  const e = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const m = i32x4.sub(x, i32x4.shl(e, 23));
  const series = logRatio(div(sub(m, splat(1)), add(m, splat(1))));
  return mac(f32x4.convert_i32x4_s(e), splat(0.6931471805599453), series);
}

/** ln(1 + q) for q ≥ 0: what rounding 1 + q lost is added back. */
@inline export function logOnePlus(q: v128): v128 {
  const one = splat(1);
  const sum = add(one, q);
  return add(log(sum), div(sub(q, sub(sum, one)), sum));
}

/** eˣ, x clamped to [−87, 88]. */
@inline export function exp(x0: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(x0, splat(88)), splat(-87));
  const n = f32x4.nearest(mul(x, splat(1.4426950408889634)));
  const r = sub(sub(x, mul(n, splat(0.693359375))), mul(n, splat(-2.12194440e-4)));
  let p = mac(r, splat(0.001388888888888889), splat(0.008333333333333333));
  p = mac(r, p, splat(0.041666666666666664));
  p = mac(r, p, splat(0.16666666666666666));
  p = mac(r, p, splat(0.5));
  p = mac(r, p, splat(1));
  p = mac(r, p, splat(1));
  return mul(p, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23));
}

/** ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), with full relative accuracy on both sides. */
@inline export function softplus(x: v128): v128 {
  const e = exp(f32x4.neg(f32x4.abs(x)));
  return add(f32x4.pmax(x, splat(0)), logRatio(div(e, add(e, splat(2)))));
}

/** cos 2πv for v in [0, 1]: folded to a quarter turn, then the even Taylor series. */
@inline export function cosineTurn(v: v128): v128 {
  const w = f32x4.abs(sub(v, splat(0.5)));
  const far = f32x4.gt(w, splat(0.25));
  const r = mul(v128.bitselect(sub(splat(0.5), w), w, far), splat(6.283185307179586));
  const u = mul(r, r);
  let p = mac(u, splat(-2.755731922398589e-7), splat(2.48015873015873e-5));
  p = mac(u, p, splat(-0.001388888888888889));
  p = mac(u, p, splat(0.041666666666666664));
  p = mac(u, p, splat(-0.5));
  p = mac(u, p, splat(1));
  return v128.bitselect(p, f32x4.neg(p), far);
}

/** Running sums of float32 lanes in float64: lanes 0 and 1, lanes 2 and 3. */
@inline export function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

@inline export function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
}

/** (lane 0 + lane 2) + (lane 1 + lane 3). */
@inline export function total(lows: v128, highs: v128): f64 {
  const both = f64x2.add(lows, highs);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

import {
  add, at, cosineTurn, div, exp, high, load, log, logOnePlus, low, mac, mul, sigmoid, softplus, splat, sub, total,
} from "./lanes";

// Losses −log p(z) of standardised values and their gradients. Raw parameters come in rows of four:
// Student-t (degrees, location, scale, unused), normal (location, scale, unused, unused).

/** Scales stay above the float32 epsilon. */
@inline function scaleOf(raw: v128): v128 {
  return f32x4.pmax(softplus(raw), splat(1.1920928955078125e-7));
}

/** The cell at p and those one, two and three rows further, one a lane. */
@inline function gather(p: usize): v128 {
  const t = f32x4.replace_lane(f32x4.replace_lane(splat(f32.load(p)), 1, f32.load(p, 16)), 2, f32.load(p, 32));
  return f32x4.replace_lane(t, 3, f32.load(p, 48));
}

@inline function scatter(p: usize, x: v128): void {
  f32.store(p, f32x4.extract_lane(x, 0));
  f32.store(p, f32x4.extract_lane(x, 1), 16);
  f32.store(p, f32x4.extract_lane(x, 2), 32);
  f32.store(p, f32x4.extract_lane(x, 3), 48);
}

/**
 * Σ weight·loss, and the gradient of it in the raw parameters. ν = 2 + softplus, σ = softplus;
 * −log p = ½ln(πν) − [lnΓ(ν/2 + ½) − lnΓ(ν/2)] + ln σ + ½(ν+1) ln(1 + z²/ν), z = (y − μ)/σ.
 */
export function studentTLoss(rows: i32, raw: i32, y: i32, weight: i32, gradient: i32): f64 {
  let lows = f64x2.splat(0), highs = f64x2.splat(0);
  const half = splat(0.5), one = splat(1);
  let p = at(raw), d = at(gradient), yp = at(y), wp = at(weight);
  for (let r = 0; r < rows; r += 4) {
    const a = gather(p), location = gather(p + 4), b = gather(p + 8);
    const w = load(wp);
    const nu = add(softplus(a), splat(2)), sigma = scaleOf(b), x = mul(nu, half);
    // lnΓ(x+½) − lnΓ(x) and its derivative: six shifts upwards, then the asymptotic series.
    let ratio = one, slope = splat(0);
    for (let i = 0; i < 6; i++) {
      const xi = add(x, splat(<f32>i)), xh = add(xi, half);
      ratio = mul(ratio, div(xh, xi));
      slope = add(slope, div(half, mul(xi, xh)));
    }
    const top = add(x, splat(6)), inverse = div(one, top), inverse2 = mul(inverse, inverse);
    let series = mac(inverse2, splat(-0.0015625), splat(0.005208333333333333));
    series = mul(mac(inverse2, series, splat(-0.125)), inverse);
    const gammaRatio = add(series, log(div(f32x4.sqrt(top), ratio)));
    let derivative = mac(inverse2, splat(0.0078125), splat(-0.015625));
    derivative = mul(mac(inverse2, derivative, splat(0.125)), inverse2);
    derivative = add(add(derivative, mul(half, inverse)), slope);

    const perSigma = div(one, sigma), perNu = div(one, nu), n1 = add(nu, one);
    const z = mul(sub(load(yp), location), perSigma);
    const q = mul(mul(z, z), perNu), logQ = logOnePlus(q), shrink = div(one, add(one, q)), qq = mul(q, shrink);
    const constant = sub(mul(half, log(mul(nu, splat(3.141592653589793)))), gammaRatio);
    const loss = add(constant, add(log(sigma), mul(mul(half, n1), logQ)));
    const weighted = mul(loss, w);
    lows = f64x2.add(lows, low(weighted));
    highs = f64x2.add(highs, high(weighted));

    const dLocation = f32x4.neg(mul(mul(n1, z), mul(mul(perSigma, perNu), shrink)));
    const dSigma = mul(sub(one, mul(n1, qq)), perSigma);
    let dNu = sub(mul(half, sub(logQ, derivative)), mul(mul(half, n1), mul(qq, perNu)));
    dNu = add(dNu, mul(half, perNu));
    scatter(d, mul(w, mul(dNu, sigmoid(a))));
    scatter(d + 4, mul(w, dLocation));
    scatter(d + 8, mul(w, mul(dSigma, sigmoid(b))));
    scatter(d + 12, splat(0));
    p += 64; d += 64; yp += 16; wp += 16;
  }
  return total(lows, highs);
}

/** As above for the normal: −log p = ½ln 2π + ln σ + z²/2. */
export function normalLoss(rows: i32, raw: i32, y: i32, weight: i32, gradient: i32): f64 {
  let lows = f64x2.splat(0), highs = f64x2.splat(0);
  const one = splat(1);
  let p = at(raw), d = at(gradient), yp = at(y), wp = at(weight);
  for (let r = 0; r < rows; r += 4) {
    const location = gather(p), b = gather(p + 4), w = load(wp);
    const sigma = scaleOf(b), perSigma = div(one, sigma), z = mul(sub(load(yp), location), perSigma), zz = mul(z, z);
    const loss = add(add(splat(0.9189385332046727), log(sigma)), mul(splat(0.5), zz));
    const weighted = mul(loss, w);
    lows = f64x2.add(lows, low(weighted));
    highs = f64x2.add(highs, high(weighted));
    scatter(d, mul(w, f32x4.neg(mul(z, perSigma))));
    scatter(d + 4, mul(w, mul(mul(sub(one, zz), perSigma), sigmoid(b))));
    scatter(d + 8, splat(0));
    scatter(d + 12, splat(0));
    p += 64; d += 64; yp += 16; wp += 16;
  }
  return total(lows, highs);
}

/**
 * Student-t draws without rejection from two uniforms a row (Bailey 1994):
 * t = √(ν(U^(−2/ν) − 1))·cos 2πV, out = μ + σt.
 */
export function studentTSample(rows: i32, raw: i32, u: i32, v: i32, out: i32): void {
  let p = at(raw), up = at(u), vp = at(v), q = at(out);
  const one = splat(1);
  for (let r = 0; r < rows; r += 4) {
    const nu = add(softplus(gather(p)), splat(2)), location = gather(p + 4), sigma = scaleOf(gather(p + 8));
    const y = div(mul(splat(-2), log(load(up))), nu);
    let series = mac(y, splat(0.0001984126984126984), splat(0.001388888888888889));
    series = mac(y, series, splat(0.008333333333333333));
    series = mac(y, series, splat(0.041666666666666664));
    series = mac(y, series, splat(0.16666666666666666));
    series = mac(y, series, splat(0.5));
    series = mac(y, series, one);
    const expMinusOne = v128.bitselect(mul(y, series), sub(exp(y), one), f32x4.lt(y, splat(0.5)));
    const t = mul(f32x4.sqrt(mul(nu, expMinusOne)), cosineTurn(load(vp)));
    v128.store(q, mac(sigma, t, location));
    p += 64; up += 16; vp += 16; q += 16;
  }
}

/** Normal draws from two uniforms a row (Box and Muller 1958): μ + σ√(−2 ln U)·cos 2πV. */
export function normalSample(rows: i32, raw: i32, u: i32, v: i32, out: i32): void {
  let p = at(raw), up = at(u), vp = at(v), q = at(out);
  for (let r = 0; r < rows; r += 4) {
    const radius = f32x4.sqrt(mul(splat(-2), log(load(up))));
    const draw = mul(radius, cosineTurn(load(vp)));
    v128.store(q, mac(scaleOf(gather(p + 4)), draw, gather(p)));
    p += 64; up += 16; vp += 16; q += 16;
  }
}

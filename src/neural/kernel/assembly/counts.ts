import { at } from "./lanes";
import { digammaRest, log64, logOnePlus64, sigmoid64, softplus64, stirlingRest } from "./double";

const SHIFT: i32 = 8;

/**
 * Σ weight·(−log p(y)) of the negative binomial and its gradient in the raw parameters (mean, dispersion).
 * μ = scale·softplus, α = softplus/√scale, variance μ + αμ²; r = 1/α:
 * log p = lnΓ(y+r) − lnΓ(r) − lnΓ(y+1) + y ln(αμ) − (y+r) ln(1+αμ).
 * In float64: for nearly Poisson counts the terms cancel to nothing in float32.
 */
export function negativeBinomialLoss(
  rows: i32, raw: i32, y: i32, weight: i32, scale: i32, gradient: i32,
): f64 {
  let sum: f64 = 0;
  for (let r = 0; r < rows; r++) {
    const p = at(raw + 4 * r), d = at(gradient + 4 * r);
    const w = <f64>f32.load(at(weight + r));
    const count = <f64>f32.load(at(y + r)), s = <f64>f32.load(at(scale + r));
    const a = <f64>f32.load(p), b = <f64>f32.load(p, 4), root = Math.sqrt(s);
    const mu = s * softplus64(a) + 1e-10, alpha = softplus64(b) / root + 1e-6, size = 1 / alpha;
    const am = alpha * mu, logAm1 = logOnePlus64(am);
    const density = countTerm(count, size) + count * log64(am) - (count + size) * logAm1;
    sum -= w * density;
    const dMu = (count - mu) / (mu * (1 + am));
    const dSize = digammaDifference(count, size) - logAm1 + (mu - count) / (mu + size);
    f32.store(d, <f32>(-w * dMu * s * sigmoid64(a)));
    f32.store(d, <f32>(w * dSize * size * size * sigmoid64(b) / root), 4);
    f32.store(d, 0, 8);
    f32.store(d, 0, 12);
  }
  return sum;
}

/** lnΓ(y+r) − lnΓ(r) − lnΓ(y+1), the arguments shifted up to where Stirling's formula holds. */
function countTerm(y: f64, r: f64): f64 {
  let ratio: f64 = 1, factorial: f64 = 1;
  let low = r;
  if (r < SHIFT) {
    for (let i = 0; i < SHIFT; i++) ratio *= (y + r + <f64>i) / (r + <f64>i);
    low = r + SHIFT;
  }
  for (let i = 1; i <= SHIFT; i++) factorial *= y + <f64>i;
  const high = low + y, top = y + 1 + SHIFT;
  const rising = (high - 0.5) * logOnePlus64(y / low) + y * log64(low) - y + stirlingRest(high) - stirlingRest(low);
  const lnFactorial = (top - 0.5) * log64(top) - top + 0.9189385332046727 + stirlingRest(top) - log64(factorial);
  return rising - log64(ratio) - lnFactorial;
}

/** ψ(y+r) − ψ(r). */
function digammaDifference(y: f64, r: f64): f64 {
  let sum: f64 = 0;
  let low = r;
  if (r < SHIFT) {
    for (let i = 0; i < SHIFT; i++) sum += y / ((r + <f64>i) * (y + r + <f64>i));
    low = r + SHIFT;
  }
  return sum + logOnePlus64(y / low) - digammaRest(low + y) + digammaRest(low);
}

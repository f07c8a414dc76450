import { add, at, div, high, load, low, mul, splat, sub, total } from "./lanes";

/** Σ x², summed in float64. */
export function sumOfSquares(n: i32, x: i32): f64 {
  const p = at(x), bytes = at(n);
  let lows = f64x2.splat(0), highs = f64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const v = load(p + i), a = low(v), b = high(v);
    lows = f64x2.add(lows, f64x2.mul(a, a));
    highs = f64x2.add(highs, f64x2.mul(b, b));
  }
  return total(lows, highs);
}

/**
 * One step of Adam with decoupled weight decay, the gradient g scaled first:
 * m = β₁m + (1−β₁)g,  v = β₂v + (1−β₂)g²,  w = w·keep − rate·m / (√v·rootCorrection + ε).
 * `rate` is the learning rate over 1−β₁ᵗ, `rootCorrection` 1/√(1−β₂ᵗ), `keep` 1 − learning rate × decay.
 */
export function adam(
  n: i32, weights: i32, gradient: i32, first: i32, second: i32,
  gradientScale: f32, keep: f32, beta1: f32, beta2: f32, rate: f32, rootCorrection: f32, epsilon: f32,
): void {
  const w = at(weights), g = at(gradient), m = at(first), v = at(second), bytes = at(n);
  const scale = splat(gradientScale), K = splat(keep), R = splat(rate), C = splat(rootCorrection), E = splat(epsilon);
  const B1 = splat(beta1), N1 = splat(1 - beta1), B2 = splat(beta2), N2 = splat(1 - beta2);
  for (let i: usize = 0; i < bytes; i += 16) {
    const gi = mul(load(g + i), scale);
    const mi = add(mul(B1, load(m + i)), mul(N1, gi));
    const vi = add(mul(B2, load(v + i)), mul(N2, mul(gi, gi)));
    v128.store(m + i, mi);
    v128.store(v + i, vi);
    const step = div(mul(R, mi), add(mul(f32x4.sqrt(vi), C), E));
    v128.store(w + i, sub(mul(load(w + i), K), step));
  }
}

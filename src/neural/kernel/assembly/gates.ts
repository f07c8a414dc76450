import { at, load, mul, sigmoid, splat, sub, tanh } from "./lanes";

// Gated units of convolutional networks: z = tanh(a)·sigmoid(b) from rows of a and b side by side; and max(x, 0).

/** Pre-activations, rows of 2·width, become activations, which the way back reads. */
export function gateForward(rows: i32, width: i32, gates: i32, out: i32): void {
  const W = at(width);
  let p = at(gates), q = at(out);
  for (let r = 0; r < rows; r++) {
    for (let j: usize = 0; j < W; j += 16) {
      const a = tanh(load(p + j)), b = sigmoid(load(p + W + j));
      v128.store(p + j, a);
      v128.store(p + W + j, b);
      v128.store(q + j, mul(a, b));
    }
    p += 2 * W;
    q += W;
  }
}

/** Activations become gradients of the pre-activations. */
export function gateBackward(rows: i32, width: i32, gates: i32, outGradient: i32): void {
  const W = at(width), one = splat(1);
  let p = at(gates), q = at(outGradient);
  for (let r = 0; r < rows; r++) {
    for (let j: usize = 0; j < W; j += 16) {
      const a = load(p + j), b = load(p + W + j), g = load(q + j);
      v128.store(p + j, mul(mul(g, b), sub(one, mul(a, a))));
      v128.store(p + W + j, mul(mul(g, a), mul(b, sub(one, b))));
    }
    p += 2 * W;
    q += W;
  }
}

/** out = max(x, 0). */
export function rectify(n: i32, x: i32, out: i32): void {
  const p = at(x), q = at(out), bytes = at(n), zero = splat(0);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(q + i, f32x4.max(load(p + i), zero));
}

/** The gradient stays where `out` is above 0. */
export function rectifyBackward(n: i32, out: i32, gradient: i32): void {
  const p = at(out), q = at(gradient), bytes = at(n), zero = splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(q + i, v128.and(load(q + i), f32x4.gt(load(p + i), zero)));
  }
}

import type { Rng } from "../../core/random.js";
import type { Kernel } from "../kernel/kernel.js";

/** Zeroes a share `rate` of x and scales the rest by 1/(1 − rate); the mask is kept for the way back. */
export function dropoutForward(
  kernel: Kernel,
  rate: number,
  rng: Rng,
  n: number,
  x: number,
  mask: number,
  out: number,
): void {
  const seed = (): number => (Math.floor(rng.uniform() * 4294967295) + 1) | 0;
  const threshold = Math.floor(rate * 4294967296) | 0;
  kernel.dropout(n, x, mask, out, seed(), seed(), seed(), seed(), threshold, 1 / (1 - rate));
}

/** The gradient through the mask, in place. */
export function dropoutBackward(kernel: Kernel, n: number, mask: number, gradient: number): void {
  kernel.multiply(n, mask, gradient);
}

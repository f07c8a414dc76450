import type { Rng } from "../core/random.js";
import { standardNormal } from "./special-functions/normal.js";

/**
 * A draw from the gamma distribution with the given shape and scale 1.
 *
 * G. Marsaglia and W. W. Tsang, A simple method for generating gamma variables, ACM TOMS 26 (2000), p. 363. It draws
 * a varying number of uniform numbers.
 *
 * @param shape above 0.
 */
export function gammaDraw(rng: Rng, shape: number): number {
  if (shape < 1) return gammaDraw(rng, shape + 1) * Math.exp(Math.log(rng.uniform()) / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = standardNormal(rng);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (Math.log(rng.uniform()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}

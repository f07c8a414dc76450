import type { Rng } from "../../../src/core/random.js";

/** A standard normal number by two uniform ones. */
export function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
}

/** A whole number from `low` to `high`. */
export function integer(rng: Rng, low: number, high: number): number {
  return low + Math.floor(rng.uniform() * (high - low + 1));
}

/** Coefficients whose partial autocorrelations are at most `limit` in size. */
export function stable(rng: Rng, degree: number, limit = 0.9): number[] {
  let a: number[] = [];
  for (let k = 0; k < degree; k++) {
    const r = limit * (2 * rng.uniform() - 1);
    a = [...a.map((v, i) => v - r * a[k - 1 - i]!), r];
  }
  return a;
}

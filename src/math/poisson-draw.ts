import type { Rng } from "../core/random.js";
import { logGamma } from "./special-functions/log-gamma.js";

/** Above this mean Poisson draws are made by rejection, below it by summing probabilities. */
const MANY = 10;

/**
 * A draw from the Poisson distribution.
 *
 * W. Hörmann, The transformed rejection method for generating Poisson random variables, Insurance: Mathematics and
 * Economics 12 (1993), p. 43 (algorithm PTRS), and inversion for small means.
 *
 * @param mean 0 or more.
 */
export function poissonDraw(rng: Rng, mean: number): number {
  return mean < MANY ? poissonByInversion(rng, mean) : poissonByRejection(rng, mean);
}

function poissonByInversion(rng: Rng, mean: number): number {
  let left = rng.uniform();
  let probability = Math.exp(-mean);
  let k = 0;
  while (left > probability && k < 200) {
    left -= probability;
    k++;
    probability *= mean / k;
  }
  return k;
}

function poissonByRejection(rng: Rng, mean: number): number {
  const logMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const inner = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = rng.uniform() - 0.5;
    const v = rng.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= inner) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= k * logMean - mean - logGamma(k + 1)) return k;
  }
}

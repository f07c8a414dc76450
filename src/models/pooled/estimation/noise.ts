import { logGamma } from "../../../math/special-functions/log-gamma.js";
import { studentTLogDensity } from "../../../math/special-functions/student-t.js";
import type { PooledParams } from "../params.js";

/** How errors spread. */
export type Noise = Pick<PooledParams, "error" | "strength" | "df" | "spread" | "dispersion">;

/** Degrees of freedom, and weights of the panel's errors, of which the most likely pair is taken. */
const DFS = [2.5, 3, 4, 6, 10, 30];
const STRENGTHS = [3, 10, 30, 100];
/** Errors of a series that tell: its last ones. */
const TOLD_BY = 60;
/** Errors below this share of the scale are rounding. */
const LEAST = 1e-6;

/**
 * The most likely spread of errors of which each is compared with the mean size of those before.
 *
 * @param errors in units of the scale, series by series.
 * @param inflation what their squares fall short of those of new rows by.
 */
export function noiseOf(errors: readonly Float64Array[], fade: number, inflation: number): Noise {
  const rows = errors.reduce((sum, own) => sum + own.length, 0);
  const total = errors.reduce((sum, own) => sum + own.reduce((part, e) => part + Math.abs(e), 0), 0);
  const error = Math.max(LEAST, total / rows);
  let best: { df: number; strength: number; log: number } | null = null;
  for (const strength of STRENGTHS) {
    const ratios = ratiosOf(errors, fade, strength, error);
    for (const df of DFS) {
      const spread = spreadOf(df);
      const peak = studentTLogDensity(0, df) - Math.log(spread);
      const factor = 1 / (df * spread * spread);
      let log = ratios.length * peak;
      for (const z of ratios) log -= 0.5 * (df + 1) * Math.log1p(z * z * factor);
      const whole = log - ratios.sizes;
      if (best === null || whole > best.log) best = { df, strength, log: whole };
    }
  }
  const { df, strength } = best!;
  return { error, strength, df, spread: spreadOf(df) * Math.sqrt(inflation) };
}

/** Errors divided by their expected size, and the sum of the logarithms of those sizes. */
function ratiosOf(errors: readonly Float64Array[], fade: number, strength: number, error: number) {
  const ratios: number[] = [];
  let sizes = 0;
  for (const own of errors) {
    let [errorSum, weight] = [0, 0];
    own.forEach((e, i) => {
      const size = Math.max(LEAST, (strength * error + errorSum) / (strength + weight));
      if (i >= own.length - TOLD_BY) {
        ratios.push(e / size);
        sizes += Math.log(size);
      }
      errorSum = fade * errorSum + Math.abs(e);
      weight = fade * weight + 1;
    });
  }
  return Object.assign(ratios, { sizes });
}

/** 1/E|T|, E|T| = 2√ν Γ((ν + 1)/2)/(√π (ν − 1) Γ(ν/2)). */
function spreadOf(df: number): number {
  const log = logGamma((df + 1) / 2) - logGamma(df / 2);
  return ((df - 1) * Math.sqrt(Math.PI)) / (2 * Math.sqrt(df) * Math.exp(log));
}

import type { StandardError } from "./errors.js";

export interface Rule {
  /** What the widths are multiplied by before a series' own errors speak, by steps ahead (the last goes on). */
  readonly prior: readonly number[];
  /** How many of a series' errors the prior counts as. */
  readonly priorWeight: number;
}

/** Widths never shrink below this share of the model's own, whatever a lucky past says. */
const LEAST = 0.8;
const MOST = 4;

/**
 * Factors for the widths at each step: the prior profile times one scale of the series, s, with
 * s² = (ν + Σ w (z/c)²) / (ν + Σ w), z the past errors in the model's own standard deviations, c the prior at their step and
 * ν the prior's weight, w how much of an independent error each is. Large errors count no more than 4 standard deviations.
 */
export function factorsFrom(errors: readonly StandardError[], rule: Rule, horizon: number): number[] {
  const at = (step: number) => rule.prior[Math.min(step, rule.prior.length) - 1]!;
  let weight = rule.priorWeight;
  let squares = rule.priorWeight;
  for (const { step, z, weight: w } of errors) {
    weight += w;
    squares += w * Math.min(16, (z / at(step)) ** 2);
  }
  const scale = Math.sqrt(squares / weight);
  return Array.from({ length: horizon }, (_, h) => Math.min(MOST, Math.max(LEAST, at(h + 1) * scale)));
}

/** How many independent errors the past counts as. */
export function effectiveCount(errors: readonly StandardError[]): number {
  return errors.reduce((sum, { weight }) => sum + weight, 0);
}

import type { Distribution } from "../../core/distribution.js";

/** How strongly past errors tell: a member with half the error of another weighs four times as much. */
const POWER = 2;
/** Past origins at which errors tell half of that. */
const HALFWAY = 3;
/** Errors below this share of the middle one count as this: nothing is perfect for long. */
const LEAST = 0.1;
/** A member this many times as far from the pool's middle as the middle member is on its way out, and how sharply. */
const FAR = 5;
const SHARPNESS = 4;

/**
 * Weights by past errors, w_k ∝ (e_k / median e)^(−2r/(r + 3)), r the number of past origins: equal weights where there is no
 * past. A member whose past is not known weighs as the middle one.
 *
 * @param errors mean absolute error of each member over the same origins; NaN where unknown.
 * @see J. M. Bates & C. W. J. Granger, Operational Research Quarterly 20 (1969), p. 451; the exponent is shrunk, as estimated
 *   weights often do worse than equal ones.
 */
export function weightsByErrors(errors: readonly number[], origins: number): number[] {
  const known = errors.filter(Number.isFinite);
  const middle = median(known);
  if (known.length < 2 || !(middle > 0)) return errors.map(() => 1);
  const power = (POWER * origins) / (origins + HALFWAY);
  return errors.map((error) =>
    Number.isFinite(error) ? (Math.max(error, LEAST * middle) / middle) ** -power : 1,
  );
}

/**
 * What members' weights are multiplied by because they stray: 1 / (1 + (d_k / (5 median d))⁴), d_k the mean distance of a
 * member's medians from the weighted median of all. A member gone wild moves the pool's mean, however little it weighs.
 */
export function strayFactors(
  ahead: readonly (readonly Distribution[])[],
  weights: readonly number[],
): number[] {
  const paths = ahead.map((list) => list.map((distribution) => distribution.quantile(0.5)));
  const horizon = Math.min(...paths.map(({ length }) => length));
  const middle = Array.from({ length: horizon }, (_, h) =>
    weightedMedian(
      paths.map((path) => path[h]!),
      weights,
    ),
  );
  const distances = paths.map(
    (path) => middle.reduce((sum, value, h) => sum + Math.abs(path[h]! - value), 0) / horizon,
  );
  const scale = FAR * median(distances);
  if (!(scale > 0)) return paths.map(() => 1);
  return distances.map((distance) => 1 / (1 + (distance / scale) ** SHARPNESS));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : 0.5 * (sorted[half - 1]! + sorted[half]!);
}

function weightedMedian(values: readonly number[], weights: readonly number[]): number {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  for (const i of order) {
    reached += weights[i]!;
    if (reached >= total / 2) return values[i]!;
  }
  return values[order[order.length - 1]!]!;
}

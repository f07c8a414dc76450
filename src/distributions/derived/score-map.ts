import { numericalError } from "../../core/errors.js";
import { normalCdf } from "../../math/special-functions/normal.js";

/**
 * An odd, rising, piecewise linear map ρ of standard scores through (0, 0) and (at[i], to[i]); beyond the last point it goes on
 * along the line from the origin through it, so that a single point is a plain factor.
 */
export interface ScoreMap {
  /** Ascending, above 0. */
  readonly at: readonly number[];
  /** Ascending, above 0, as many. */
  readonly to: readonly number[];
}

/** The map that changes nothing. */
export const identity: ScoreMap = { at: [1], to: [1] };

/** Scores beyond this are indistinguishable from certainty in double precision. */
export const FARTHEST = 8.2;

/** Φ(ρ(z)), short of 0 and 1. */
export function probabilityAt(map: ScoreMap, z: number): number {
  return normalCdf(Math.min(FARTHEST, Math.max(-FARTHEST, scoreOf(map, z))));
}

/** ρ(z). */
export function scoreOf({ at, to }: ScoreMap, z: number): number {
  return Math.sign(z) * along(at, to, Math.abs(z));
}

/** ρ⁻¹(z). */
export function scoreBack({ at, to }: ScoreMap, z: number): number {
  return Math.sign(z) * along(to, at, Math.abs(z));
}

function along(from: readonly number[], to: readonly number[], x: number): number {
  const last = from.length - 1;
  if (x >= from[last]) return (x / from[last]) * to[last];
  let i = 0;
  while (from[i] < x) i++;
  const [x0, y0] = i === 0 ? [0, 0] : [from[i - 1], to[i - 1]];
  return y0 + ((x - x0) / (from[i] - x0)) * (to[i] - y0);
}

/** ρ'(z). */
export function slopeAt({ at, to }: ScoreMap, z: number): number {
  const x = Math.abs(z);
  const last = at.length - 1;
  if (x >= at[last]) return to[last] / at[last];
  let i = 0;
  while (at[i] <= x) i++;
  const [x0, y0] = i === 0 ? [0, 0] : [at[i - 1], to[i - 1]];
  return (to[i] - y0) / (at[i] - x0);
}

/** @throws YuleError `bad-score-map` where it does not rise. */
export function requireRising({ at, to }: ScoreMap): void {
  const rising = (list: readonly number[]) => list.every((z, i) => z > (list[i - 1] ?? 0) && z < 1e6);
  if (at.length > 0 && at.length === to.length && rising(at) && rising(to)) return;
  throw numericalError(
    "bad-score-map",
    "map",
    to.join(", "),
    `A map of scores needs equally many increasing numbers above 0 on both sides, not ${at.join(", ")} and ${to.join(", ")}.`,
  );
}

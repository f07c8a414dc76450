import { smallestOf } from "../../math/extremes.js";
import { minimiseBetween } from "../../math/minimise/minimise-between.js";

/** Shares of the way between the bounds: the search starts around the best of them. */
const GRID = [0, 0.03, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 1];

/** The least of a function that may have several minima: the best of a grid, then Brent's method around it. */
export function gridThenBrent(low: number, high: number, f: (x: number) => number): number {
  const points = GRID.map((share) => low + share * (high - low));
  const values = points.map(f);
  const best = values.indexOf(smallestOf(values));
  const from = points[Math.max(0, best - 1)]!;
  const to = points[Math.min(points.length - 1, best + 1)]!;
  const inner = minimiseBetween(f, from, to, 1e-10);
  return f(inner) <= values[best]! ? inner : points[best]!;
}

/** Simple exponential smoothing of a complete series. */
export interface SimpleSmoothing {
  readonly alpha: number;
  /** Before the first value. */
  readonly level: number;
  /** After the last. */
  readonly last: number;
}

/**
 * ets(A,N,N) by itself: α between bounds and the initial level by least squares, which is maximum likelihood. The
 * errors are linear in the level, so the search is over α alone.
 */
export function simpleSmoothing(y: Float64Array, low: number, high: number): SimpleSmoothing {
  const alpha = gridThenBrent(low, high, (a) => smoothingSquares(y, a).squares);
  const { level } = smoothingSquares(y, alpha);
  let last = level;
  for (let t = 0; t < y.length; t++) last += alpha * (y[t]! - last);
  return { alpha, level, last };
}

/** Errors e_t = z_t − ℓ₀(1−α)^t, z the errors from a level that starts at the first value. */
function smoothingSquares(y: Float64Array, alpha: number): { squares: number; level: number } {
  const left = 1 - alpha;
  const first = y[0]!;
  let behind = 0;
  let power = 1;
  let cross = 0;
  let weight = 0;
  let energy = 0;
  for (let t = 0; t < y.length; t++) {
    const e = y[t]! - first - behind;
    behind += alpha * e;
    energy += e * e;
    cross += e * power;
    weight += power * power;
    power *= left;
  }
  const shift = cross / weight;
  return { squares: Math.max(0, energy - shift * cross), level: first + shift };
}

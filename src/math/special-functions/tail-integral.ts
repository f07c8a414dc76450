import { gaussLegendre } from "./quadrature.js";

/** A part of the integral below this share of it counts as the end of its tail. */
const NEGLIGIBLE = 1e-6;

/** Most halvings within one part, so that rounding noise cannot refine without end. */
const MOST_HALVINGS = 5000;

/** Relative precision asked of each part. */
const PRECISION = 1e-13;

/** Where f has kinks, and where it ends, maybe in a pole. */
export interface Ends {
  readonly kinks: readonly number[];
  readonly edge: number;
  /** The rounding error of v next to a finite edge. */
  readonly grain: number;
}

/**
 * ∫ f from `start` outward in parts that grow, until the next one no longer counts.
 *
 * Where parts that grow again lie beyond (a power law against an exponential, a pole at the edge) the integral ends at the
 * smallest part, as an asymptotic series does, if that is below a millionth of the whole; otherwise it is infinite.
 *
 * @param noise the rounding error to be expected of the integral, beneath which nothing is refined.
 */
export function tailIntegral(f: (v: number) => number, start: number, ends: Ends, noise: number): number {
  let sum = 0;
  let size = 0;
  let least = { share: Number.POSITIVE_INFINITY, sum: 0 };
  let v = start;
  for (let part = 0; part < 3000; part++) {
    const next = partEnd(v, start, ends);
    if (next === v) break;
    const relative = PRECISION + (10 * ends.grain) / (ends.edge - next);
    const area = refined(f, v, next, {
      absolute: noise + relative * size,
      relative,
      halvings: { left: MOST_HALVINGS },
    });
    if (!Number.isFinite(area)) break;
    v = next;
    sum += area;
    size += Math.abs(area);
    if (Math.abs(area) <= 1e-17 * size) return sum;
    const share = Math.abs(area) / size;
    if (share < least.share) least = { share, sum };
    if (least.share < NEGLIGIBLE && share > 1e3 * least.share) break;
  }
  if (least.share < NEGLIGIBLE) return least.sum;
  return sum < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Parts grow with the distance, end at kinks and get halfway to the edge at most. */
function partEnd(v: number, start: number, { kinks, edge }: Ends): number {
  let end = v + Math.max(1, 0.125 * (v - start));
  for (const kink of kinks) if (kink > v && kink < end) end = kink;
  return Math.min(end, v + 0.5 * (edge - v));
}

interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
  /** Shared by all pieces of a part. */
  readonly halvings: { left: number };
}

/** A part of an interval that was halved. */
interface Piece {
  readonly whole: number;
  /** The error of the larger part. */
  readonly error: number;
  /** Number of successive halvings that reduced the error less than at a kink. */
  readonly stalls: number;
}

/** After this many such halvings the rest is rounding noise. */
const NOISE = 4;

/** ∫ f over one part by bisection until the result is stable, which also isolates kinks and jumps. */
function refined(
  f: (v: number) => number,
  low: number,
  high: number,
  tolerance: Tolerance,
  piece?: Piece,
): number {
  const whole = piece?.whole ?? gauss(f, low, high);
  const middle = 0.5 * (low + high);
  const left = gauss(f, low, middle);
  const right = gauss(f, middle, high);
  const sum = left + right;
  const error = Math.abs(sum - whole);
  const stalls = piece !== undefined && error > 0.6 * piece.error ? piece.stalls + 1 : 0;
  const absolute = Math.max(tolerance.absolute, tolerance.relative * Math.abs(sum));
  if (!(error > absolute) || stalls >= NOISE || tolerance.halvings.left-- <= 0) return sum;
  return (
    refined(f, low, middle, { ...tolerance, absolute }, { whole: left, error, stalls }) +
    refined(f, middle, high, { ...tolerance, absolute }, { whole: right, error, stalls })
  );
}

function gauss(f: (v: number) => number, low: number, high: number): number {
  const { nodes, weights } = gaussLegendre(12);
  const half = 0.5 * (high - low);
  const middle = low + half;
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) sum += weights[i] * f(middle + half * nodes[i]);
  return sum * half;
}

import { gaussLegendre } from "./quadrature.js";

/** A part of the integral below this share of it counts as the end of its tail. */
const NEGLIGIBLE = 1e-6;

/** Where f has kinks, and where it ends, maybe in a pole. */
export interface Ends {
  readonly kinks: readonly number[];
  readonly edge: number;
}

/**
 * ∫ f from `start` outward in parts that grow, until the next one no longer counts.
 *
 * Where parts that grow again lie beyond (a power law against an exponential, a pole at the edge) the integral ends at the
 * smallest part, as an asymptotic series does, if that is below a millionth of the whole; otherwise it is infinite.
 *
 * @param noise the rounding error to be expected of the integral, beneath which nothing is refined.
 */
export function integrateOutward(f: (v: number) => number, start: number, ends: Ends, noise: number): number {
  let sum = 0;
  let size = 0;
  let least = { share: Number.POSITIVE_INFINITY, sum: 0 };
  let v = start;
  for (let part = 0; part < 3000; part++) {
    const next = partEnd(v, start, ends);
    if (next === v) break;
    const area = refined(f, v, next, { tolerance: noise + 1e-13 * size, error: Number.POSITIVE_INFINITY });
    if (!Number.isFinite(area)) break;
    v = next;
    sum += area;
    size += Math.abs(area);
    if (Math.abs(area) <= 1e-17 * size) return sum;
    const share = Math.abs(area) / size;
    if (share < least.share) least = { share, sum };
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

interface Refinement {
  readonly tolerance: number;
  /** The error where this part was split off from. */
  readonly error: number;
  /** The integral over this part, if known. */
  readonly known?: number;
}

/**
 * ∫ f over one part: halved until that changes nothing, which also finds its way around kinks. Where halving does not
 * even lower the error as it does at a kink, what is left is rounding noise.
 */
function refined(
  f: (v: number) => number,
  low: number,
  high: number,
  { tolerance, error, known }: Refinement,
): number {
  const whole = known ?? gauss(f, low, high);
  const middle = 0.5 * (low + high);
  const left = gauss(f, low, middle);
  const right = gauss(f, middle, high);
  const sum = left + right;
  const ownError = Math.abs(sum - whole);
  if (!(ownError > tolerance + 1e-13 * Math.abs(sum)) || ownError > 0.6 * error) return sum;
  return (
    refined(f, low, middle, { tolerance, error: ownError, known: left }) +
    refined(f, middle, high, { tolerance, error: ownError, known: right })
  );
}

function gauss(f: (v: number) => number, low: number, high: number): number {
  const { nodes, weights } = gaussLegendre(12);
  const half = 0.5 * (high - low);
  const middle = low + half;
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) sum += weights[i]! * f(middle + half * nodes[i]!);
  return sum * half;
}

import type { DensityPart } from "../../core/distribution.js";
import { largestOf } from "../../math/extremes.js";

/** A density, to a power, as pieces on each of which its logarithm is a straight line. */
export interface Pieces {
  /** Where each piece begins. */
  readonly from: Float64Array;
  readonly width: Float64Array;
  /** Log density at the middle of each, up to a constant common to all. */
  readonly level: Float64Array;
  readonly slope: Float64Array;
  readonly mass: Float64Array;
  readonly total: number;
}

/** Pieces between two knots. */
const PARTS = 4;
/** Steps outward from the last knot, each wider than the one before by GROWTH, until what is left is negligible. */
const MOST_STEPS = 400;
const GROWTH = 1.15;
const NEGLIGIBLE = 1e-13;
/** Gauss-Legendre with three points. */
const NODE = 0.7745966692414834;
const OUTER = 5 / 9;
const INNER = 8 / 9;
/** A piece is not steeper than so many powers of e. */
const STEEPEST = 500;

/** One piece before the constant is taken out. */
type Piece = readonly [from: number, width: number, level: number, slope: number, logMass: number];

/**
 * A density to a power as pieces; null where what it holds far out does not come to an end, so that it cannot be made
 * a probability.
 */
export function piecesOf(density: DensityPart, power: number): Pieces | null {
  const knots = density.knots();
  const log = (y: number) => power * density.logDensity(y);
  const middle: Piece[] = [];
  for (let k = 0; k + 1 < knots.length; k++) {
    const width = (knots[k + 1] - knots[k]) / PARTS;
    for (let i = 0; i < PARTS; i++) middle.push(pieceOf(log, knots[k] + i * width, width));
  }
  const top = largestOf(middle.map((piece) => piece[4]));
  const first = knots[0];
  const last = knots[knots.length - 1];
  const grain = Math.max((last - first) / (PARTS * knots.length), Number.MIN_VALUE);
  const below = outward(log, first, -grain, density.lower, top);
  const above = outward(log, last, grain, density.upper, top);
  if (below === null || above === null) return null;
  return assembled([...below.reverse(), ...middle, ...above]);
}

function pieceOf(log: (y: number) => number, from: number, width: number): Piece {
  const half = 0.5 * width;
  const centre = from + half;
  const [low, mid, high] = [log(centre - NODE * half), log(centre), log(centre + NODE * half)];
  const top = Math.max(low, mid, high);
  if (top === Number.NEGATIVE_INFINITY || !(width > 0))
    return [from, width, top, 0, Number.NEGATIVE_INFINITY];
  const mean =
    0.5 * (OUTER * Math.exp(low - top) + INNER * Math.exp(mid - top) + OUTER * Math.exp(high - top));
  const logMass = top + Math.log(mean * width);
  const rise = (high - low) / (2 * NODE * half);
  const steepest = STEEPEST / width;
  const slope = Number.isFinite(rise) ? Math.min(steepest, Math.max(-steepest, rise)) : 0;
  return [from, width, logMass - logOfArea(slope, width), slope, logMass];
}

/** log ∫ exp(slope·s) ds over a width centred at 0. */
function logOfArea(slope: number, width: number): number {
  const x = 0.5 * Math.abs(slope) * width;
  if (x < 1e-4) return Math.log(width) + (x * x) / 6;
  return Math.log(width) + x + Math.log(-Math.expm1(-2 * x) / (2 * x));
}

/** Pieces from an outer knot on; null where they do not become negligible. */
function outward(
  log: (y: number) => number,
  start: number,
  step: number,
  end: number,
  top: number,
): Piece[] | null {
  const found: Piece[] = [];
  let at = start;
  let sum = Math.exp(0);
  for (let k = 0, stride = step; k < MOST_STEPS; k++, stride *= GROWTH) {
    const to = step < 0 ? Math.max(end, at + stride) : Math.min(end, at + stride);
    if (to === at) return found;
    const piece = pieceOf(log, Math.min(at, to), Math.abs(to - at));
    const mass = Math.exp(piece[4] - top);
    if (!Number.isFinite(mass) || !Number.isFinite(to)) return null;
    found.push(piece);
    sum += mass;
    if (mass < NEGLIGIBLE * sum) return found;
    at = to;
  }
  return null;
}

function assembled(all: readonly Piece[]): Pieces {
  const pieces = all.filter((piece) => piece[4] > Number.NEGATIVE_INFINITY);
  const top = largestOf(pieces.map((piece) => piece[4]));
  const mass = Float64Array.from(pieces, (piece) => Math.exp(piece[4] - top));
  return {
    from: Float64Array.from(pieces, (piece) => piece[0]),
    width: Float64Array.from(pieces, (piece) => piece[1]),
    level: Float64Array.from(pieces, (piece) => piece[2] - top),
    slope: Float64Array.from(pieces, (piece) => piece[3]),
    mass,
    total: mass.reduce((sum, m) => sum + m, 0),
  };
}

/** The value with a share `p` of the pieces' mass below it. */
export function quantileOfPieces({ from, width, slope, mass, total }: Pieces, p: number): number {
  let left = p * total;
  let i = 0;
  while (i < mass.length - 1 && left > mass[i]) left -= mass[i++];
  const share = Math.min(1, Math.max(0, mass[i] > 0 ? left / mass[i] : 0.5));
  return from[i] + along(slope[i], width[i], share);
}

/** Where on a piece a share of its mass is reached. */
function along(slope: number, width: number, share: number): number {
  const rise = slope * width;
  if (Math.abs(rise) < 1e-8) return share * width;
  // From the lower end up where it falls, else from the upper end down, so that nothing overflows.
  if (rise > 0) return width + Math.log1p((1 - share) * Math.expm1(-rise)) / slope;
  return Math.log1p(share * Math.expm1(rise)) / slope;
}

/**
 * The region of highest density that holds a share of the mass: the pieces cut where the density falls below a threshold.
 *
 * @see R. J. Hyndman (1996), "Computing and graphing highest density regions", The American Statistician 50, 120-126.
 */
export function densest(pieces: Pieces, share: number): Pieces {
  const { level, slope, width, mass, total } = pieces;
  const half = (i: number) => 0.5 * Math.abs(slope[i]) * width[i];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < mass.length; i++) {
    low = Math.min(low, level[i] - half(i));
    high = Math.max(high, level[i] + half(i));
  }
  const above = (threshold: number) => {
    let sum = 0;
    for (let i = 0; i < mass.length; i++) sum += mass[i] * keptShare(level[i], half(i), threshold).mass;
    return sum;
  };
  for (let round = 0; round < 60; round++) {
    const middle = low + 0.5 * (high - low);
    if (above(middle) >= share * total) low = middle;
    else high = middle;
  }
  return cutAt(pieces, low);
}

/** Shares of a piece, by mass and by width, whose log density lies above a threshold. */
function keptShare(level: number, half: number, threshold: number) {
  if (threshold <= level - half) return { mass: 1, width: 1 };
  if (threshold >= level + half) return { mass: 0, width: 0 };
  const width = (level + half - threshold) / (2 * half);
  return { mass: Math.expm1(-2 * half * width) / Math.expm1(-2 * half), width };
}

function cutAt({ from, width, level, slope, mass }: Pieces, threshold: number): Pieces {
  const kept = Array.from(mass, (m, i) => {
    const half = 0.5 * Math.abs(slope[i]) * width[i];
    const share = keptShare(level[i], half, threshold);
    const rest = (1 - share.width) * width[i];
    // What is left out lies at the lower end.
    const start = slope[i] > 0 ? from[i] + rest : from[i];
    const shift = (slope[i] > 0 ? 0.5 : -0.5) * rest * slope[i];
    return {
      from: start,
      width: width[i] - rest,
      level: level[i] + shift,
      slope: slope[i],
      mass: m * share.mass,
    };
  }).filter((piece) => piece.mass > 0);
  const column = (name: keyof (typeof kept)[number]) => Float64Array.from(kept, (piece) => piece[name]);
  return {
    from: column("from"),
    width: column("width"),
    level: column("level"),
    slope: column("slope"),
    mass: column("mass"),
    total: kept.reduce((sum, piece) => sum + piece.mass, 0),
  };
}

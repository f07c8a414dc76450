import type { Distribution, Makeup } from "../../../core/distribution.js";
import type { Rng } from "../../../core/random.js";
import { exp64, log64 } from "../../../neural/kernel/twin/double.js";
import { type Tokens, tokenCount, tokenOf } from "../data/tokens.js";

/** What a token's values are: one value, a stretch with equal density, or an exponential tail from an edge on. */
interface Part {
  readonly from: number;
  readonly to: number;
  /** Mean distance from the edge; 0 where it is no tail. */
  readonly tail: number;
  /** Whether the tail goes down from `to`. */
  readonly down: boolean;
}

/** Shares of the tokens from the head's raw outputs: their softmax. */
export function sharesOf(raw: ArrayLike<number>, from: number, count: number): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) if (raw[from + k]! > most) most = raw[from + k]!;
  const shares = new Float64Array(count);
  let total = 0;
  for (let k = 0; k < count; k++) {
    shares[k] = exp64(raw[from + k]! - most);
    total += shares[k]!;
  }
  for (let k = 0; k < count; k++) shares[k]! /= total;
  return shares;
}

function partOf(tokens: Tokens, k: number, scale: number): Part {
  if (tokens.kind === "counts") return { from: k, to: k, tail: 0, down: false };
  const { edges, start, below, above } = tokens;
  if (k === edges.length) {
    const from = scale * edges[k - 1]!;
    return { from, to: Number.POSITIVE_INFINITY, tail: scale * above, down: false };
  }
  const to = scale * edges[k]!;
  if (k > 0) return { from: scale * edges[k - 1]!, to, tail: 0, down: false };
  return start === null
    ? { from: Number.NEGATIVE_INFINITY, to, tail: scale * below, down: true }
    : { from: scale * start, to, tail: 0, down: false };
}

/** The value of a part that a share `v` of its probability lies below, 0 ≤ v < 1. */
function valueAt({ from, to, tail, down }: Part, v: number): number {
  if (tail === 0) return from + v * (to - from);
  return down ? to + tail * log64(Math.max(v, 1e-300)) : from - tail * log64(1 - v);
}

/** A draw from two uniform numbers: the token, and the place within it. */
export function drawToken(
  tokens: Tokens,
  raw: ArrayLike<number>,
  from: number,
  scale: number,
  rng: Rng,
): number {
  const count = tokenCount(tokens);
  const shares = sharesOf(raw, from, count);
  const [u, v] = [rng.uniform(), rng.uniform()];
  let sum = 0;
  let k = 0;
  while (k < count - 1) {
    sum += shares[k]!;
    if (u < sum) break;
    k++;
  }
  return valueAt(partOf(tokens, k, scale), v);
}

/** The categorical distribution of tokens, as one of values. */
export function categorical(tokens: Tokens, raw: ArrayLike<number>, scale: number): Distribution {
  const shares = sharesOf(raw, 0, tokenCount(tokens));
  const parts = Array.from(shares, (_, k) => partOf(tokens, k, scale));
  const { mean, variance } = momentsOf(shares, parts);
  const logDensity = (y: number): number => {
    if (tokens.kind === "counts" && !(Number.isInteger(y) && y >= 0 && y < tokens.count))
      return Number.NEGATIVE_INFINITY;
    const k = tokenOf(tokens, y, y / scale);
    return log64(shares[k]!) + logWithin(parts[k]!, y);
  };
  return {
    kind: "categorical",
    mean,
    variance,
    logDensity,
    cdf: (y) => shares.reduce((sum, share, k) => sum + share * shareBelow(parts[k]!, y), 0),
    quantile(p) {
      let sum = 0;
      let k = 0;
      while (k < shares.length - 1 && sum + shares[k]! < p) sum += shares[k++]!;
      return valueAt(parts[k]!, Math.min(Math.max(0, (p - sum) / shares[k]!), 1 - 1e-15));
    },
    sample: (rng) => drawToken(tokens, raw, 0, scale, rng),
    makeup: () => makeupOf(tokens, shares, parts, logDensity),
  };
}

function momentsOf(shares: Float64Array, parts: readonly Part[]) {
  let [mean, square] = [0, 0];
  parts.forEach(({ from, to, tail, down }, k) => {
    const middle = tail === 0 ? (from + to) / 2 : down ? to - tail : from + tail;
    const spread = tail === 0 ? ((to - from) * (to - from)) / 12 : tail * tail;
    mean += shares[k]! * middle;
    square += shares[k]! * (middle * middle + spread);
  });
  return { mean, variance: Math.max(0, square - mean * mean) };
}

/** Log density within a part; 0 of a single value. */
function logWithin({ from, to, tail, down }: Part, y: number): number {
  if (tail > 0) return -log64(tail) - (down ? to - y : y - from) / tail;
  if (from === to) return 0;
  return y >= from ? -log64(to - from) : Number.NEGATIVE_INFINITY;
}

/** The share of a part's probability up to y. */
function shareBelow({ from, to, tail, down }: Part, y: number): number {
  if (from === to) return y >= from ? 1 : 0;
  if (y >= to) return 1;
  if (tail > 0 && down) return exp64((y - to) / tail);
  if (y <= from) return 0;
  return tail > 0 ? 1 - exp64((from - y) / tail) : (y - from) / (to - from);
}

/** Knots in a tail, in units of its mean distance: near the edge so close that a power of the density is smooth between them. */
const TAIL_KNOTS = [0.25, 0.5, 1, 2, 4, 8, 16, 40];

function makeupOf(
  tokens: Tokens,
  shares: Float64Array,
  parts: readonly Part[],
  logDensity: (y: number) => number,
): Makeup {
  if (tokens.kind === "counts") {
    return { atoms: Float64Array.from(shares, (_, k) => k), probabilities: shares, density: null };
  }
  const [first, last] = [parts[0]!, parts.at(-1)!];
  const knots = [
    ...(first.tail > 0 ? TAIL_KNOTS.map((far) => first.to - far * first.tail).reverse() : [first.from]),
    ...parts.slice(1).map(({ from }) => from),
    ...TAIL_KNOTS.map((far) => last.from + far * last.tail),
  ];
  return {
    atoms: new Float64Array(0),
    probabilities: new Float64Array(0),
    density: { mass: 1, logDensity, knots: () => knots, lower: first.from, upper: last.to },
  };
}

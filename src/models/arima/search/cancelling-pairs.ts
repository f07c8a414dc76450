import type { ArmaOrders } from "../definition/orders.js";
import type { LongAutoregression } from "../problem/long-autoregression.js";
import { hannanRissanen } from "./hannan-rissanen.js";

/** Starts that share all but one nearly cancelling pair of roots. */
export interface PairStarts {
  /** The same without the pair: a model of lower order. */
  readonly base: Float64Array;
  readonly starts: () => readonly Float64Array[];
}

/**
 * Starts for models with both an AR and an MA factor, whose likelihoods have several maxima.
 *
 * Nearly all maxima beside the first sit where an AR root and an MA root nearly cancel close to the unit circle, at
 * frequency 0, at ½, or somewhere between. So: the model of one order less in both, times such a pair.
 */
export function pairStarts(orders: ArmaOrders, long: LongAutoregression): PairStarts[] {
  const { p, q, P, Q } = orders;
  const groups: PairStarts[] = [];
  if (p > 0 && q > 0) groups.push(withPairs(reducedStart(orders, long, 1, 0), REAL_PAIRS, false));
  if (p > 1 && q > 1) groups.push(withPairs(reducedStart(orders, long, 2, 0), CYCLES, false));
  if (P > 0 && Q > 0) groups.push(withPairs(reducedStart(orders, long, 0, 1), REAL_PAIRS, true));
  return groups;
}

function withPairs(base: Base, pairs: readonly Pair[], seasonal: boolean): PairStarts {
  return {
    base: withPair(base, NO_PAIR, seasonal),
    starts: () => pairs.map((pair) => withPair(base, pair, seasonal)),
  };
}

/** An AR and an MA factor that nearly cancel, ascending. */
export interface Pair {
  readonly ar: readonly number[];
  readonly ma: readonly number[];
}

const NO_PAIR: Pair = { ar: [1], ma: [1] };

const REAL_PAIRS: readonly Pair[] = [
  { ar: [1, -0.85], ma: [1, -0.97] },
  { ar: [1, 0.85], ma: [1, 0.97] },
  { ar: [1, -0.97], ma: [1, -0.85] },
  { ar: [1, 0.97], ma: [1, 0.85] },
];

const CYCLES: readonly Pair[] = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45].map((frequency) => ({
  ar: cycle(frequency, 0.9),
  ma: cycle(frequency, 0.97),
}));

/** 1 − 2r cos(2πf) B + r²B². */
export function cycle(frequency: number, radius: number): number[] {
  return [1, -2 * radius * Math.cos(2 * Math.PI * frequency), radius * radius];
}

export interface Base {
  readonly orders: ArmaOrders;
  readonly reduced: ArmaOrders;
  readonly x: Float64Array;
}

function reducedStart(
  orders: ArmaOrders,
  long: LongAutoregression,
  less: number,
  lessSeasonal: number,
): Base {
  const { p, q, P, Q, period } = orders;
  const reduced = { p: p - less, q: q - less, P: P - lessSeasonal, Q: Q - lessSeasonal, period };
  return { orders, reduced, x: hannanRissanen(reduced, long) };
}

/** The base's coefficients with its ordinary (or seasonal) factors multiplied by the pair. */
export function withPair({ orders, reduced, x }: Base, { ar, ma }: Pair, seasonal: boolean): Float64Array {
  const ordinary = seasonal ? [[1], [1]] : [ar, ma];
  const seasons = seasonal ? [ar, ma] : [[1], [1]];
  const target = new Float64Array(orders.p + orders.q + orders.P + orders.Q);
  const { p, q, P, Q } = reduced;
  multiplyFactor(target, 0, x, 0, p, ordinary[0]!, -1);
  multiplyFactor(target, orders.p, x, p, q, ordinary[1]!, 1);
  multiplyFactor(target, orders.p + orders.q, x, p + q, P, seasons[0]!, -1);
  multiplyFactor(target, orders.p + orders.q + orders.P, x, p + q + P, Q, seasons[1]!, 1);
  return target;
}

/** Coefficients of (1 + sign·Σ x_j B^j)·polynomial, with the sign taken out again. */
function multiplyFactor(
  target: Float64Array,
  at: number,
  x: Float64Array,
  from: number,
  degree: number,
  polynomial: readonly number[],
  sign: number,
): void {
  for (let i = 0; i <= degree; i++) {
    const left = i === 0 ? 1 : sign * x[from + i - 1]!;
    for (let j = 0; j < polynomial.length; j++) {
      if (i + j > 0) target[at + i + j - 1]! += sign * left * polynomial[j]!;
    }
  }
}

/** The same point with moving averages that touch the unit circle pulled inside, or null where none does. */
export function pulledFromBoundary(orders: ArmaOrders, x: Float64Array): Float64Array | null {
  const { p, q, P, Q } = orders;
  const pulled = x.slice(0, p + q + P + Q);
  const ordinary = q > 0 && pull(pulled, p, q);
  const seasonal = Q > 0 && pull(pulled, p + q + P, Q);
  return ordinary || seasonal ? pulled : null;
}

/** Real roots on the circle show in θ(1) or θ(−1); they are what escapes are needed from. */
function pull(x: Float64Array, from: number, degree: number): boolean {
  let atOne = 1;
  let atMinusOne = 1;
  for (let j = 1; j <= degree; j++) {
    atOne += x[from + j - 1]!;
    atMinusOne += (j % 2 === 0 ? 1 : -1) * x[from + j - 1]!;
  }
  if (Math.min(Math.abs(atOne), Math.abs(atMinusOne)) > 0.005) return false;
  let power = 1;
  for (let j = 0; j < degree; j++) {
    power *= 0.8;
    x[from + j]! *= power;
  }
  return true;
}

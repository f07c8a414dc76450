import type { ArmaOrders } from "../definition/orders.js";
import type { LongAutoregression } from "../problem/long-autoregression.js";
import { cycle, type Pair, withPair } from "./cancelling-pairs.js";
import { descend } from "./descent.js";
import { hannanRissanen } from "./hannan-rissanen.js";
import type { Scratch } from "./scratch.js";

/** Frequencies between 0 and ½ at which a pair of roots is tried. */
const FREQUENCIES = 15;
/** Harmonics of the season that are tried besides. */
const HARMONICS = 6;
/** How far beside a peak of the spectrum the MA pair lies that makes it sharp. */
const BESIDE = 0.01;
/** Enough steps to come near the smaller model's maximum. */
const STEPS = 12;
const TOLERANCE = 1e-2;

/** A model with so many roots less, and the factors that its maximum is multiplied by. */
interface Reduction {
  readonly seasonal: boolean;
  readonly lessAr: number;
  readonly lessMa: number;
  readonly pairs: readonly Pair[];
}

const REAL: readonly Pair[] = [1, -1].flatMap((sign) =>
  [
    [0.85, 0.98],
    [0.98, 0.85],
    [0.5, 0.9],
  ].map(([ar, ma]) => ({ ar: [1, -sign * ar!], ma: [1, -sign * ma!] })),
);

const MA_CYCLES: readonly Pair[] = Array.from({ length: 9 }, (_, k) => ({
  ar: [1],
  ma: cycle((k + 1) / 20, 0.97),
}));

/**
 * Starts from the maxima of smaller models: one with one root less on either side times a nearly cancelling real pair, one
 * with two less times a pair at each of many frequencies, those of the season and of the spectrum's peaks among them.
 *
 * @returns one list for each smaller model; the workspace is left as it was, but for its last evaluation.
 */
export function reducedStarts(scratch: Scratch, long: LongAutoregression): Float64Array[][] {
  const { ws } = scratch;
  const { orders } = ws;
  const { p, q, P, Q } = orders;
  const reductions: Reduction[] = [];
  const add = (seasonal: boolean, lessAr: number, lessMa: number, pairs: readonly Pair[]) =>
    reductions.push({ seasonal, lessAr, lessMa, pairs });
  if (p > 1 && q > 1) add(false, 2, 2, cycles(orders.period, long.peaks()));
  if (p > 0 && q > 0) add(false, 1, 1, REAL);
  if (P > 0 && Q > 0) add(true, 1, 1, REAL);
  if (q > 1 && p < 2) add(false, 0, 2, MA_CYCLES);
  if (p > 1 && q < 2) add(false, 2, 0, arCycles(long.peaks()));
  if (reductions.length === 0) return [];
  const { evaluated, columns } = ws.detached();
  const lists = reductions.map(({ seasonal, lessAr, lessMa, pairs }) => {
    const reduced = seasonal
      ? { ...orders, P: P - lessAr, Q: Q - lessMa }
      : { ...orders, p: p - lessAr, q: q - lessMa };
    const x = smallerMaximum(scratch, columns, reduced, long);
    return pairs.map((pair) => withPair({ orders, reduced, x }, pair, seasonal));
  });
  if (q > 0 && p + P === 0) lists.push([new Float64Array(ws.size)]);
  ws.configure(orders, columns, 0);
  ws.values = evaluated;
  return lists;
}

function smallerMaximum(
  scratch: Scratch,
  columns: readonly Float64Array[],
  reduced: ArmaOrders,
  long: LongAutoregression,
): Float64Array {
  const start = hannanRissanen(reduced, long);
  if (start.length === 0) return start;
  scratch.ws.configure(reduced, columns, 0);
  const target = Number.POSITIVE_INFINITY;
  return descend(scratch, start, {
    held: null,
    fixed: null,
    tolerance: TOLERANCE,
    iterations: STEPS,
    target,
    known: [],
  }).x;
}

function cycles(period: number, peaks: readonly number[]): Pair[] {
  const pairs: Pair[] = [];
  for (let k = 1; k <= FREQUENCIES; k++) {
    const frequency = (0.5 * k) / (FREQUENCIES + 1);
    pairs.push({ ar: cycle(frequency, 0.93), ma: cycle(frequency, 0.995) });
  }
  for (let k = 1; period > 2 && k <= Math.min(HARMONICS, period / 2); k++) {
    pairs.push({ ar: cycle(k / period, 0.99), ma: cycle(k / period, 0.93) });
  }
  for (const peak of peaks) {
    pairs.push({ ar: cycle(peak, 0.99), ma: cycle(peak, 0.9) });
    pairs.push({ ar: cycle(peak, 0.995), ma: cycle(peak + BESIDE, 0.97) });
    pairs.push({ ar: cycle(peak, 0.995), ma: cycle(peak - BESIDE, 0.97) });
  }
  return pairs;
}

function arCycles(peaks: readonly number[]): Pair[] {
  return peaks.flatMap((peak) => [0.99, 0.9].map((radius) => ({ ar: cycle(peak, radius), ma: [1] })));
}

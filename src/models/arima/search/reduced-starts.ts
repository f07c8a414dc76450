import type { ArmaOrders } from "../definition/orders.js";
import type { Workspace } from "../likelihood/workspace.js";
import { cycle, type Pair, withPair } from "./cancelling-pairs.js";
import { descend } from "./descent.js";
import { hannanRissanen } from "./hannan-rissanen.js";
import type { LongAutoregression } from "./long-autoregression.js";

/** Frequencies between 0 and ½ at which a pair of roots is tried. */
const FREQUENCIES = 15;
/** Harmonics of the season that are tried besides. */
const HARMONICS = 6;
/** Enough steps to come near the smaller model's maximum. */
const STEPS = 12;
const TOLERANCE = 1e-2;

interface Reduction {
  readonly seasonal: boolean;
  readonly less: number;
  readonly pairs: readonly Pair[];
}

const REAL: readonly Pair[] = [1, -1].flatMap((sign) =>
  [
    [0.85, 0.98],
    [0.98, 0.85],
    [0.5, 0.9],
  ].map(([ar, ma]) => ({ ar: [1, -sign * ar!], ma: [1, -sign * ma!] })),
);

/**
 * Starts from the maxima of smaller models: one with one root less on either side times a nearly cancelling real pair, one
 * with two less times a pair at each of many frequencies, those of the season among them.
 *
 * @returns one list for each smaller model; the workspace is left as it was, but for its last evaluation.
 */
export function reducedStarts(ws: Workspace, long: LongAutoregression): Float64Array[][] {
  const { orders } = ws;
  const { p, q, P, Q } = orders;
  const reductions: Reduction[] = [];
  if (p > 1 && q > 1) reductions.push({ seasonal: false, less: 2, pairs: cycles(orders.period) });
  if (p > 0 && q > 0) reductions.push({ seasonal: false, less: 1, pairs: REAL });
  if (P > 0 && Q > 0) reductions.push({ seasonal: true, less: 1, pairs: REAL });
  if (reductions.length === 0) return [];
  const { evaluated, columns } = ws.detached();
  const lists = reductions.map(({ seasonal, less, pairs }) => {
    const reduced = seasonal
      ? { ...orders, P: P - less, Q: Q - less }
      : { ...orders, p: p - less, q: q - less };
    const x = smallerMaximum(ws, columns, reduced, long);
    return pairs.map((pair) => withPair({ orders, reduced, x }, pair, seasonal));
  });
  ws.configure(orders, columns, 0);
  ws.values = evaluated;
  return lists;
}

function smallerMaximum(
  ws: Workspace,
  columns: readonly Float64Array[],
  reduced: ArmaOrders,
  long: LongAutoregression,
): Float64Array {
  const start = hannanRissanen(reduced, long);
  if (start.length === 0) return start;
  ws.configure(reduced, columns, 0);
  const target = Number.POSITIVE_INFINITY;
  return descend(ws, start, {
    held: null,
    fixed: null,
    tolerance: TOLERANCE,
    iterations: STEPS,
    target,
    known: [],
  }).x;
}

function cycles(period: number): Pair[] {
  const pairs: Pair[] = [];
  for (let k = 1; k <= FREQUENCIES; k++) {
    const frequency = (0.5 * k) / (FREQUENCIES + 1);
    pairs.push({ ar: cycle(frequency, 0.93), ma: cycle(frequency, 0.995) });
  }
  for (let k = 1; period > 2 && k <= Math.min(HARMONICS, period / 2); k++) {
    pairs.push({ ar: cycle(k / period, 0.99), ma: cycle(k / period, 0.93) });
  }
  return pairs;
}

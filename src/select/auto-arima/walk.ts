import type { Trials, TriedModel } from "./trials.js";

/** Highest orders, and whether a mean or drift is in question. */
export interface Limits {
  readonly p: number;
  readonly q: number;
  readonly P: number;
  readonly Q: number;
  readonly constant: boolean;
  /** Sum of orders a full search goes to. */
  readonly sum: number;
  /** Values observed: short series start from smaller models. */
  readonly values: number;
}

/** The neighbours of (p, q)(P, Q) in a stepwise search, in R's order: seasonal orders first. */
const NEIGHBOURS = [
  [0, 0, -1, 0],
  [0, 0, 0, -1],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
  [0, 0, -1, -1],
  [0, 0, -1, 1],
  [0, 0, 1, -1],
  [0, 0, 1, 1],
  [-1, 0, 0, 0],
  [0, -1, 0, 0],
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [-1, -1, 0, 0],
  [-1, 1, 0, 0],
  [1, -1, 0, 0],
  [1, 1, 0, 0],
] as const;

/** Those that differ in one order only. */
const NEAREST = NEIGHBOURS.filter((step) => step.reduce<number>((sum, one) => sum + Math.abs(one), 0) === 1);

/** Most models of a stepwise search, as in R, and of a full search. */
const MOST_STEPS = 94;
const MOST_MODELS = 5000;
const SHORT = 10;

/**
 * Hyndman and Khandakar's walk: from the best of four or five simple models to the first better neighbour, and on from
 * there, until none is better.
 *
 * @param quick whether the walk begins with smaller models and only tries neighbours that differ in one order.
 * @see R. J. Hyndman and Y. Khandakar, Journal of Statistical Software 27(3) (2008), section 3.2.
 */
export function walkOrders(trials: Trials, limits: Limits, quick: boolean): void {
  const { constant } = limits;
  const [p, q, P, Q] = largestStart(limits, quick);
  tried(trials, p, q, P, Q, constant);
  tried(trials, 0, 0, 0, 0, constant);
  tried(trials, Math.min(1, limits.p), 0, Math.min(1, limits.P), 0, constant);
  tried(trials, 0, Math.min(1, limits.q), 0, Math.min(1, limits.Q), constant);
  if (constant) tried(trials, 0, 0, 0, 0, false);
  if (quick) {
    for (let from: TriedModel | null = null; trials.best !== from; ) {
      from = trials.best!;
      stepped(trials, limits, from, () => trials.best !== from, NEAREST);
    }
    return;
  }
  climb(trials, limits);
  followRejected(trials, limits);
}

/** The largest of the first models: R's; for short series and in quick walks a smaller one. */
function largestStart({ p, q, P, Q, values }: Limits, quick: boolean): [number, number, number, number] {
  if (values < SHORT) return [Math.min(1, p), Math.min(1, q), 0, 0];
  if (quick) return [Math.min(1, p), Math.min(1, q), 0, Math.min(1, Q)];
  return [Math.min(2, p), Math.min(2, q), Math.min(1, P), Math.min(1, Q)];
}

/** Moves to better models until no neighbour improves, nor the model with one whole part changed. */
function climb(trials: Trials, limits: Limits): void {
  for (let from = trials.best!; ; from = trials.best!) {
    const better = () => trials.best !== from;
    if (!stepped(trials, limits, from, better) && !changed(trials, limits, from, better)) return;
  }
}

/**
 * Tries the model with a seasonal part as high as it may be, and without each of its parts, where that is no neighbour: a
 * second seasonal lag can matter where the first does not.
 */
function changed(
  trials: Trials,
  limits: Limits,
  { p, q, P, Q, constant }: TriedModel,
  isAccepted: () => boolean,
): boolean {
  const others = [
    [p, q, limits.P, Q],
    [p, q, P, limits.Q],
    [p, q, 0, Q],
    [p, q, P, 0],
    [0, q, P, Q],
    [p, 0, P, Q],
  ] as const;
  return others.some(
    ([ar, ma, seasonalAr, seasonalMa]) =>
      tried(trials, ar, ma, seasonalAr, seasonalMa, constant) && isAccepted(),
  );
}

/**
 * An inadmissible model (roots too near the unit circle) can have admissible neighbours: the walk continues from the
 * best of these while it scores clearly better than the best admissible model.
 */
function followRejected(trials: Trials, limits: Limits): void {
  for (let from = trials.highest; from.rawScore < trials.wanted; from = trials.highest) {
    const best = trials.best;
    const moved = stepped(trials, limits, from, () => trials.all.at(-1)!.rawScore < from.rawScore);
    if (trials.best !== best) climb(trials, limits);
    if (!moved) return;
  }
}

/** Tries the neighbours of `from` that were not tried before, until one will do; false where none does. */
function stepped(
  trials: Trials,
  limits: Limits,
  from: TriedModel,
  isAccepted: () => boolean,
  neighbours: readonly (readonly [number, number, number, number])[] = NEIGHBOURS,
): boolean {
  for (const [dp, dq, dP, dQ] of neighbours) {
    const [p, q, P, Q] = [from.p + dp, from.q + dq, from.P + dP, from.Q + dQ];
    if (p < 0 || q < 0 || P < 0 || Q < 0) continue;
    if (p > limits.p || q > limits.q || P > limits.P || Q > limits.Q) continue;
    if (tried(trials, p, q, P, Q, from.constant) && isAccepted()) return true;
  }
  return limits.constant && tried(trials, from.p, from.q, from.P, from.Q, !from.constant) && isAccepted();
}

function tried(trials: Trials, p: number, q: number, P: number, Q: number, constant: boolean): boolean {
  if (trials.has(p, q, P, Q, constant)) return false;
  if (trials.all.length >= MOST_STEPS) {
    trials.endEarly();
    return false;
  }
  trials.add(p, q, P, Q, constant);
  return true;
}

/** Every order whose sum is within the limit, small models first so that larger ones can start from them. */
export function exhaustOrders(trials: Trials, limits: Limits): void {
  for (let sum = 0; sum <= limits.sum; sum++) {
    for (let P = 0; P <= Math.min(limits.P, sum); P++) {
      for (let Q = 0; Q <= Math.min(limits.Q, sum - P); Q++) {
        for (let p = 0; p <= Math.min(limits.p, sum - P - Q); p++) {
          const q = sum - P - Q - p;
          if (q > limits.q) continue;
          if (trials.all.length >= MOST_MODELS) {
            trials.endEarly();
            return;
          }
          trials.add(p, q, P, Q, false);
          if (limits.constant) trials.add(p, q, P, Q, true);
        }
      }
    }
  }
}

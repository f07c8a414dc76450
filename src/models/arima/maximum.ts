import type { Rng } from "../../core/random.js";
import { type Held, LikelihoodObjective } from "./likelihood-objective.js";
import type { LongAutoregression } from "./long-autoregression.js";
import { pairStarts, pulledFromBoundary } from "./pair-starts.js";
import { type Minimum, minimise } from "./quasi-newton.js";
import { hannanRissanen, randomStart } from "./starts.js";
import { value } from "./value.js";
import type { Workspace } from "./workspace.js";

/** How hard to look for the highest of several maxima. */
export interface Effort {
  /** Starts beside the first are tried where the likelihood there is at most this far below the best so far. */
  readonly within: number;
  /** At most so many of them. */
  readonly most: number;
  /** Random starts on top. */
  readonly random: number;
}

export const USUAL_EFFORT: Effort = { within: 8, most: 3, random: 0 };
export const THOROUGH_EFFORT: Effort = { within: 20, most: 8, random: 4 };
export const LEAST_EFFORT: Effort = { within: 0, most: 0, random: 0 };

/** A maximum of the likelihood as the search found it. */
export interface Maximum {
  readonly x: Float64Array;
  /** Minus the log-likelihood. */
  readonly value: number;
  readonly converged: boolean;
}

export interface Search {
  readonly best: Maximum;
  /** Values of minus the log-likelihood at the distinct maxima that were met, best first. */
  readonly maxima: readonly number[];
  readonly starts: number;
}

export interface SearchOptions {
  readonly held: Held | null;
  /** All coefficients; those that are not held are ignored. */
  readonly fixed: Float64Array | null;
  readonly effort: Effort;
  readonly rng: Rng | null;
  /** Starting points to try before any of the search's own. */
  readonly given?: readonly Float64Array[];
}

const TOLERANCE = 1e-7;
const MAX_STEP = 0.5;
const MAX_ITERATIONS = 120;
const MAX_ITERATIONS_EXTRA = 40;
/** Two maxima whose values differ by less are the same. */
const SAME = 1e-4;

let objective: LikelihoodObjective | null = null;
let position = new Float64Array(16);

/** The highest maximum of the likelihood that a handful of well-chosen starts lead to. */
export function maximiseLikelihood(ws: Workspace, long: LongAutoregression, options: SearchOptions): Search {
  const { effort, held, fixed, rng } = options;
  const first = options.given ?? [];
  const candidates = first.length > 0 ? first : [hannanRissanen(ws.orders, long)];
  let best: Maximum | null = null;
  const maxima: number[] = [];
  let starts = 0;
  const run = (x: Float64Array, extra: boolean) => {
    starts++;
    const reached = descend(ws, x, held, fixed, extra ? best!.value : Number.POSITIVE_INFINITY);
    if (reached.converged && !maxima.some((seen) => Math.abs(seen - reached.value) < SAME)) maxima.push(reached.value);
    if (best === null || reached.value < best.value) best = reached;
  };
  for (const x of candidates) run(x, best !== null);
  if (effort.most > 0) {
    for (const x of screened(ws, long, held, fixed, best!, effort)) run(x, true);
  }
  for (let i = 0; i < effort.random && rng !== null; i++) run(randomStart(ws.orders, rng), true);
  return { best: best!, maxima: maxima.sort((a, b) => a - b), starts };
}

/** The extra starts worth trying, most likely first. */
function screened(
  ws: Workspace,
  long: LongAutoregression,
  held: Held | null,
  fixed: Float64Array | null,
  best: Maximum,
  effort: Effort,
): Float64Array[] {
  const starts = pairStarts(ws.orders, long);
  const pulled = pulledFromBoundary(ws.orders, best.x);
  if (pulled !== null) starts.push(pulled);
  const promising: { x: Float64Array; reached: number }[] = [];
  for (const x of starts) {
    imposeHeld(x, held, fixed);
    const reached = value(ws, x);
    if (reached < best.value + effort.within) promising.push({ x, reached });
  }
  promising.sort((a, b) => a.reached - b.reached);
  return promising.slice(0, effort.most).map(({ x }) => x);
}

function imposeHeld(x: Float64Array, held: Held | null, fixed: Float64Array | null): void {
  if (held === null || fixed === null) return;
  for (let i = 0; i < x.length; i++) if (held[i]) x[i] = fixed[i]!;
}

/** One descent in natural coordinates, and on from there in partial ones where it stalls. */
export function descend(
  ws: Workspace,
  x: Float64Array,
  held: Held | null,
  fixed: Float64Array | null,
  target: number,
): Maximum {
  objective ??= new LikelihoodObjective(ws);
  if (position.length < ws.size) position = new Float64Array(ws.size);
  const extra = target < Number.POSITIVE_INFINITY;
  let outcome = descendIn(ws, objective, x, held, fixed, false, target);
  let reached = objective.x.slice(0, ws.size);
  if (!outcome.converged && !extra && ws.arDegree > 0) {
    const natural = outcome;
    const again = descendIn(ws, objective, reached, held, fixed, true, target);
    if (again.value <= natural.value) {
      outcome = again;
      reached = objective.x.slice(0, ws.size);
    }
  }
  return { x: reached, value: outcome.value, converged: outcome.converged };
}

function descendIn(
  ws: Workspace,
  goal: LikelihoodObjective,
  x: Float64Array,
  held: Held | null,
  fixed: Float64Array | null,
  partial: boolean,
  target: number,
): Minimum {
  goal.configure(ws, partial, held, fixed);
  goal.enter(x, position);
  const extra = target < Number.POSITIVE_INFINITY;
  return minimise(goal, position, {
    tolerance: TOLERANCE,
    maxIterations: extra ? MAX_ITERATIONS_EXTRA : MAX_ITERATIONS,
    maxStep: MAX_STEP,
    target,
  });
}

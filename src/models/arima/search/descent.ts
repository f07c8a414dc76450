import {
  type KnownMinimum,
  type Minimum,
  minimise,
  type Patience,
} from "../../../math/minimise/quasi-newton.js";
import type { Held } from "../definition/orders.js";
import { type LikelihoodSlopes, slopesOf } from "../likelihood/slopes.js";
import type { Scratch } from "./scratch.js";

/** A maximum of the likelihood as a descent of minus its logarithm found it. */
export interface Maximum {
  readonly x: Float64Array;
  /** Minus the log-likelihood. */
  readonly value: number;
  readonly converged: boolean;
  /** Given up because nothing below the cutoff was in sight. */
  readonly givenUp: boolean;
  /** How much lower the minimum still is, by the model of the last step. */
  readonly remaining: number;
  /** How the likelihood slopes there; null where the descent could not begin. */
  readonly slopes: LikelihoodSlopes | null;
}

/** Value that has to be in sight. */
export interface Cutoff {
  readonly value: number;
  readonly patience: Patience;
}

export interface DescentOptions {
  readonly held: Held | null;
  /** All coefficients; those that are not held are ignored. */
  readonly fixed: Float64Array | null;
  /** Half the Newton decrement at which to stop. */
  readonly tolerance: number;
  readonly iterations: number;
  /** Gives up where nothing below this is in sight; Infinity for a first descent, which is pursued to the end. */
  readonly target: number;
  /** What points out of bounds have to promise to be worth going on from. */
  readonly outsideCutoff?: number;
  /** Where a descent that is otherwise pursued to the end is given up. */
  readonly cutoff?: Cutoff;
  /** Minima that need not be found again. */
  readonly known: readonly KnownMinimum[];
  /** Not worth pursuing to the last digit. */
  readonly outOfBounds?: (x: Float64Array) => boolean;
}

const MAX_STEP = 0.5;
const MAX_ITERATIONS_EXTRA = 40;
const NOTHING: readonly KnownMinimum[] = [];

/** One descent in natural coordinates, and on from there in partial ones where it stalls. */
export function descend(scratch: Scratch, x: Float64Array, options: DescentOptions): Maximum {
  const { ws } = scratch;
  if (scratch.z.length < ws.size) scratch.z = new Float64Array(ws.size);
  const first = ended(scratch, descendIn(scratch, x, options, false));
  const pursued = options.target === Number.POSITIVE_INFINITY;
  if (first.converged || first.stopped || !pursued || ws.arDegree === 0) return first;
  const again = ended(scratch, descendIn(scratch, first.x, { ...options, known: NOTHING }, true));
  return again.value > first.value ? { ...first, converged: false } : again;
}

function ended({ ws, objective }: Scratch, minimum: Minimum): Maximum & Pick<Minimum, "stopped"> {
  const { value, converged, stopped, givenUp, decrement } = minimum;
  const slopes = value < Number.POSITIVE_INFINITY ? slopesOf(ws) : null;
  return {
    x: objective.x.slice(0, ws.size),
    value,
    converged,
    stopped,
    givenUp,
    remaining: decrement,
    slopes,
  };
}

function descendIn(
  { ws, objective, minimiser, z }: Scratch,
  x: Float64Array,
  { held, fixed, tolerance, iterations, target, cutoff, outsideCutoff, known, outOfBounds }: DescentOptions,
  partial: boolean,
): Minimum {
  objective.configure(ws, partial, held, fixed);
  objective.enter(x, z);
  const settings = {
    tolerance,
    maxIterations:
      target === Number.POSITIVE_INFINITY ? iterations : Math.min(iterations, MAX_ITERATIONS_EXTRA),
    maxStep: MAX_STEP,
    target: cutoff === undefined ? target : Math.min(target, cutoff.value),
    ...(cutoff === undefined ? {} : { patience: cutoff.patience }),
    ...(outsideCutoff === undefined ? {} : { outsideCutoff }),
    known: held === null ? known : NOTHING,
    ...(outOfBounds === undefined || held !== null || partial ? {} : { outOfBounds }),
  };
  return minimise(objective, z, settings, minimiser);
}

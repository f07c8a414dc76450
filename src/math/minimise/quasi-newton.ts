import { copy } from "../linear-algebra/vector.js";
import { newtonDirection, QuasiNewtonState, restartModel, updateModel } from "./quadratic-model.js";

/**
 * What `minimise` minimises, in its own coordinates z. `value` may return Infinity outside the region; `accept` is
 * called at the point that `value` saw last, and fills `gradient` and, if asked, `curvature`.
 */
export interface Objective {
  readonly size: number;
  readonly gradient: Float64Array;
  /** A positive definite model of the second derivatives at the accepted point, row-major. */
  readonly curvature: Float64Array;
  /** May move z to an equivalent point (a mirror image); says so in `moved`. */
  value(z: Float64Array): number;
  accept(withCurvature: boolean): number;
  /**
   * Fills `curvature` with the second derivatives themselves, where they can be had, at the accepted point z; leaves the
   * objective there.
   */
  secondDerivatives?(z: Float64Array): boolean;
  moved: boolean;
}

export interface MinimiserOptions {
  /** Stops when half the Newton decrement g'B⁻¹g/2 is below this. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** No coordinate moves further than this in one step. */
  readonly maxStep: number;
  /** Gives up once the model of the objective promises nothing below this value. Default: never. */
  readonly target?: number;
  /** How many times the decrease that the model promises may still come, from which step on; see {@link USUAL_PATIENCE}. */
  readonly patience?: Patience;
  /** What a descent that is out of bounds has to promise more than. Default: nothing. */
  readonly outsideCutoff?: number;
  /** Gives up where the descent nears one of these points, `size` coordinates each, from above. */
  readonly known?: readonly KnownMinimum[];
  /** Gives up where this is true of the accepted point and little is left to gain. */
  readonly outOfBounds?: (z: Float64Array) => boolean;
}

/** A descent is hopeless where even `optimism` times the promised decrease, and `margin` more, would not reach the target. */
export interface Patience {
  readonly optimism: number;
  readonly margin: number;
  /** Steps before the model is believed. */
  readonly steps: number;
}

export interface KnownMinimum {
  readonly z: Float64Array;
  readonly value: number;
}

export interface Minimum {
  value: number;
  converged: boolean;
  /** Given up on purpose: hopeless, known or out of bounds. */
  stopped: boolean;
  /** Given up because nothing below the target was in sight. */
  givenUp: boolean;
  iterations: number;
  /** Half the last Newton decrement: about how much lower the minimum still is. */
  decrement: number;
}

const FIRST_DAMPING = 1e-4;
/** The curvature model is computed afresh for this many accepted steps, then only updated. */
const FRESH_STEPS = 2;
/** A descent that takes longer walks a narrow, curved valley: from here on true second derivatives, this often. */
const PATIENT_STEPS = 15;
const NEWTON_EVERY = 4;
const MOST_HALVINGS = 12;
const MANY_HALVINGS = 5;
const MOST_FAILURES = 2;
/** Where the line search finds nothing lower though the model promises at most this, rounding is the limit. */
const CLOSE_ENOUGH = 1e-6;
const SUFFICIENT_DECREASE = 1e-4;
const USUAL_PATIENCE: Patience = { optimism: 8, margin: 0.3, steps: 2 };
/** So near a known minimum, in value and in every coordinate, a descent would only find it again. */
const KNOWN_WITHIN = 1;
const KNOWN_BESIDE = 0.1;

/** A descent out of bounds is left to itself for so many steps, and while it promises more than this. */
const BOUNDS_AFTER = 12;
const BOUNDS_BELOW = 0.01;

/**
 * Quasi-Newton descent from z, which ends at the minimum: BFGS on a curvature model that the objective supplies for the
 * first steps, with Powell's damping, capped steps and a backtracking line search; in narrow valleys, Newton's method.
 *
 * @param state buffers that no other descent in progress uses.
 * @see J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed. (2006), procedure 18.2 for the damping.
 */
export function minimise(
  objective: Objective,
  z: Float64Array,
  options: MinimiserOptions,
  state = new QuasiNewtonState(),
): Minimum {
  state.fit(objective.size);
  return new Descent(objective, z, options, state).run();
}

class Descent {
  private readonly outcome: Minimum;
  private damping = FIRST_DAMPING;
  private failures = 0;
  private fresh = 0;

  private readonly objective: Objective;
  private readonly z: Float64Array;
  private readonly options: MinimiserOptions;
  private readonly state: QuasiNewtonState;

  constructor(objective: Objective, z: Float64Array, options: MinimiserOptions, state: QuasiNewtonState) {
    this.objective = objective;
    this.z = z;
    this.options = options;
    this.state = state;
    this.outcome = {
      value: objective.value(z),
      converged: false,
      stopped: false,
      givenUp: false,
      iterations: 0,
      decrement: Number.POSITIVE_INFINITY,
    };
  }

  run(): Minimum {
    const { objective, outcome, options, state } = this;
    if (!(outcome.value < Number.POSITIVE_INFINITY)) return outcome;
    outcome.value = objective.accept(true);
    copy(objective.gradient, state.slope, 0, state.size);
    restartModel(state, objective.curvature, this.damping);
    for (; outcome.iterations < options.maxIterations; outcome.iterations++) {
      const decrement = newtonDirection(state);
      outcome.decrement = decrement / 2;
      outcome.converged = outcome.decrement < options.tolerance;
      outcome.stopped = !outcome.converged && this.isFutile();
      if (outcome.converged || outcome.stopped) break;
      const halvings = lineSearch(objective, state, this.z, outcome.value, decrement, options.maxStep);
      if (halvings >= 0) this.take(halvings);
      else if (!this.retreat(decrement)) break;
    }
    return outcome;
  }

  /** Whether going on would find nothing new or nothing wanted. */
  private isFutile(): boolean {
    const { value, decrement, iterations } = this.outcome;
    const {
      target = NEVER,
      patience = USUAL_PATIENCE,
      outsideCutoff = NEVER,
      known = NOTHING,
      outOfBounds,
    } = this.options;
    const expected = value - patience.optimism * decrement - patience.margin;
    this.outcome.givenUp = iterations >= patience.steps && expected > target;
    if (this.outcome.givenUp) return true;
    if (known.length > 0 && isKnown(known, this.z, value)) return true;
    const unwanted = iterations > 1 && expected > outsideCutoff;
    const stuck = iterations >= BOUNDS_AFTER && decrement < BOUNDS_BELOW;
    return (unwanted || stuck) && outOfBounds?.(this.z) === true;
  }

  /** Moves to the point the line search found and learns from the way there. */
  private take(halvings: number): void {
    const { objective, outcome, state } = this;
    const jumped = objective.moved;
    const renew = jumped || this.fresh < FRESH_STEPS || halvings >= MANY_HALVINGS;
    outcome.value = objective.accept(renew);
    moveTo(state, objective, this.z);
    this.fresh++;
    this.damping = halvings === 0 ? this.damping * 0.1 : Math.min(this.damping * 4, 1);
    if (renew) restartModel(state, objective.curvature, this.damping);
    if (!jumped) updateModel(state);
    const late = outcome.iterations - PATIENT_STEPS;
    if (late >= 0 && late % NEWTON_EVERY === 0 && objective.secondDerivatives?.(this.z) === true) {
      restartModel(state, objective.curvature, 0);
    }
  }

  /** Nothing lower along the direction: starts from a fresh, damped model; false where that was tried before. */
  private retreat(decrement: number): boolean {
    const { objective, outcome, state } = this;
    this.failures++;
    outcome.converged = decrement < CLOSE_ENOUGH;
    const again = !outcome.converged && this.failures <= MOST_FAILURES;
    objective.value(this.z);
    outcome.value = objective.accept(again);
    if (!again) return false;
    this.damping = Math.max(10 * this.damping, 0.1);
    restartModel(state, objective.curvature, this.damping);
    this.fresh = 0;
    return true;
  }
}

const NOTHING: readonly KnownMinimum[] = [];
const NEVER = Number.POSITIVE_INFINITY;

/** Whether a point lies so near one of these minima that a descent from it would end there. */
export function isKnown(known: readonly KnownMinimum[], z: Float64Array, value: number): boolean {
  return known.some((minimum) => {
    if (Math.abs(value - minimum.value) > KNOWN_WITHIN) return false;
    for (let i = 0; i < minimum.z.length; i++) if (Math.abs(z[i] - minimum.z[i]) > KNOWN_BESIDE) return false;
    return true;
  });
}

/** Leaves the accepted point in `trial`; returns the number of halvings, or −1 where nothing lower was found. */
function lineSearch(
  objective: Objective,
  state: QuasiNewtonState,
  z: Float64Array,
  value: number,
  decrement: number,
  maxStep: number,
): number {
  const { size, trial, direction } = state;
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, Math.abs(direction[i]));
  let length = largest > maxStep ? maxStep / largest : 1;
  for (let halvings = 0; halvings < MOST_HALVINGS; halvings++) {
    for (let i = 0; i < size; i++) trial[i] = z[i] + length * direction[i];
    const reached = objective.value(trial);
    if (reached <= value - SUFFICIENT_DECREASE * length * decrement) return halvings;
    if (reached < value && decrement < 1e-7) return halvings;
    length = shorter(length, reached - value, decrement);
  }
  return -1;
}

/** The minimum of the parabola through both values and the slope, kept between a tenth and a half. */
function shorter(length: number, rise: number, decrement: number): number {
  const bend = (rise + length * decrement) / (length * length);
  const vertex = bend > 0 && rise < Number.POSITIVE_INFINITY ? decrement / (2 * bend) : 0.5 * length;
  return Math.min(0.5 * length, Math.max(0.1 * length, vertex));
}

function moveTo(state: QuasiNewtonState, objective: Objective, z: Float64Array): void {
  const { size, trial, step, change, slope } = state;
  for (let i = 0; i < size; i++) {
    step[i] = trial[i] - z[i];
    z[i] = trial[i];
    change[i] = objective.gradient[i] - slope[i];
    slope[i] = objective.gradient[i];
  }
}

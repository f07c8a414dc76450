/** What is minimised: `differentiate` is called at the point that `value` saw last. */
export interface SlopedObjective {
  readonly size: number;
  readonly gradient: Float64Array;
  value(z: Float64Array): number;
  /** Fills `gradient`, and `diagonal` with positive second derivatives or a model of them. */
  differentiate(z: Float64Array, diagonal: Float64Array): void;
}

/** Steps whose changes of the gradient are remembered. */
const MEMORY = 6;
/** A step that lowers the objective by a smaller share of it is the last. */
const TOLERANCE = 1e-4;
const SUFFICIENT_DECREASE = 1e-4;
const SHORTER = 0.3;
const MOST_TRIALS = 8;
/** Steps whose gradient turned by less say nothing of curvature. */
const LEAST_TURN = 1e-12;

/**
 * Quasi-Newton descent by the last changes of the gradient, the diagonal of second derivatives as the first model of the others: for many
 * variables, or few steps. Buffers serve one descent after the other.
 *
 * @see J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed. (2006), algorithm 7.4.
 */
export class LimitedMemory {
  private readonly trial: Float64Array;
  private readonly direction: Float64Array;
  private readonly diagonal: Float64Array;
  private readonly before: Float64Array;
  private readonly steps: readonly Float64Array[];
  private readonly changes: readonly Float64Array[];
  /** 1/(s'y) of each step s and its change of the gradient y. */
  private readonly rhos = new Float64Array(MEMORY);
  private readonly alphas = new Float64Array(MEMORY);
  private kept = 0;

  constructor(private readonly objective: SlopedObjective) {
    const { size } = objective;
    const rows = () => Array.from({ length: MEMORY }, () => new Float64Array(size));
    this.trial = new Float64Array(size);
    this.direction = new Float64Array(size);
    this.diagonal = new Float64Array(size);
    this.before = new Float64Array(size);
    this.steps = rows();
    this.changes = rows();
  }

  /** Moves z by at most `most` steps; the objective is left there. */
  run(z: Float64Array, most: number): void {
    const { objective, diagonal, before } = this;
    let value = objective.value(z);
    if (most > 0) objective.differentiate(z, diagonal);
    this.kept = 0;
    for (let step = 0; step < most; step++) {
      this.point();
      const reached = this.search(z, value);
      if (reached === null) {
        objective.value(z);
        return;
      }
      const gained = value - reached;
      value = reached;
      if (step + 1 < most && gained > TOLERANCE * Math.abs(value)) {
        before.set(objective.gradient);
        objective.differentiate(this.trial, diagonal);
        this.learn(z);
        z.set(this.trial);
      } else {
        z.set(this.trial);
        return;
      }
    }
  }

  /** The value at a point along the direction, left in `trial`, that is lower; null where there is none. */
  private search(z: Float64Array, value: number): number | null {
    const { objective, trial, direction } = this;
    const slope = dot(direction, objective.gradient);
    let length = 1;
    for (let tried = 0; tried < MOST_TRIALS; tried++) {
      for (let i = 0; i < z.length; i++) trial[i] = z[i] + length * direction[i];
      const reached = objective.value(trial);
      if (reached <= value + SUFFICIENT_DECREASE * length * slope) return reached;
      length *= SHORTER;
    }
    return null;
  }

  private learn(z: Float64Array): void {
    const { objective, trial, before, kept } = this;
    const at = kept % MEMORY;
    const [step, change] = [this.steps[at], this.changes[at]];
    for (let i = 0; i < z.length; i++) {
      step[i] = trial[i] - z[i];
      change[i] = objective.gradient[i] - before[i];
    }
    const turn = dot(step, change);
    if (!(turn > LEAST_TURN)) return;
    this.rhos[at] = 1 / turn;
    this.kept++;
  }

  /** The direction: minus the modelled inverse of the second derivatives times the gradient. */
  private point(): void {
    const { objective, direction, diagonal, steps, changes, rhos, alphas, kept } = this;
    for (let i = 0; i < direction.length; i++) direction[i] = -objective.gradient[i];
    const oldest = Math.max(0, kept - MEMORY);
    for (let m = kept - 1; m >= oldest; m--) {
      const at = m % MEMORY;
      alphas[at] = rhos[at] * dot(steps[at], direction);
      addTo(direction, -alphas[at], changes[at]);
    }
    const scale = this.scale();
    for (let i = 0; i < direction.length; i++) direction[i] = (scale * direction[i]) / diagonal[i];
    for (let m = oldest; m < kept; m++) {
      const at = m % MEMORY;
      addTo(direction, alphas[at] - rhos[at] * dot(changes[at], direction), steps[at]);
    }
  }

  /** By how much the last step shows that the diagonal is too large. */
  private scale(): number {
    const { kept, diagonal } = this;
    if (kept === 0) return 1;
    const at = (kept - 1) % MEMORY;
    const change = this.changes[at];
    let sum = 0;
    for (let i = 0; i < change.length; i++) sum += (change[i] * change[i]) / diagonal[i];
    return 1 / (this.rhos[at] * sum);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addTo(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] = a[i] + factor * b[i];
}

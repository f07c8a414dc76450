/** A function to minimise whose last few coordinates are confined to a box. */
export interface Objective {
  /** The value at z; Infinity where z is not allowed. */
  value(z: Float64Array): number;
  /** The gradient at the z of the latest call of `value`. */
  gradient(out: Float64Array): void;
  /** An approximation to the Hessian there, d×d, its lower triangle; after `gradient`. Need not be definite. */
  curvature(out: Float64Array): void;
}

export interface Minimum {
  readonly z: Float64Array;
  readonly value: number;
  readonly converged: boolean;
  readonly evaluations: number;
}

export interface BoxOptions {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Stop when a full Newton step promises less than this. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** The search is given up once it promises to stay above this value. */
  readonly toBeat: number;
  /** How many times what a step promises can be hoped for from all further steps. */
  readonly hope: number;
}

/** The share of what a step promises, along its length, that it has to keep. */
const SUFFICIENT = 1e-4;
const SHORTEST = 1e-9;

/**
 * Quasi-Newton minimisation from a given curvature: each step solves the quadratic model exactly within the box (the
 * confined coordinates come last, are few, and are what is left when the others are eliminated), then backtracks;
 * BFGS with Powell's damping keeps the model definite.
 */
export function minimiseInBox(objective: Objective, start: Float64Array, options: BoxOptions): Minimum {
  const d = start.length;
  let z = start.slice();
  let trial = new Float64Array(d);
  let gradient = new Float64Array(d);
  let trialGradient = new Float64Array(d);
  const model = new Float64Array(d * d);
  const step = new Float64Array(d);
  const solver = new BoxStep(d, options.lower, options.upper);
  let value = objective.value(z);
  let evaluations = 1;
  let converged = false;
  if (!Number.isFinite(value)) return { z, value, converged, evaluations };
  objective.gradient(gradient);
  objective.curvature(model);
  for (let iteration = 0; iteration < options.maxIterations; iteration++) {
    const promise = solver.solve(model, gradient, z, step);
    if (promise < options.tolerance) {
      converged = true;
      break;
    }
    if (value - options.hope * promise > options.toBeat) break;
    const next = search(promise);
    if (!(next < value)) break;
    value = next;
    objective.gradient(trialGradient);
    updateModel(model, z, trial, gradient, trialGradient, step);
    [z, trial] = [trial, z];
    [gradient, trialGradient] = [trialGradient, gradient];
  }
  return { z, value, converged, evaluations };

  /** Backtracks from the full step; the accepted point is left in `trial`. */
  function search(promise: number): number {
    const slope = -2 * promise;
    for (let length = 1; length > SHORTEST; ) {
      solver.move(z, length, step, trial);
      const next = objective.value(trial);
      evaluations++;
      if (next <= value + SUFFICIENT * length * slope) return next;
      const curve = next - value - length * slope;
      const vertex = Number.isFinite(next) && curve > 0 ? (-slope * length * length) / (2 * curve) : 0;
      length = Math.min(0.5 * length, Math.max(0.1 * length, vertex));
    }
    return Number.POSITIVE_INFINITY;
  }
}

/**
 * BFGS with Powell's damping on the lower triangle: B ← B − Bss'B/s'Bs + rr'/s'r, r between the gradients' change
 * and Bs. `scratch` is overwritten.
 */
function updateModel(
  model: Float64Array,
  from: Float64Array,
  to: Float64Array,
  gradientFrom: Float64Array,
  gradientTo: Float64Array,
  scratch: Float64Array,
): void {
  const d = from.length;
  scratch.fill(0);
  for (let i = 0; i < d; i++) {
    const s = to[i]! - from[i]!;
    let sum = 0;
    for (let j = 0; j < i; j++) {
      const b = model[i * d + j]!;
      sum += b * (to[j]! - from[j]!);
      scratch[j] = scratch[j]! + b * s;
    }
    scratch[i] = scratch[i]! + sum + model[i * d + i]! * s;
  }
  let curvature = 0;
  let change = 0;
  for (let i = 0; i < d; i++) {
    const s = to[i]! - from[i]!;
    curvature += s * scratch[i]!;
    change += s * (gradientTo[i]! - gradientFrom[i]!);
  }
  if (!(curvature > 0)) return;
  const damping = change >= 0.2 * curvature ? 1 : (0.8 * curvature) / (curvature - change);
  const inner = 1 / (damping * change + (1 - damping) * curvature);
  const outer = 1 / curvature;
  for (let i = 0; i < d; i++) {
    const ri = (damping * (gradientTo[i]! - gradientFrom[i]!) + (1 - damping) * scratch[i]!) * inner;
    const pi = scratch[i]! * outer;
    for (let j = 0; j <= i; j++) {
      const rj = damping * (gradientTo[j]! - gradientFrom[j]!) + (1 - damping) * scratch[j]!;
      model[i * d + j] = model[i * d + j]! + ri * rj - pi * scratch[j]!;
    }
  }
}

/** A pivot smaller than this share of its diagonal entry before elimination is raised to it. */
const RIDGE = 1e-9;

/** The step that minimises g'p + p'Bp/2 with the last coordinates kept in their box. */
class BoxStep {
  private readonly factor: Float64Array;
  private readonly reduced: Float64Array;
  private readonly diagonal: Float64Array;
  /** Coordinates that are not boxed. */
  private readonly free: number;
  private readonly boxed: number;
  /** Per boxed coordinate: 0 free to move, 1 held at its lower edge, 2 at its upper one. */
  private readonly held: Uint8Array;
  private readonly small: Float64Array;
  private readonly smallRight: Float64Array;
  private readonly moving: Int32Array;

  constructor(
    private readonly d: number,
    private readonly lower: Float64Array,
    private readonly upper: Float64Array,
  ) {
    this.boxed = lower.length;
    this.free = d - this.boxed;
    this.factor = new Float64Array(d * d);
    this.reduced = new Float64Array(d);
    this.diagonal = new Float64Array(d);
    this.held = new Uint8Array(this.boxed);
    this.small = new Float64Array(this.boxed * this.boxed);
    this.smallRight = new Float64Array(this.boxed);
    this.moving = new Int32Array(this.boxed);
  }

  /** @returns the decrease the model promises, −g'p/2. */
  solve(model: Float64Array, gradient: Float64Array, z: Float64Array, step: Float64Array): number {
    const { d, free, factor, reduced } = this;
    factor.set(model);
    for (let i = 0; i < d; i++) reduced[i] = -gradient[i]!;
    eliminate(factor, reduced, d, free, this.diagonal);
    this.solveBoxed(z, step);
    for (let i = free - 1; i >= 0; i--) {
      let sum = reduced[i]!;
      for (let j = i + 1; j < d; j++) sum -= factor[j * d + i]! * step[j]!;
      step[i] = sum / factor[i * d + i]!;
    }
    let promise = 0;
    for (let i = 0; i < d; i++) promise -= 0.5 * gradient[i]! * step[i]!;
    return promise;
  }

  /** z + length·step, rounding kept from leaving the box. */
  move(z: Float64Array, length: number, step: Float64Array, out: Float64Array): void {
    const { d, free, boxed, lower, upper } = this;
    for (let i = 0; i < d; i++) out[i] = z[i]! + length * step[i]!;
    for (let i = 0; i < boxed; i++) out[free + i] = Math.min(upper[i]!, Math.max(lower[i]!, out[free + i]!));
  }

  /** The few boxed coordinates: solve, hold the one furthest out at its edge, let go whom the model pulls back. */
  private solveBoxed(z: Float64Array, step: Float64Array): void {
    const { boxed, free, held, lower, upper } = this;
    held.fill(0);
    for (let round = 0; round < 4 * boxed; round++) {
      this.solveMoving(step);
      let worst = -1;
      let excess = 1e-15;
      for (let i = 0; i < boxed; i++) {
        if (held[i] !== 0) continue;
        const at = z[free + i]! + step[free + i]!;
        const over = Math.max(lower[i]! - at, at - upper[i]!);
        if (over > excess) {
          excess = over;
          worst = i;
        }
      }
      if (worst < 0) {
        if (!this.release(step)) return;
        continue;
      }
      const low = z[free + worst]! + step[free + worst]! < lower[worst]!;
      held[worst] = low ? 1 : 2;
      step[free + worst] = (low ? lower[worst]! : upper[worst]!) - z[free + worst]!;
    }
    for (let i = 0; i < boxed; i++) {
      const at = Math.min(upper[i]!, Math.max(lower[i]!, z[free + i]! + step[free + i]!));
      step[free + i] = at - z[free + i]!;
    }
  }

  /** Frees one held coordinate whose multiplier has the wrong sign. */
  private release(step: Float64Array): boolean {
    const { d, boxed, free, held, factor, reduced } = this;
    for (let i = 0; i < boxed; i++) {
      if (held[i] === 0) continue;
      let pull = reduced[free + i]!;
      for (let j = 0; j < boxed; j++) pull -= entry(factor, d, free + i, free + j) * step[free + j]!;
      if (held[i] === 1 ? pull > 1e-12 : pull < -1e-12) {
        held[i] = 0;
        return true;
      }
    }
    return false;
  }

  /** Solves for the boxed coordinates that are not held. */
  private solveMoving(step: Float64Array): void {
    const { d, boxed, free, held, factor, reduced, small, smallRight, moving } = this;
    let k = 0;
    for (let i = 0; i < boxed; i++) if (held[i] === 0) moving[k++] = free + i;
    for (let i = 0; i < k; i++) {
      const row = moving[i]!;
      let value = reduced[row]!;
      for (let j = 0; j < boxed; j++) {
        if (held[j] !== 0) value -= entry(factor, d, row, free + j) * step[free + j]!;
      }
      smallRight[i] = value;
      for (let j = 0; j <= i; j++) small[i * k + j] = entry(factor, d, row, moving[j]!);
    }
    eliminate(small, smallRight, k, k, this.diagonal);
    for (let i = k - 1; i >= 0; i--) {
      let sum = smallRight[i]!;
      for (let j = i + 1; j < k; j++) sum -= small[j * k + i]! * step[moving[j]!]!;
      step[moving[i]!] = sum / small[i * k + i]!;
    }
  }
}

function entry(a: Float64Array, d: number, i: number, j: number): number {
  return i >= j ? a[i * d + j]! : a[j * d + i]!;
}

/**
 * Eliminates the first `count` of d coordinates from a symmetric system by LDL', lower triangle: afterwards column i below
 * the diagonal holds pivot times multiplier, the diagonal the pivots, and the rest what is left of the system.
 */
function eliminate(
  a: Float64Array,
  right: Float64Array,
  d: number,
  count: number,
  diagonal: Float64Array,
): void {
  for (let i = 0; i < count; i++) diagonal[i] = RIDGE * (Math.abs(a[i * d + i]!) || 1 / RIDGE);
  for (let i = 0; i < count; i++) {
    const pivot = Math.max(a[i * d + i]!, diagonal[i]!);
    a[i * d + i] = pivot;
    const inverse = 1 / pivot;
    const value = right[i]! * inverse;
    for (let j = i + 1; j < d; j++) {
      const row = j * d;
      const multiplier = a[row + i]! * inverse;
      if (multiplier === 0) continue;
      right[j] = right[j]! - a[row + i]! * value;
      for (let l = i + 1; l <= j; l++) a[row + l] = a[row + l]! - multiplier * a[l * d + i]!;
    }
  }
}

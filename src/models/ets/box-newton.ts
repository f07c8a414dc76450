/** A function to minimise whose last few coordinates are confined to a box. */
export interface Objective {
  /** The value at z; Infinity where z is not allowed. */
  value(z: Float64Array): number;
  /** The gradient at the z of the latest call of `value`. */
  gradient(out: Float64Array): void;
  /** An approximation to the Hessian there, d×d, symmetric; need not be definite. */
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
}

/** Steps from which the curvature is taken afresh before quasi-Newton updates take over. */
const FRESH_STEPS = 2;
const SUFFICIENT = 1e-4;
const SHORTEST = 1e-9;

/**
 * Quasi-Newton minimisation from a given curvature: each step solves the quadratic model exactly within the box (the
 * confined coordinates come last, are few, and are what is left when the others are eliminated), then backtracks;
 * BFGS with Powell's damping keeps the model definite. The curvature is taken afresh in the first steps and once more
 * before the end, so that a stale model does not stop it early.
 */
export function minimiseInBox(objective: Objective, start: Float64Array, options: BoxOptions): Minimum {
  const d = start.length;
  const boxed = options.lower.length;
  let z = start.slice();
  let trial = new Float64Array(d);
  let gradient = new Float64Array(d);
  let trialGradient = new Float64Array(d);
  const model = new Float64Array(d * d);
  const step = new Float64Array(d);
  const solver = new BoxStep(d, boxed);
  let value = objective.value(z);
  let evaluations = 1;
  if (!Number.isFinite(value)) return { z, value, converged: false, evaluations };
  objective.gradient(gradient);
  objective.curvature(model);
  let age = 0;
  let fresh = true;
  let converged = false;
  for (let iteration = 0; iteration < options.maxIterations; iteration++) {
    const promise = solver.solve(model, gradient, z, options.lower, options.upper, step);
    if (promise < options.tolerance) {
      if (fresh) {
        converged = true;
        break;
      }
      refresh();
      continue;
    }
    const length = search(promise);
    if (length === 0) {
      if (fresh) break;
      refresh();
      continue;
    }
    objective.gradient(trialGradient);
    age++;
    fresh = age <= FRESH_STEPS;
    if (fresh) objective.curvature(model);
    else updateModel(model, z, trial, gradient, trialGradient, step);
    [z, trial] = [trial, z];
    [gradient, trialGradient] = [trialGradient, gradient];
  }
  return { z, value, converged, evaluations };

  function refresh(): void {
    objective.value(z);
    objective.gradient(gradient);
    objective.curvature(model);
    evaluations++;
    fresh = true;
  }

  /** Backtracks from the full step; the accepted point is left in `trial`, its value in `value`. */
  function search(promise: number): number {
    const slope = -2 * promise;
    for (let length = 1; length > SHORTEST; ) {
      for (let i = 0; i < d; i++) trial[i] = z[i]! + length * step[i]!;
      for (let i = 0; i < boxed; i++) {
        const at = d - boxed + i;
        trial[at] = Math.min(options.upper[i]!, Math.max(options.lower[i]!, trial[at]!));
      }
      const next = objective.value(trial);
      evaluations++;
      if (next <= value + SUFFICIENT * length * slope) {
        value = next;
        return length;
      }
      const curve = next - value - length * slope;
      const vertex = Number.isFinite(next) && curve > 0 ? (-slope * length * length) / (2 * curve) : 0;
      length = Math.min(0.5 * length, Math.max(0.1 * length, vertex));
    }
    return 0;
  }
}

/** BFGS with Powell's damping: B ← B − Bss'B/s'Bs + rr'/s'r with r between the gradients' change and Bs. */
function updateModel(
  model: Float64Array,
  from: Float64Array,
  to: Float64Array,
  gradientFrom: Float64Array,
  gradientTo: Float64Array,
  product: Float64Array,
): void {
  const d = from.length;
  let curvature = 0;
  let change = 0;
  for (let i = 0; i < d; i++) {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += model[i * d + j]! * (to[j]! - from[j]!);
    product[i] = sum;
    const s = to[i]! - from[i]!;
    curvature += s * sum;
    change += s * (gradientTo[i]! - gradientFrom[i]!);
  }
  if (!(curvature > 0)) return;
  const damping = change >= 0.2 * curvature ? 1 : (0.8 * curvature) / (curvature - change);
  const inner = damping * change + (1 - damping) * curvature;
  for (let i = 0; i < d; i++) {
    const ri = damping * (gradientTo[i]! - gradientFrom[i]!) + (1 - damping) * product[i]!;
    for (let j = 0; j <= i; j++) {
      const rj = damping * (gradientTo[j]! - gradientFrom[j]!) + (1 - damping) * product[j]!;
      const next = model[i * d + j]! + (ri * rj) / inner - (product[i]! * product[j]!) / curvature;
      model[i * d + j] = next;
      model[j * d + i] = next;
    }
  }
}

/** A pivot smaller than this share of its diagonal entry before elimination is raised to it. */
const RIDGE = 1e-9;

/** The step that minimises g'p + p'Bp/2 with the last coordinates kept in their box. */
class BoxStep {
  private readonly factor: Float64Array;
  private readonly free: number;
  private readonly fixed: Uint8Array;
  private readonly reduced: Float64Array;
  private readonly diagonal: Float64Array;

  constructor(
    private readonly d: number,
    private readonly boxed: number,
  ) {
    this.factor = new Float64Array(d * d);
    this.free = d - boxed;
    this.fixed = new Uint8Array(boxed);
    this.reduced = new Float64Array(d);
    this.diagonal = new Float64Array(d);
  }

  /** @returns the decrease the model promises, −g'p/2. */
  solve(
    model: Float64Array,
    gradient: Float64Array,
    z: Float64Array,
    lower: Float64Array,
    upper: Float64Array,
    step: Float64Array,
  ): number {
    const { d, free, factor, reduced } = this;
    factor.set(model);
    for (let i = 0; i < d; i++) reduced[i] = -gradient[i]!;
    eliminate(factor, reduced, d, free, this.diagonal);
    this.solveBoxed(z, lower, upper, step);
    for (let i = free - 1; i >= 0; i--) {
      let sum = reduced[i]!;
      for (let j = i + 1; j < d; j++) sum -= factor[j * d + i]! * step[j]!;
      step[i] = sum / factor[i * d + i]!;
    }
    let promise = 0;
    for (let i = 0; i < d; i++) promise -= 0.5 * gradient[i]! * step[i]!;
    return promise;
  }

  /** The few boxed coordinates: solve, hold those that leave the box at its edge, let go whom the model pulls back. */
  private solveBoxed(z: Float64Array, lower: Float64Array, upper: Float64Array, step: Float64Array): void {
    const { boxed, free, fixed } = this;
    fixed.fill(0);
    for (let round = 0; round < 4 * boxed; round++) {
      this.solveFree(step);
      let worst = -1;
      let excess = 1e-15;
      for (let i = 0; i < boxed; i++) {
        if (fixed[i] !== 0) continue;
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
      fixed[worst] = low ? 1 : 2;
      step[free + worst] = (low ? lower[worst]! : upper[worst]!) - z[free + worst]!;
    }
    for (let i = 0; i < boxed; i++) {
      const at = Math.min(upper[i]!, Math.max(lower[i]!, z[free + i]! + step[free + i]!));
      step[free + i] = at - z[free + i]!;
    }
  }

  /** Frees one held coordinate whose multiplier has the wrong sign. */
  private release(step: Float64Array): boolean {
    const { d, boxed, free, fixed, factor, reduced } = this;
    for (let i = 0; i < boxed; i++) {
      if (fixed[i] === 0) continue;
      let pull = reduced[free + i]!;
      for (let j = 0; j < boxed; j++) pull -= entry(factor, d, free + i, free + j) * step[free + j]!;
      if (fixed[i] === 1 ? pull > 1e-12 : pull < -1e-12) {
        fixed[i] = 0;
        return true;
      }
    }
    return false;
  }

  /** Solves for the boxed coordinates that are not held,: they are four at most. */
  private solveFree(step: Float64Array): void {
    const { d, boxed, free, fixed, factor, reduced } = this;
    const at: number[] = [];
    for (let i = 0; i < boxed; i++) if (fixed[i] === 0) at.push(free + i);
    const k = at.length;
    const a = new Float64Array(k * k);
    const right = new Float64Array(k);
    for (let i = 0; i < k; i++) {
      let value = reduced[at[i]!]!;
      for (let j = 0; j < boxed; j++) {
        if (fixed[j] !== 0) value -= entry(factor, d, at[i]!, free + j) * step[free + j]!;
      }
      right[i] = value;
      for (let j = 0; j < k; j++) a[i * k + j] = entry(factor, d, at[i]!, at[j]!);
    }
    eliminate(a, right, k, k, this.diagonal);
    for (let i = k - 1; i >= 0; i--) {
      let sum = right[i]!;
      for (let j = i + 1; j < k; j++) sum -= a[j * k + i]! * step[at[j]!]!;
      step[at[i]!] = sum / a[i * k + i]!;
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
      const multiplier = a[j * d + i]! * inverse;
      if (multiplier === 0) continue;
      right[j] = right[j]! - a[j * d + i]! * value;
      for (let l = i + 1; l <= j; l++) a[j * d + l] = a[j * d + l]! - multiplier * a[l * d + i]!;
    }
  }
}

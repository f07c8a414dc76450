import { BoxStep } from "./box-step.js";

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
  readonly cutoff: number;
  /** How many times what a step promises can be hoped for from all further steps. */
  readonly optimism: number;
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
    const expectedDecrease = solver.solve(model, gradient, z, step);
    if (expectedDecrease < options.tolerance) {
      converged = true;
      break;
    }
    if (value - options.optimism * expectedDecrease > options.cutoff) break;
    const next = search(expectedDecrease);
    if (!(next < value)) break;
    value = next;
    objective.gradient(trialGradient);
    updateModel(model, z, trial, gradient, trialGradient, step);
    [z, trial] = [trial, z];
    [gradient, trialGradient] = [trialGradient, gradient];
  }
  return { z, value, converged, evaluations };

  /** Backtracks from the full step; the accepted point is left in `trial`. */
  function search(expectedDecrease: number): number {
    const slope = -2 * expectedDecrease;
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
    const s = to[i] - from[i];
    let sum = 0;
    for (let j = 0; j < i; j++) {
      const b = model[i * d + j];
      sum += b * (to[j] - from[j]);
      scratch[j] = scratch[j] + b * s;
    }
    scratch[i] = scratch[i] + sum + model[i * d + i] * s;
  }
  let curvature = 0;
  let change = 0;
  for (let i = 0; i < d; i++) {
    const s = to[i] - from[i];
    curvature += s * scratch[i];
    change += s * (gradientTo[i] - gradientFrom[i]);
  }
  if (!(curvature > 0)) return;
  const damping = change >= 0.2 * curvature ? 1 : (0.8 * curvature) / (curvature - change);
  const inner = 1 / (damping * change + (1 - damping) * curvature);
  const outer = 1 / curvature;
  for (let i = 0; i < d; i++) {
    const ri = (damping * (gradientTo[i] - gradientFrom[i]) + (1 - damping) * scratch[i]) * inner;
    const pi = scratch[i] * outer;
    for (let j = 0; j <= i; j++) {
      const rj = damping * (gradientTo[j] - gradientFrom[j]) + (1 - damping) * scratch[j];
      model[i * d + j] = model[i * d + j] + ri * rj - pi * scratch[j];
    }
  }
}

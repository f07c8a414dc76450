import { cholesky, solveCholesky } from "../linear-algebra/cholesky.js";

/** A smooth function of points inside the cube (−1, 1)^p, with its derivatives. */
export interface CubeObjective {
  /** Infinity or NaN where the function is not defined. */
  value(point: Float64Array): number;
  derivatives(point: Float64Array): { readonly gradient: Float64Array; readonly hessian: Float64Array };
  /** The Hessian is not exact: what it misses is learned from how the gradient changes. */
  readonly approximate?: boolean;
}

export interface NewtonResult {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

const MAX_ITERATIONS = 200;
/** Steps in a row that bring nothing but rounding before the search ends. */
const PATIENCE = 4;
/** Expected decrease at which one more full step leaves nothing but rounding. */
const LAST_STEP = 1e-12;
/** Rounding of the objective, relative to its size, that a decrease may drown in. */
const ROUNDING = 4 * Number.EPSILON;
/** Share of the way to the boundary that one step may go. */
const REACH = 0.9;
/** Armijo's condition: share of the decrease promised by the slope that a step must bring. */
const SUFFICIENT = 1e-4;

/**
 * Minimises a function that grows without bound towards the boundary of the cube (−1, 1)^p: Newton's method with a
 * ridge where the Hessian is not positive definite, steps that stay inside, and backtracking.
 *
 * @param given ends the search with null where it says that a point leads nowhere new.
 * @see J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed. (2006), chapter 3.
 */
export function minimiseInCube(
  objective: CubeObjective,
  start: Float64Array,
  given: (point: Float64Array) => boolean = () => false,
): NewtonResult | null {
  const size = start.length;
  const missed = new Float64Array(size * size);
  let before: { readonly point: Float64Array; readonly gradient: Float64Array } | null = null;
  let idle = 0;
  let point = start;
  let value = objective.value(point);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    if (given(point)) return null;
    const { gradient, hessian } = objective.derivatives(point);
    if (objective.approximate) {
      if (before !== null) learn(missed, hessian, point, gradient, before);
      for (let at = 0; at < hessian.length; at++) hessian[at] += missed[at];
      before = { point, gradient };
    }
    const step = newtonStep(gradient, hessian, size);
    let slope = 0;
    for (let i = 0; i < size; i++) slope += gradient[i] * step[i];
    const last = -slope / 2 < LAST_STEP + ROUNDING * Math.abs(value);
    const next = search(objective, point, value, step, slope);
    idle = next !== null && value - next.value > ROUNDING * (1 + Math.abs(value)) ? 0 : idle + 1;
    if (next === null || last || idle >= PATIENCE) {
      // Once decreases drown in rounding the point at hand is the minimum; otherwise the search has failed.
      const flat = -slope / 2 < 1e-6 * (1 + Math.abs(value));
      const end = next ?? { point, value };
      return { ...end, iterations: iteration + 1, converged: last || flat };
    }
    ({ point, value } = next);
  }
  return { point, value, iterations: MAX_ITERATIONS, converged: false };
}

/**
 * Symmetric rank-one update of what the Hessian misses, so that with it the Hessian explains the last change of the
 * gradient.
 *
 * @see J. E. Dennis, D. M. Gay, R. E. Welsch, ACM Transactions on Mathematical Software 7 (1981), 348–368, for
 *   correcting a Hessian known in part; Nocedal and Wright (2006), section 6.2, for the update.
 */
function learn(
  missed: Float64Array,
  hessian: Float64Array,
  point: Float64Array,
  gradient: Float64Array,
  before: { readonly point: Float64Array; readonly gradient: Float64Array },
): void {
  const size = point.length;
  const unexplained = new Float64Array(size);
  let along = 0;
  let steps = 0;
  let errors = 0;
  for (let i = 0; i < size; i++) {
    let value = gradient[i] - before.gradient[i];
    for (let j = 0; j < size; j++) {
      value -= (hessian[i * size + j] + missed[i * size + j]) * (point[j] - before.point[j]);
    }
    unexplained[i] = value;
    const step = point[i] - before.point[i];
    along += value * step;
    steps += step * step;
    errors += value * value;
  }
  if (!(Math.abs(along) > 1e-8 * Math.sqrt(steps * errors))) return;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) missed[i * size + j] += (unexplained[i] * unexplained[j]) / along;
  }
}

/** −(H + τ·diag)⁻¹g with the smallest ridge τ tried that makes the matrix positive definite. */
function newtonStep(gradient: Float64Array, hessian: Float64Array, size: number): Float64Array {
  for (let ridge = 0; ; ridge = ridge === 0 ? 1e-3 : ridge * 8) {
    const matrix = hessian.slice();
    for (let i = 0; i < size; i++) matrix[i * size + i] += ridge * (1 + Math.abs(hessian[i * size + i]));
    const step = gradient.map((value) => -value);
    // With an infinite ridge the step is a tiny one along the gradient; NaN derivatives end here too.
    if (ridge > 1e12) return step.map((value) => value * 1e-12);
    if (!Number.isNaN(cholesky(matrix, size, 1e-14))) {
      solveCholesky(matrix, size, step);
      return step;
    }
  }
}

function search(
  objective: CubeObjective,
  point: Float64Array,
  value: number,
  step: Float64Array,
  slope: number,
): { point: Float64Array; value: number } | null {
  let length = 1;
  for (let i = 0; i < point.length; i++) {
    const room = step[i] > 0 ? 1 - point[i] : 1 + point[i];
    if (Math.abs(step[i]) * length > REACH * room) length = (REACH * room) / Math.abs(step[i]);
  }
  for (let halvings = 0; halvings < 40; halvings++, length /= 2) {
    const candidate = point.map((coordinate, i) => coordinate + length * step[i]);
    const found = objective.value(candidate);
    const slack = ROUNDING * (1 + Math.abs(value));
    if (found <= value + SUFFICIENT * length * slope + slack) return { point: candidate, value: found };
  }
  return null;
}

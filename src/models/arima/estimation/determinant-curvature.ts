import type { GapLikelihood } from "../gaps/likelihood.js";
import type { LikelihoodSlopes } from "../likelihood/slopes.js";
import type { Workspace } from "../likelihood/workspace.js";
import { DeterminantModel } from "./determinant-model.js";

/** Second differences are taken over this share of a standard error. */
const STEP = 1e-3;

/**
 * Half log|M| of a moving average around the coefficients x, its second derivatives by differences of its values; then the factor of M
 * is that of another point.
 *
 * @returns null where a neighbour has none.
 */
export function determinantModel(
  ws: Workspace,
  gaps: GapLikelihood,
  x: Float64Array,
  { determinant, curvature }: LikelihoodSlopes,
): DeterminantModel | null {
  if (determinant === null) return null;
  const { half, gradient: slopes } = determinant;
  const bends = bendsByValues(ws, gaps, x, half, slopes, curvature);
  return bends.every(Number.isFinite) ? new DeterminantModel(x, half, slopes, bends) : null;
}

function bendsByValues(
  ws: Workspace,
  gaps: GapLikelihood,
  x: Float64Array,
  half: number,
  slopes: Float64Array,
  curvature: Float64Array,
): Float64Array {
  const { size } = ws;
  const bends = new Float64Array(size * size);
  const moved = x.slice();
  const inwards = x.map(
    (value, i) => value + ((value > 0 ? -1 : 1) * STEP) / Math.sqrt(Math.max(curvature[i]!, 1)),
  );
  const rises = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    moved[i] = inwards[i]!;
    const step = moved[i]! - x[i]!;
    rises[i] = halfAt(ws, gaps, moved) - half;
    bends[i * size + i] = (2 * (rises[i]! - step * slopes[i]!)) / (step * step);
    for (let j = 0; j < i; j++) {
      moved[j] = inwards[j]!;
      const both = halfAt(ws, gaps, moved) - half;
      const bend = (both - rises[i]! - rises[j]!) / (step * (moved[j]! - x[j]!));
      bends[i * size + j] = bend;
      bends[j * size + i] = bend;
      moved[j] = x[j]!;
    }
    moved[i] = x[i]!;
  }
  return bends;
}

function halfAt({ ma, ar, orders: { q } }: Workspace, gaps: GapLikelihood, x: Float64Array): number {
  ma.setFactors(x, 0, q, 1);
  return gaps.factor(x, ar, ma) / 2;
}

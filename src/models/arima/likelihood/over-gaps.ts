import { dot } from "../../../math/linear-algebra/vector.js";
import type { GapLikelihood } from "../gaps/likelihood.js";
import { combineData, filterByAr, filterErrors, gaussNewton } from "./quadratic.js";
import type { Workspace } from "./workspace.js";

/**
 * Where missing levels and what the past adds to the first differences, f, are unknowns: e = (a(B)w + f)/t(B) with the gaps of w
 * filled. By the envelope theorem the derivatives of the minimised sum of squares are those at the fixed minimum.
 */

/** Filters Σ_c weights_c·column_c with the unknowns at their best for it; returns S. */
export function filterOverGaps(ws: Workspace, gaps: GapLikelihood, weights: Float64Array): number {
  const { input, e, origin, maDegree: q, end, n, scratch, between } = ws;
  const start = origin + q;
  const ofPast = gaps.solve(ws.projections, weights, ws.columns);
  combineData(ws, weights);
  input.fill(0, origin, start);
  gaps.fill(input, start);
  filterByAr(ws);
  scratch.fill(0, origin, end);
  gaps.fillPast(scratch, start);
  if (q > 0) ws.ma.divide(scratch, scratch, between, start, end);
  for (let t = start; t < end; t++) e[t]! += scratch[t]!;
  filterErrors(ws);
  return dot(e, start, e, start, n) + ofPast;
}

/**
 * curvature = weight·J'(I − GM⁻¹G')J, J = ∂e/∂x: the Gauss-Newton part of what is left where the unknowns follow.
 *
 * @see L. Kaufman, BIT 15 (1975), 49–57.
 */
export function curvatureOverGaps(ws: Workspace, gaps: GapLikelihood, weight: number): void {
  const { origin, maDegree: q, size, curvature, derivatives, shifts } = ws;
  gaussNewton(ws, weight);
  const projections = Array.from({ length: size }, (_, i) => {
    const projection = new Float64Array(gaps.size);
    gaps.project(derivatives[i]!, origin + q - shifts[i]!, projection);
    return projection;
  });
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const less = weight * dot(projections[i]!, 0, projections[j]!, 0, gaps.size);
      curvature[i * size + j]! -= less;
      if (j < i) curvature[j * size + i]! -= less;
    }
  }
}

import { dot } from "../../../math/linear-algebra/vector.js";
import type { DifferencedGaps } from "../gaps/autoregressive.js";
import type { LastValues } from "../gaps/last-rows.js";
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
  for (let t = start; t < end; t++) e[t] += scratch[t];
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
    gaps.project(derivatives[i], origin + q - shifts[i], projection);
    return projection;
  });
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const less = weight * dot(projections[i], 0, projections[j], 0, gaps.size);
      curvature[i * size + j] -= less;
      if (j < i) curvature[j * size + i] -= less;
    }
  }
}

/**
 * The last values of a series with gaps at the coefficients seen last. All are linear in the unknowns, whose covariance is σ²M⁻¹,
 * M = LL': a combination j of them has the row L⁻¹j.
 *
 * @param ws after the innovations were asked for.
 * @returns null where the series is too short to have them all.
 */
export function lastValues(ws: Workspace, gaps: GapLikelihood): LastValues | null {
  const { arDegree: p, maDegree: q, n, input, e, end } = ws;
  const { needed, difference } = gaps;
  if (n < Math.max(p, q)) return null;
  const width = gaps.size;
  const mean = new Float64Array(needed + p + q);
  const factor = new Float64Array(mean.length * width);
  const levels = levelRows(gaps, needed + n - (p > 0 ? needed + p : needed));
  for (const { row, unknown, values } of levels) {
    const lag = needed + n - row;
    if (lag <= needed) {
      mean[lag - 1] = -gaps.level(unknown);
      factor.set(values, (lag - 1) * width);
    }
    for (let j = 0; j < difference.lags.length; j++) {
      const own = lag - difference.lags[j];
      if (own < 1 || own > p) continue;
      const at = (needed + own - 1) * width;
      for (let k = 0; k < width; k++) factor[at + k] += difference.weights[j] * values[k];
    }
  }
  for (let lag = 1; lag <= p; lag++) mean[needed + lag - 1] = input[end - lag];
  for (let lag = 1; lag <= q; lag++) {
    const row = needed + p + lag - 1;
    mean[row] = e[end - lag];
    gaps.impulse(n - lag, -1, factor.subarray(row * width, (row + 1) * width));
  }
  return { mean, factor, width, known: needed + n - 1 - gaps.lastMissing };
}

/**
 * The same of a differenced autoregression, whose missing levels are filled.
 *
 * @param combined weights of the columns.
 */
export function lastFilledValues(
  ws: Workspace,
  filling: DifferencedGaps,
  combined: ArrayLike<number>,
): LastValues | null {
  const { arDegree: p, n, input, end } = ws;
  const { needed, difference } = filling;
  if (n < p) return null;
  const { last, width, factor: root, levels } = filling.lastLevels(n - needed - p, combined);
  const mean = new Float64Array(needed + p);
  const factor = new Float64Array(mean.length * width);
  levels.forEach(({ row, mean: level }, i) => {
    const lag = n - row;
    const add = (at: number, weight: number) => {
      for (let k = 0; k < width; k++) factor[at * width + k] += weight * root[i * width + k];
    };
    if (lag <= needed) {
      mean[lag - 1] = level;
      add(lag - 1, 1);
    }
    for (let j = 0; j < difference.lags.length; j++) {
      const own = lag - difference.lags[j];
      if (own >= 1 && own <= p) add(needed + own - 1, difference.weights[j]);
    }
  });
  for (let lag = 1; lag <= p; lag++) mean[needed + lag - 1] = input[end - lag];
  return { mean, factor, width, known: n - 1 - last };
}

/** Rows of L⁻¹ of the missing levels from row `first` on. */
function levelRows(gaps: GapLikelihood, first: number) {
  return gaps.missingFrom(first).map(({ row, unknown }) => {
    const values = new Float64Array(gaps.size);
    gaps.impulse(row - gaps.needed, unknown, values);
    return { row, unknown, values };
  });
}

import { dot } from "../../../math/linear-algebra/vector.js";
import { isInvertibleFactor } from "../lag-polynomial/invertible.js";
import { gradient, squaresJustFiltered } from "../likelihood/gradient.js";
import { negativeLogLikelihood } from "../likelihood/log-likelihood.js";
import { type LikelihoodPoint, likelihoodPoint, pointJustEvaluated } from "../likelihood/point.js";
import { type LikelihoodSlopes, slopesOf } from "../likelihood/slopes.js";
import type { Workspace } from "../likelihood/workspace.js";
import { descend, type Maximum } from "../search/descent.js";
import type { MultiStartOptions, Search } from "../search/multi-start.js";
import type { Scratch } from "../search/scratch.js";
import { determinantModel } from "./determinant-curvature.js";
import { type Information, information, informationOf } from "./information.js";

/** A maximum to its last digits. */
export interface Polished {
  readonly point: LikelihoodPoint;
  /** Null where the likelihood is not curved enough to tell. */
  readonly info: Information | null;
}

/** How far a Newton step may still lead before the descent has to go on. */
const CLOSE = 1e-3;

/** Further steps than these mean that something is wrong. */
const MOST_STEPS = 4;
/** How much a step from where a descent ended may gain. */
const MOST_GAIN = 0.2;

/** Takes the last Newton step with the true second derivatives; where it is not a small one, descends once more. */
export function polish(
  scratch: Scratch,
  search: Search,
  free: readonly number[],
  options: MultiStartOptions,
): Polished {
  const { ws } = scratch;
  const { x, value: reached, slopes } = search.best;
  const found = slopes ?? slopesAt(ws, x);
  if (found.determinant !== null) {
    const slopesThere = found.squares === null ? slopesAt(ws, x) : found;
    const start = { x, value: reached, slopes: slopesThere };
    return (
      newtonSteps(ws, start, free, options.effort.tolerance) ?? descendOn(scratch, search, free, options)
    );
  }
  const info = information(ws, x, found, free);
  if (info === null) return { point: likelihoodPoint(ws, x)!, info };
  const moved = x.slice();
  free.forEach((i, j) => {
    moved[i]! += info.newton[j]!;
  });
  const better =
    options.held !== null || isInvertible(ws, moved)
      ? negativeLogLikelihood(ws, moved)
      : Number.POSITIVE_INFINITY;
  if (better <= reached + 1e-9 && reached - better < CLOSE)
    return { point: pointJustEvaluated(ws, moved), info };
  const end = descendOn(scratch, search, free, options);
  return { ...end, info: end.info ?? info };
}

/** Goes on with the descent where a Newton step is not the last one. */
function descendOn(
  scratch: Scratch,
  { best }: Search,
  free: readonly number[],
  options: MultiStartOptions,
): Polished {
  const { ws } = scratch;
  const again = descend(scratch, best.x, {
    held: options.held,
    fixed: options.fixed,
    tolerance: options.effort.tolerance / 100,
    iterations: options.effort.iterations,
    target: Number.POSITIVE_INFINITY,
    known: [],
  });
  const end = again.value < best.value ? again : best;
  const info = information(ws, end.x, slopesAt(ws, end.x), free);
  return { point: likelihoodPoint(ws, end.x)!, info };
}

/**
 * Newton steps to the maximum where the sum of squares is known with its second derivatives at every point, which costs little,
 * and the log-determinants at the first: on the way these follow from their values, which correct the cubic term along the step.
 *
 * @returns the maximum and the information there; null where steps do not lead there at once, or derivatives are not had.
 */
function newtonSteps(
  ws: Workspace,
  { x: start, value: reached, slopes }: Pick<Maximum, "x" | "value"> & { readonly slopes: LikelihoodSlopes },
  free: readonly number[],
  tolerance: number,
): Polished | null {
  const { gaps } = ws;
  if (gaps === null || slopes.squares === null) return null;
  let model = determinantModel(ws, gaps, start, slopes);
  if (model === null) return null;
  let info = informationOf(slopes.squares, model.bends, slopes.gradient, free);
  let x = start;
  let value = reached;
  for (let round = 0; round < MOST_STEPS && info !== null; round++) {
    const moved = x.slice();
    const { newton } = info;
    free.forEach((i, j) => {
      moved[i]! += newton[j]!;
    });
    const better = isInvertible(ws, moved) ? negativeLogLikelihood(ws, moved) : Number.POSITIVE_INFINITY;
    if (!(better <= value + 1e-9) || value - better > MOST_GAIN) return null;
    model = model.expectedAt(moved, ws.logDeterminant / 2);
    if (model === null) return null;
    const point = pointJustEvaluated(ws, moved);
    const squares = squaresJustFiltered(ws, gaps);
    const gradient = model.gradient.map((slope, i) => slope + ws.squareGradient[i]!);
    info = informationOf(squares, model.bends, gradient, free);
    if (info === null) return null;
    const slope = Float64Array.from(free, (i) => gradient[i]!);
    if (-dot(slope, 0, info.newton, 0, slope.length) < 2 * tolerance)
      return isWellInside(ws, moved, info, free) ? { point, info } : null;
    x = moved;
    value = better;
  }
  return null;
}

/** The slopes at x. */
function slopesAt(ws: Workspace, x: Float64Array): LikelihoodSlopes {
  negativeLogLikelihood(ws, x);
  gradient(ws, true);
  return slopesOf(ws);
}

/** Whether both moving averages are invertible. */
function isInvertible({ orders: { p, q, P, Q } }: Workspace, x: Float64Array): boolean {
  return isInvertibleFactor(x, p, q) && isInvertibleFactor(x, p + q + P, Q);
}

/** How many standard errors from non-invertible coefficients log-determinants are far from their singularity. */
const FAR = 3;

function isWellInside(
  ws: Workspace,
  x: Float64Array,
  { covariance }: Information,
  free: readonly number[],
): boolean {
  const size = free.length;
  return free.every((i, j) =>
    [-FAR, FAR].every((errors) =>
      isInvertible(ws, x.with(i, x[i]! + errors * Math.sqrt(covariance[j * size + j]!))),
    ),
  );
}

import type { ArmaOrders, Held } from "../definition/orders.js";
import { isInvertibleFactor } from "../lag-polynomial/invertible.js";
import { type LastInnovations, lastInnovations } from "../likelihood/final-state.js";
import { gradient, innovationsAt } from "../likelihood/gradient.js";
import { negativeLogLikelihood } from "../likelihood/log-likelihood.js";
import { mirroredVariance } from "../likelihood/mirrored.js";
import type { Workspace } from "../likelihood/workspace.js";
import { type Design, regressionCoefficients } from "../problem/design.js";
import { descend } from "../search/descent.js";
import type { MultiStartOptions, Search } from "../search/multi-start.js";
import { type Scratch, withScratch } from "../search/scratch.js";
import { type Information, information } from "./information.js";
import { jointCovariance } from "./joint-covariance.js";
import { searchMaximum } from "./maximum.js";

/** Maximum-likelihood estimates, in the units of the data. */
export interface ArimaEstimate {
  /** φ, θ, Φ, Θ. */
  readonly x: Float64Array;
  /** Coefficients of the design's regressors. */
  readonly regression: readonly number[];
  /** Covariance of (free x, regression), row-major; null where the likelihood is not curved enough to tell. */
  readonly covariance: Float64Array | null;
  readonly free: readonly number[];
  readonly sigma2: number;
  readonly logLikelihood: number;
  readonly converged: boolean;
  readonly evaluations: number;
  readonly starts: number;
  /** Starts that led to the maximum. */
  readonly ended: number;
  /** Log-likelihoods of the distinct maxima met, best first. */
  readonly maxima: readonly number[];
  /** The last innovations; null where they have to be found by filtering. */
  readonly last: LastInnovations | null;
}

/** The exact maximum of the likelihood. */
export function estimate(design: Design, orders: ArmaOrders, options: MultiStartOptions): ArimaEstimate {
  return withScratch((scratch) => estimateIn(scratch, design, orders, options));
}

function estimateIn(
  scratch: Scratch,
  design: Design,
  orders: ArmaOrders,
  options: MultiStartOptions,
): ArimaEstimate {
  const { ws } = scratch;
  const search = searchMaximum(scratch, design, orders, options);
  const free = freeIndices(ws.size, options.held);
  const { x, info, value: reached } = polish(scratch, search, free, options);
  const constant = design.diffuseConstant - design.effective * Math.log(design.scale);
  const gamma = ws.beta.slice(ws.pulses, ws.columns - 1);
  return {
    x,
    regression: regressionCoefficients(design, gamma),
    covariance: info === null ? null : jointCovariance(design, info, free.length, regressionRoot(ws, design)),
    free,
    sigma2: (ws.sumOfSquares / design.effective) * design.scale * design.scale * mirroredVariance(ws),
    logLikelihood: constant - reached,
    converged: search.best.converged,
    evaluations: ws.values,
    starts: search.starts,
    ended: search.ended,
    maxima: search.maxima.map((minimum) => constant - minimum),
    last: design.gaps.length > 0 || ws.mirrored !== null ? null : lastInnovations(ws, design.scale),
  };
}

export function freeIndices(size: number, held: Held | null): number[] {
  const free: number[] = [];
  for (let i = 0; i < size; i++) if (held === null || !held[i]) free.push(i);
  return free;
}

/** How far a Newton step may still lead before the descent has to go on. */
const CLOSE = 1e-3;

/** Takes the last Newton step with the true second derivatives; where it is not a small one, descends once more. */
function polish(
  scratch: Scratch,
  search: Search,
  free: readonly number[],
  options: MultiStartOptions,
): { x: Float64Array; value: number; info: Information | null } {
  const { ws } = scratch;
  const { x, value: reached } = search.best;
  const info = search.current ? information(ws, x, free) : informationAt(ws, x, free);
  if (info === null) return { x, value: settle(ws, x), info };
  const moved = x.slice();
  free.forEach((i, j) => {
    moved[i]! += info.newton[j]!;
  });
  const better =
    options.held !== null || isInvertible(ws, moved)
      ? negativeLogLikelihood(ws, moved)
      : Number.POSITIVE_INFINITY;
  if (better <= reached + 1e-9 && reached - better < CLOSE)
    return { x: moved, value: innovationsAt(ws), info };
  const again = descend(scratch, x, {
    held: options.held,
    fixed: options.fixed,
    tolerance: options.effort.tolerance / 100,
    iterations: options.effort.iterations,
    target: Number.POSITIVE_INFINITY,
    known: [],
  });
  const settled = again.value < reached ? again.x : x;
  const settledInfo = informationAt(ws, settled, free) ?? info;
  return { x: settled, value: settle(ws, settled), info: settledInfo };
}

function isInvertible({ orders: { p, q, P, Q } }: Workspace, x: Float64Array): boolean {
  return isInvertibleFactor(x, p, q) && isInvertibleFactor(x, p + q + P, Q);
}

function informationAt(ws: Workspace, x: Float64Array, free: readonly number[]): Information | null {
  negativeLogLikelihood(ws, x);
  gradient(ws, true);
  return information(ws, x, free);
}

/** Leaves the workspace, its innovations included, at x. */
function settle(ws: Workspace, x: Float64Array): number {
  negativeLogLikelihood(ws, x);
  return innovationsAt(ws);
}

/** A square root, by columns, of the covariance of the coefficients on the orthonormal columns, S/n'·(X'V⁻¹X)⁻¹. */
function regressionRoot(ws: Workspace, design: Design): Float64Array {
  const k = design.regressors.length;
  const size = ws.columns - 1;
  const deviation = Math.sqrt(ws.sumOfSquares / design.effective);
  const at = (i: number, j: number) => ws.gram[(ws.pulses + i) * size + ws.pulses + j]!;
  const root = new Float64Array(k * k);
  for (let c = 0; c < k; c++) {
    root[c * k + c] = at(c, c) * deviation;
    for (let j = c - 1; j >= 0; j--) {
      let sum = 0;
      for (let i = j + 1; i <= c; i++) sum -= at(i, j) * root[i * k + c]!;
      root[j * k + c] = sum * at(j, j);
    }
  }
  return root;
}

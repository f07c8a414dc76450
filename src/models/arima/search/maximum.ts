import type { ArmaOrders } from "../definition/orders.js";
import { isApart } from "../likelihood/slopes.js";
import type { Workspace } from "../likelihood/workspace.js";
import type { Design } from "../problem/design.js";
import { pullInside } from "./hannan-rissanen.js";
import { type MultiStartOptions, maximiseLikelihood, type Search } from "./multi-start.js";
import type { Scratch } from "./scratch.js";

export interface MaximumOptions extends MultiStartOptions {
  /** The differenced series, its gaps filled by what a model near this one expects there. Default: bridged. */
  readonly filled?: Float64Array | null;
}

/**
 * The highest maximum found, the workspace left with the likelihood of the observed values.
 *
 * The likelihood of a series with gaps costs several times what that of a complete one does: the search with all its starts
 * is one of the series with its gaps filled, and a descent from what it finds is the only exact one.
 */
export function searchMaximum(
  scratch: Scratch,
  design: Design,
  orders: ArmaOrders,
  options: MaximumOptions,
): Search {
  const { ws } = scratch;
  const long = design.long(orders.period);
  const { gaps, w, orthonormal } = design;
  const { filled, cutoff, ...usual } = options;
  ws.configure(orders, [filled == null ? w : reduced(design, filled), ...orthonormal], 0);
  ws.mirroring = options.held !== null;
  if (gaps.length === 0) return maximiseLikelihood(scratch, long, usual);
  ws.missing = gaps.length;
  const rough = { ...usual.effort, tolerance: Math.max(usual.effort.tolerance, startTolerance(orders)) };
  const first = maximiseLikelihood(scratch, long, { ...usual, effort: rough });
  if (isFilled(design, orders)) {
    ws.configure(orders, likelihoodColumns(design, true), 0);
    ws.fillAutoregressively(design.unknown);
  } else if (pulsesAreCheaper(design, orders)) {
    ws.configure(orders, likelihoodColumns(design, false), gaps.length);
  } else ws.configure(orders, likelihoodColumns(design, true), 0, design.unknown);
  ws.mirroring = options.held !== null;
  const { given = [], effort } = options;
  const exactFrom = (start: Float64Array) =>
    maximiseLikelihood(scratch, null, {
      ...usual,
      ...(cutoff === undefined ? {} : { cutoff }),
      given: [start, ...given],
      effort: {
        ...{ ...effort, maxStarts: 0, reduced: 0, random: 0 },
        tolerance: Math.max(effort.tolerance, isApart(ws) ? APART_TOLERANCE : EXACT_TOLERANCE),
      },
    });
  let exact = exactFrom(first.best.x);
  for (const limit of PULLED) {
    if (exact.best.value < Number.POSITIVE_INFINITY) break;
    const inside = first.best.x.slice();
    pullInside(orders, inside, limit);
    exact = exactFrom(inside);
  }
  return { ...exact, starts: first.starts, ended: first.ended };
}

/** Largest partial autocorrelations of starts where rounding leaves no likelihood at the maximum of the filled series, on the boundary. */
const PULLED = [0.98, 0.5, 0];

/** Half the Newton decrement at which the search on the filled series ends: it only finds a start, of which most models have several. */
function startTolerance({ p, P }: ArmaOrders): number {
  return p + P === 0 ? 1e-2 : 1e-4;
}
/** The same of the exact descent: the true Newton step after it squares what is left. */
const EXACT_TOLERANCE = 2e-6;
/** The same where that step is cheap and its curvature known to the last digit. */
const APART_TOLERANCE = 5e-3;

/** The differenced series with its gaps filled by what is expected there at the point the workspace was asked for last. */
export function filledDifferences(ws: Workspace, design: Design): Float64Array | null {
  const { w, orthonormal, gaps, offset, scale } = design;
  if (gaps.length === 0) return null;
  const { beta, pulses } = ws;
  const filled = w.slice();
  const add = (column: Float64Array, weight: number, from: number) => {
    for (let t = 0; t < filled.length; t++) filled[t]! += weight * column[from + t]!;
  };
  const start = ws.origin + ws.maDegree;
  if (ws.filling !== null) {
    for (let t = 0; t < filled.length; t++) {
      filled[t] = ws.data[0]![start + t]!;
      for (let r = 0; r < orthonormal.length; r++) {
        filled[t]! += beta[r]! * (orthonormal[r]![t]! - ws.data[r + 1]![start + t]!);
      }
    }
  } else if (ws.gaps === null) {
    for (let i = 0; i < pulses; i++) add(ws.data[i + 1]!, -beta[i]!, start);
  } else {
    ws.gaps.fill(filled, 0);
  }
  for (let t = 0; t < filled.length; t++) filled[t]! *= scale;
  orthonormal.forEach((column, i) => {
    add(column, offset[i]!, 0);
  });
  return filled;
}

/** A differenced series as a design has it: less its plain regression, in units of `scale`. */
function reduced({ orthonormal, offset, scale }: Design, series: Float64Array): Float64Array {
  return series.map((value, t) => {
    let left = value;
    for (let i = 0; i < orthonormal.length; i++) left -= offset[i]! * orthonormal[i]![t]!;
    return left / scale;
  });
}

/** What the likelihood filters: w, a pulse for each gap, the regressors. */
export function likelihoodColumns(design: Design, bridged: boolean): readonly Float64Array[] {
  return [design.w, ...(bridged ? [] : design.pulses()), ...design.orthonormal];
}

/** Longer memories are the filter's: products of so many coefficients would take more than it. */
const LONGEST_FILLED = 100;

/** Pure autoregressions, differenced or not: the missing values themselves are the unknowns. */
function isFilled({ how }: Design, { p, q, P, Q, period }: ArmaOrders): boolean {
  const reach = p + P * period + how.d + how.D * how.period;
  return q + Q === 0 && reach <= LONGEST_FILLED;
}

/** Rough counts of multiplications a row, fitted to times: a pulse for each gap as a regressor, or gaps as unknowns. */
function pulsesAreCheaper({ gaps, how, w }: Design, { p, q, P, Q, period }: ArmaOrders): boolean {
  const few = gaps.length;
  const size = Math.max(p + P * period + how.d + how.D * period, q + Q * period) + 1;
  const lags = (q + 1) * (Q + 1);
  const once = size * size * (size + few);
  return few * (15 + few) < 28 + 4 * size * lags + (5.5 * once) / w.length;
}

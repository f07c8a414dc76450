import type { Paths } from "../../core/forecast.js";
import type { Rng } from "../../core/random.js";
import { studentTDraws } from "../../engine/sampling/draws.js";
import { SpreadDraws } from "../../engine/sampling/spread-draws.js";
import type { PooledParams, PooledState } from "./params.js";
import { type DrawStep, PathBlock, type SharedPast } from "./path-block.js";
import { UsualValuesAhead } from "./usual.js";

/** Independent paths that go forward together: what they need for a step stays in the nearest cache. */
const TOGETHER = 64;

/**
 * All paths of a memory that has seen a value: the numbers of the plain roll, to rounding. What all paths share is worked out once: draws of
 * the standard t distribution, what lags before the first step add, and the values among which usual values are medians.
 *
 * @param known what constant, calendar and regressors add at each step, in units of the scale.
 */
export function rollPaths(
  params: PooledParams,
  state: PooledState,
  known: Float64Array,
  streams: readonly Rng[],
): Paths {
  const horizon = known.length;
  const shared = sharedOf(params, state, known);
  const values = new Float64Array(streams.length * horizon);
  const table = params.dispersion === undefined ? studentTDraws(streams, horizon, params.df) : null;
  let block: PathBlock | null = null;
  for (let first = 0; first < streams.length; first += TOGETHER) {
    const own = streams.slice(first, first + TOGETHER);
    if (block === null || own.length < TOGETHER) block = new PathBlock(params, state, shared, own.length);
    const draw: DrawStep = (h, _, out) => {
      for (let i = 0; i < out.length; i++) out[i] = table!.values[(first + i) * table!.stride + h]!;
    };
    block.roll(table === null ? { streams: own } : { draw }, (h, column) => {
      for (let i = 0; i < column.length; i++) values[(first + i) * horizon + h] = column[i]!;
    });
  }
  return { count: streams.length, horizon, values };
}

/** The values of `count` paths at each step, their draws spread evenly; null of counts. */
export function spreadColumns(
  params: PooledParams,
  state: PooledState,
  known: Float64Array,
  count: number,
  seed: number,
): Float64Array[] | null {
  if (params.dispersion !== undefined) return null;
  const columns: Float64Array[] = [];
  const draws = new SpreadDraws(count, params.df, seed);
  const block = new PathBlock(params, state, sharedOf(params, state, known), count);
  block.roll({ draw: (_, means, out) => draws.next(means, out) }, (_, column) => {
    columns.push(column.slice());
  });
  return columns;
}

function sharedOf(params: PooledParams, state: PooledState, known: Float64Array): SharedPast {
  const { usual } = params;
  return {
    known,
    earlier: lagsBefore(params, state, known.length),
    usuals: usual === null ? null : new UsualValuesAhead(usual, state.recent, known.length),
  };
}

/** What the lags that reach back before the first step add to the mean of each step. */
function lagsBefore(
  { lags, coefficients, usual }: PooledParams,
  { recent, deviations }: PooledState,
  horizon: number,
): Float64Array {
  const regressed = usual === null ? recent : deviations;
  const added = new Float64Array(horizon);
  for (let h = 0; h < horizon; h++) {
    for (let j = lags.length - 1; j >= 0 && lags[j]! > h; j--)
      added[h]! += coefficients[1 + j]! * regressed[regressed.length + h - lags[j]!]!;
  }
  return added;
}

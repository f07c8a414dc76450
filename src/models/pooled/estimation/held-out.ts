import { inputRow, type Series, slice } from "../../../core/series.js";
import { meanSizeOf } from "../../../diagnostics/summary.js";
import { pathStreams } from "../../../engine/roll.js";
import { normalQuantile } from "../../../math/special-functions/normal.js";
import type { HeldOutScore } from "../../shared/held-out-widths.js";
import type { PooledParams, PooledState } from "../params.js";
import { pooledProcess } from "../process.js";
import { PooledWalker } from "../walker.js";
import type { KnownParts } from "./known-parts.js";
import type { Layout } from "./rows.js";

/** Rows that are learned from, and forecasts that are made: at most about so many. */
const MOST_ROWS = 40_000;
const MOST_FORECASTS = 600;
/** Windows that are held back of a series, and how many of all series are enough. */
const LEAST_WINDOWS = 3;
const MOST_WINDOWS = 10;
const ENOUGH_FORECASTS = 100;
const PATHS = 100;

/** A series, what comes before the rows held back of it, and where its held-out windows begin. */
export interface Trial {
  readonly whole: Series;
  readonly before: Series;
  readonly origins: readonly number[];
}

/** Windows go through a whole cycle where they are not too many. */
export function trialsOf(plain: Layout, panel: readonly Series[], horizon: number, cycle: number): Trial[] {
  const rows = panel.reduce((sum, { y }) => sum + y.length, 0);
  const wanted = Math.max(LEAST_WINDOWS, cycle / horizon, ENOUGH_FORECASTS / panel.length);
  const windows = Math.min(MOST_WINDOWS, Math.ceil(wanted));
  const step = Math.ceil(Math.max(1, rows / MOST_ROWS, (panel.length * windows) / MOST_FORECASTS));
  return panel.flatMap((whole, i) => {
    if (i % step !== 0) return [];
    const { length } = whole.y;
    const spare = length - Math.max(2 * plain.lags.at(-1)!, Math.ceil(length / 2));
    const count = Math.min(windows, Math.floor(spare / horizon));
    if (count < 1) return [];
    const origins = Array.from({ length: count }, (_, w) => length - (count - w) * horizon);
    return [{ whole, before: slice(whole, 0, origins[0]!), origins }];
  });
}

/** The memories at the beginning of each window of a series; null where nothing came before. */
export function memoriesAt(
  params: PooledParams,
  { whole, origins }: Trial,
  known: KnownParts,
): (PooledState | null)[] {
  const { y } = whole;
  const walker = new PooledWalker(params, pooledProcess.start(params, whole), y.length);
  const knownAt = known.of(whole, params.coefficients);
  let t = 0;
  return origins.map((origin) => {
    for (; t < origin; t++) {
      if (Number.isNaN(y[t]!)) walker.predictBy(knownAt(t));
      walker.pass(y[t]!);
    }
    return walker.started ? walker.state() : null;
  });
}

/**
 * Mean absolute error of the forecasts of a series' windows, in units of the mean size of its values before them; of counts, mean squared
 * error in units of its square.
 *
 * @param params whose spread of errors does not matter.
 * @param memories at the beginning of each window.
 */
export function absoluteErrors(
  params: PooledParams,
  { whole, before, origins }: Trial,
  memories: readonly (PooledState | null)[],
  known: KnownParts,
): number {
  const { y } = whole;
  const knownAt = known.of(whole, params.coefficients);
  const size = meanSizeOf(before.y);
  const typical = size || 1;
  let [sum, count] = [0, 0];
  origins.forEach((origin, w) => {
    const memory = memories[w]!;
    if (memory === null) return;
    const end = origins[w + 1] ?? y.length;
    const walker = new PooledWalker(params, memory, end - origin);
    for (let t = origin; t < end; t++) {
      walker.predictBy(knownAt(t));
      const error = Math.abs(y[t]! - walker.expected);
      // A mean of counts with many zeros is far from their median, which absolute errors would look for.
      const miss = params.dispersion === undefined ? error : (error * error) / typical;
      walker.take(Number.NaN);
      if (Number.isNaN(miss)) continue;
      sum += miss;
      count++;
    }
  });
  return size > 0 && count > 0 ? sum / count / size : 0;
}

/** Where the values of a series' windows lie among paths that are drawn from before them; null where nothing came before. */
export function windowScores(
  params: PooledParams,
  { whole, origins }: Trial,
): (readonly HeldOutScore[] | null)[] {
  const rows = (from: number, to: number) => {
    const inputs: Float64Array[] = [];
    for (let t = from; t < to; t++) inputs.push(inputRow(whole.inputs, t));
    return inputs;
  };
  let state = pooledProcess.start(params, whole);
  let from = 0;
  return origins.map((origin, w) => {
    const to = origins[w + 1] ?? whole.y.length;
    state = pooledProcess.advanceMany!(params, state, whole.y.subarray(from, origin), rows(from, origin));
    from = origin;
    return state.mass > 0 ? scoresOf(params, state, rows(origin, to), whole.y.subarray(origin, to)) : null;
  });
}

function scoresOf(
  params: PooledParams,
  state: PooledState,
  ahead: readonly Float64Array[],
  actual: Float64Array,
): HeldOutScore[] {
  const streams = pathStreams(state.t, PATHS + 1);
  // Among equal values, zeros above all, its place is drawn.
  const among = streams.pop()!;
  const { values } = pooledProcess.rollMany!(params, state, ahead, streams);
  const scores: HeldOutScore[] = [];
  actual.forEach((y, h) => {
    if (Number.isNaN(y)) return;
    let [below, equal] = [0, 0];
    for (let i = h; i < values.length; i += actual.length) {
      if (values[i]! < y) below++;
      else if (values[i] === y) equal++;
    }
    const place = (below + among.uniform() * (equal + 1)) / (PATHS + 1);
    scores.push({ step: h + 1, score: Math.abs(normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, place)))) });
  });
  return scores;
}

import { inputRow, type Series, slice } from "../../../core/series.js";
import { pathStreams } from "../../../engine/roll.js";
import { normalQuantile } from "../../../math/special-functions/normal.js";
import type { HeldOutScore } from "../../shared/held-out-widths.js";
import type { PooledParams, PooledState } from "../params.js";
import { pooledProcess } from "../process.js";
import { errorsOf, estimate, solve, weightsOf } from "./estimate.js";
import { normalEquations, steadied } from "./gram.js";
import { tamed } from "./growth.js";
import { type Layout, prepared } from "./rows.js";

/** Weights of steady levels that are tried, and the one that is taken where no series is long enough to hold rows back. */
const WEIGHTS = [0, 0.001, 0.01, 0.1];
const UNTRIED = 0.01;
/** Another regression than the plain one has to miss less by this share, and on so many forecasts. */
const BETTER = 0.01;
const LEAST_FORECASTS = 8;
/** Rows that the trial learns from, forecasts it makes, and those whose widths are looked at: at most about so many. */
const MOST_ROWS = 60_000;
const MOST_FORECASTS = 600;
const MOST_DRAWN = 300;
const PATHS = 200;
/** Windows that are held back of a series. */
const LEAST_WINDOWS = 3;
const MOST_WINDOWS = 10;
const ENOUGH_FORECASTS = 100;

/** What a panel is best forecast by, and what forecasts of rows held back missed by it. */
export interface Selected {
  readonly layout: Layout;
  readonly steadiness: number;
  readonly heldOutScores: readonly HeldOutScore[];
  readonly forecasts: number;
}

/** A series, what comes before the rows held back of it, and where its held-out windows begin. */
interface Trial {
  readonly whole: Series;
  readonly before: Series;
  readonly origins: readonly number[];
}

type Shared = Pick<PooledParams, "frequency" | "low">;

/**
 * Forecasts the last windows of the series from the rows before them by each regression with each weight of steady levels, and takes the one
 * that misses least.
 *
 * @param layouts what is tried, the plain one first.
 * @param horizon steps of a window.
 */
export function selectLayout(
  layouts: readonly [Layout, ...Layout[]],
  panel: readonly Series[],
  horizon: number,
  shared: Shared,
): Selected {
  const cycle = layouts.reduce((most, { period, usual }) => Math.max(most, usual?.cycle ?? period), 1);
  const trials = trialsOf(layouts[0], panel, horizon, cycle);
  const forecasts = trials.reduce((sum, { origins }) => sum + origins.length, 0);
  const untried = { layout: layouts[0], steadiness: UNTRIED, heldOutScores: [], forecasts: 0 };
  if (forecasts === 0) return untried;
  let best: Candidate | null = null;
  for (const layout of forecasts < LEAST_FORECASTS ? [layouts[0]] : layouts)
    for (const candidate of candidatesOf(layout, trials, shared)) {
      const margin = layout !== layouts[0] && best?.layout === layouts[0] ? 1 - BETTER : 1;
      if (best === null || candidate.errorSum < margin * best.errorSum) best = candidate;
    }
  if (best === null) return untried;
  const { layout, steadiness } = best;
  return { layout, steadiness, ...widthsOf(layout, steadiness, trials, shared, forecasts) };
}

/** Windows go through a whole cycle where they are not too many. */
function trialsOf(plain: Layout, panel: readonly Series[], horizon: number, cycle: number): Trial[] {
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

interface Candidate {
  readonly layout: Layout;
  readonly steadiness: number;
  readonly errorSum: number;
}

/** One for each weight of steady levels; none where there are too few rows. */
function candidatesOf(layout: Layout, trials: readonly Trial[], shared: Shared): Candidate[] {
  const ready = prepared(
    layout,
    trials.map(({ before }) => before),
  );
  const first = normalEquations(layout, ready, null);
  if (first.rows < first.right.length + 2) return [];
  const rough = solve(steadied(layout, first, UNTRIED)).coefficients;
  const equations = normalEquations(layout, ready, weightsOf(errorsOf(layout, ready, rough)));
  return (layout.usual === null ? WEIGHTS : [0]).map((steadiness) => {
    const coefficients = tamed(layout, solve(steadied(layout, equations, steadiness)).coefficients);
    const params = { ...layout, ...shared, coefficients, error: 1, strength: 1, df: 3, spread: 1 };
    let errorSum = 0;
    for (const trial of trials) errorSum += absoluteErrors(params, trial);
    return { layout, steadiness, errorSum };
  });
}

/** Mean absolute error of the forecasts of a series' windows, in units of the mean size of its values before them. */
function absoluteErrors(params: PooledParams, trial: Trial): number {
  const size = meanSize(trial.before);
  let [sum, count] = [0, 0];
  eachWindow(params, trial, (state, ahead, actual) => {
    const means = pooledProcess.means!(params, state, ahead);
    means?.forEach((mean, h) => {
      const miss = Math.abs(actual[h]! - mean);
      if (Number.isNaN(miss)) return;
      sum += miss;
      count++;
    });
  });
  return size > 0 && count > 0 ? sum / count / size : 0;
}

function meanSize({ y }: Series): number {
  const seen = y.filter((value) => !Number.isNaN(value));
  return seen.reduce((sum, value) => sum + Math.abs(value), 0) / seen.length;
}

type Window = (state: PooledState, ahead: readonly Float64Array[], actual: Float64Array) => void;

/** Goes through the held-out windows with the memory before each. */
function eachWindow(params: PooledParams, { whole, origins }: Trial, visit: Window): void {
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, h) => inputRow(whole.inputs, from + h));
  let state = pooledProcess.start(params, whole);
  let from = 0;
  origins.forEach((origin, w) => {
    const to = origins[w + 1] ?? whole.y.length;
    state = pooledProcess.advanceMany!(params, state, whole.y.subarray(from, origin), rows(from, origin));
    from = origin;
    visit(state, rows(origin, to), whole.y.subarray(origin, to));
  });
}

/** Where the held-out values lie among paths that are drawn from before them. */
function widthsOf(
  layout: Layout,
  steadiness: number,
  trials: readonly Trial[],
  shared: Shared,
  forecasts: number,
): Pick<Selected, "heldOutScores" | "forecasts"> {
  const found = estimate(
    layout,
    prepared(
      layout,
      trials.map(({ before }) => before),
    ),
    steadiness,
  );
  if (found === null) return { heldOutScores: [], forecasts: 0 };
  const params = { ...layout, ...shared, ...found.noise, coefficients: found.coefficients };
  const step = Math.ceil(forecasts / MOST_DRAWN);
  const heldOutScores: HeldOutScore[] = [];
  let drawn = 0;
  trials.forEach((trial, i) => {
    if (i % step !== 0) return;
    eachWindow(params, trial, (state, ahead, actual) => {
      if (!(state.mass > 0)) return;
      drawn++;
      for (const score of scoresOf(params, state, ahead, actual)) heldOutScores.push(score);
    });
  });
  return { heldOutScores, forecasts: drawn };
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

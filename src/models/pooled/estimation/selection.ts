import type { Series } from "../../../core/series.js";
import type { HeldOutScore } from "../../shared/held-out-widths.js";
import type { PooledParams, PooledState } from "../params.js";
import { countWeights } from "./counts.js";
import { errorsOf, solve, weightsOf } from "./estimate.js";
import { normalEquations, steadied } from "./gram.js";
import { tamed } from "./growth.js";
import { absoluteErrors, memoriesAt, type Trial, trialsOf, windowScores } from "./held-out.js";
import { KnownParts } from "./known-parts.js";
import { noiseOf } from "./noise.js";
import { type Layout, type Prepared, prepared } from "./rows.js";

/** Weights of steady levels that are tried, and the one that is taken where no series is long enough to hold rows back. */
const WEIGHTS = [0, 0.001, 0.01, 0.1];
/** Of logarithms, whose levels hardly grow, fewer are tried. */
const LOG_WEIGHTS = [0, 0.01];
const UNTRIED = 0.01;
/** By so much deviations and logarithms have to miss less than the others, and on so many forecasts. */
const BETTER = 0.01;
const BETTER_BY_LOGARITHMS = 0.02;
const LEAST_FORECASTS = 8;
/** Forecasts whose widths are looked at, about. */
const MOST_DRAWN = 200;

/** The regression that forecasts a panel best, and the scores of held-out values under it. */
export interface Selected {
  readonly layout: Layout;
  readonly steadiness: number;
  readonly heldOutScores: readonly HeldOutScore[];
  readonly forecasts: number;
}

/** `dispersion` says that values are counts; which, is estimated later. */
type Shared = Pick<PooledParams, "frequency" | "low" | "dispersion">;

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
      if (best === null || candidate.errorSum < (1 - advantage(layout, best.layout)) * best.errorSum)
        best = candidate;
    }
  if (best === null) return untried;
  const { layout, steadiness } = best;
  // Intervals of counts end on whole numbers: their widths are left alone.
  if (shared.dispersion !== undefined) return { ...untried, layout, steadiness };
  return { layout, steadiness, ...widthsOf(best, trials, shared, forecasts) };
}

/** The share by which a regression has to miss less than another: logarithms have the longer tails, deviations the less stable beginnings. */
function advantage(layout: Layout, other: Layout): number {
  const logarithms = layout.log !== null && other.log === null ? BETTER_BY_LOGARITHMS : 0;
  return logarithms + (layout.usual !== null && other.usual === null ? BETTER : 0);
}

interface Candidate {
  readonly layout: Layout;
  readonly steadiness: number;
  readonly coefficients: Float64Array;
  readonly ready: readonly Prepared[];
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
  const weights =
    shared.dispersion === undefined
      ? weightsOf(errorsOf(layout, ready, rough))
      : countWeights(layout, ready, 1);
  const equations = normalEquations(layout, ready, weights);
  const known = new KnownParts(layout);
  // Where no value is missing, memories do not depend on coefficients.
  const memories: (readonly (PooledState | null)[])[] = [];
  const tried = layout.usual !== null ? [0] : layout.log === null ? WEIGHTS : LOG_WEIGHTS;
  return tried.map((steadiness) => {
    const coefficients = tamed(layout, solve(steadied(layout, equations, steadiness)).coefficients);
    const params = { ...layout, ...shared, coefficients, error: 1, strength: 1, df: 3, spread: 1 };
    let errorSum = 0;
    trials.forEach((trial, i) => {
      const own = memories[i] ?? memoriesAt(params, trial, known);
      if (isComplete(trial)) memories[i] = own;
      errorSum += absoluteErrors(params, trial, own, known);
    });
    return { layout, steadiness, coefficients, ready, errorSum };
  });
}

/** Whether every value before its last window was observed. */
function isComplete({ whole, origins }: Trial): boolean {
  return whole.y.findIndex((value, t) => Number.isNaN(value) && t < origins.at(-1)!) < 0;
}

/** Where the held-out values lie among paths that are drawn from before them, of some of the series. */
function widthsOf(
  { layout, coefficients, ready }: Candidate,
  trials: readonly Trial[],
  shared: Shared,
  forecasts: number,
): Pick<Selected, "heldOutScores" | "forecasts"> {
  const noise = noiseOf(errorsOf(layout, ready, coefficients), layout.fade, 1);
  const params = { ...layout, ...shared, ...noise, coefficients };
  const step = Math.ceil(forecasts / MOST_DRAWN);
  const chosen = trials.filter((_, i) => i % step === 0);
  const drawn = chosen.flatMap((trial) => windowScores(params, trial)).filter((scores) => scores !== null);
  return { heldOutScores: drawn.flat(), forecasts: drawn.length };
}

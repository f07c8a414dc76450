import type { Process, Replay } from "../../core/model.js";
import { requireNonNegative } from "../../distributions/checks.js";
import { diffuse } from "../../distributions/families/diffuse.js";
import { normal } from "../../distributions/families/normal.js";
import { pointLogDensity } from "../../distributions/families/point.js";
import { aheadThroughGaps } from "../../engine/through-gaps.js";
import { normalLogDensity } from "../../math/special-functions/normal.js";

export interface RandomWalkParams {
  /** Steps back to the value that is carried forward: 1, or the seasonal period. */
  readonly lag: number;
  /** Whether the walk has a slope, estimated from the two ends of what was seen. */
  readonly drift: boolean;
  /** Variance of one step of the walk. */
  readonly sigma2: number;
}

/** For each of the `lag` interleaved walks: its latest value and the steps since. */
export interface RandomWalkState {
  /** The walk that moves next. */
  readonly phase: number;
  /** NaN where nothing was seen yet. */
  readonly last: Float64Array;
  /** Missing steps since `last`. */
  readonly gap: Float64Array;
  /** The first value seen; with drift only. */
  readonly first: number;
  /** Steps from the first value to the latest. */
  readonly span: number;
}

/** Least-squares slope of a walk: its ends alone count, whatever is missing between. */
export function slope(params: RandomWalkParams, state: RandomWalkState): number {
  return params.drift && state.span > 0 ? (state.last[0]! - state.first) / state.span : 0;
}

/**
 * `lag` interleaved random walks, x_t = x_{t−lag} + drift + e_t. After a gap of g missing steps the next value is
 * g + 1 steps away: variance σ²(g+1), plus σ²(g+1)²/span for a drift that is itself an estimate.
 */
export const randomWalkProcess: Process<RandomWalkParams, RandomWalkState> = {
  kind: "random-walk",
  start: ({ lag }) => ({
    phase: 0,
    last: new Float64Array(lag).fill(Number.NaN),
    gap: new Float64Array(lag),
    first: Number.NaN,
    span: 0,
  }),
  conditional(params, state) {
    const last = state.last[state.phase]!;
    if (Number.isNaN(last)) return diffuse(0);
    if (params.drift && state.span === 0) return diffuse(last);
    const steps = state.gap[state.phase]! + 1;
    const slopeVariance = params.drift ? (steps * steps) / state.span : 0;
    return normal(last + steps * slope(params, state), params.sigma2 * (steps + slopeVariance));
  },
  advance: (params, state, y) => moved(params, copyOf(state), y),
  ahead: (params, state, inputs) => aheadThroughGaps(inPlace, params, copyOf(state), inputs),
  replayMany(params, { y }) {
    const rows = { fitted: unseen(y), residuals: unseen(y), standardized: unseen(y) };
    return { ...rows, ...filtered(params, y, rows) };
  },
};

/** The same steps on a memory that nobody else has, changed in place: copies of a season would cost the most. */
const inPlace: Pick<Process<RandomWalkParams, RandomWalkState>, "conditional" | "advance"> = {
  conditional: randomWalkProcess.conditional,
  advance: moved,
};

/**
 * All steps of a series at once, by the arithmetic of `conditional` and `moved` in their order, so that the sums are the same
 * to the last bit.
 *
 * @param rows takes the one-step predictions, where they are wanted.
 */
export function filtered(
  params: RandomWalkParams,
  y: Float64Array,
  rows: Pick<Replay<RandomWalkState>, "fitted" | "residuals" | "standardized"> | null,
): Pick<Replay<RandomWalkState>, "state" | "logLikelihood"> {
  const { lag, sigma2 } = params;
  const last = new Float64Array(lag).fill(Number.NaN);
  const gap = new Float64Array(lag);
  let first = Number.NaN;
  let span = 0;
  let logLikelihood = 0;
  let phase = 0;
  for (let t = 0; t < y.length; t++) {
    const value = y[t]!;
    const before = last[phase]!;
    const steps = gap[phase]! + 1;
    if (!Number.isNaN(before) && !(params.drift && span === 0)) {
      const slopeVariance = params.drift ? (steps * steps) / span : 0;
      const mean = before + steps * (params.drift ? (before - first) / span : 0);
      const variance = sigma2 * (steps + slopeVariance);
      requireNonNegative("normal", "variance", variance);
      const sd = Math.sqrt(variance);
      const residual = value - mean;
      if (rows !== null) {
        rows.fitted[t] = mean;
        rows.residuals[t] = residual;
        rows.standardized[t] = residual === 0 ? 0 : residual / sd;
      }
      if (!Number.isNaN(value))
        logLikelihood +=
          sd === 0 ? pointLogDensity(mean, value) : normalLogDensity(residual / sd) - Math.log(sd);
    }
    if (Number.isNaN(value)) gap[phase]!++;
    else {
      if (Number.isNaN(before)) {
        if (Number.isNaN(first)) first = value;
      } else span += steps;
      last[phase] = value;
      gap[phase] = 0;
    }
    phase = phase + 1 === lag ? 0 : phase + 1;
  }
  return { state: { phase, last, gap, first, span }, logLikelihood };
}

function unseen(y: Float64Array): Float64Array {
  return new Float64Array(y.length).fill(Number.NaN);
}

function copyOf(state: RandomWalkState): RandomWalkState {
  return { ...state, last: state.last.slice(), gap: state.gap.slice() };
}

/** Moves a memory one step, in its own arrays. */
function moved({ lag }: RandomWalkParams, state: RandomWalkState, y: number): RandomWalkState {
  const { last, gap, phase, first, span } = state;
  const next = (phase + 1) % lag;
  if (Number.isNaN(y)) {
    gap[phase]!++;
    return { phase: next, last, gap, first, span };
  }
  const seen = !Number.isNaN(last[phase]!);
  const steps = seen ? gap[phase]! + 1 : 0;
  last[phase] = y;
  gap[phase] = 0;
  return { phase: next, last, gap, first: Number.isNaN(first) ? y : first, span: span + steps };
}

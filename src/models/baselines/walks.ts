import { dataError } from "../../core/errors.js";
import type { Coefficient, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { square } from "../../math/square.js";
import { defineModel, makeModel } from "../contract/define.js";
import { whole } from "../contract/kinds.js";
import { type OptionsOf, option } from "../contract/schema.js";
import { observedCount } from "../guard.js";
import { constantNote, originOf } from "../origin.js";
import { informationCriteria } from "../report.js";
import {
  filtered,
  type RandomWalkParams,
  type RandomWalkState,
  randomWalkProcess,
  slope,
} from "./random-walk.js";

/**
 * Carries the last value forward: x_{n+h} ~ N(x_n, hσ²), σ² the mean squared step.
 *
 * Missing values are treated exactly: a step over g missing values has variance (g+1)σ².
 *
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `series-too-short` when fewer than two values are observed.
 * @example forecast(naive().fit(series([4, 6, 5])), { horizon: 2 }).mean; // 5, 5
 */
export function naive(): Model<WalkFitted> {
  return makeModel(naiveModel);
}

/**
 * Carries the last value and the average step forward: mean x_n + hb, variance σ²(h + h²/(n−1)), which counts the
 * uncertainty of the drift b = (x_n − x_1)/(n−1); σ² has the divisor n − 2.
 *
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `series-too-short` when fewer than two values are observed.
 * @example forecast(drift().fit(series([4, 6, 5, 7])), { horizon: 2 }).mean; // 8, 9
 */
export function drift(): Model<WalkFitted> {
  return makeModel(driftModel);
}

const SNAIVE_OPTIONS = {
  /** Steps in a season; default: the period of the series. */
  period: option(whole(1, 100_000), { unset: "the series' period", summary: "steps in a season" }),
};

export interface SnaiveOptions extends OptionsOf<typeof SNAIVE_OPTIONS> {}

/**
 * Carries the last season forward: x_{n+h} ~ N(x of the same season, kσ²) in the k-th season ahead.
 *
 * @param options.period steps in a season; default: the period of the series.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `series-too-short` when no season is followed by another observed value, `bad-period`.
 * @example forecast(snaive({ period: 4 }).fit(quarterly), { horizon: 8 });
 */
export function snaive(options: SnaiveOptions = {}): Model<WalkFitted> {
  return makeModel(snaiveModel, options);
}

export type WalkFitted = Fitted<RandomWalkParams, RandomWalkState, WalkDetails>;

export type WalkDetails = {
  readonly sigma2Definition: string;
};

function fitWalk(notation: string, series: Series, lag: number, withDrift: boolean): WalkFitted {
  const unit = { lag, drift: withDrift, sigma2: 1 };
  const seen = observedCount(series.y);
  const { sigma2, notes } = stepVariance(notation, series, unit, seen);
  const params = { ...unit, sigma2 };
  const { state, logLikelihood } = filtered(params, series.y, null);
  requireEverySeason(notation, series, state);
  const k = withDrift ? 2 : 1;
  const observations = series.y.length === 0 ? 0 : seen;
  return {
    notation,
    process: randomWalkProcess,
    params,
    state,
    report: {
      observations,
      coefficients: coefficients(params, state),
      covariance: withDrift ? [[sigma2 / state.span]] : null,
      sigma2,
      logLikelihood,
      ...informationCriteria(
        logLikelihood,
        k,
        Math.max(1, observations - Math.min(lag, observations) - (withDrift ? 1 : 0)),
      ),
      converged: true,
      notes,
      details: {
        sigma2Definition: withDrift
          ? "sum of squared steps around the drift / (steps - 1)"
          : "mean of squared steps",
      },
    },
    origin: originOf(series),
    history: series,
  };
}

function requireEverySeason(notation: string, series: Series, { last, phase }: RandomWalkState): void {
  const unseen = last.findIndex((value) => Number.isNaN(value));
  if (unseen < 0) return;
  const ahead = ((unseen - phase + last.length) % last.length) + 1;
  throw dataError(
    "unseen-season",
    series.id,
    unseen + 1,
    `The model ${notation} cannot forecast ${series.id}: its season ${unseen + 1} of ${last.length} (${ahead} steps ahead) was never observed.`,
  );
}

function coefficients(params: RandomWalkParams, state: RandomWalkState): Coefficient[] {
  if (!params.drift) return [];
  return [{ name: "drift", estimate: slope(params, state), stdError: Math.sqrt(params.sigma2 / state.span) }];
}

/** σ² from the errors e of steps of length s: Σ e²/s over their count, less one when a drift was estimated. */
function stepVariance(
  notation: string,
  series: Series,
  unit: RandomWalkParams,
  seen: number,
): { sigma2: number; notes: Note[] } {
  const { changes, lengths, count } = walkSteps(series.y, unit.lag);
  if (count === 0) {
    throw dataError(
      "series-too-short",
      series.id,
      seen,
      `The model ${notation} needs two observed values ${unit.lag} steps apart, ${series.id} has ${seen} in all.`,
    );
  }
  const b = unit.drift ? sumOf(changes, count) / sumOf(lengths, count) : 0;
  if (unit.drift && count === 1) {
    return { sigma2: (changes[0]! * changes[0]!) / lengths[0]!, notes: [twoPointsNote(series)] };
  }
  let scale = Number.MIN_VALUE;
  for (let i = 0; i < count; i++) scale = Math.max(scale, Math.abs(changes[i]! - lengths[i]! * b));
  let scaled = 0;
  for (let i = 0; i < count; i++) scaled += square((changes[i]! - lengths[i]! * b) / scale) / lengths[i]!;
  const sigma2 = (scaled / (count - (unit.drift ? 1 : 0))) * scale * scale;
  return { sigma2, notes: sigma2 === 0 ? [constantNote(series)] : [] };
}

function sumOf(values: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i]!;
  return sum;
}

function twoPointsNote(series: Series): Note {
  return {
    code: "too-few-values",
    severity: "warning",
    message: `${series.id} has two values: the drift can be estimated but not the spread around it, so the spread is set to the size of the step.`,
  };
}

/** The changes between successive observed values of each interleaved walk, with the steps they span. */
function walkSteps(y: Float64Array, lag: number) {
  const changes = new Float64Array(y.length);
  const lengths = new Float64Array(y.length);
  const at = new Int32Array(lag).fill(-1);
  let count = 0;
  let phase = 0;
  for (let t = 0; t < y.length; t++) {
    const value = y[t]!;
    if (!Number.isNaN(value)) {
      const before = at[phase]!;
      if (before >= 0) {
        changes[count] = value - y[before]!;
        lengths[count++] = (t - before) / lag;
      }
      at[phase] = t;
    }
    phase = phase + 1 === lag ? 0 : phase + 1;
  }
  return { changes, lengths, count };
}

export const naiveModel = defineModel({
  name: "naive",
  summary: "the last value repeated",
  forms: ["naive"],
  options: {},
  inputs: "ignores",
  values: { observed: 2 },
  processes: [randomWalkProcess],
  fit: (series) => fitWalk("naive", series, 1, false),
});

export const driftModel = defineModel({
  name: "drift",
  summary: "the last value plus the average step",
  forms: ["drift"],
  options: {},
  inputs: "ignores",
  values: { observed: 2 },
  processes: [randomWalkProcess],
  fit: (series) => fitWalk("drift", series, 1, true),
});

export const snaiveModel = defineModel({
  name: "snaive",
  summary: "the last season repeated",
  forms: ["snaive", "snaive[12]"],
  options: SNAIVE_OPTIONS,
  period: "period",
  inputs: "ignores",
  processes: [randomWalkProcess],
  fit(series, { choice, written }) {
    const period = choice.period ?? series.period;
    return fitWalk(written({ period }), series, period, false);
  },
});

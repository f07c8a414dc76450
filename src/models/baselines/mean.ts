import type { Fitted, Model, Note, Process } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { diffuse } from "../../distributions/families/diffuse.js";
import { studentT } from "../../distributions/families/student-t.js";
import { replay } from "../../engine/replay.js";
import { aheadThroughGaps } from "../../engine/through-gaps.js";
import { defineModel, makeModel } from "../contract/define.js";
import { constantNote, originOf } from "../origin.js";
import { informationCriteria } from "../report.js";

/** Sufficient statistics of the values seen: how many, their mean, and Σ(x − mean)². */
export interface MeanState {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
}

/**
 * Independent values around an unknown mean with an unknown variance. The conditional is the exact predictive
 * distribution t_{n−1}(x̄, s²(1 + 1/n)), which widens for both unknowns; fed back, it keeps them honest.
 */
export const meanProcess: Process<null, MeanState> = {
  kind: "mean",
  start: () => ({ count: 0, mean: 0, squares: 0 }),
  conditional(_, { count, mean, squares }) {
    if (count < 2) return diffuse(mean);
    return studentT(mean, Math.sqrt((squares / (count - 1)) * (1 + 1 / count)), count - 1);
  },
  advance(_, state, y) {
    if (Number.isNaN(y)) return state;
    const count = state.count + 1;
    const step = y - state.mean;
    const mean = state.mean + step / count;
    return { count, mean, squares: state.squares + step * (y - mean) };
  },
  ahead: (params, state, inputs) => aheadThroughGaps(meanProcess, params, state, inputs),
};

/**
 * Forecasts the mean of all values, with Student-t intervals that count the mean's own uncertainty.
 *
 * x_{n+h} ~ t_{n−1}(x̄, s²(1 + 1/n)). Missing values are left out, exactly.
 *
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `series-too-short` when fewer than two values are observed.
 * @example forecast(mean().fit(series([4, 6, 5])), { horizon: 2 }).mean; // 5, 5
 */
export function mean(): Model<MeanFitted> {
  return makeModel(meanModel);
}

export type MeanFitted = Fitted<null, MeanState, MeanDetails>;

export type MeanDetails = {
  readonly sigma2Definition: string;
  readonly likelihoodDefinition: string;
};

function fitMean(series: Series): MeanFitted {
  const { state, logLikelihood } = replay(meanProcess, null, series);
  const sigma2 = state.squares / (state.count - 1);
  const notes: Note[] = sigma2 === 0 ? [constantNote(series)] : [];
  return {
    notation: "mean",
    process: meanProcess,
    params: null,
    state,
    report: {
      observations: state.count,
      coefficients: [{ name: "mean", estimate: state.mean, stdError: Math.sqrt(sigma2 / state.count) }],
      covariance: [[sigma2 / state.count]],
      sigma2,
      logLikelihood,
      ...informationCriteria(logLikelihood, 2, state.count),
      converged: true,
      notes,
      details: {
        sigma2Definition: "sum of squared deviations / (n - 1)",
        likelihoodDefinition: "product of the one-step predictive densities from the third value on",
      },
    },
    origin: originOf(series),
    history: series,
  };
}

export const meanModel = defineModel({
  name: "mean",
  summary: "the mean of all values, with exact Student-t intervals",
  forms: ["mean"],
  options: {},
  inputs: "ignores",
  values: { observed: 2 },
  processes: [meanProcess],
  fit: fitMean,
});

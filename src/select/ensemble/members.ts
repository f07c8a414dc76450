import { YuleError } from "../../core/errors.js";
import type { FitOptions, Fitted, Model, Note } from "../../core/model.js";
import { NO_INPUTS, type Series } from "../../core/series.js";
import { naive, snaive } from "../../models/baselines/index.js";
import { beforeFits } from "../../models/guard.js";
import { fillingOnce, withMissing } from "../../models/missing.js";
import { type Origins, type PastForecast, rollingForecasts } from "../rolling-forecasts/rolling-forecasts.js";
import { type RootLoss, rootLosses } from "../rolling-forecasts/scores.js";

/** A model that may take part in a combination. */
export interface Candidate {
  readonly model: Model;
  /** Whether it gets the regressors of the series. Default true; without, it is fitted to the values alone. */
  readonly usesInputs?: boolean;
  /** Its prior weight. Default 1. */
  readonly prior?: number;
  /** Past forecasts are made from a series whose few gaps are filled: the exact treatment takes many times as long. */
  readonly fillsPast?: boolean;
  /** The model of the form that a fit to the whole series chose, by which past forecasts are made. Default, or null: the model itself. */
  readonly settled?: (fitted: Fitted) => Model | null;
  /** The model that takes part in the end, after that fit: the same form, better estimated. Default, or null: the fit itself. */
  readonly final?: (fitted: Fitted) => Model | null;
}

/** A candidate with what it would have forecast in the past. */
export interface ComparedModel extends Candidate {
  readonly past: readonly PastForecast[];
  /** The losses of these, origin by origin; empty without past forecasts. */
  readonly roots: readonly RootLoss[];
  /** The fit to the whole series where past forecasts needed it already. */
  readonly whole: Attempt<Candidate> | null;
}

/** A member that was fitted, or why it was not. */
export interface Attempt<C extends Candidate> {
  readonly candidate: C;
  readonly fitted: Fitted | null;
  readonly error: unknown;
}

/** Fits a candidate; whatever a single member throws, the others go on. */
export function attempt<C extends Candidate>(candidate: C, series: Series, options: FitOptions): Attempt<C> {
  try {
    const fitted = withMissing(candidate.model).fit(seenBy(candidate, series), options);
    return { candidate, fitted, error: null };
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    return { candidate, fitted: null, error };
  }
}

/** Past forecasts of every candidate, and their losses. */
export function rollingForecastsOfAll(
  candidates: readonly Candidate[],
  series: Series,
  horizon: number,
  origins: Origins,
  options: FitOptions,
): readonly ComparedModel[] {
  const fill = fillingOnce();
  return candidates.map((candidate, k) => {
    options.signal?.throwIfAborted();
    options.onProgress?.({
      stage: "rolling-forecasts",
      done: k,
      total: candidates.length,
      message: candidate.model.notation,
    });
    // Of a fit that another one follows only the form counts.
    const brief = { ...options, brief: candidate.final !== undefined };
    const whole = candidate.settled === undefined ? null : attempt(candidate, series, brief);
    const past = safely(options, () => {
      const settled = whole === null || whole.fitted === null ? null : candidate.settled!(whole.fitted);
      const own = settled ?? candidate.model;
      const model =
        candidate.fillsPast === true
          ? beforeFits(own, (past) => ({ series: fill(past), notes: [] }))
          : withMissing(own);
      return rollingForecasts(model, seenBy(candidate, series), horizon, origins, options);
    });
    return { ...candidate, past, roots: rootLosses(past, series), whole };
  });
}

/** Past forecasts of one candidate; none where it fails on the way, whatever it throws. */
function safely({ signal }: FitOptions, make: () => readonly PastForecast[]): readonly PastForecast[] {
  try {
    return make();
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return [];
  }
}

function seenBy({ usesInputs }: Candidate, series: Series): Series {
  return usesInputs === false ? { ...series, inputs: NO_INPUTS } : series;
}

/** That a member was left out, and why. */
export function droppedNote({ candidate: { model }, error }: Attempt<Candidate>): Note {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: "member-dropped",
    severity: "info",
    message: `${model.notation} was left out: ${reason}`,
    details: { model: model.notation, code: error instanceof YuleError ? error.code : "internal" },
  };
}

/**
 * The seasonal naive forecast, else the naive one, where no member could be fitted.
 *
 * @throws what the first member threw where even these cannot be fitted.
 */
export function lastResort(
  series: Series,
  attempts: readonly Attempt<Candidate>[],
  notes: readonly Note[],
): Fitted {
  for (const model of [snaive(), naive()]) {
    const { fitted } = attempt({ model, usesInputs: false }, series, {});
    if (fitted !== null)
      return { ...fitted, report: { ...fitted.report, notes: [...notes, ...fitted.report.notes] } };
  }
  throw attempts[0]!.error;
}

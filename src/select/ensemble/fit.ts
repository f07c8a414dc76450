import { YuleError } from "../../core/errors.js";
import type { FitOptions, FitReport, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { replay } from "../../engine/replay.js";
import { naive, snaive } from "../../models/baselines/index.js";
import { withMissing } from "../../models/missing.js";
import { originOf } from "../../models/origin.js";
import { ensembleProcess } from "./process.js";

/** A member that was fitted, or why it was not. */
interface Attempt {
  readonly model: Model;
  readonly fitted: Fitted | null;
  readonly error: YuleError | null;
}

/**
 * Fits every member and pools those that could be fitted, with equal weights. A member that fails is dropped and named;
 * when all fail, the seasonal naive (else the naive) forecast stands in, and that is said too.
 */
export function fitEnsemble(members: readonly Model[], series: Series, options: FitOptions = {}): Fitted {
  const attempts = members.map((model) => attempt(model, series, options));
  const fits = attempts.flatMap(({ fitted }) => (fitted === null ? [] : [fitted]));
  const notes = attempts.flatMap(({ model, error }) => (error === null ? [] : [droppedNote(model, error)]));
  if (fits.length === 0) return lastResort(series, attempts, notes);
  return pooled(
    fits,
    fits.map(() => 1 / fits.length),
    series,
    notes,
  );
}

/** A fitted pool of fitted models of one series. */
export function pooled(
  fits: readonly Fitted[],
  weights: readonly number[],
  series: Series,
  notes: readonly Note[],
): Fitted {
  const process = ensembleProcess(fits.map((fit) => fit.process));
  const params = { members: fits.map((fit) => fit.params), weights, origin: series.y.length };
  const { state, logLikelihood, residuals } = replay(process, params, series);
  const own = fits.flatMap((fit) =>
    fit.report.notes.map((note) => ({ ...note, message: `${fit.notation}: ${note.message}` })),
  );
  return {
    notation: `ensemble(${fits.map((fit) => fit.notation).join(",")})`,
    process,
    params,
    state,
    report: { ...reportOf(fits, weights, logLikelihood, residuals), notes: [...notes, ...own] },
    origin: {
      ...originOf(series),
      inputNames: fits.some(({ origin }) => origin.inputNames.length > 0) ? series.inputs.names : [],
    },
    history: series,
  };
}

function attempt(model: Model, series: Series, options: FitOptions): Attempt {
  try {
    return { model, fitted: withMissing(model).fit(series, options), error: null };
  } catch (error) {
    if (error instanceof YuleError) return { model, fitted: null, error };
    throw error;
  }
}

function droppedNote(model: Model, error: YuleError): Note {
  return {
    code: "member-dropped",
    severity: "info",
    message: `${model.notation} was left out: ${error.message}`,
    details: { model: model.notation, code: error.code },
  };
}

function lastResort(series: Series, attempts: readonly Attempt[], notes: readonly Note[]): Fitted {
  for (const model of [snaive(), naive()]) {
    const { fitted } = attempt(model, series, {});
    if (fitted !== null)
      return { ...fitted, report: { ...fitted.report, notes: [...notes, ...fitted.report.notes] } };
  }
  throw attempts[0]!.error!;
}

/** A pool has no coefficients of its own: its members' reports are in the details. */
function reportOf(
  fits: readonly Fitted[],
  weights: readonly number[],
  logLikelihood: number,
  residuals: Float64Array,
): Omit<FitReport, "notes"> {
  const known = residuals.filter((value) => !Number.isNaN(value));
  return {
    observations: Math.max(...fits.map(({ report }) => report.observations)),
    coefficients: [],
    covariance: null,
    sigma2: known.reduce((sum, value) => sum + value * value, 0) / Math.max(1, known.length),
    logLikelihood,
    aic: Number.NaN,
    aicc: Number.NaN,
    bic: Number.NaN,
    converged: fits.every(({ report }) => report.converged),
    details: {
      sigma2Definition: "mean of squared one-step errors of the pooled mean",
      members: fits.map(({ notation, report }, k) => ({
        model: notation,
        weight: weights[k]!,
        coefficients: report.coefficients,
        sigma2: report.sigma2,
        logLikelihood: report.logLikelihood,
        aicc: report.aicc,
      })),
    },
  };
}

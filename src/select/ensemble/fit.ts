import { YuleError } from "../../core/errors.js";
import type { FitOptions, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { mixture } from "../../distributions/mixture.js";
import { forecast } from "../../engine/forecast.js";
import { naive, snaive } from "../../models/baselines/index.js";
import { withMissing } from "../../models/missing.js";
import { type Origins, originsIn, type PastForecast, rehearse } from "../rehearsal/rehearse.js";
import { medianError } from "../rehearsal/scores.js";
import { pooled } from "./pooled.js";
import { strayFactors, weightsByErrors } from "./weights.js";

/** How members are weighed: alike, or by what they missed in the past. */
export type Weighing = "equal" | "errors";

/** A member that was fitted, or why it was not. */
interface Attempt {
  readonly model: Model;
  readonly fitted: Fitted | null;
  readonly error: YuleError | null;
}

/** A pool, and what it would have forecast in the past where that was asked for. */
export interface EnsembleFit {
  readonly fitted: Fitted;
  readonly past: readonly PastForecast[];
  readonly origins: Origins | null;
}

/** Paths behind the medians by which members are compared. */
const PATHS = 300;

/**
 * Fits every member and pools those that could be fitted. A member that fails is dropped and named; when all fail, the
 * seasonal naive (else the naive) forecast stands in, and that is said too.
 *
 * @param horizon steps ahead that past errors and straying are judged by.
 */
export function fitEnsemble(
  members: readonly Model[],
  series: Series,
  weighing: Weighing,
  horizon: number,
  options: FitOptions = {},
): EnsembleFit {
  const attempts = members.map((model, k) => {
    options.signal?.throwIfAborted();
    options.onProgress?.({ stage: "member", done: k, total: members.length, message: model.notation });
    return attempt(model, series, options);
  });
  const good = attempts.filter((one): one is Attempt & { fitted: Fitted } => one.fitted !== null);
  const notes = attempts.flatMap(({ model, error }) => (error === null ? [] : [droppedNote(model, error)]));
  if (good.length === 0) return { fitted: lastResort(series, attempts, notes), past: [], origins: null };
  const fits = good.map(({ fitted }) => fitted);
  if (weighing === "equal") {
    const weights = fits.map(() => 1 / fits.length);
    return { fitted: pooled(fits, weights, series, notes), past: [], origins: null };
  }
  const origins = originsIn(series, horizon);
  const pasts = good.map(({ model }) =>
    origins === null ? [] : rehearse(withMissing(model), series, horizon, origins, options),
  );
  const weights = weigh(fits, pasts, series, horizon);
  return { fitted: pooled(fits, weights, series, notes), past: pooledPast(pasts, weights), origins };
}

function weigh(
  fits: readonly Fitted[],
  pasts: readonly (readonly PastForecast[])[],
  series: Series,
  horizon: number,
): number[] {
  const errors = pasts.map((past) => medianError(past, series));
  const weights = weightsByErrors(errors, Math.max(...pasts.map(({ length }) => length)));
  const foreseeable = fits.every(({ origin }) => origin.inputNames.length === 0);
  const factors = foreseeable
    ? strayFactors(
        fits.map((fit) => forecast(fit, { horizon, paths: PATHS }).distributions),
        weights,
      )
    : weights.map(() => 1);
  const raw = weights.map((weight, k) => weight * factors[k]!);
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return raw.map((weight) => weight / total);
}

/** The pool's past forecasts, of those members that have one. */
function pooledPast(
  pasts: readonly (readonly PastForecast[])[],
  weights: readonly number[],
): readonly PastForecast[] {
  const known = pasts.flatMap((past, k) => (past.length > 0 ? [{ past, weight: weights[k]! }] : []));
  const first = known[0];
  if (first === undefined) return [];
  return first.past.map(({ rows, distributions }, r) => ({
    rows,
    distributions: distributions.map((_, h) => {
      const parts = known.map(({ past, weight }) => ({ part: past[r]!.distributions[h]!, weight }));
      const proper = parts.filter(({ part }) => part.kind !== "diffuse");
      if (proper.length === 0) return parts[0]!.part;
      return mixture(
        proper.map(({ part }) => part),
        proper.map(({ weight }) => weight),
      );
    }),
  }));
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

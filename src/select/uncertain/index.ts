import { usageError } from "../../core/errors.js";
import type { Details, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { apply } from "../../engine/update.js";
import { defineModel, makeModel } from "../../models/contract/define.js";
import { withMissing } from "../../models/missing.js";
import { withNote } from "../../models/report.js";
import { pooled } from "../ensemble/index.js";
import { drawParams } from "./draws.js";

/**
 * A model whose intervals include the uncertainty of its estimates, at every step ahead.
 *
 * The forecast is the pool of the same model at 50 plausible estimates, θ ~ N(θ̂, Σ̂) and σ² ~ σ̂²ν/χ²_ν, drawn in mirrored
 * pairs; draws that are not stationary are replaced. It widens intervals as 1/n, so it matters for short series.
 *
 * @param model one that reports a covariance of its estimates: `ar` or `arima`.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `no-covariance` when the model reports no covariance of its estimates, or cannot be moved to others.
 * @see Barndorff-Nielsen & Schou (1973) on stationary draws; Chatfield (1993), J. Business & Economic Statistics 11, p. 123.
 * @example forecast(uncertain(ar({ order: 2 })).fit(series(lynx)), { horizon: 10 });
 */
export function uncertain<D extends Details>(
  model: Model<Fitted<unknown, unknown, D>>,
): Model<Fitted<unknown, unknown, D>> {
  return makeModel(uncertainModel, {}, [model]) as Model<Fitted<unknown, unknown, D>>;
}

export const uncertainModel = defineModel({
  name: "uncertain",
  summary: "a model whose intervals include the uncertainty of its estimates",
  forms: ["uncertain(ar(2))"],
  options: {},
  holds: "one",
  inputs: "uses",
  fit: (series, { models: [model], options }) => spreadOut(withMissing(model!).fit(series, options), series),
});

function spreadOut(fitted: Fitted, series: Series): Fitted {
  const { process, report, notation } = fitted;
  if (process.redraw === undefined || (report.covariance === null && report.coefficients.length > 0)) {
    throw usageError(
      "no-covariance",
      "model",
      notation,
      `The model ${notation} reports no covariance of its estimates to draw from; uncertain() works with ar and arima.`,
    );
  }
  const known = report.covariance?.flat().every(Number.isFinite) ?? false;
  if (!known || report.sigma2 === 0) return withNote(renamed(fitted), unwidened(notation));
  const { params, rejected } = drawParams(fitted);
  if (params.length === 0) return withNote(renamed(fitted), unwidened(notation));
  // What the state holds of the past, such as innovations, depends on the estimates.
  const members = params.map((drawn) => apply({ ...fitted, params: drawn }, fitted.history ?? series));
  const pool = pooled(
    members,
    members.map(() => 1 / members.length),
    series,
    [],
  );
  const { logLikelihood } = pool.report;
  return withNote(
    { ...pool, notation: `uncertain(${notation})`, report: { ...report, logLikelihood } },
    widened(params.length, rejected),
  );
}

function renamed(fitted: Fitted): Fitted {
  return { ...fitted, notation: `uncertain(${fitted.notation})` };
}

function widened(count: number, rejected: number): Note {
  const thrown = rejected === 0 ? "" : `; ${rejected} pairs of draws were not stationary and were replaced`;
  return {
    code: "parameter-uncertainty",
    severity: "info",
    message: `Intervals include the uncertainty of the estimates (${count} draws${thrown}); AIC, AICc and BIC are those of the estimates themselves.`,
    details: { draws: count, rejected },
  };
}

function unwidened(notation: string): Note {
  return {
    code: "parameter-uncertainty",
    severity: "warning",
    message: `The covariance of the estimates of ${notation} is not usable here: intervals ignore the uncertainty of the estimates.`,
  };
}

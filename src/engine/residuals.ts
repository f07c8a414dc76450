import { requireFitted } from "../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { usageError } from "../core/errors.js";
import type { Fitted, Replay } from "../core/model.js";
import { requireSeries, type Series } from "../core/series.js";
import { replay } from "./replay.js";
import { alignInputs } from "./update.js";

/** What the model thought of each value of a series (default: the one it was fitted to), one step ahead. */
export function replayed<S>(fitted: Fitted<unknown, S>, series?: Series): Replay<S> {
  requireFitted(fitted, "the residuals of a model");
  const source = series ?? fitted.history;
  if (source === undefined) {
    throw usageError(
      "no-history",
      "series",
      undefined,
      "This fitted model was loaded or updated and carries no history; give the series as the second argument.",
    );
  }
  return replay(fitted.process, fitted.params, alignInputs(fitted, requireSeries(source, "residuals take")));
}

const RESIDUALS_OPTIONS: OptionTable<{ series?: Series; kind?: "raw" | "standardized" }> = {
  series: "object",
  kind: ["raw", "standardized"],
};

/**
 * One-step residuals y_t − E[y_t | past]; NaN where y is missing or nothing could be predicted yet.
 *
 * @param fitted what `fit` returned.
 * @param options `kind`: `"raw"` (default) or `"standardized"`, divided by the one-step standard deviation; `series`: another series.
 * @returns one residual a value, in the units of the data or in standard deviations.
 * @throws YuleError `no-history` when the model was loaded or updated and no series is given.
 * @example residuals(fitted); residuals(fitted, { series: another, kind: "standardized" });
 */
export function residuals(
  fitted: Fitted,
  options: { series?: Series; kind?: "raw" | "standardized" } = {},
): Float64Array {
  requireOptions("residuals", options, RESIDUALS_OPTIONS);
  const result = replayed(fitted, options.series);
  return options.kind === "standardized" ? result.standardized : result.residuals;
}

/**
 * Log-likelihood of a series under the fitted estimates: Σ log p(x_t | past).
 *
 * @param fitted what `fit` returned.
 * @param series n values in time order, NaN where missing; default: the series of the fit.
 * @returns the natural logarithm of the density of the observed values.
 * @example logLikelihood(fitted, heldOut);
 */
export function logLikelihood(fitted: Fitted, series?: Series): number {
  return replayed(fitted, series).logLikelihood;
}

/**
 * One-step predictions of the series the model was fitted to, or of another.
 *
 * @param fitted what `fit` returned.
 * @param series n values in time order, NaN where missing; default: the series of the fit.
 * @returns one-step predictions in the units of the data, NaN where there is none.
 * @example fittedValues(fitted);
 */
export function fittedValues(fitted: Fitted, series?: Series): Float64Array {
  return replayed(fitted, series).fitted;
}

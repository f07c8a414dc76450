import { dataError, usageError, type YuleError } from "../../core/errors.js";
import type { FitOptions, Fitted, Model } from "../../core/model.js";
import type { Panel, Series } from "../../core/series.js";
import { observedCount } from "../../models/guard.js";
import { fitInTurn, foundOf } from "../../models/partly-fitted.js";
import { calibrationHorizon } from "../rolling-forecasts/rolling-forecasts.js";
import { fitEnsemble, type Weighing } from "./fit.js";

/** Observed values that every model but a constant needs. */
const LEAST = 2;

/**
 * An ensemble for every series of a panel: members that learn from all series are fitted once to those that they take, the others to each
 * series alone. A member that cannot be fitted is left out and named, as of one series.
 *
 * @throws PartlyFitted where series failed; YuleError `bad-weights` for weights by past errors; the reason of `options.signal` when aborted.
 */
export async function fitEnsembles(
  models: readonly Model[],
  panel: Panel,
  weights: Weighing,
  options: FitOptions,
): Promise<Fitted[]> {
  if (weights === "errors") throw noPast(models.find(({ fitPanel }) => fitPanel !== undefined)!);
  const members: (readonly Model[])[] = [];
  for (const model of models) members.push(await forEach(model, panel, options));
  const { threads: _, onProgress: __, ...fitting } = options;
  return fitInTurn(panel, options, (series, i) => {
    const candidates = members.map((list) => ({ model: list[i]! }));
    const stepsAhead = calibrationHorizon(series);
    return fitEnsemble(candidates, series, { ...fitting, weights, stepsAhead }).fitted;
  });
}

/** Why no member can be fitted to a series of a panel whatever the others are; null where one may. */
export function refusal({ id, y }: Series): YuleError | null {
  const count = observedCount(y);
  if (count >= LEAST) return null;
  const message = `${id} has ${count === 1 ? "one observed value" : "no observed values"}, and an ensemble needs ${LEAST}; leave the series out.`;
  return dataError("series-too-short", id, count, message);
}

/** The model for each series: itself, or what it learned from all of them. */
async function forEach(model: Model, panel: Panel, options: FitOptions): Promise<readonly Model[]> {
  if (model.fitPanel === undefined) return panel.map(() => model);
  const refusals = panel.map((series) => model.refusal?.(series) ?? null);
  const taken = panel.filter((_, i) => refusals[i] === null);
  try {
    const found = taken.length === 0 ? [] : await foundOf(model.fitPanel(taken, options));
    let next = 0;
    return refusals.map((refusal) => fittedAlready(model, refusal ?? found[next++]!));
  } catch (error) {
    options.signal?.throwIfAborted();
    return panel.map(() => fittedAlready(model, error as Error));
  }
}

/** A model that was fitted to its series, or could not be. */
function fittedAlready({ notation }: Model, found: Fitted | Error): Model {
  return {
    notation,
    missing: "keep",
    fit() {
      if (found instanceof Error) throw found;
      return found;
    },
  };
}

function noPast({ notation }: Model): Error {
  return usageError(
    "bad-weights",
    "weights",
    "errors",
    `weights=errors needs past forecasts of each series, and ${notation} is fitted to all series together; leave weights=errors out, or use auto(effort=high).`,
  );
}

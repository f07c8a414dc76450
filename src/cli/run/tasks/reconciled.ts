import { dataError } from "../../../core/errors.js";
import { interval } from "../../../core/forecast.js";
import { type Hierarchy, type Reconciled, reconcile } from "../../../reconcile/index.js";
import { attach } from "../../../run/tasks/detached.js";
import type { ForecastResult, SimulateResult } from "../../../run/tasks/results.js";
import type { Outcome } from "../../../run/tasks/task.js";
import { type Context, reportNotes } from "../../context.js";

type Result = ForecastResult | SimulateResult;

/**
 * Outcomes of the series of a hierarchy, made to add up: those of each model by themselves.
 *
 * @param outcomes series by series, of each series one a model.
 * @throws YuleError `incomplete-hierarchy` where a series has no forecast.
 */
export function reconciled<T>(
  context: Context,
  whole: Hierarchy,
  outcomes: readonly Outcome<T>[],
): Outcome<T>[] {
  const { settings } = context;
  const models = outcomes.length / whole.series.length;
  const result = [...outcomes];
  for (let model = 0; model < models; model++) {
    const places = whole.series.map((_, s) => s * models + model);
    const own = places.map((at) => resultOf(outcomes[at]!) as Result);
    const { times } = own[0]!;
    const joint = reconcile(
      whole,
      own.map(({ fitted }) => attach(fitted!)),
      {
        method: settings.reconcile ?? "mint",
        horizon: times.length,
        seed: settings.seed ?? 1,
        ...pathsOf(own[0]!, settings.paths),
        ...(settings.min === undefined ? {} : { min: settings.min }),
      },
    );
    reportNotes(
      context,
      "",
      joint.notes.filter((note) => !whole.notes.includes(note)),
    );
    places.forEach((at, s) => {
      const value = coherent(own[s]!, joint, s, settings.save !== undefined || settings.verbose === true);
      result[at] = { ...outcomes[at]!, value } as Outcome<T>;
    });
  }
  const levels = new Set(whole.levels).size;
  context.decided(`Reconciled the forecasts of ${levels} levels by ${settings.reconcile ?? "mint"}.`);
  return result;
}

function pathsOf(own: Result, asked: number | undefined): { readonly paths?: number } {
  if ("values" in own) return { paths: own.count };
  return asked === undefined ? {} : { paths: asked };
}

function resultOf<T>(outcome: Outcome<T>): T {
  if (outcome.status === "ok") return outcome.value;
  const { id, model, error } = outcome;
  throw dataError(
    "incomplete-hierarchy",
    id,
    id,
    `${id} has no forecast by ${model}, so the levels cannot be made to add up: ${error.message}`,
  );
}

function coherent(own: Result, { forecasts, paths, count }: Reconciled, s: number, keep: boolean): Result {
  const fitted = keep ? own.fitted : null;
  if ("values" in own) return { ...own, count, values: paths[s]!, fitted };
  const ahead = forecasts[s]!;
  return {
    ...own,
    mean: ahead.mean,
    median: ahead.median,
    intervals: own.intervals.map(({ level }) => ({ level, ...interval(ahead, level) })),
    notes: ahead.notes,
    fitted,
  };
}

import type { FitOptions, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import type { Family } from "../../models/family.js";
import { badModel, writeNotation } from "../../models/notation.js";
import { withCalibration } from "../calibrated/index.js";
import { fitEnsemble } from "../ensemble/index.js";
import { calibrationHorizon } from "../rehearsal/rehearse.js";
import { scoresOf } from "../rehearsal/scores.js";
import { type Classification, classify } from "./kind.js";
import { membersFor } from "./members.js";
import { priorFor } from "./prior.js";

export interface AutoOptions {
  /** `"auto"` (default): corrected by past errors; `"model"`: those of the pool as they are. */
  readonly intervals?: "auto" | "model";
}

/**
 * The default: several models pooled as distributions, chosen by the kind of series and weighed by their past errors, with
 * interval widths corrected by what the pool missed in the past. Everything it decided is in the notes of the result.
 *
 * @example forecast(auto().fit(passengers), { horizon: 24 });
 */
export function auto({ intervals }: AutoOptions = {}): Model {
  const notation = writeNotation("auto", [], intervals === "model" ? [["intervals", "model"]] : []);
  return {
    notation,
    missing: "keep",
    fit: (series, options) => ({ ...fitAuto(series, intervals ?? "auto", options), notation }),
  };
}

function fitAuto(series: Series, intervals: "auto" | "model", options?: FitOptions): Fitted {
  const choice = classify(series);
  const members = membersFor(
    choice,
    series.y.every((value) => Number.isNaN(value) || value > 0),
  );
  const horizon = calibrationHorizon(series);
  const { fitted, past, origins } = fitEnsemble(members, series, "errors", horizon, options);
  const notes = [decision(choice, fitted), ...fitted.report.notes];
  const told = { ...fitted, report: { ...fitted.report, notes } };
  if (intervals === "model") return told;
  const scores = origins === null ? [] : scoresOf(past, series, origins);
  return withCalibration(told, scores, { prior: priorFor(fitted.report.observations) }, horizon);
}

function decision({ kind, reason }: Classification, { notation, report }: Fitted): Note {
  const members = (report.details.members ?? []) as readonly { model: string; weight: number }[];
  const shares = members.map(({ model, weight }) => `${model} ${Math.round(100 * weight)} %`);
  const model = shares.length > 0 ? `a pool: ${shares.join(", ")}` : notation;
  return {
    code: "auto-choice",
    severity: "info",
    message: `auto took the series as ${kind} (${reason}) and forecasts it by ${model}.`,
    details: { kind, reason, model: notation, weights: members.map(({ weight }) => weight) },
  };
}

export const autoFamily: Family = {
  name: "auto",
  summary:
    "the default: models chosen by the kind of series, pooled by past errors, interval widths corrected by them",
  forms: ["auto", "auto(intervals=model)"],
  options: [
    {
      name: "intervals",
      values: ["auto", "model"],
      default: "auto",
      summary: "corrected by past errors, or the pool's own",
    },
  ],
  inputs: true,
  seasonal: false,
  processes: [],
  build(call) {
    if (call.groups.flat().length > 0)
      throw badModel(`auto(${call.groups.flat().join(",")})`, "takes no models");
    return auto(call.options.get("intervals") === "model" ? { intervals: "model" } : {});
  },
};

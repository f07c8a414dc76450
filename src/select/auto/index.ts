import type { FitOptions, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import type { Family } from "../../models/family.js";
import { badModel } from "../../models/notation.js";
import { calibrateFit } from "../calibrated/index.js";
import { fitEnsemble } from "../ensemble/index.js";
import { classify } from "./kind.js";
import { membersFor } from "./members.js";
import { ruleFor } from "./prior.js";

/**
 * The default: several models pooled as distributions, chosen by the kind of series, with interval widths corrected by
 * what the pool missed in the past. Everything it decided is in the notes of the result.
 *
 * @example forecast(auto().fit(passengers), { horizon: 24 });
 */
export function auto(): Model {
  return { notation: "auto", missing: "keep", fit: fitAuto };
}

function fitAuto(series: Series, options?: FitOptions): Fitted {
  const { kind, reason } = classify(series);
  const members = membersFor(kind);
  const pool: Model = {
    notation: `ensemble(${members.map(({ notation }) => notation).join(",")})`,
    missing: "keep",
    fit: (source, inner) => fitEnsemble(members, source, inner),
  };
  const fitted = pool.fit(series, options);
  const told = {
    ...fitted,
    report: { ...fitted.report, notes: [decision(kind, reason, fitted), ...fitted.report.notes] },
  };
  return calibrateFit(told, pool, series, { rule: ruleFor(kind, series.period) }, options);
}

function decision(kind: string, reason: string, fitted: Fitted): Note {
  return {
    code: "auto-choice",
    severity: "info",
    message: `auto took the series as ${kind} (${reason}) and forecasts it by ${fitted.notation}.`,
    details: { kind, reason, model: fitted.notation },
  };
}

export const autoFamily: Family = {
  name: "auto",
  summary:
    "the default: models chosen by the kind of series and pooled, interval widths corrected by past errors",
  forms: ["auto"],
  options: [],
  inputs: true,
  seasonal: false,
  processes: [],
  build(call) {
    if (call.groups.flat().length > 0)
      throw badModel(`auto(${call.groups.flat().join(",")})`, "takes no arguments");
    return auto();
  },
};

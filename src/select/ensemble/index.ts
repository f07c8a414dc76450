import { requireModels } from "../../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { usageError } from "../../core/errors.js";
import type { Model } from "../../core/model.js";
import type { Family } from "../../models/family.js";
import { inputModel } from "../../models/guard.js";
import { writeNotation } from "../../models/notation.js";
import { calibrationHorizon } from "../rehearsal/rehearse.js";
import { fitEnsemble, type Weighing } from "./fit.js";
import { ensembleProcess, memberKinds } from "./process.js";

export { fitEnsemble } from "./fit.js";
export { pooled } from "./pooled.js";

export interface EnsembleOptions {
  /** `"equal"` (default), or `"errors"`: by what the members missed in the past, see `weights.ts`. */
  readonly weights?: Weighing;
}

const WEIGHINGS: readonly Weighing[] = ["equal", "errors"];

const ENSEMBLE_OPTIONS: OptionTable<EnsembleOptions> = {
  weights: ["equal", "errors"],
};

/**
 * Several models as one: their forecast distributions pooled at every step, with equal weights or weights by past errors.
 *
 * The mean is the average of the members' means; intervals are those of the pool, so they are wider where the members
 * disagree. A member that cannot be fitted is dropped and named in the notes; if none can, seasonal naive stands in.
 *
 * @throws YuleError `bad-ensemble` for fewer than two members, `bad-weights`.
 * @see Bates & Granger (1969), Operational Research Quarterly 20, p. 451, on why averages forecast well.
 * @example ensemble([ar({ order: 2 }), naive()]).fit(lynx);
 */
export function ensemble(members: readonly Model[], options: EnsembleOptions = {}): Model {
  requireModels(members, "ensemble");
  requireOptions("ensemble", options, ENSEMBLE_OPTIONS);
  const { weights } = options;
  if (members.length < 2) {
    throw usageError(
      "bad-ensemble",
      "members",
      members.length,
      `An ensemble needs at least two models, not ${members.length}.`,
    );
  }
  if (weights !== undefined && !WEIGHINGS.includes(weights)) {
    throw usageError(
      "bad-weights",
      "weights",
      weights,
      `Weights must be ${WEIGHINGS.join(" or ")}, not ${weights}.`,
    );
  }
  return inputModel({
    notation: writeNotation(
      "ensemble",
      [members.map(({ notation }) => notation)],
      weights === undefined ? [] : [["weights", weights]],
    ),
    missing: "keep",
    fit: (series, options) =>
      fitEnsemble(
        members.map((model) => ({ model })),
        series,
        { ...options, weights: weights ?? "equal", horizon: calibrationHorizon(series) },
      ).fitted,
  });
}

export const ensembleFamily: Family = {
  name: "ensemble",
  summary: "several models as one, their distributions pooled",
  forms: ["ensemble(ar(2),naive)", "ensemble(theta,auto-ets, weights=errors)"],
  options: [
    {
      name: "weights",
      values: WEIGHINGS,
      default: "equal",
      summary: "members alike, or by what they missed in the past",
    },
  ],
  inputs: true,
  seasonal: false,
  processes: [],
  resolve(kind, find) {
    const kinds = memberKinds(kind);
    return kinds === null ? null : (ensembleProcess(kinds.map(find)) as ReturnType<typeof find>);
  },
  build(call, parse) {
    const weights = call.options.get("weights");
    const members = call.groups.flat().map(parse);
    return ensemble(members, weights === undefined ? {} : { weights: weights as Weighing });
  },
};

import { requireModels } from "../../core/arguments/objects.js";
import { usageError } from "../../core/errors.js";
import type { Model } from "../../core/model.js";
import { defineModel, makeModel } from "../../models/contract/define.js";
import { word } from "../../models/contract/kinds.js";
import { type OptionsOf, option } from "../../models/contract/schema.js";
import { calibrationHorizon } from "../rolling-forecasts/rolling-forecasts.js";
import { fitEnsemble } from "./fit.js";
import { fitEnsembles, refusal } from "./panel.js";
import type { EnsembleFitted } from "./pooled.js";
import { ensembleProcess, memberKinds } from "./process.js";

export { fitEnsemble } from "./fit.js";
export { type EnsembleDetails, type EnsembleFitted, type EnsembleMember, pooled } from "./pooled.js";

const ENSEMBLE_OPTIONS = {
  /** `"equal"` (default), or `"errors"`: by the members' past errors, see `weights.ts`. */
  weights: option(word("equal", "errors"), {
    default: "equal",
    summary: "equal weights, or weights by past forecast errors",
  }),
};

export interface EnsembleOptions extends OptionsOf<typeof ENSEMBLE_OPTIONS> {}

/**
 * Several models as one: their forecast distributions pooled at every step, with equal weights or weights by past errors.
 *
 * The mean is the average of the members' means; intervals are those of the pool, so they are wider where the members
 * disagree. A member that cannot be fitted is dropped and named in the notes; if none can, seasonal naive stands in. With a member that
 * learns from all series of a panel (`pooled`, a network) so does the ensemble: fit it with `fitAll` or `fitPanel`.
 *
 * @param members the models, at least two.
 * @param options see `EnsembleOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-ensemble` for fewer than two members, `bad-weights`.
 * @see Bates & Granger (1969), Operational Research Quarterly 20, p. 451, on why averages forecast well.
 * @example ensemble([ar({ order: 2 }), naive()]).fit(lynx);
 */
export function ensemble(members: readonly Model[], options: EnsembleOptions = {}): Model<EnsembleFitted> {
  requireModels(members, "ensemble");
  return makeModel(ensembleModel, options, members) as Model<EnsembleFitted>;
}

export const ensembleModel = defineModel({
  name: "ensemble",
  summary: "a combination of several models: a mixture of their distributions",
  forms: ["ensemble(ar(2),naive)", "ensemble(theta,auto-ets, weights=errors)"],
  options: ENSEMBLE_OPTIONS,
  holds: "several",
  inputs: "uses",
  resolve(kind, find) {
    const kinds = memberKinds(kind);
    return kinds === null ? null : (ensembleProcess(kinds.map(find)) as ReturnType<typeof find>);
  },
  check(_, { length }) {
    if (length >= 2) return;
    const message = `An ensemble needs at least two models, not ${length}.`;
    throw usageError("bad-ensemble", "members", length, message);
  },
  fit: (series, { choice: { weights }, models, options }) =>
    fitEnsemble(
      models.map((model) => ({ model })),
      series,
      { ...options, weights, stepsAhead: calibrationHorizon(series) },
    ).fitted,
  refusal,
  together: (_, models) => models.some(({ fitPanel }) => fitPanel !== undefined),
  async fitPanel(panel, { choice: { weights }, models, options }) {
    return fitEnsembles(models, panel, weights, options);
  },
});

import type { Model } from "../../core/model.js";
import { apply } from "../../engine/update.js";
import { add } from "../../models/added.js";
import { defineModel, makeModel } from "../../models/contract/define.js";
import { word } from "../../models/contract/kinds.js";
import { type OptionsOf, option } from "../../models/contract/schema.js";
import { changed } from "../../models/partly-fitted.js";
import { pooled } from "../../models/pooled/index.js";
import type { EnsembleFitted } from "../ensemble/index.js";
import { calibrationHorizon } from "../rolling-forecasts/rolling-forecasts.js";
import { fitPrepared, needsPanel, pastOrigins, prepare, refusal } from "./fit/index.js";

const AUTO_OPTIONS = {
  /** `"auto"` (default): intervals calibrated by past errors; `"model"`: those of the combination as they are. */
  intervals: option(word("auto", "model"), {
    default: "auto",
    summary: "calibrated by past errors, or those of the combination as they are",
  }),
  /** `"normal"` (default): every series by itself; `"high"`: of a panel, `pooled` and a network learned from all its series may take part. */
  effort: option(word("normal", "high"), {
    default: "normal",
    summary: "high: of a panel of 20 series or more, pooled and a network may take part",
  }),
};

export interface AutoOptions extends OptionsOf<typeof AUTO_OPTIONS> {}

/**
 * The default: a weighted average of several models. Every candidate forecasts the end of the series from its beginning; those
 * that did well there are fitted to the whole series and combined, w_k falling with their past errors, and the intervals are
 * calibrated by what the combination missed in the past. The notes of the result say what was decided.
 *
 * With `effort: "high"` it is fitted to a panel (`fitAll`, `fitPanel`): where 20 series or more have the same frequency, period and
 * inputs, `pooled` and one network, trained twice for at most 4 million steps of windows, are candidates for each of them.
 *
 * @param options.intervals `"auto"` (default) or `"model"`.
 * @param options.effort `"normal"` (default) or `"high"`, which takes minutes.
 * @returns a model; `fit` takes any series with at least one observed value.
 * @throws YuleError when fitting: `series-too-short` for a series without observed values, `needs-panel` where `fit` is called with high effort.
 * @see J. M. Bates & C. W. J. Granger, Operational Research Quarterly 20 (1969), pp. 451-468; docs/models/combinations/auto.md.
 * @example forecast(auto().fit(passengers), { horizon: 24 });
 */
export function auto(options: AutoOptions = {}): Model<EnsembleFitted> {
  return makeModel(autoModel, options);
}

export const autoModel = defineModel({
  name: "auto",
  summary:
    "the default: a weighted average of models, weights by past forecast errors, with calibrated intervals",
  forms: ["auto", "auto(intervals=model)", "auto(effort=high)"],
  options: AUTO_OPTIONS,
  inputs: "uses",
  refusal,
  together: ({ effort }) => effort === "high",
  fit(series, { choice: { intervals, effort }, notation, options }) {
    if (effort === "high") throw needsPanel(series);
    return { ...fitPrepared(prepare(series, options?.transformed), intervals, options), notation };
  },
  async fitPanel(panel, { choice: { intervals }, notation, options }) {
    const { fitTogether } = await import("./effort/index.js");
    const parts = { prepare, pastOrigins, fitPrepared, calibrationHorizon, pooled, apply, add };
    return changed(fitTogether(panel, intervals, options, parts), (fitted) => ({ ...fitted, notation }));
  },
});

import type { Model } from "../../core/model.js";
import { defineModel, makeModel } from "../../models/contract/define.js";
import { etsProcess } from "../../models/ets/index.js";
import { type AutoEtsFitted, fitAutoEts } from "./fit.js";
import { AUTO_ETS_OPTIONS, type AutoEtsOptions } from "./options.js";

/**
 * Chooses the form of exponential smoothing by an information criterion, every form at its maximum likelihood.
 *
 * Tried are, as by R's `ets`, both errors, no, additive and damped additive trends, no, additive and (with relative errors
 * only) multiplicative seasons of at most 100 steps: up to 15 forms. All are searched from their commonest starts, those that come near the best
 * from all. Missing values are kept. Of transformed values, as in `log(auto-ets)`, only additive forms are tried.
 *
 * @param options see `AutoEtsOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-criterion`, `bad-period`; when fitting `series-too-short`, `value-range`.
 * @see R. J. Hyndman, A. B. Koehler, R. D. Snyder, S. Grose, International Journal of Forecasting 18 (2002), 439-454.
 * @example autoEts().fit(passengers).notation; // "ets(M,A,M)[12]"
 */
export function autoEts(options: AutoEtsOptions = {}): Model<AutoEtsFitted> {
  return makeModel(autoEtsModel, options);
}

/** `auto-ets`, `auto-ets(criterion=bic)[12]`. */
export const autoEtsModel = defineModel({
  name: "auto-ets",
  summary: "exponential smoothing, its form chosen by an information criterion",
  forms: ["auto-ets", "auto-ets[12]", "auto-ets(criterion=bic, damped=false)"],
  options: AUTO_ETS_OPTIONS,
  period: "period",
  inputs: "ignores",
  values: { squared: true },
  processes: [etsProcess],
  fit: (series, { choice, notation, options }) =>
    fitAutoEts(series, options?.transformed === true ? { ...choice, ...ADDITIVE } : choice, notation),
});

/** Ratios of logarithms depend on the unit of the data, so forms of transformed values are additive. */
const ADDITIVE = { multiplicative: false, multiplicativeTrend: false } as const;

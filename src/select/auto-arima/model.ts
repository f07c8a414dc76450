import type { Model } from "../../core/model.js";
import { UNIT_ROOT_TESTS } from "../../diagnostics/orders/ndiffs.js";
import { SEASONAL_TESTS } from "../../diagnostics/orders/nsdiffs.js";
import { makeModel } from "../../models/contract/define.js";
import { autoArimaWith } from "./definition.js";
import type { AutoArimaFitted } from "./fit.js";
import type { AutoArimaOptions } from "./options.js";

/**
 * Chooses a seasonal ARIMA by itself: differences by tests, orders and constant by an information criterion, every
 * candidate at its exact maximum likelihood.
 *
 * The search is Hyndman and Khandakar's, each fit started from its neighbour's where that is better; models with an AR or
 * MA root of modulus below 1.01 are rejected, unless a lower maximum of theirs is not. `search: "full"` tries every order
 * with p + q + P + Q up to `maxOrder`. The report's `details.search` lists every candidate and every test.
 *
 * @param options see `AutoArimaOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-…` for an option; when fitting as `arima` does.
 * @see R. J. Hyndman and Y. Khandakar, Journal of Statistical Software 27(3) (2008).
 * @example
 * const fitted = autoArima().fit(passengers);
 * fitted.notation; // "arima(2,1,1)(0,1,0)[12]"
 */
export function autoArima(options: AutoArimaOptions = {}): Model<AutoArimaFitted> {
  return makeModel(autoArimaModel, options);
}

/** `auto-arima`, `auto-arima(criterion=bic)`, `auto-arima(search=full)[12]`. */
export const autoArimaModel = autoArimaWith({ unitRoot: UNIT_ROOT_TESTS, seasonal: SEASONAL_TESTS });

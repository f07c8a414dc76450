import type { Model } from "../../core/model.js";
import { kpssTest } from "../../diagnostics/orders/ndiffs.js";
import { strengthTest } from "../../diagnostics/orders/nsdiffs.js";
import { makeModel } from "../../models/contract/define.js";
import { autoArimaWith } from "./definition.js";
import type { AutoArimaFitted } from "./fit.js";
import type { AutoArimaOptions } from "./options.js";

const definition = autoArimaWith({ unitRoot: { kpss: kpssTest }, seasonal: { strength: strengthTest } });

/** `autoArima` by the tests that it takes by default: a page with `auto` does not load the others. */
export function usualAutoArima(
  options: Omit<AutoArimaOptions, "unitRootTest" | "seasonalTest">,
): Model<AutoArimaFitted> {
  return makeModel(definition, options);
}

import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import type { Model } from "../../core/model.js";
import type { Family, FamilyOption, ModelCall } from "../../models/family.js";
import { inputModel } from "../../models/guard.js";
import { badModel } from "../../models/notation.js";
import { fitAutoArima } from "./fit.js";
import {
  type AutoArimaOptions,
  autoNotation,
  CRITERIA,
  checkedOptions,
  OPTION_NAMES,
  SEARCHES,
  SEASONAL_TESTS,
  UNIT_ROOT_TESTS,
} from "./options.js";

const AUTO_ARIMA_OPTIONS: OptionTable<AutoArimaOptions> = {
  criterion: ["aic", "aicc", "bic"],
  search: ["stepwise", "full"],
  d: "number",
  D: "number",
  maxP: "number",
  maxQ: "number",
  maxSeasonalP: "number",
  maxSeasonalQ: "number",
  maxOrder: "number",
  maxDifferences: "number",
  maxSeasonalDifferences: "number",
  period: "number",
  seasonal: "boolean",
  stationary: "boolean",
  mean: "boolean",
  drift: "boolean",
  unitRootTest: ["kpss", "adf", "pp"],
  seasonalTest: ["strength", "ocsb", "hegy", "canova-hansen"],
};

/**
 * Chooses a seasonal ARIMA by itself: differences by tests, orders and constant by an information criterion, every
 * candidate at its exact maximum likelihood.
 *
 * The search is Hyndman and Khandakar's, each fit started from its neighbour's where that is better; models with an AR or
 * MA root of modulus below 1.01 are rejected, unless a lower maximum of theirs is not. `search: "full"` tries every order
 * with p + q + P + Q up to `maxOrder`. The report's `details.search` lists every candidate and every test.
 *
 * @throws YuleError `bad-…` for an option; when fitting as `arima` does.
 * @see R. J. Hyndman and Y. Khandakar, Journal of Statistical Software 27(3) (2008).
 * @example
 * const fitted = autoArima().fit(passengers);
 * fitted.notation; // "arima(2,1,1)(0,1,0)[12]"
 */
export function autoArima(options: AutoArimaOptions = {}): Model {
  requireOptions("autoArima", options, AUTO_ARIMA_OPTIONS);
  const choice = checkedOptions(options);
  return inputModel({
    notation: autoNotation(choice),
    missing: "keep",
    fit: (series, fitOptions) => fitAutoArima(series, choice, fitOptions),
  });
}

const SUMMARIES: Readonly<Record<string, Omit<FamilyOption, "name">>> = {
  criterion: { values: CRITERIA, default: "aicc", summary: "what is minimised" },
  search: { values: SEARCHES, default: "stepwise", summary: "from neighbour to neighbour, or every order" },
  d: { values: "integer", default: "by test", summary: "ordinary differences" },
  D: { values: "integer", default: "by test", summary: "seasonal differences" },
  "max-p": { values: "integer", default: "5", summary: "highest AR order" },
  "max-q": { values: "integer", default: "5", summary: "highest MA order" },
  "max-P": { values: "integer", default: "2", summary: "highest seasonal AR order" },
  "max-Q": { values: "integer", default: "2", summary: "highest seasonal MA order" },
  "max-order": { values: "integer", default: "5", summary: "highest p+q+P+Q of a full search" },
  "max-d": { values: "integer", default: "2", summary: "most differences the test may ask for" },
  "max-D": { values: "integer", default: "1", summary: "most seasonal differences the test may ask for" },
  seasonal: { values: ["true", "false"], default: "true", summary: "whether seasonal orders are considered" },
  stationary: { values: ["true", "false"], default: "false", summary: "no differences at all" },
  mean: { values: ["true", "false"], default: "true", summary: "whether a level other than 0 is considered" },
  drift: { values: ["true", "false"], default: "true", summary: "whether a drift is considered" },
  test: { values: UNIT_ROOT_TESTS, default: "kpss", summary: "unit-root test that decides d" },
  "seasonal-test": { values: SEASONAL_TESTS, default: "strength", summary: "test that decides D" },
};

/** `auto-arima`, `auto-arima(criterion=bic)`, `auto-arima(search=full)[12]`. */
export const autoArimaFamily: Family = {
  name: "auto-arima",
  summary: "seasonal ARIMA with orders chosen by a criterion and differences by tests",
  forms: ["auto-arima", "auto-arima(criterion=bic)", "auto-arima(search=full)", "auto-arima(d=1, D=1)[12]"],
  options: OPTION_NAMES.map(([, name]) => ({ name, ...SUMMARIES[name]! })),
  inputs: true,
  seasonal: true,
  processes: [],
  build: (call) => autoArima(optionsOf(call)),
};

function optionsOf({ groups, options, season }: ModelCall): AutoArimaOptions {
  if (groups.flat().length > 0) {
    throw badModel(
      `auto-arima(${groups.flat().join(",")})`,
      "takes no orders, since it chooses them; fixed orders are written as in arima(0,1,1)",
    );
  }
  const read: Record<string, string | number | boolean> = {};
  for (const [key, name] of OPTION_NAMES) {
    const text = options.get(name);
    if (text !== undefined) read[key] = readValue(SUMMARIES[name]!.values, text);
  }
  return { ...(read as AutoArimaOptions), ...(season === null ? {} : { period: season }) };
}

function readValue(values: FamilyOption["values"], text: string): string | number | boolean {
  if (values === "integer") return Number(text);
  return text === "true" || text === "false" ? text === "true" : text;
}

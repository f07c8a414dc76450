import { flag, whole, word } from "../../models/contract/kinds.js";
import { type ChoiceOf, type OptionsOf, option } from "../../models/contract/schema.js";

export const AUTO_ETS_OPTIONS = {
  /** What is minimised: `"aicc"` (default), `"aic"` or `"bic"`. */
  criterion: option(word("aicc", "aic", "bic"), { default: "aicc", summary: "what is minimised" }),
  /** Steps in a season; default: the period of the series; 1 for none. */
  period: option(whole(1, 100_000), {
    unset: "the series' period",
    summary: "steps in a season, 1 for none",
  }),
  /**
   * `"full"` (default): every form from its commonest starts, those that come near the best from all. `"quick"`: the five
   * most promising forms from one start each, in a third of the time.
   */
  search: option(word("full", "quick"), {
    default: "full",
    summary: "every form, or the promising ones only",
  }),
  /** Whether slopes are damped: both are tried by default. */
  damped: option(flag, { unset: "both", summary: "whether trends are damped" }),
  /** Whether relative errors and multiplicative seasons are tried where the data are positive. Default true. */
  multiplicative: option(flag, {
    default: true,
    summary: "whether relative errors and multiplicative seasons are tried",
  }),
  /** Whether multiplicative trends are tried too. Default false: they diverge at long horizons. */
  multiplicativeTrend: option(flag, { default: false, summary: "whether multiplicative trends are tried" }),
};

export interface AutoEtsOptions extends OptionsOf<typeof AUTO_ETS_OPTIONS> {}

/** All options with their values. */
export type AutoEtsChoice = ChoiceOf<typeof AUTO_ETS_OPTIONS>;

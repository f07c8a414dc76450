import type { UnitRootTests } from "../../diagnostics/orders/ndiffs.js";
import type { SeasonalTests } from "../../diagnostics/orders/nsdiffs.js";
import { flag, whole, word } from "../../models/contract/kinds.js";
import { type ChoiceOf, type OptionsOf, option } from "../../models/contract/schema.js";

/** Bounds are those beyond which a search over orders would not end within reason. */
export const AUTO_ARIMA_OPTIONS = {
  /** What is minimised: `"aicc"` (default), `"aic"` or `"bic"`. */
  criterion: option(word("aicc", "aic", "bic"), { default: "aicc", summary: "what is minimised" }),
  /**
   * `"stepwise"` (default): from neighbour to neighbour. `"full"`: every order within `maxOrder`. `"quick"`: the neighbours
   * that differ in one order, compared near their maxima only, in half the time.
   */
  search: option(word("stepwise", "full", "quick"), {
    default: "stepwise",
    summary: "stepwise search, every order, or nearest neighbours only",
  }),
  /** Differences; default: decided by `unitRootTest`. */
  d: option(whole(0, 2), { unset: "by test", summary: "ordinary differences" }),
  /** Seasonal differences; default: decided by `seasonalTest`. */
  D: option(whole(0, 1), { unset: "by test", summary: "seasonal differences" }),
  /** Highest AR order, less for short series. */
  maxP: option(whole(0, 30), { default: 5, summary: "highest AR order" }),
  /** Highest MA order, less for short series. */
  maxQ: option(whole(0, 30), { default: 5, summary: "highest MA order" }),
  /** Highest seasonal AR order. */
  maxSeasonalP: option(whole(0, 5), { default: 2, summary: "highest seasonal AR order", aliases: ["max-P"] }),
  /** Highest seasonal MA order. */
  maxSeasonalQ: option(whole(0, 5), { default: 2, summary: "highest seasonal MA order", aliases: ["max-Q"] }),
  /** Highest p + q + P + Q of a full search. */
  maxOrder: option(whole(0, 70), { default: 5, summary: "highest p+q+P+Q of a full search" }),
  /** Most differences the test may ask for. */
  maxDifferences: option(whole(0, 2), {
    default: 2,
    summary: "most differences that the test may choose",
    aliases: ["max-d"],
  }),
  /** Most seasonal differences the test may ask for. */
  maxSeasonalDifferences: option(whole(0, 1), {
    default: 1,
    summary: "most seasonal differences that the test may choose",
    aliases: ["max-D"],
  }),
  /** Whether seasonal orders are considered. Default true. */
  seasonal: option(flag, { default: true, summary: "whether seasonal orders are considered" }),
  /** No differences at all. Default false. */
  stationary: option(flag, { default: false, summary: "whether differencing is forbidden" }),
  /** Whether a level other than 0 is considered. Default true. */
  mean: option(flag, { default: true, summary: "whether a level other than 0 is considered" }),
  /** Whether a drift is considered. Default true. */
  drift: option(flag, { default: true, summary: "whether a drift is considered" }),
  /** Unit-root test that decides d. Default `"kpss"`. */
  unitRootTest: option(word("kpss", "adf", "pp"), {
    default: "kpss",
    summary: "unit-root test that decides d",
    aliases: ["test"],
  }),
  /** Test that decides D. Default `"strength"`. */
  seasonalTest: option(word("strength", "ocsb", "hegy", "canova-hansen"), {
    default: "strength",
    summary: "test that decides D",
  }),
  /** Steps in a season; default: the period of the series. */
  period: option(whole(1, 100_000), { unset: "the series' period", summary: "steps in a season" }),
};

/** How orders are chosen; everything has a default. */
export interface AutoArimaOptions extends OptionsOf<typeof AUTO_ARIMA_OPTIONS> {}

export type AutoArimaChoice = ChoiceOf<typeof AUTO_ARIMA_OPTIONS>;

/** The tests that may decide differences, by their names. */
export interface DifferencingTests {
  readonly unitRoot: UnitRootTests;
  readonly seasonal: SeasonalTests;
}

/** A choice with the tests that it names. */
export interface TestedChoice extends AutoArimaChoice {
  readonly tests: DifferencingTests;
}

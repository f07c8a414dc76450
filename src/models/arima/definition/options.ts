import { nearest, show } from "../../../core/checks.js";
import { usageError } from "../../../core/errors.js";
import { choiceFrom } from "../../contract/choice.js";
import { flag, triple, valuesByName, whole, word } from "../../contract/kinds.js";
import { type ChoiceOf, type Form, type OptionsOf, option } from "../../contract/schema.js";
import { notationOf } from "../../contract/write.js";

const HIGHEST_ORDER = 200;
const HIGHEST_SEASONAL = 20;
const MOST_DIFFERENCES = 4;
const LONGEST_PERIOD = 100_000;

const ARIMA_OPTIONS = {
  /** Orders p, d, q of the ordinary part; d differences. */
  order: option(triple(HIGHEST_ORDER, MOST_DIFFERENCES, HIGHEST_ORDER), {
    required: true,
    summary: "orders p, d, q: autoregressive, differences, moving average",
  }),
  /** Orders P, D, Q of the seasonal part; default none. */
  seasonal: option(triple(HIGHEST_SEASONAL, MOST_DIFFERENCES, HIGHEST_SEASONAL), {
    default: [0, 0, 0],
    shown: "none",
    summary: "orders P, D, Q of the seasonal part",
  }),
  /** Steps in a season; default the period of the series. */
  period: option(whole(1, LONGEST_PERIOD), { unset: "the series' period", summary: "steps in a season" }),
  /** Whether the series moves around a level other than 0. Default: yes without differences; impossible with them. */
  mean: option(flag, {
    unset: "true without differences, else false",
    summary: "whether the series has a mean other than 0",
  }),
  /** Whether there is a straight line in the row number, the average change per step after one difference. Default no. */
  drift: option(flag, {
    default: false,
    summary: "linear trend: the average change per step after one difference",
  }),
  /**
   * `"ml"` (default): exact maximum likelihood. `"css"`: conditional sum of squares, for comparison with other programs.
   * `"css-ml"`: maximum likelihood that starts from there as well.
   */
  method: option(word("ml", "css-ml", "css"), {
    default: "ml",
    summary: "exact maximum likelihood, the same started from conditional least squares, or these alone",
  }),
  /** Coefficients held at given values, by name: `{ ar1: 0.5, ma2: 0 }`. */
  fixed: option(valuesByName("ar1:0.5;ma2:0"), {
    default: {},
    shown: "none",
    summary: "coefficients fixed at values, as in fixed=ar1:0.5;ma2:0",
  }),
  /** Random starting points on top of the chosen ones, for likelihoods with many maxima. Default 0. */
  starts: option(whole(0, 1000), {
    default: 0,
    summary: "additional random starting points",
  }),
};

/** What to fit. */
export interface ArimaOptions extends OptionsOf<typeof ARIMA_OPTIONS> {}

/** How the coefficients are found. */
export type ArimaMethod = Choice["method"];

type Given = ChoiceOf<typeof ARIMA_OPTIONS>;

/** Options with their defaults, checked as far as they can be without data. */
export interface Choice extends Omit<Given, "mean"> {
  readonly mean: boolean;
}

/** How the model is written. */
export const ARIMA_FORM: Form<typeof ARIMA_OPTIONS> = {
  name: "arima",
  forms: [
    "arima(2,1,2)",
    "arima(0,1,1)(0,1,1)[12]",
    "arima(1,0,0, mean=false)",
    "arima(1,1,1, drift=true)",
    "arima(0,1,2, fixed=ma1:0)",
  ],
  options: ARIMA_OPTIONS,
  positions: [["order"], ["seasonal"]],
  period: "period",
  unwritten: ({ order, seasonal, mean }) => [
    ...(seasonal.some((value) => value > 0) ? [] : (["period"] as const)),
    ...(mean === (order[1] + seasonal[1] === 0) ? (["mean"] as const) : []),
  ],
};

/** @throws YuleError `bad-<option>`. */
export function checkedChoice(options: ArimaOptions): Choice {
  return resolved(choiceFrom(ARIMA_FORM, options));
}

/** @throws YuleError `bad-mean`, `bad-drift`, `bad-fixed` for options that do not go together. */
export function resolved(choice: Given): Choice {
  const differences = choice.order[1] + choice.seasonal[1];
  const mean = choice.mean ?? differences === 0;
  if (mean && differences > 0) throw meanError(differences);
  if (choice.drift && differences > 1) throw driftError(differences);
  requireFinite(choice.fixed);
  return { ...choice, mean };
}

function meanError(differences: number): Error {
  return usageError(
    "bad-mean",
    "mean",
    true,
    `A mean cannot be estimated from a series differenced ${differences} times: differences remove it; use drift=true for an average change.`,
  );
}

function driftError(differences: number): Error {
  return usageError(
    "bad-drift",
    "drift",
    true,
    `A drift cannot be estimated from a series differenced ${differences} times: leave drift out, or difference at most once.`,
  );
}

function requireFinite(fixed: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(fixed)) {
    if (Number.isFinite(value)) continue;
    throw usageError(
      "bad-fixed",
      name,
      value,
      `The coefficient ${name} must be fixed at a finite number, not ${show(value)}.`,
    );
  }
}

/** @throws YuleError `bad-fixed` where a held coefficient is not one of the model's. */
export function requireKnownNames(fixed: Readonly<Record<string, number>>, names: readonly string[]): void {
  for (const name of Object.keys(fixed)) {
    if (names.includes(name)) continue;
    const guess = names.length === 0 ? "it has none" : `did you mean ${nearest(name, names)}?`;
    throw usageError(
      "bad-fixed",
      name,
      fixed[name],
      `The model has no coefficient ${show(name)} to hold; ${guess}`,
    );
  }
}

/** The canonical notation; the season is written once it is known. */
export function arimaNotation(choice: Choice, season: number | null = choice.period): string {
  return notationOf(ARIMA_FORM, { ...choice, period: season });
}

import type { Model } from "../../core/model.js";
import { defineModel, makeModel } from "../contract/define.js";
import { flag, word } from "../contract/kinds.js";
import { type ChoiceOf, type OptionsOf, option } from "../contract/schema.js";
import { chosenFrom, etsModel, fitChosen, SHARED_OPTIONS } from "./ets.js";
import type { EtsFitted } from "./fit.js";
import { etsProcess } from "./process.js";

const { alpha, beta, gamma, phi, bounds, initial, period } = SHARED_OPTIONS;
/** Whether the slope is damped. Default false. */
const damped = option(flag, { default: false, summary: "whether the slope is damped" });

const SES_OPTIONS = { alpha, bounds, initial };

const HOLT_OPTIONS = {
  damped,
  /** Whether the trend multiplies, with relative errors. Default false. */
  exponential: option(flag, { default: false, summary: "whether the trend is multiplicative" }),
  alpha,
  beta,
  phi,
  bounds,
  initial,
};

const HOLT_WINTERS_OPTIONS = {
  /** `"additive"` (default) or `"multiplicative"`, with relative errors. */
  seasonal: option(word("additive", "multiplicative"), {
    default: "additive",
    summary: "additive or multiplicative season",
  }),
  damped,
  alpha,
  beta,
  gamma,
  phi,
  bounds,
  initial,
  period,
};

export interface SesOptions extends OptionsOf<typeof SES_OPTIONS> {}

export interface HoltOptions extends OptionsOf<typeof HOLT_OPTIONS> {}

export interface HoltWintersOptions extends OptionsOf<typeof HOLT_WINTERS_OPTIONS> {}

/**
 * Simple exponential smoothing, ets(A,N,N): a level that moves by α of each error.
 *
 * @param options see `SesOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError as `ets` does.
 * @example forecast(ses().fit(nile), { horizon: 10 });
 */
export function ses(options: SesOptions = {}): Model<EtsFitted> {
  return makeModel(sesModel, options);
}

/**
 * Holt's method, ets(A,A,N): level and slope; damped ets(A,Ad,N), exponential ets(M,M,N).
 *
 * @param options see `HoltOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError as `ets` does.
 * @see C. C. Holt (1957), reprinted in International Journal of Forecasting 20 (2004), 5-10.
 * @example forecast(holt({ damped: true }).fit(usage), { horizon: 10 });
 */
export function holt(options: HoltOptions = {}): Model<EtsFitted> {
  return makeModel(holtModel, options);
}

/**
 * Holt and Winters' method: level, slope and season; ets(A,A,A), or ets(M,A,M) when multiplicative.
 *
 * @param options see `HoltWintersOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError as `ets` does.
 * @see P. R. Winters, Management Science 6 (1960), 324-342.
 * @example forecast(holtWinters({ seasonal: "multiplicative" }).fit(passengers), { horizon: 24 });
 */
export function holtWinters(options: HoltWintersOptions = {}): Model<EtsFitted> {
  return makeModel(holtWintersModel, options);
}

/** What is not said of an ets model under another name. */
const OPEN = { alpha: null, beta: null, gamma: null, phi: null, period: null } as const;
const SHARED = { inputs: "ignores", values: { squared: true }, processes: [etsProcess] } as const;

export const sesModel = defineModel({
  ...SHARED,
  name: "ses",
  summary: "simple exponential smoothing, ets(A,N,N)",
  forms: ["ses", "ses(alpha=0.3, initial=simple)"],
  options: SES_OPTIONS,
  fit: (series, { choice, notation }) =>
    fitChosen(series, chosenFrom({ ...OPEN, ...choice, error: "A", trend: "N", season: "N" }), notation),
});

export const holtModel = defineModel({
  ...SHARED,
  name: "holt",
  summary: "Holt's linear trend, ets(A,A,N)",
  forms: ["holt", "holt(damped=true)", "holt(exponential=true)"],
  options: HOLT_OPTIONS,
  check: (choice) => {
    holtForm(choice);
  },
  fit: (series, { choice, notation }) => fitChosen(series, holtForm(choice), notation),
});

function holtForm({ damped, exponential, ...choice }: ChoiceOf<typeof HOLT_OPTIONS>) {
  const error = exponential ? "M" : "A";
  return chosenFrom({ ...OPEN, ...choice, error, trend: damped ? `${error}d` : error, season: "N" });
}

export const holtWintersModel = defineModel({
  ...SHARED,
  name: "holt-winters",
  summary: "Holt and Winters' level, trend and season",
  forms: ["holt-winters", "holt-winters(seasonal=multiplicative)[12]"],
  options: HOLT_WINTERS_OPTIONS,
  period: "period",
  check: (choice) => {
    holtWintersForm(choice);
  },
  fit: (series, { choice, notation, written }) =>
    fitChosen(series, holtWintersForm(choice), notation, (period) => written({ period })),
});

function holtWintersForm({ damped, seasonal, ...choice }: ChoiceOf<typeof HOLT_WINTERS_OPTIONS>) {
  const error = seasonal === "multiplicative" ? "M" : "A";
  return chosenFrom({ ...choice, error, trend: damped ? "Ad" : "A", season: error });
}

export const smoothingModels = [etsModel, sesModel, holtModel, holtWintersModel];

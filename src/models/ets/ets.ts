import { usageError } from "../../core/errors.js";
import type { Model } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { defineModel, makeModel } from "../contract/define.js";
import { number, whole, word } from "../contract/kinds.js";
import { type ChoiceOf, type OptionsOf, option } from "../contract/schema.js";
import { type EtsFitted, fitForm } from "./fit.js";
import type { Bounds } from "./likelihood/region.js";
import { simpleStates } from "./likelihood/simple-states.js";
import { etsProcess } from "./process.js";
import { type EtsForm, formLetters, type SmoothingName, smoothingNames } from "./recursion/form.js";
import type { FormSearchOptions } from "./search/form-search.js";

/** Options that all members of the family share. */
export const SHARED_OPTIONS = {
  /** Smoothing of the level to hold where it is: how far an error moves it. */
  alpha: option(number({ from: 0, to: 1 }), {
    unset: "estimated",
    summary: "smoothing parameter of the level",
  }),
  /** Smoothing of the slope (β = αβ*). */
  beta: option(number({ from: 0, to: 1 }), {
    unset: "estimated",
    summary: "smoothing parameter of the slope",
  }),
  /** Smoothing of the season. */
  gamma: option(number({ from: 0, to: 1 }), {
    unset: "estimated",
    summary: "smoothing parameter of the season",
  }),
  /** Damping of the slope, above 0 and at most 1. */
  phi: option(number({ above: 0, to: 1 }), { unset: "estimated", summary: "damping parameter of the slope" }),
  /**
   * Where parameters are searched. `"usual"`: 0.0001 ≤ α ≤ 0.9999, β ≤ α, γ ≤ 1 − α, 0.8 ≤ φ ≤ 0.98; `"admissible"`:
   * wherever the start is forgotten; `"both"` (default).
   */
  bounds: option(word("both", "usual", "admissible"), {
    default: "both",
    summary: "region searched for the smoothing parameters",
  }),
  /** Initial states `"optimal"` (default): estimated; `"simple"`: read off the first values. */
  initial: option(word("optimal", "simple"), {
    default: "optimal",
    summary: "initial states: estimated, or computed from the first values",
  }),
  /** Steps in a season; default: the period of the series. */
  period: option(whole(2, 100_000), { unset: "the series' period", summary: "steps in a season" }),
};

const { period, ...SMOOTHING } = SHARED_OPTIONS;
const INSTEAD = "auto-ets chooses all three";

const ETS_OPTIONS = {
  /** `"A"`: errors add to the prediction; `"M"`: they are relative to it. Default `"A"`. */
  error: option(word("A", "M"), { default: "A", summary: "additive or relative errors", instead: INSTEAD }),
  /** None, additive, additive damped, multiplicative, multiplicative damped. Default `"N"`. */
  trend: option(word("N", "A", "Ad", "M", "Md"), {
    default: "N",
    summary: "trend: none, additive, multiplicative, d for damped",
    instead: INSTEAD,
  }),
  /** None, additive or multiplicative. Default `"N"`. */
  season: option(word("N", "A", "M"), {
    default: "N",
    summary: "season: none, additive or multiplicative",
    instead: INSTEAD,
  }),
  period,
  ...SMOOTHING,
};

/** What to fit; everything has a default. */
export interface EtsOptions extends OptionsOf<typeof ETS_OPTIONS> {}

/**
 * Exponential smoothing in state-space form, ETS(error, trend, season), by maximum likelihood.
 *
 * y_t = f_t + e_t or f_t(1 + e_t), e_t independent N(0, σ²); the error moves level, slope and season by α, β and γ. Forms
 * with additive error and components have exact normal forecasts; the others are simulated. Missing values are treated
 * exactly in the former, in the latter as if their error had been 0. The criteria aic, aicc and bic are R's.
 *
 * @param options see `EtsOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-error`, `bad-trend`, `bad-season`, `bad-period`, `bad-bounds`, `bad-initial`, `bad-alpha` …; when
 *   fitting `not-positive` (multiplicative components need values above 0), `series-too-short`, `no-season`,
 *   `unseen-season`, `value-range`, `no-estimates`.
 * @see R. J. Hyndman, A. B. Koehler, J. K. Ord, R. D. Snyder, Forecasting with Exponential Smoothing (2008).
 * @example
 * const fitted = ets({ error: "M", trend: "Ad", season: "M" }).fit(passengers);
 * forecast(fitted, { horizon: 24 });
 */
export function ets(options: EtsOptions = {}): Model<EtsFitted> {
  return makeModel(etsModel, options);
}

/** `ets(A,Ad,M)[12]`. */
export const etsModel = defineModel({
  name: "ets",
  summary: "exponential smoothing in state-space form: error, trend, season",
  forms: ["ets(A,N,N)", "ets(M,Ad,M)[12]", "ets(A,A,A, bounds=usual)[4]"],
  options: ETS_OPTIONS,
  positions: [["error", "trend", "season"]],
  allPositions: "auto-ets chooses them",
  period: "period",
  inputs: "ignores",
  values: { squared: true },
  processes: [etsProcess],
  check: (choice) => {
    chosenFrom(choice);
  },
  fit: (series, { choice, notation, written }) =>
    fitChosen(series, chosenFrom(choice), notation, (period) => written({ period })),
});

/** Options with their defaults. */
export interface ChosenEts {
  readonly form: Omit<EtsForm, "period">;
  readonly period: number | null;
  readonly fixed: Partial<Record<SmoothingName, number>>;
  readonly bounds: Bounds;
  readonly initial: "optimal" | "simple";
}

/** Fits what was chosen, with the period of the series where none was. */
export function fitChosen(
  series: Series,
  chosen: ChosenEts,
  notation: string,
  withPeriod: (period: number) => string = () => notation,
): EtsFitted {
  const form = formFor(chosen, series, notation);
  const given = chosen.initial === "simple" ? simpleStates(series.y, form) : null;
  const options: FormSearchOptions = { bounds: chosen.bounds, fixed: chosen.fixed, given };
  return fitForm(form, series, options, form.season === "N" ? notation : withPeriod(form.period));
}
/** The form with its period. @throws YuleError `no-season` where there is none to be had. */
function formFor(chosen: ChosenEts, series: Series, notation: string): EtsForm {
  if (chosen.form.season === "N") return { ...chosen.form, period: 1 };
  const period = chosen.period ?? series.period;
  if (period > 1) return { ...chosen.form, period };
  throw usageError(
    "no-season",
    "period",
    period,
    `The model ${notation} needs a season and ${series.id} has none; give one as in ets(A,N,A)[12], or leave the season out.`,
  );
}

/** @throws YuleError `bad-alpha` …, `bad-period` for a parameter that the form does not have. */
export function chosenFrom(choice: ChoiceOf<typeof ETS_OPTIONS>): ChosenEts {
  const { error, trend, season, period, bounds, initial } = choice;
  const form = { error, trend: trend.charAt(0) as EtsForm["trend"], damped: trend.endsWith("d"), season };
  const names = smoothingNames({ ...form, period: 2 });
  const fixed: Partial<Record<SmoothingName, number>> = {};
  for (const name of ["alpha", "beta", "gamma", "phi"] as const) {
    const value = choice[name];
    if (value === null) continue;
    if (!names.includes(name)) throw unused(form, name, value);
    fixed[name] = value;
  }
  if (period !== null && season === "N") throw periodUnused(form, period);
  return { form, period, fixed, bounds, initial };
}

function periodUnused(form: Omit<EtsForm, "period">, period: number): Error {
  const message = `The model ets(${formLetters(form)}) has no season and takes no period; leave ${period} out.`;
  return usageError("bad-period", "period", period, message);
}

function unused(form: Omit<EtsForm, "period">, name: SmoothingName, value: number): Error {
  return usageError(
    `bad-${name}`,
    name,
    value,
    `The model ets(${formLetters(form)}) has no ${name} to be set to ${value}; leave it out.`,
  );
}

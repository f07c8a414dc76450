import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { Model } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { plainModel } from "../guard.js";
import { writeNotation } from "../notation.js";
import { type EtsFitted, fitForm } from "./fit.js";
import type { Bounds } from "./likelihood/region.js";
import { simpleStates } from "./likelihood/simple-states.js";
import { type EtsForm, formLetters, type SmoothingName, smoothingNames } from "./recursion/form.js";
import type { FormSearchOptions } from "./search/form-search.js";

/** What to fit; without a season the period plays no part. */
export interface EtsOptions {
  /** `"A"`: errors add to the prediction; `"M"`: they are relative to it. Default `"A"`. */
  readonly error?: "A" | "M";
  /** None, additive, additive damped, multiplicative, multiplicative damped. Default `"N"`. */
  readonly trend?: "N" | "A" | "Ad" | "M" | "Md";
  /** None, additive or multiplicative. Default `"N"`. */
  readonly season?: "N" | "A" | "M";
  /** Steps in a season; default: the period of the series. */
  readonly period?: number;
  /** Smoothing parameters to hold where they are: how far an error moves level, slope (β = αβ*) and season. */
  readonly alpha?: number;
  readonly beta?: number;
  readonly gamma?: number;
  /** Damping of the slope, above 0 and at most 1. */
  readonly phi?: number;
  /**
   * Where parameters are searched. `"usual"`: 0.0001 ≤ α ≤ 0.9999, β ≤ α, γ ≤ 1 − α, 0.8 ≤ φ ≤ 0.98; `"admissible"`:
   * wherever the start is forgotten; `"both"` (default).
   */
  readonly bounds?: Bounds;
  /** Initial states `"optimal"` (default): estimated; `"simple"`: read off the first values. */
  readonly initial?: "optimal" | "simple";
}

const ETS_OPTIONS: OptionTable<EtsOptions> = {
  error: ["A", "M"],
  trend: ["N", "A", "Ad", "M", "Md"],
  season: ["N", "A", "M"],
  period: "number",
  alpha: "number",
  beta: "number",
  gamma: "number",
  phi: "number",
  bounds: ["both", "usual", "admissible"],
  initial: ["optimal", "simple"],
};

/**
 * Exponential smoothing in state-space form, ETS(error, trend, season), by maximum likelihood.
 *
 * y_t = f_t + e_t or f_t(1 + e_t), e_t independent N(0, σ²); the error moves level, slope and season by α, β and γ. Forms
 * with additive error and components have exact normal forecasts; the others are simulated. Missing values are treated
 * exactly in the former, in the latter as if their error had been 0. The criteria aic, aicc and bic are R's.
 *
 * @throws YuleError `bad-error`, `bad-trend`, `bad-season`, `bad-period`, `bad-bounds`, `bad-initial`, `bad-alpha` …; when
 *   fitting `not-positive` (multiplicative components need values above 0), `series-too-short`, `no-season`,
 *   `unseen-season`, `value-range`, `no-estimates`.
 * @see R. J. Hyndman, A. B. Koehler, J. K. Ord, R. D. Snyder, Forecasting with Exponential Smoothing (2008).
 * @example
 * const fitted = ets({ error: "M", trend: "Ad", season: "M" }).fit(passengers);
 * forecast(fitted, { horizon: 24 });
 */
export function ets(options: EtsOptions = {}): Model {
  requireOptions("ets", options, ETS_OPTIONS);
  const chosen = checked(options);
  const notation = (period: number | null) => etsNotation(chosen, period);
  return plainModel({
    notation: notation(chosen.period),
    missing: "keep",
    fit(series) {
      const form = formFor(chosen, series, notation(chosen.period));
      return fitChosen(form, chosen, series, notation(form.season === "N" ? null : form.period));
    },
  });
}

/** Options with their defaults. */
export interface ChosenEts {
  readonly form: Omit<EtsForm, "period">;
  readonly period: number | null;
  readonly fixed: Partial<Record<SmoothingName, number>>;
  readonly bounds: Bounds;
  readonly initial: "optimal" | "simple";
}

/** Fits what was chosen, its period now known. */
export function fitChosen(form: EtsForm, chosen: ChosenEts, series: Series, notation: string): EtsFitted {
  const given = chosen.initial === "simple" ? simpleStates(series.y, form) : null;
  const options: FormSearchOptions = { bounds: chosen.bounds, fixed: chosen.fixed, given };
  return fitForm(form, series, options, notation);
}

/** The form with its period. @throws YuleError `no-season` where there is none to be had. */
export function formFor(chosen: ChosenEts, series: Series, notation: string): EtsForm {
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

function etsNotation({ form, fixed, bounds, initial }: ChosenEts, period: number | null): string {
  const options: [string, string | number][] = Object.entries(fixed);
  if (bounds !== "both") options.push(["bounds", bounds]);
  if (initial !== "optimal") options.push(["initial", initial]);
  return writeNotation("ets", [formLetters(form).split(",")], options, form.season === "N" ? null : period);
}

/** @throws YuleError `bad-…` for what is not allowed. */
export function checked(options: EtsOptions): ChosenEts {
  const { error = "A", trend = "N", season = "N", bounds = "both", initial = "optimal" } = options;
  requireWord("error", error, ["A", "M"]);
  requireWord("trend", trend, ["N", "A", "Ad", "M", "Md"]);
  requireWord("season", season, ["N", "A", "M"]);
  requireWord("bounds", bounds, ["both", "usual", "admissible"]);
  requireWord("initial", initial, ["optimal", "simple"]);
  if (options.period !== undefined) requireInteger("period", options.period, 2, 100_000);
  const form = {
    error,
    trend: trend.charAt(0) as EtsForm["trend"],
    damped: trend.endsWith("d"),
    season,
  };
  return { form, period: options.period ?? null, fixed: fixedOf(form, options), bounds, initial };
}

function fixedOf(form: Omit<EtsForm, "period">, options: EtsOptions): ChosenEts["fixed"] {
  const fixed: Partial<Record<SmoothingName, number>> = {};
  const names = smoothingNames({ ...form, period: 2 });
  for (const name of ["alpha", "beta", "gamma", "phi"] as const) {
    const value = options[name];
    if (value === undefined) continue;
    if (!names.includes(name)) throw unused(form, name, value);
    if (!(value >= 0 && value <= 1) || (name === "phi" && value === 0)) throw outside(name, value);
    fixed[name] = value;
  }
  return fixed;
}

function unused(form: Omit<EtsForm, "period">, name: SmoothingName, value: number): Error {
  return usageError(
    `bad-${name}`,
    name,
    value,
    `The model ets(${formLetters(form)}) has no ${name} to be set to ${value}; leave it out.`,
  );
}

function outside(name: SmoothingName, value: number): Error {
  const range = name === "phi" ? "above 0 and at most 1" : "from 0 to 1";
  return usageError(`bad-${name}`, name, value, `The ${name} must be ${range}, not ${show(value)}.`);
}

function requireWord(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  throw usageError(
    `bad-${name}`,
    name,
    value,
    `The ${name} of ets must be one of ${allowed.join(", ")}, not ${show(value)}.`,
  );
}

import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger, show } from "../../core/checks.js";
import { dataError, usageError } from "../../core/errors.js";
import type { Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { interpolateMissing } from "../../diagnostics/interpolate.js";
import { replay } from "../../engine/replay.js";
import { powerOf } from "../../math/power.js";
import { HIGHEST, LOWEST } from "../ets/index.js";
import { plainModel } from "../guard.js";
import { writeNotation } from "../notation.js";
import { constantNote, originOf } from "../origin.js";
import { simpleSmoothing } from "../shared/simple-smoothing.js";
import { slopeOf, type ThetaEstimate, thetaEstimate } from "./estimate.js";
import type { ThetaParams, ThetaState } from "./motion.js";
import { thetaProcess } from "./process.js";
import { adjustedSeries, type SeasonChoice, type SeasonFigure, seasonFigure } from "./season.js";

export type ThetaMethod = "standard" | "optimised" | "dynamic";

/** Which theta method; everything has a default. */
export interface ThetaOptions {
  /**
   * `"standard"` (default): θ = 2 and α of simple exponential smoothing, as R's `thetaf`. `"optimised"`: θ and α by least
   * squares. `"dynamic"`: so, and the line moves on with the data (Fiorucci et al.'s DOTM).
   */
  readonly method?: ThetaMethod;
  /** How much of the curvature is kept in the smoothed line, at least 1; default 2, or estimated. */
  readonly theta?: number;
  /** How the season is taken out; default `"auto"`: where it is significant, multiplicative where values are positive. */
  readonly season?: SeasonChoice;
  /** Steps in a season; default: the period of the series. */
  readonly period?: number;
}

const NEED = 5;
const METHODS: readonly ThetaMethod[] = ["standard", "optimised", "dynamic"];
const SEASONS: readonly SeasonChoice[] = ["auto", "multiplicative", "additive", "none"];
const THETA_OPTIONS: OptionTable<ThetaOptions> = {
  method: ["standard", "optimised", "dynamic"],
  theta: "number",
  season: ["none", "auto", "additive", "multiplicative"],
  period: "number",
};

/**
 * The theta method: simple exponential smoothing with half (1 − 1/θ) of the slope of a least-squares line, on the seasonally
 * adjusted series.
 *
 * x_{t+1} = ℓ_t + (1 − 1/θ)·B(1 − (1−α)^t)/α + e, ℓ_t = ℓ_{t−1} + α(x_t − ℓ_{t−1}); the variance h steps ahead is
 * σ²(1 + (h−1)α²) + (h−1)²τ², multiplied by the squared seasonal factor, τ the error of the drift: that of the slope's
 * estimate and the part of the slope that is left out. Missing values are interpolated for the estimates and exact in
 * the memory.
 *
 * @throws YuleError `bad-method`, `bad-theta`, `bad-season`, `bad-period`; when fitting `series-too-short`,
 *   `not-positive` for a multiplicative season of data that are not above 0.
 * @see V. Assimakopoulos, K. Nikolopoulos, International Journal of Forecasting 16 (2000), 521-530; R. J. Hyndman, B. Billah,
 *   International Journal of Forecasting 19 (2003), 287-290; J. A. Fiorucci et al., ibid. 32 (2016), 1151-1161.
 * @example forecast(theta({ method: "dynamic" }).fit(passengers), { horizon: 24 });
 */
export function theta(options: ThetaOptions = {}): Model {
  requireOptions("theta", options, THETA_OPTIONS);
  check(options);
  const notation = (period: number | null) => thetaNotation(options, period);
  return plainModel({
    notation: notation(options.period ?? null),
    missing: "keep",
    fit: (series) => fitTheta(series, options, notation),
  });
}

function fitTheta(
  series: Series,
  options: ThetaOptions,
  notationFor: (period: number | null) => string,
): Fitted<ThetaParams, ThetaState> {
  const period = options.period ?? series.period;
  const notation = notationFor(options.period ?? null);
  requireSuited(series, options, notation);
  const observed = series.y.reduce((count, y) => count + (Number.isNaN(y) ? 0 : 1), 0);
  const complete = observed < series.y.length ? interpolateMissing(series.y, period) : series.y;
  const season = seasonFigure(complete, period, options.season ?? "auto");
  const draft = paramsOf(adjustedSeries(complete, season), season, options);
  const { params, logLikelihood, state } = withVariance(draft, series, options);
  return {
    notation,
    process: thetaProcess,
    params,
    state,
    report: {
      observations: observed,
      coefficients: coefficientsOf(params),
      covariance: null,
      sigma2: params.sigma2,
      logLikelihood,
      aic: Number.NaN,
      aicc: Number.NaN,
      bic: Number.NaN,
      converged: true,
      notes: notesOf(series, season, params, period),
      details: {
        theta: 1 / (1 - params.omega),
        driftError: Math.sqrt(params.sigma2 * params.driftSpread),
        season: season.figure.length === 0 ? "none" : season.multiplicative ? "multiplicative" : "additive",
        sigma2Definition: `squared one-step errors of the seasonally adjusted series / (their number - ${numbersIn(options)})`,
        criteriaDefinition: "none: season, line and smoothing are estimated one after the other",
      },
    },
    origin: originOf(series),
    history: series,
  };
}

/** Estimates from a complete, seasonally adjusted series; the variance comes later. */
function paramsOf(x: Float64Array, season: SeasonFigure, options: ThetaOptions): ThetaParams {
  const { figure, multiplicative } = season;
  const dynamic = options.method === "dynamic";
  const slope = slopeOf(x);
  const { alpha, omega, level } = estimated(x, slope, options);
  return {
    dynamic,
    alpha,
    omega,
    level,
    slope: dynamic ? 0 : slope,
    sigma2: 1,
    origin: x.length,
    driftSpread: 0,
    figure,
    multiplicative,
  };
}

function estimated(x: Float64Array, slope: number, options: ThetaOptions): Omit<ThetaEstimate, "squares"> {
  const omega = options.theta === undefined ? null : 1 - 1 / options.theta;
  if (options.method === "dynamic") return thetaEstimate(x, null, omega);
  if (options.method === "optimised") return thetaEstimate(x, slope, omega);
  return { ...simpleSmoothing(x, LOWEST, HIGHEST), omega: omega ?? 0.5 };
}

/** Estimated numbers that one-step errors have lost: α, level, the line's slope, θ. */
function numbersIn({ method, theta: given }: ThetaOptions): number {
  const free = given === undefined && method !== undefined && method !== "standard" ? 1 : 0;
  return (method === "dynamic" ? 2 : 3) + free;
}

/** σ² from the standardised errors of a unit-variance replay, and the replay with it. */
function withVariance(draft: ThetaParams, series: Series, options: ThetaOptions) {
  const unit = replay(thetaProcess, draft, series);
  let squares = 0;
  let count = 0;
  for (const e of unit.standardized) {
    if (Number.isNaN(e)) continue;
    squares += e * e;
    count++;
  }
  const known = { ...draft, sigma2: squares / Math.max(1, count - numbersIn(options)) };
  const slope = draft.dynamic ? unit.state.slope : draft.slope;
  const params = { ...known, driftSpread: driftSpread(known, slope) };
  return { params, ...replay(thetaProcess, params, series) };
}

/** Keeps what an all but perfect line says of its drift within what can be computed with. */
const MOST_SPREAD = 1e8;

/**
 * The mean squared error of ωB as a forecast of the drift to come, in units of σ²: ω²v for the error of B, and (1 − ω)² of
 * the squared slope for the part of it that is left out. v = 6α²σ²/5n + 12σ²/n³ is the variance of the least-squares slope
 * through a series that wanders by ασ a step, with errors of σ about it.
 */
function driftSpread({ alpha, omega, sigma2, origin: n }: ThetaParams, slope: number): number {
  if (sigma2 === 0) return 0;
  const v = (1.2 * alpha * alpha) / n + 12 / powerOf(n, 3);
  const left = Math.max(0, (slope * slope) / sigma2 - v);
  return Math.min(MOST_SPREAD, omega * omega * v + (1 - omega) * (1 - omega) * left);
}

function coefficientsOf({ dynamic, alpha, omega, level, slope }: ThetaParams) {
  const named = (name: string, estimate: number) => ({ name, estimate, stdError: Number.NaN });
  return [
    named("alpha", alpha),
    named("theta", 1 / (1 - omega)),
    named("l", level),
    ...(dynamic ? [] : [named("drift", omega * slope)]),
  ];
}

function notesOf(series: Series, season: SeasonFigure, params: ThetaParams, period: number): Note[] {
  const notes: Note[] = [];
  if (params.sigma2 === 0) notes.push(constantNote(series));
  if (season.reason !== null) {
    notes.push({
      code: "no-season-found",
      severity: "info",
      message: `No season of ${period} was taken out of ${series.id}: ${season.reason}.`,
    });
  }
  return notes;
}

function requireSuited(series: Series, options: ThetaOptions, notation: string): void {
  const { id, y } = series;
  const observed = y.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  if (observed < NEED) {
    throw dataError(
      "series-too-short",
      id,
      observed,
      `The model ${notation} needs at least ${NEED} observed values, ${id} has ${observed}.`,
    );
  }
  const low = options.season === "multiplicative" ? y.findIndex((value) => value <= 0) : -1;
  if (low >= 0) {
    throw dataError(
      "not-positive",
      id,
      y[low],
      `A multiplicative season needs values above 0, but row ${low + 1} of ${id} is ${y[low]}; use season=additive.`,
    );
  }
}

function check({ method = "standard", theta: given = 2, season = "auto", period }: ThetaOptions): void {
  if (!METHODS.includes(method)) throw badWord("method", method, METHODS);
  if (!SEASONS.includes(season)) throw badWord("season", season, SEASONS);
  if (!(given >= 1 && given <= 1e6)) {
    throw usageError("bad-theta", "theta", given, `The theta must be from 1 to 1000000, not ${show(given)}.`);
  }
  if (period !== undefined) requireInteger("period", period, 1, 100_000);
}

function badWord(name: string, value: string, allowed: readonly string[]): Error {
  return usageError(
    `bad-${name}`,
    name,
    value,
    `The ${name} of theta must be one of ${allowed.join(", ")}, not ${show(value)}.`,
  );
}

function thetaNotation({ method, theta: given, season }: ThetaOptions, period: number | null): string {
  const options: [string, string | number][] = [];
  if (method !== undefined && method !== "standard") options.push(["method", method]);
  if (given !== undefined && !(given === 2 && (method ?? "standard") === "standard"))
    options.push(["theta", given]);
  if (season !== undefined && season !== "auto") options.push(["season", season]);
  return writeNotation("theta", [], options, period);
}

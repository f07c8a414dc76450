import { dataError } from "../../core/errors.js";
import type { Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { interpolateMissing } from "../../diagnostics/interpolate.js";
import { replay } from "../../engine/replay.js";
import { powerOf } from "../../math/power.js";
import { defineModel, makeModel } from "../contract/define.js";
import { number, whole, word } from "../contract/kinds.js";
import { type ChoiceOf, type OptionsOf, option } from "../contract/schema.js";
import { HIGHEST, LOWEST } from "../ets/index.js";
import { observedCount } from "../guard.js";
import { constantNote, originOf } from "../origin.js";
import { simpleSmoothing } from "../shared/simple-smoothing.js";
import { slopeOf, type ThetaEstimate, thetaEstimate } from "./estimate.js";
import { thetaProcess } from "./process.js";
import { adjustedSeries, type SeasonFigure, seasonFigure } from "./season.js";
import type { ThetaParams, ThetaState } from "./transition.js";

const NEED = 5;

const THETA_OPTIONS = {
  /**
   * `"standard"` (default): θ = 2 and α of simple exponential smoothing, as R's `thetaf`. `"optimised"`: θ and α by least
   * squares. `"dynamic"`: so, and the line moves on with the data (Fiorucci et al.'s DOTM).
   */
  method: option(word("standard", "optimised", "dynamic"), {
    default: "standard",
    summary: "theta 2; theta and alpha optimised; the same with a line updated at every step",
  }),
  /** How much of the curvature is kept in the smoothed line, at least 1; default 2, or estimated. */
  theta: option(number({ from: 1, to: 1e6 }), {
    unset: "2, or estimated",
    summary: "theta coefficient: curvature of the theta line",
  }),
  /** How the season is taken out; default `"auto"`: where it is significant, multiplicative where values are positive. */
  season: option(word("auto", "multiplicative", "additive", "none"), {
    default: "auto",
    summary: "seasonal adjustment; auto tests for a season",
  }),
  /** Steps in a season; default: the period of the series. */
  period: option(whole(1, 100_000), { unset: "the series' period", summary: "steps in a season" }),
};

/** Which theta method; everything has a default. */
export interface ThetaOptions extends OptionsOf<typeof THETA_OPTIONS> {}

type Choice = ChoiceOf<typeof THETA_OPTIONS>;

export type ThetaMethod = Choice["method"];

export type ThetaFitted = Fitted<ThetaParams, ThetaState, ThetaDetails>;

export type ThetaDetails = {
  readonly theta: number;
  /** The standard error of the drift a step. */
  readonly driftError: number;
  readonly season: "none" | "additive" | "multiplicative";
  readonly sigma2Definition: string;
  readonly criteriaDefinition: string;
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
 * @param options see `ThetaOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-method`, `bad-theta`, `bad-season`, `bad-period`; when fitting `series-too-short`,
 *   `not-positive` for a multiplicative season of data that are not above 0.
 * @see V. Assimakopoulos, K. Nikolopoulos, International Journal of Forecasting 16 (2000), 521-530; R. J. Hyndman, B. Billah,
 *   International Journal of Forecasting 19 (2003), 287-290; J. A. Fiorucci et al., ibid. 32 (2016), 1151-1161.
 * @example forecast(theta({ method: "dynamic" }).fit(passengers), { horizon: 24 });
 */
export function theta(options: ThetaOptions = {}): Model<ThetaFitted> {
  return makeModel(thetaModel, options);
}

/** `theta`, `theta(method=dynamic)`. */
export const thetaModel = defineModel({
  name: "theta",
  summary: "exponential smoothing with a fraction of the linear trend, on the seasonally adjusted series",
  forms: ["theta", "theta(method=dynamic)", "theta(method=optimised, season=additive)[12]", "theta(theta=3)"],
  options: THETA_OPTIONS,
  period: "period",
  unwritten: ({ method, theta }) => (method === "standard" && theta === 2 ? ["theta"] : []),
  inputs: "ignores",
  values: { observed: NEED },
  processes: [thetaProcess],
  fit: (series, { choice, notation }) => fitTheta(series, choice, notation),
});

function fitTheta(series: Series, choice: Choice, notation: string): ThetaFitted {
  const period = choice.period ?? series.period;
  requireSuited(series, choice);
  const observed = observedCount(series.y);
  const complete = observed < series.y.length ? interpolateMissing(series.y, period) : series.y;
  const season = seasonFigure(complete, period, choice.season);
  const draft = paramsOf(adjustedSeries(complete, season), season, choice);
  const { params, logLikelihood, state } = withVariance(draft, series, choice);
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
        driftError: Math.sqrt(params.sigma2 * params.driftVariance),
        season: season.figure.length === 0 ? "none" : season.multiplicative ? "multiplicative" : "additive",
        sigma2Definition: `squared one-step errors of the seasonally adjusted series / (their number - ${numbersIn(choice)})`,
        criteriaDefinition: "none: season, line and smoothing are estimated one after the other",
      },
    },
    origin: originOf(series),
    history: series,
  };
}

/** Estimates from a complete, seasonally adjusted series; the variance comes later. */
function paramsOf(x: Float64Array, season: SeasonFigure, choice: Choice): ThetaParams {
  const { figure, multiplicative } = season;
  const dynamic = choice.method === "dynamic";
  const slope = slopeOf(x);
  const { alpha, omega, level } = estimated(x, slope, choice);
  return {
    dynamic,
    alpha,
    omega,
    level,
    slope: dynamic ? 0 : slope,
    sigma2: 1,
    origin: x.length,
    driftVariance: 0,
    figure,
    multiplicative,
  };
}

function estimated(x: Float64Array, slope: number, choice: Choice): Omit<ThetaEstimate, "squares"> {
  const omega = choice.theta === null ? null : 1 - 1 / choice.theta;
  if (choice.method === "dynamic") return thetaEstimate(x, null, omega);
  if (choice.method === "optimised") return thetaEstimate(x, slope, omega);
  return { ...simpleSmoothing(x, LOWEST, HIGHEST), omega: omega ?? 0.5 };
}

/** Estimated numbers that one-step errors have lost: α, level, the line's slope, θ. */
function numbersIn({ method, theta: given }: Choice): number {
  const free = given === null && method !== "standard" ? 1 : 0;
  return (method === "dynamic" ? 2 : 3) + free;
}

/** σ² from the standardised errors of a unit-variance replay, and the replay with it. */
function withVariance(draft: ThetaParams, series: Series, choice: Choice) {
  const unit = replay(thetaProcess, draft, series);
  let squares = 0;
  let count = 0;
  for (const e of unit.standardized) {
    if (Number.isNaN(e)) continue;
    squares += e * e;
    count++;
  }
  const known = { ...draft, sigma2: squares / Math.max(1, count - numbersIn(choice)) };
  const slope = draft.dynamic ? unit.state.slope : draft.slope;
  const params = { ...known, driftVariance: driftVariance(known, slope) };
  return { params, ...replay(thetaProcess, params, series) };
}

/** Keeps what an all but perfect line says of its drift within what can be computed with. */
const MOST_SPREAD = 1e8;

/**
 * The mean squared error of ωB as a forecast of the drift to come, in units of σ²: ω²v for the error of B, and (1 − ω)² of
 * the squared slope for the part of it that is left out. v = 6α²σ²/5n + 12σ²/n³ is the variance of the least-squares slope
 * through a series that wanders by ασ a step, with errors of σ about it.
 */
function driftVariance({ alpha, omega, sigma2, origin: n }: ThetaParams, slope: number): number {
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
      message: `${series.id} was not seasonally adjusted (period ${period}): ${season.reason}.`,
    });
  }
  return notes;
}

function requireSuited({ id, y }: Series, { season }: Choice): void {
  const low = season === "multiplicative" ? y.findIndex((value) => value <= 0) : -1;
  if (low < 0) return;
  throw dataError(
    "not-positive",
    id,
    y[low],
    `A multiplicative season needs values above 0, but row ${low + 1} of ${id} is ${y[low]}; use season=additive.`,
  );
}

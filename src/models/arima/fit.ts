import { dataError } from "../../core/errors.js";
import type { FitOptions, Fitted } from "../../core/model.js";
import { random } from "../../core/random.js";
import type { Series } from "../../core/series.js";
import { originOf } from "../origin.js";
import type { Choice } from "./definition/options.js";
import { specify, unseenError } from "./definition/specification.js";
import { type ArimaEstimate, estimateAt, freeIndices } from "./estimation/estimate.js";
import { estimateCss } from "./estimation/estimate-css.js";
import { polish } from "./estimation/polish.js";
import { type ArimaParams, stateSpaceOf } from "./params.js";
import { completeRegression, type Problem, poseProblem } from "./problem/problem.js";
import { regressionCoefficients } from "./problem/triangular-regression.js";
import { completeInputs, type LeftOut, leftOutNotes, withoutInputs } from "./problem/usable-inputs.js";
import type { ArimaState } from "./process.js";
import { lessRegression, replayFitted } from "./replay.js";
import { type ArimaDetails, arimaReport } from "./report.js";
import { type SearchEffort, USUAL_EFFORT } from "./search/effort.js";
import { hannanRissanen, pullInside } from "./search/hannan-rissanen.js";
import { searchMaximum } from "./search/maximum.js";
import { withScratch } from "./search/scratch.js";
import { isStationary } from "./state-space/stationary-start.js";

export interface ArimaFitOptions extends FitOptions {
  /** How hard to look for the highest maximum. */
  readonly effort?: SearchEffort;
  /** Starting coefficients (φ, θ, Φ, Θ) to try beside the usual ones. */
  readonly given?: readonly Float64Array[];
  /** Inputs to leave out besides those that cannot be told apart. */
  readonly leftOut?: readonly LeftOut[];
  /** Maxima that may be chosen; default all. */
  readonly admissible?: (x: Float64Array) => boolean;
}

/** A fitted model but for its process. */
export type ArimaFit = Omit<Fitted<ArimaParams, ArimaState, ArimaDetails>, "process">;

/** Estimates, memory and report of one model on one series. */
export function fitOrders(given: Series, choice: Choice, options: ArimaFitOptions): ArimaFit {
  const series = completeInputs(given);
  const spec = specify(choice, series);
  const { leftOut: asked = [] } = options;
  const problem = poseProblem(withoutInputs(series, asked), choice, spec);
  const found = solve(problem, options);
  const params = paramsOf(problem, found, series.inputs.names);
  requireStationary(problem, params);
  const { lags, logLikelihood } = replayFitted(params, lessRegression(series, params), found);
  const values = [...found.x, ...completeRegression(problem, found.regression)];
  // With gaps the estimator's own value lacks a few digits where levels at the start were missing.
  const exact =
    choice.method !== "css" && problem.design.gaps.length > 0 && found.sigma2 > 0 ? logLikelihood : null;
  const estimate = exact === null ? found : { ...found, logLikelihood: exact };
  const report = arimaReport({ ...problem, estimate, params, values, brief: options.brief === true });
  const leftOut = leftOutNotes(spec.notation, problem.series, [...asked, ...problem.leftOut]);
  return {
    notation: spec.notation,
    params,
    state: { lags, row: series.y.length },
    report: { ...report, notes: [...leftOut, ...report.notes] },
    origin: originOf(series),
    history: series,
  };
}

function solve(problem: Problem, options: ArimaFitOptions): ArimaEstimate {
  const { design, choice, spec, held, fixed } = problem;
  if (design.exact) return nothingToEstimate(problem);
  const free = freeIndices(fixed.length, held);
  if (choice.method === "css") return cssEstimate(problem, free);
  const given = [...(options.given ?? [])];
  if (choice.method === "css-ml" && design.gaps.length === 0) given.push(cssStart(problem, free));
  const usual = options.effort ?? USUAL_EFFORT;
  const effort = choice.starts > 0 ? { ...usual, random: choice.starts } : usual;
  const rng = effort.random > 0 ? (options.rng ?? random(1)) : null;
  const { admissible } = options;
  const settings = { held, fixed, effort, rng, given, ...(admissible === undefined ? {} : { admissible }) };
  return withScratch((scratch) => {
    const search = searchMaximum(scratch, design, spec.orders, settings);
    // Long gaps under many differences leave nothing of the likelihood but rounding.
    if (search.best.value === Number.POSITIVE_INFINITY) throw unseenError(problem.series, spec);
    const polished = polish(scratch, search, free, settings);
    return estimateAt(design, search, polished, free, scratch.ws.values);
  });
}

/** @throws YuleError `css-gaps` where missing values leave no residual to sum. */
function cssEstimate(problem: Problem, free: readonly number[]): ArimaEstimate {
  const { design, spec, series, fixed, held } = problem;
  if (design.gaps.length > 0 && spec.orders.q + spec.orders.Q > 0) {
    throw dataError(
      "css-gaps",
      series.id,
      design.gaps.length,
      `Conditional sums of squares of a moving average cannot be computed over the ${design.gaps.length} gaps of ${series.id}; use method=ml, which treats them exactly.`,
    );
  }
  const long = design.long(spec.period);
  const starts = [hannanRissanen(spec.orders, long), new Float64Array(fixed.length)];
  if (held !== null) {
    for (const x of starts) for (let i = 0; i < x.length; i++) if (held[i]) x[i] = fixed[i]!;
  }
  return estimateCss(design, spec.orders, starts, free);
}

function cssStart(problem: Problem, free: readonly number[]): Float64Array {
  const x = cssEstimate(problem, free).x.slice();
  pullInside(problem.spec.orders, x, 0.98);
  return x;
}

/** Regression and differences explain every value: there is nothing for the ARMA part to do. */
function nothingToEstimate({ design, fixed, held, explained }: Problem): ArimaEstimate {
  return {
    x: fixed.slice(),
    regression: explained ?? regressionCoefficients(design, new Float64Array(design.regressors.length)),
    covariance: null,
    free: freeIndices(fixed.length, held),
    sigma2: 0,
    logLikelihood: Number.POSITIVE_INFINITY,
    converged: true,
    evaluations: 0,
    starts: 0,
    ended: 0,
    maxima: [],
    last: null,
    lastValues: null,
  };
}

/** @param names all inputs of the series; those left out get a coefficient of 0. */
function paramsOf(problem: Problem, found: ArimaEstimate, names: readonly string[]): ArimaParams {
  const { choice, spec } = problem;
  const { p, q, P, Q } = spec.orders;
  const x = Array.from(found.x);
  const part = (from: number, count: number) => x.slice(from, from + count);
  const regression = completeRegression(problem, found.regression);
  const used = problem.series.inputs.names;
  const mean = choice.mean ? regression.shift()! : null;
  const drift = choice.drift ? regression.shift()! : null;
  return {
    order: choice.order,
    seasonal: choice.seasonal,
    period: spec.period,
    ar: part(0, p),
    ma: part(p, q),
    sar: part(p + q, P),
    sma: part(p + q + P, Q),
    mean,
    drift,
    inputs: names.map((name) => regression[used.indexOf(name)] ?? 0),
    sigma2: found.sigma2,
  };
}

/** Only conditional sums of squares, and coefficients held there, can leave the stationary region. */
function requireStationary({ series, spec, choice, held }: Problem, params: ArimaParams): void {
  if (choice.method !== "css" && held === null) return;
  if (isStationary(stateSpaceOf(params).model)) return;
  throw dataError(
    "not-stationary",
    series.id,
    spec.notation,
    `The autoregression found for ${spec.notation} on ${series.id} is not stationary, so that forecasts have no finite start: difference once more, or use method=ml.`,
  );
}

import { requireFitted } from "../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { fieldsOf, requireHorizon, requireInteger, show } from "../core/checks.js";
import { dataError, usageError } from "../core/errors.js";
import type { Forecast } from "../core/forecast.js";
import type { Fitted, Note } from "../core/model.js";
import { empirical } from "../distributions/families/empirical.js";
import { defaultHorizon, forecast, futureTimes } from "../engine/forecast.js";
import type { FutureInputs } from "../engine/inputs.js";
import { residuals } from "../engine/residuals.js";
import { type Covariance, completeRows, meanSquares, shrinkage } from "./error-covariance.js";
import type { Hierarchy } from "./hierarchy.js";
import { jointPaths, loadingsOf } from "./joint-paths.js";
import { addUp, METHODS, type Projection, projectionOf, type ReconcileMethod } from "./projection.js";

export interface ReconcileOptions {
  /** Default `mint`: minimum trace, with the covariance of one-step errors shrunk to its diagonal. */
  readonly method?: ReconcileMethod;
  /** Steps ahead; default: two periods, or 10 when not seasonal. */
  readonly horizon?: number;
  /** Sampled paths that intervals come from; default 2000, fewer where there are very many series. */
  readonly paths?: number;
  /** Seed of the sampling; default 1. */
  readonly seed?: number;
  /** Lower bound of the series at the bottom, 0 or below: what lies below is set to it before sums are taken. */
  readonly min?: number;
  /** Future values of regressors, by the id of a series. */
  readonly inputs?: (id: string) => FutureInputs | undefined;
}

const OPTIONS: OptionTable<ReconcileOptions> = {
  method: METHODS,
  horizon: "number",
  paths: "number",
  seed: "number",
  min: "number",
  inputs: "function",
};

const DEFAULT_PATHS = 2000;
/** Values of paths that are kept. */
const MOST_VALUES = 60_000_000;

/** Coherent forecasts of a hierarchy, and the coherent paths they are made of. */
export interface Reconciled {
  /** One a series, in the order of the hierarchy. */
  readonly forecasts: readonly Forecast[];
  readonly count: number;
  readonly horizon: number;
  /** Step h (from 0) of path i of series s is `paths[s][i * horizon + h]`. */
  readonly paths: readonly Float64Array[];
  readonly notes: readonly Note[];
}

/**
 * Forecasts of all series of a hierarchy that add up: means, and sampled paths, from which medians and intervals come.
 *
 * ỹ = S G ŷ, with G = (S'W⁻¹S)⁻¹S'W⁻¹ for `mint` (W the covariance of one-step errors, shrunk to its diagonal) and `ols` (W = 1);
 * G takes the series at the bottom for `bottom-up` and shares the total out by the base forecasts for `top-down`. The same map is applied to
 * every path; base paths are drawn together, correlated between the series as their one-step errors were.
 *
 * @param whole what `hierarchy` made.
 * @param fitted a model of each of its series, in their order; they need their history.
 * @returns coherent forecasts of all series, and paths.
 * @throws YuleError `not-a-hierarchy`, `bad-fits`, `not-fitted`, `bad-reconcile` for `top-down` where levels cross, `bad-min`, `singular-errors`, and as `forecast` does.
 * @see Wickramasuriya, Athanasopoulos and Hyndman 2019, "Optimal forecast reconciliation for hierarchical and grouped time series
 * through trace minimization"; Panagiotelis et al. 2023, "Probabilistic forecast reconciliation".
 * @example
 * const whole = hierarchy(panel, "region/store");
 * const { forecasts } = reconcile(whole, whole.series.map((own) => autoEts().fit(own)), { horizon: 8 });
 */
export function reconcile(
  whole: Hierarchy,
  fitted: readonly Fitted[],
  options: ReconcileOptions = {},
): Reconciled {
  requireOptions("reconcile", options, OPTIONS);
  requireHierarchy(whole);
  requireFits(whole, fitted);
  const { method = "mint", seed = 1, min } = options;
  if (min !== undefined && !(min <= 0)) throw badMin(min);
  const horizon = requireHorizon(options.horizon ?? defaultHorizon(whole.series[0]!.period));
  const n = fitted.length;
  const asked = requireInteger("paths", options.paths ?? DEFAULT_PATHS, 1, 1_000_000);
  const count = Math.max(1, Math.min(asked, Math.floor(MOST_VALUES / (n * horizon))));
  const inputs = whole.series.map(({ id }) => options.inputs?.(id));
  const base = fitted.map((one, s) => baseOf(one, horizon, seed, inputs[s]));
  const errors = completeRows(whole.series.map((series, s) => residuals(fitted[s]!, { series })));
  const { covariance, notes } = covarianceOf(whole, fitted, errors, method);
  const project = bounded(
    projectionOf(
      whole,
      method,
      covariance,
      base.map(({ mean }) => mean),
    ),
    whole,
    min,
  );
  const mean = base.map((own) => own.mean.slice());
  projectAll(mean, horizon, project);
  const paths = jointPaths(fitted, loadingsOf(errors, n), { count, horizon, seed, inputs });
  projectAll(paths, horizon, project);
  return {
    forecasts: base.map((own, s) => coherent(own, mean[s]!, paths[s]!, whole.series[s]!.id)),
    count,
    horizon,
    paths,
    notes: [...whole.notes, ...notes, ...countNote(asked, count), ...signNotes(whole, mean, min)],
  };
}

/** What a model forecasts by itself: exact where it can, without a sample of its own where it cannot. */
function baseOf(fitted: Fitted, horizon: number, seed: number, inputs: FutureInputs | undefined): Forecast {
  return forecast(fitted, { horizon, seed, ...(inputs === undefined ? {} : { inputs }) });
}

function covarianceOf(
  { series }: Hierarchy,
  fitted: readonly Fitted[],
  errors: Covariance["errors"],
  method: ReconcileMethod,
): { covariance: Covariance; notes: readonly Note[] } {
  const n = series.length;
  if (errors.rows >= FEWEST) {
    const variances = meanSquares(errors, n);
    return { covariance: { variances, lambda: shrinkage(errors, variances), errors }, notes: [] };
  }
  const variances = Float64Array.from(fitted, (one, s) => {
    const own = residuals(one, { series: series[s]! }).filter(Number.isFinite);
    return own.reduce((sum, error) => sum + error * error, 0) / Math.max(1, own.length);
  });
  return {
    covariance: { variances, lambda: 1, errors: { rows: 0, values: new Float64Array(0) } },
    notes: method === "mint" ? [fewNote(errors.rows)] : [],
  };
}

/** Times at which the errors of all series are known that a covariance needs. */
const FEWEST = 3;

function projectAll(values: readonly Float64Array[], horizon: number, project: Projection): void {
  const column = new Float64Array(values.length);
  for (let at = 0; at < values[0]!.length; at++) {
    for (let s = 0; s < values.length; s++) column[s] = values[s]![at]!;
    project(column, at % horizon);
    for (let s = 0; s < values.length; s++) values[s]![at] = column[s]!;
  }
}

/** A projection whose values at the bottom do not lie below a bound, nor sums below what they add up. */
function bounded(project: Projection, { sums }: Hierarchy, min: number | undefined): Projection {
  if (min === undefined) return project;
  return (values, step) => {
    project(values, step);
    for (let s = sums.length; s < values.length; s++) values[s] = Math.max(min, values[s]!);
    addUp(values, sums);
  };
}

function coherent(base: Forecast, mean: Float64Array, paths: Float64Array, id: string): Forecast {
  const { horizon } = base;
  const distributions = Array.from({ length: horizon }, (_, h) =>
    empirical(Float64Array.from({ length: paths.length / horizon }, (__, i) => paths[i * horizon + h]!)),
  );
  return {
    ...base,
    id,
    distributions,
    mean,
    median: Float64Array.from(distributions, (distribution) => distribution.quantile(0.5)),
    notes: base.notes.filter(({ code }) => code !== "simulated-intervals"),
  };
}

function requireHierarchy(whole: unknown): void {
  const { series, sums, notes } = fieldsOf(whole);
  if ([series, sums, notes].every(Array.isArray)) return;
  throw usageError(
    "not-a-hierarchy",
    "whole",
    whole,
    `reconcile takes what hierarchy(panel, "region/store") returns, not ${show(whole)}.`,
  );
}

function requireFits({ series }: Hierarchy, fitted: readonly Fitted[]): void {
  if (!Array.isArray(fitted) || fitted.length !== series.length) {
    throw usageError(
      "bad-fits",
      "fitted",
      fitted,
      `reconcile takes a fitted model for each of the ${series.length} series of the hierarchy, in their order, not ${show(Array.isArray(fitted) ? fitted.length : fitted)}.`,
    );
  }
  for (const one of fitted) requireFitted(one, "reconcile");
  const times = new Set(fitted.map(({ origin }) => futureTimes(origin, 1)[0]));
  if (times.size > 1) {
    throw dataError(
      "bad-fits",
      "fitted",
      [...times],
      `The fitted models do not end at the same time (${[...times].slice(0, 3).join(", ")}); fit them to the series of the hierarchy.`,
    );
  }
}

function badMin(min: number): Error {
  return usageError(
    "bad-min",
    "min",
    min,
    `The lower bound of a hierarchy holds for the series at the bottom and must be 0 or below, not ${show(min)}.`,
  );
}

function fewNote(rows: number): Note {
  return {
    code: "few-errors",
    severity: "warning",
    message: `The one-step errors of all series are known at ${rows} times only, too few for their correlations; MinT uses their variances only.`,
    details: { rows },
  };
}

function countNote(asked: number, count: number): Note[] {
  if (count === asked) return [];
  const message = `Intervals come from ${count} paths instead of ${asked}, because memory is limited for so many series and steps.`;
  return [{ code: "fewer-paths", severity: "warning", message, details: { asked, count } }];
}

/** What became of amounts that are never below 0. */
function signNotes(
  { series, sums }: Hierarchy,
  mean: readonly Float64Array[],
  min: number | undefined,
): Note[] {
  if (min !== undefined) return [];
  const below = series.filter(
    ({ y }, s) => s >= sums.length && mean[s]!.some((value) => value < 0) && !y.some((value) => value < 0),
  );
  if (below.length === 0) return [];
  const which = below.length === 1 ? below[0]!.id : `${below.length} series, the first ${below[0]!.id}`;
  const message = `${which}: reconciled forecasts are below 0, where no value was; --min 0 keeps them at 0 or above.`;
  return [{ code: "below-zero", severity: "warning", message, details: { ids: below.map(({ id }) => id) } }];
}

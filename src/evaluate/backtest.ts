import { requireInteger } from "../core/checks.js";
import { YuleError } from "../core/errors.js";
import type { Forecast } from "../core/forecast.js";
import type { FitOptions, Fitted, Model } from "../core/model.js";
import { type Series, slice } from "../core/series.js";
import { defaultHorizon, type ForecastOptions, forecast } from "../engine/forecast.js";
import { update } from "../engine/update.js";
import { type DieboldMariano, dieboldMariano } from "./diebold-mariano.js";
import { type Fold, type FoldOptions, rollingOrigins } from "./folds.js";
import { type Outcome, outcomes } from "./outcome.js";
import { type HorizonScores, type Scores, scoresByHorizon, scoresOf } from "./scores.js";

export interface BacktestOptions extends Omit<FoldOptions, "horizon">, FitOptions {
  /** Steps ahead; default: two periods, or 10 when not seasonal, at most a quarter of the shortest series. */
  readonly horizon?: number;
  /** Fit anew every k folds and only update between; default 1. */
  readonly refit?: number;
  /** Interval levels whose coverage is measured, in percent; default 80 and 95. */
  readonly levels?: readonly number[];
  /** Passed on to `forecast`. */
  readonly paths?: number;
  readonly seed?: number;
}

export interface ModelScore extends Scores {
  readonly model: string;
  /** Time spent fitting and forecasting. */
  readonly seconds: number;
  readonly byHorizon: readonly HorizonScores[];
  /** Series that the model could not forecast, and why. */
  readonly failures: readonly { readonly id: string; readonly message: string }[];
}

export interface Backtest {
  readonly horizon: number;
  /** Best first, by MASE. */
  readonly scores: readonly ModelScore[];
  /** Whether the two best differ, by the absolute errors of their first step; null where that cannot be tested. */
  readonly comparison: (DieboldMariano & { readonly models: readonly [string, string] }) | null;
}

/**
 * Compares models by forecasting from several origins in the past and scoring what came (rolling-origin evaluation,
 * Tashman 2000). Each series must have room for the folds.
 *
 * @throws YuleError `too-many-folds`, `series-too-short`, `bad-horizon`, `bad-refit` and those of `rollingOrigins`.
 * @example backtest([passengers], [parseModel("ar(auto)"), parseModel("snaive")], { horizon: 12, folds: 4 }).scores;
 */
export function backtest(
  panel: readonly Series[],
  models: readonly Model[],
  options: BacktestOptions = {},
): Backtest {
  const shortest = Math.min(...panel.map(({ y }) => y.length));
  const horizon =
    options.horizon ?? Math.max(1, Math.min(defaultHorizon(panel[0]?.period ?? 1), Math.floor(shortest / 4)));
  const folds = panel.map((series) => rollingOrigins(series, { ...options, horizon }));
  const runs = models.map((model, i) => {
    const run = runModel(panel, folds, model, horizon, options);
    options.onProgress?.({ stage: "backtest", done: i + 1, total: models.length, message: model.notation });
    return run;
  });
  const ranked = runs.sort((a, b) => rank(a.score) - rank(b.score));
  return { horizon, scores: ranked.map(({ score }) => score), comparison: compareBest(ranked) };
}

function rank({ mase, rmse }: ModelScore): number {
  return Number.isFinite(mase) ? mase : Number.isFinite(rmse) ? rmse : Number.POSITIVE_INFINITY;
}

interface Run {
  readonly score: ModelScore;
  readonly outcomes: readonly Outcome[];
}

function runModel(
  panel: readonly Series[],
  folds: readonly (readonly Fold[])[],
  model: Model,
  horizon: number,
  options: BacktestOptions,
): Run {
  const levels = [...(options.levels ?? [80, 95])].sort((a, b) => a - b);
  const all: Outcome[] = [];
  const failures: { id: string; message: string }[] = [];
  const began = performance.now();
  panel.forEach((series, i) => {
    options.signal?.throwIfAborted();
    try {
      all.push(...runSeries(series, folds[i]!, model, horizon, levels, options));
    } catch (error) {
      if (!(error instanceof YuleError)) throw error;
      failures.push({ id: series.id, message: error.message });
    }
  });
  const seconds = (performance.now() - began) / 1000;
  const score = {
    model: model.notation,
    ...scoresOf(all, levels),
    seconds,
    byHorizon: scoresByHorizon(all, levels),
    failures,
  };
  return { score, outcomes: all };
}

function runSeries(
  series: Series,
  folds: readonly Fold[],
  model: Model,
  horizon: number,
  levels: readonly number[],
  options: BacktestOptions,
): Outcome[] {
  const gap = options.gap ?? 0;
  const every = requireInteger("refit", options.refit ?? 1, 1, 1_000_000);
  let fitted: Fitted | null = null;
  let seen = 0;
  return folds.flatMap(({ from, origin }, k) => {
    const training = slice(series, from, origin);
    if (fitted === null || k % every === 0) fitted = model.fit(training, options);
    else fitted = catchUp(fitted, series, seen, origin);
    seen = origin;
    const actual = series.y.slice(origin + gap, origin + gap + horizon);
    return outcomes(ahead(fitted, series, origin, horizon + gap, options), actual, training, levels, k, gap);
  });
}

/** The model moved on to a later origin without refitting. */
function catchUp(fitted: Fitted, series: Series, from: number, to: number): Fitted {
  return update(fitted, series.y.slice(from, to), inputsBetween(fitted, series, from, to));
}

/** Forecasts from an origin; regressors take the values they really had. */
function ahead(
  fitted: Fitted,
  series: Series,
  origin: number,
  horizon: number,
  options: ForecastOptions,
): Forecast {
  return forecast(fitted, {
    horizon,
    inputs: inputsBetween(fitted, series, origin, origin + horizon),
    ...(options.paths === undefined ? {} : { paths: options.paths }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
}

function inputsBetween(
  fitted: Fitted,
  { inputs }: Series,
  from: number,
  to: number,
): Record<string, Float64Array> {
  return Object.fromEntries(
    fitted.origin.inputNames.map((name) => [
      name,
      inputs.columns[inputs.names.indexOf(name)]!.slice(from, to),
    ]),
  );
}

function compareBest(ranked: readonly Run[]): Backtest["comparison"] {
  const [best, second] = ranked;
  if (best === undefined || second === undefined) return null;
  const errors = ({ outcomes: all }: Run) =>
    all.filter(({ step }) => step === 1).map((o) => o.actual - o.median);
  const [first, other] = [errors(best), errors(second)];
  if (first.length !== other.length || first.length < 4) return null;
  return {
    models: [best.score.model, second.score.model],
    ...dieboldMariano(first, other, { horizon: 1, power: 1 }),
  };
}

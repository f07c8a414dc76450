import { requireModels, requirePanel } from "../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { YuleError } from "../core/errors.js";
import type { FitOptions, Model } from "../core/model.js";
import type { Series } from "../core/series.js";
import { defaultHorizon } from "../engine/forecast.js";
import { type FoldOptions, rollingOrigins } from "./folds.js";
import { type Leaderboard, leaderboard, type ModelRun } from "./leaderboard.js";
import type { Outcome } from "./outcome.js";
import { rollSeries } from "./rolling.js";

export type { Comparison, ModelScore } from "./leaderboard.js";

export interface BacktestOptions extends Omit<FoldOptions, "horizon">, FitOptions {
  /** Steps ahead; default: two periods, or 10 when not seasonal, at most a quarter of the typical series. */
  readonly horizon?: number;
  /** Fit anew every k folds and only update between; default 1. */
  readonly refit?: number;
  /** Interval levels whose coverage is measured, in percent; default 80 and 95. */
  readonly levels?: readonly number[];
  /** Passed on to `forecast`. */
  readonly paths?: number;
  readonly seed?: number;
}

export interface Backtest extends Leaderboard {
  readonly horizon: number;
}

const BACKTEST_OPTIONS: OptionTable<BacktestOptions> = {
  horizon: "number",
  refit: "number",
  levels: "anything",
  paths: "number",
  seed: "number",
  folds: "number",
  step: "number",
  gap: "number",
  window: { numberOr: ["expanding"] },
  rng: "object",
  onProgress: "function",
  signal: "object",
  threads: "object",
};

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
  requirePanel(panel, "backtest takes");
  requireModels(models, "backtest");
  requireOptions("backtest", options, BACKTEST_OPTIONS);
  const horizon = options.horizon ?? backtestHorizon(panel);
  const levels = [...(options.levels ?? [80, 95])].sort((a, b) => a - b);
  const folds = panel.map((series) => rollingOrigins(series, { ...options, horizon }));
  const runs = models.map((model, i) => {
    const run = runModel(model, panel, options, (series, at) =>
      rollSeries(series, folds[at]!, model, { ...options, horizon, levels }),
    );
    options.onProgress?.({ stage: "backtest", done: i + 1, total: models.length, message: model.notation });
    return run;
  });
  return { horizon, ...leaderboard(runs, levels, overlapOf(horizon, options)) };
}

/** Two periods, or 10 when not seasonal, at most a quarter of the series of middle length. */
export function backtestHorizon(panel: readonly Series[]): number {
  const lengths = panel.map(({ y }) => y.length).sort((a, b) => a - b);
  const typical = lengths[lengths.length >> 1] ?? 0;
  return Math.max(1, Math.min(defaultHorizon(panel[0]?.period ?? 1), Math.floor(typical / 4)));
}

/** Folds that one forecast reaches over. */
export function overlapOf(horizon: number, { step, gap }: Pick<FoldOptions, "step" | "gap">): number {
  return Math.max(1, Math.ceil((horizon + (gap ?? 0)) / (step ?? horizon)));
}

function runModel(
  model: Model,
  panel: readonly Series[],
  { signal }: FitOptions,
  run: (series: Series, at: number) => Outcome[],
): ModelRun {
  const outcomes: Outcome[] = [];
  const failures: { id: string; message: string }[] = [];
  const began = performance.now();
  panel.forEach((series, at) => {
    signal?.throwIfAborted();
    try {
      for (const outcome of run(series, at)) outcomes.push(outcome);
    } catch (error) {
      if (!(error instanceof YuleError)) throw error;
      failures.push({ id: series.id, message: error.message });
    }
  });
  return { model: model.notation, outcomes, seconds: (performance.now() - began) / 1000, failures };
}

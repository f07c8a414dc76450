import { requireModel, requirePanel } from "../../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger, requireLevel, show } from "../../core/checks.js";
import { usageError, type YuleError } from "../../core/errors.js";
import type { FitOptions, Model } from "../../core/model.js";
import type { Panel } from "../../core/series.js";
import type { FoldOptions } from "../../evaluate/folds.js";
import { overlapOf } from "../../evaluate/horizon.js";
import { type Leaderboard, leaderboardOf } from "../../evaluate/leaderboard.js";
import { nodeThreads } from "../../io/node-threads.js";
import { workerThreads } from "../../io/threads.js";
import { modelFrom, type PanelOptions } from "../fit-all.js";
import { type Candidate, runModels } from "./runs.js";
import { rollingSchedule } from "./schedule.js";

export interface BacktestOptions extends Omit<FoldOptions, "horizon">, PanelOptions {
  /** Steps ahead; default: two periods, or 10 when not seasonal, at most a quarter of the typical series. */
  readonly horizon?: number;
  /** Fit anew every k folds and only update between; default 1. */
  readonly refitEvery?: number;
  /** @deprecated The name of `refitEvery` in version 0.1. */
  readonly refit?: number;
  /** Whether forecasts take the regressors that came, or their values one season before; default `known`. */
  readonly inputs?: "known" | "withheld";
  /** Interval levels whose coverage is measured, in percent; default 80 and 95. */
  readonly levels?: readonly number[];
  /** Passed on to `forecast`. */
  readonly paths?: number;
}

export interface Backtest extends Leaderboard {
  readonly horizon: number;
  /** Series without room for the folds, and why they took no part. */
  readonly leftOut: readonly { readonly id: string; readonly error: YuleError }[];
}

const BACKTEST_OPTIONS: OptionTable<BacktestOptions> = {
  horizon: "number",
  refitEvery: "number",
  refit: "number",
  inputs: ["known", "withheld"],
  levels: "anything",
  paths: "number",
  seed: "number",
  folds: "number",
  step: "number",
  gap: "number",
  window: { numberOr: ["expanding"] },
  missing: ["keep", "interpolate", "error"],
  jobs: "number",
  onProgress: "function",
  signal: "object",
  threads: "object",
};

/**
 * Compares models by forecasting from several origins in the past and scoring what came (rolling-origin evaluation,
 * Tashman 2000). A model that learns from all series together (`deepar`) is fitted to the panel; a series that fails is
 * among the `failures` of its model, one without room for the folds in `leftOut`.
 *
 * @param models models or notations; notations are fitted on as many threads as `jobs` says, with the same results.
 * @returns `scores`, the best model first.
 * @throws YuleError `too-many-folds` or `series-too-short` where no series has room, `bad-horizon`, `bad-refit` and those of
 *   `rollingOrigins`; the signal's reason when aborted.
 * @see L. J. Tashman (2000), International Journal of Forecasting 16, 437-450.
 * @example (await backtest([passengers], ["ar(auto)", "snaive"], { horizon: 12, folds: 4 })).scores;
 */
export async function backtest(
  panel: Panel,
  models: readonly (Model | string)[],
  options: BacktestOptions = {},
): Promise<Backtest> {
  requirePanel(panel, "backtest takes");
  const candidates = await candidatesOf(models);
  requireOptions("backtest", options, BACKTEST_OPTIONS);
  const { jobs, threads, signal, onProgress, seed = 1, paths = null, missing = "keep", gap = 0 } = options;
  const { inputs = "known" } = options;
  if (jobs !== undefined) requireInteger("jobs", jobs, 1, 256);
  const refit = requireInteger("refit", options.refitEvery ?? options.refit ?? 1, 1, 1_000_000);
  const levels = levelsOf(options.levels ?? [80, 95]);
  const { scheduled, leftOut, horizon } = rollingSchedule(panel, options);
  if (scheduled.length === 0 && leftOut.length > 0) throw leftOut[0]!.error;
  const total = scheduled.length * candidates.length;
  let done = 0;
  const runs = await runModels(
    candidates,
    { scheduled, horizon, levels, gap, refit, seed, paths, missing, inputs },
    {
      jobs: jobs ?? threads?.count ?? 1,
      ...(signal === undefined ? {} : { signal }),
      step: (id) => onProgress?.({ stage: "backtest", done: ++done, total, message: id }),
      train: (work) => work(trainingOptions(options)),
    },
  );
  return { horizon, leftOut, ...leaderboardOf(runs, overlapOf(horizon, options)) };
}

async function candidatesOf(models: readonly (Model | string)[]): Promise<Candidate[]> {
  if (!Array.isArray(models)) {
    const message = `backtest takes an array of models, such as ["auto", naive()], not ${show(models)}.`;
    throw usageError("not-a-model", "models", models, message);
  }
  const found: Candidate[] = [];
  for (const model of models) {
    const portable = typeof model === "string";
    if (!portable) requireModel(model, "backtest takes an array of models: each must be");
    found.push({ model: await modelFrom(model), portable });
  }
  return found;
}

function levelsOf(levels: readonly number[]): number[] {
  return [...levels].map((level) => requireLevel(level)).sort((a, b) => a - b);
}

function trainingOptions({ jobs = 1, threads, signal, onProgress }: BacktestOptions): FitOptions {
  const own = threads ?? (jobs > 1 && nodeThreads() !== null ? workerThreads(Math.min(64, jobs)) : undefined);
  return {
    ...(own === undefined ? {} : { threads: own }),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  };
}

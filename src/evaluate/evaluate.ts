import { requireModels, requirePanel } from "../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { YuleError } from "../core/errors.js";
import type { FitOptions, Model } from "../core/model.js";
import type { Panel } from "../core/series.js";
import type { ForecastOptions } from "../engine/forecast.js";
import { type Leaderboard, leaderboard, type ModelRun } from "./leaderboard.js";
import { type Official, officialSplit } from "./official.js";
import type { Outcome } from "./outcome.js";
import { type RollingOptions, rollSeries, rollTogether } from "./rolling.js";

export interface EvaluateOptions extends FitOptions, Pick<ForecastOptions, "paths" | "seed"> {
  /** Steps ahead of each forecast; default: all of a series' test part, from the end of its training part. */
  readonly horizon?: number;
  /** Where the test part is several windows: fit anew at every k-th and only update between; default 1. */
  readonly refit?: number;
  /** Whether forecasts take the regressors that came, or their values one season before; default `known`. */
  readonly inputs?: "known" | "withheld";
  /** Interval levels whose coverage is measured, in percent; default 80 and 95. */
  readonly levels?: readonly number[];
}

export interface Evaluation extends Leaderboard {
  /** Series that have no test part. */
  readonly without: readonly string[];
}

const EVALUATE_OPTIONS: OptionTable<EvaluateOptions> = {
  horizon: "number",
  refit: "number",
  inputs: ["known", "withheld"],
  levels: "anything",
  rng: "object",
  onProgress: "function",
  signal: "object",
  threads: "object",
  brief: "boolean",
  transformed: "boolean",
  paths: "number",
  seed: "number",
};

/**
 * Scores models on a panel with an official test part, as competitions do: every model is fitted to the training part of each
 * series, forecasts its test part, and is scored on that. Models that learn from many series (`fitPanel`) are fitted to
 * all training parts together.
 *
 * `scores[i]` weighs every value the same, `scores[i].perSeries` every series, as the M competitions publish.
 *
 * @param test the rows that follow those of `train`, series by series, found by their ids.
 * @returns scores of every model over all series, and failures.
 * @throws YuleError `unknown-series`, `no-test-rows`, `test-not-following`, `missing-inputs`, `bad-horizon`, `bad-refit`.
 * @see S. Makridakis, E. Spiliotis, V. Assimakopoulos (2020), International Journal of Forecasting 36, 57-58.
 * @example (await evaluate(train, test, [autoEts(), snaive()])).scores[0]?.perSeries.mase;
 */
export async function evaluate(
  train: Panel,
  test: Panel,
  models: readonly Model[],
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  requirePanel(train, "evaluate takes");
  requirePanel(test, "evaluate takes");
  requireModels(models, "evaluate");
  requireOptions("evaluate", options, EVALUATE_OPTIONS);
  const { joined, without } = officialSplit(train, test, options.horizon);
  const levels = [...(options.levels ?? [80, 95])].sort((a, b) => a - b);
  const rolling: RollingOptions = { ...options, levels, horizon: options.horizon ?? 1 };
  const runs: ModelRun[] = [];
  for (const model of models) {
    options.signal?.throwIfAborted();
    runs.push(
      isPanelModel(model) ? await together(model, joined, rolling) : separately(model, joined, rolling),
    );
    options.onProgress?.({
      stage: "evaluate",
      done: runs.length,
      total: models.length,
      message: model.notation,
    });
  }
  return { ...leaderboard(runs, levels, 1), without };
}

type PanelModel = Model & Required<Pick<Model, "fitPanel">>;

function isPanelModel(model: Model): model is PanelModel {
  return model.fitPanel !== undefined;
}

function separately(model: Model, joined: readonly Official[], options: RollingOptions): ModelRun {
  const began = performance.now();
  const outcomes: Outcome[] = [];
  const failures: { id: string; message: string }[] = [];
  for (const { series, folds } of joined) {
    try {
      for (const outcome of rollSeries(series, folds, model, options)) outcomes.push(outcome);
    } catch (error) {
      if (!(error instanceof YuleError)) throw error;
      failures.push({ id: series.id, message: error.message });
    }
  }
  return { model: model.notation, outcomes, seconds: (performance.now() - began) / 1000, failures };
}

async function together(
  model: PanelModel,
  joined: readonly Official[],
  options: RollingOptions,
): Promise<ModelRun> {
  const began = performance.now();
  const rolled = await rollTogether(
    joined.map(({ series }) => series),
    joined.map(({ folds }) => folds),
    model,
    options,
  );
  const seconds = (performance.now() - began) / 1000;
  const outcomes = rolled.flatMap((own) => (own instanceof Error ? [] : own));
  const failures = rolled.flatMap((own, i) =>
    own instanceof Error ? [{ id: joined[i]!.series.id, message: own.message }] : [],
  );
  return { model: model.notation, outcomes, seconds, failures };
}

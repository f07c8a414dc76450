import { YuleError } from "../../../core/errors.js";
import type { Model } from "../../../core/model.js";
import { random } from "../../../core/random.js";
import type { ModelRun } from "../../../evaluate/leaderboard.js";
import type { Outcome } from "../../../evaluate/outcome.js";
import { rollTogether } from "../../../evaluate/rolling.js";
import { withMissing } from "../../../models/missing.js";
import type { Context } from "../../context.js";
import type { TaskOf } from "../../tasks/perform.js";
import { performAll } from "../../threads/pool.js";
import { training } from "../../training.js";
import type { Plan } from "./plan.js";

type PanelModel = Model & Required<Pick<Model, "fitPanel">>;

/**
 * Rolls every model through every series: those that learn from a whole panel here, the others series by series on as
 * many threads as pay.
 *
 * @throws YuleError where a model that was asked for could do nothing because of how it was asked for.
 */
export async function runsOf(context: Context, plan: Plan): Promise<ModelRun[]> {
  const own = plan.models.filter(({ fitPanel }) => fitPanel === undefined);
  const separate = await runSeparately(context, plan, own);
  const runs: ModelRun[] = [];
  for (const model of plan.models) {
    const at = own.indexOf(model);
    runs.push(at < 0 ? await runTogether(context, plan, model as PanelModel) : separate[at]!);
  }
  return runs;
}

async function runSeparately(context: Context, plan: Plan, models: readonly Model[]): Promise<ModelRun[]> {
  const { settings } = context;
  const { scheduled, horizon, levels, gap, refit } = plan;
  const tasks = scheduled.flatMap(({ series, folds }) =>
    models.map(
      ({ notation }): TaskOf<"backtest"> => ({
        kind: "backtest",
        series,
        model: { notation, missing: settings.missing ?? "keep" },
        horizon,
        levels,
        paths: settings.paths ?? null,
        seed: settings.seed ?? 1,
        future: null,
        keep: false,
        rolling: { folds, gap, refit },
      }),
    ),
  );
  const results = await performAll(tasks, context);
  return models.map(({ notation }, column) => {
    const mine = results.filter((_, at) => at % models.length === column);
    const failed = mine.filter((result) => result.status === "failed");
    const misused = failed.find(({ error }) => error.category === "usage");
    if (failed.length === mine.length && misused !== undefined) throw new YuleError(misused.error);
    const done = mine.filter((result) => result.status === "ok");
    return {
      model: notation,
      outcomes: done.flatMap(({ value }) => value.outcomes),
      seconds: done.reduce((sum, { value }) => sum + value.seconds, 0),
      failures: failed.map(({ id, error }) => ({ id, message: error.message })),
    };
  });
}

async function runTogether(context: Context, plan: Plan, model: PanelModel): Promise<ModelRun> {
  const { seed = 1, paths } = context.settings;
  const { scheduled, horizon, levels, gap, refit } = plan;
  const began = performance.now();
  const run = (outcomes: readonly Outcome[], failures: ModelRun["failures"]): ModelRun => ({
    model: model.notation,
    outcomes,
    seconds: (performance.now() - began) / 1000,
    failures,
  });
  // The policy fills gaps in the training rows alone: filling the whole series would show the model its future.
  const careful = withMissing(model, context.settings.missing ?? "keep") as PanelModel;
  const refusals = scheduled.map(({ series }) => ({
    id: series.id,
    error: careful.refusal?.(series) ?? null,
  }));
  const refused = refusals.flatMap(({ id, error }) =>
    error === null ? [] : [{ id, message: error.message }],
  );
  const taken =
    refused.length === scheduled.length
      ? scheduled
      : scheduled.filter((_, at) => refusals[at]!.error === null);
  try {
    const outcomes = await training(context, (options) =>
      rollTogether(
        taken.map(({ series }) => series),
        taken.map(({ folds }) => folds),
        careful,
        {
          ...options,
          horizon,
          levels,
          gap,
          refit,
          seed,
          ...(paths === undefined ? {} : { paths }),
          rng: random(seed),
        },
      ),
    );
    return run(outcomes.flat(), taken === scheduled ? [] : refused);
  } catch (error) {
    if (!(error instanceof YuleError) || error.category === "usage") throw error;
    return run(
      [],
      scheduled.map(({ series }) => ({ id: series.id, message: error.message })),
    );
  }
}

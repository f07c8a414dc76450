import { dataError } from "../../core/errors.js";
import type { Series } from "../../core/series.js";
import { overlapOf } from "../../evaluate/horizon.js";
import {
  type Leaderboard,
  leaderboardOf,
  type ModelRun,
  type SummedRun,
} from "../../evaluate/leaderboard.js";
import { largestOf } from "../../math/extremes.js";
import { runModels } from "../../run/backtest/runs.js";
import type { Run } from "../command.js";
import type { Context } from "../context.js";
import { readData } from "../data.js";
import { EXIT } from "../failure.js";
import { isNetwork } from "../options/wrapping.js";
import { formatOf } from "../output/format.js";
import { emit } from "../output/output.js";
import { savePlot } from "../output/plots.js";
import { training, withProgress } from "../training.js";
import { backtestInParts } from "./backtest/in-parts.js";
import { backtestPictures, growthPicture } from "./backtest/pictures.js";
import { type Plan, planOf } from "./backtest/plan.js";
import { type Rolled, reportPlan } from "./backtest/rolled.js";
import { comparisonSentence, planSentence } from "./backtest/sentences.js";
import { leaderboardTable, scoreTable } from "./backtest/tables.js";

/** Forecasts the past with several models and shows which did best. */
export const runBacktest: Run = async (context, file) => {
  const { plan, runs, pictures } = (await backtestInParts(context, file)) ?? (await wholly(context, file));
  const overlap = overlapOf(plan.horizon, plan);
  const board = leaderboardOf(runs, overlap);
  requireScores(board, plan);
  tellUndefined(context, runs, board);
  const code = tellFailures(context, plan, runs);
  const full = scoreTable(board.scores, plan.levels);
  const short = leaderboardTable(board.scores, plan.levels);
  await savePlot(context, () => ({
    title: "Backtest",
    remarks: [planSentence(plan), comparisonSentence(board.comparison)],
    table: short,
    figures: [
      growthPicture(
        board.scores.filter(({ count }) => count > 0),
        board.rankedBy,
      ),
      ...pictures(bestTwo(board, runs), overlap),
    ],
  }));
  const items = board.scores.map(({ model, ...score }) => ({
    model,
    baseline: plan.baselines.includes(model),
    ...score,
  }));
  await emit(context, {
    items: () => items,
    json: (scores) => ({ ...settingsJson(plan), ...board, scores }),
    table: formatOf(context) === "markdown" ? short : full,
    view: async (paint, width) => {
      const { backtestView } = await import("./backtest/view.js");
      return backtestView(plan, board, paint, width);
    },
  });
  return code;
};

/** Reads everything, then rolls the models through it. */
async function wholly(context: Context, file: string | undefined): Promise<Rolled> {
  const plan = await planOf(context, await readData(context, file));
  reportPlan(context, plan);
  const runs = await runsOf(context, plan, context.settings.plot !== undefined);
  return { plan, runs, pictures: (best, overlap) => backtestPictures(plan, best, overlap) };
}

/** What every model of a plan said of the past; with every outcome where pictures or parts of it are wanted. */
export function runsOf(context: Context, plan: Plan<Series>, keepOutcomes: boolean): Promise<SummedRun[]> {
  const { seed = 1, paths = null, missing = "keep" } = context.settings;
  const candidates = plan.models.map((model) => ({ model, portable: true }));
  const tasks = plan.scheduled.length * plan.models.filter(({ fitPanel }) => fitPanel === undefined).length;
  const endsEarly = plan.models.every(
    ({ fitPanel, notation }) => fitPanel === undefined || isNetwork(notation),
  );
  return withProgress(context, tasks, (running) =>
    runModels(
      candidates,
      { ...plan, seed, paths, missing, keepOutcomes },
      { ...running, train: (work) => training(context, endsEarly, work) },
    ),
  );
}

function settingsJson({ scheduled, leftOut, horizon, step, gap, window, refit, levels, test }: Plan): object {
  const folds = largestOf(scheduled.map((one) => one.folds.length));
  const left = leftOut.map(({ id, error }) => ({ id, message: error.message }));
  const official = test === null ? {} : { test };
  return {
    series: scheduled.length,
    leftOut: left,
    horizon,
    folds,
    step,
    gap,
    window,
    refit,
    levels,
    ...official,
  };
}

function bestTwo({ scores }: Leaderboard, runs: readonly ModelRun[]): ModelRun[] {
  return scores.slice(0, 2).map(({ model }) => runs.find((run) => run.model === model)!);
}

/** @throws YuleError where not one forecast could be scored. */
function requireScores({ scores }: Leaderboard, { scheduled }: Plan): void {
  if (scores.some(({ count }) => count > 0)) return;
  const failure = scores.flatMap(({ failures }) => failures)[0];
  const id = scheduled[0]!.series.id;
  throw dataError(
    "nothing-to-score",
    id,
    null,
    failure?.message ?? `Every value after the origins is missing in ${id}, so there is nothing to score.`,
  );
}

/** Says which measures are undefined, and why. */
function tellUndefined(context: Context, runs: readonly SummedRun[], { rankedBy }: Leaderboard): void {
  const { zeros, count, flat } = runs.find(({ sums }) => sums.count > 0)!.sums;
  if (zeros > 0)
    context.decided(`MAPE is undefined, since ${zeros} of the ${count} values that were scored are 0.`);
  if (rankedBy === "mase" || flat === null) return;
  context.warn(
    `MASE is undefined, since ${flat} does not change from season to season before an origin; the models are ranked by RMSE.`,
  );
}

/** Names what failed, a sentence a model, and gives the exit code. */
function tellFailures(context: Context, { leftOut }: Plan, runs: readonly ModelRun[]): number {
  const first = leftOut[0];
  if (first !== undefined) {
    const more = leftOut.length - 1;
    const others = more === 0 ? "" : more === 1 ? " (and 1 other)" : ` (and ${more} others)`;
    context.warn(`left out${others}: ${first.error.message}`);
  }
  const failed = runs.filter(({ failures }) => failures.length > 0);
  for (const { model, failures } of failed) {
    const { id, message } = failures[0]!;
    const on = failures.length === 1 ? id : `${failures.length} series, the first ${id}`;
    context.warn(`${model} failed on ${on}: ${message}`);
  }
  return first === undefined && failed.length === 0 ? EXIT.success : EXIT.partial;
}

import { random } from "../../core/random.js";
import { rollSeries } from "../../evaluate/rolling.js";
import { withMissing } from "../../models/missing.js";
import { parseModel } from "../../select/catalogue.js";
import type { OnProgress } from "./fitted-of.js";
import type { BacktestResult } from "./results.js";
import type { Task } from "./task.js";

export function backtestTask(task: Task, onProgress?: OnProgress): BacktestResult {
  const { series, model, rolling, horizon, levels, seed, paths } = task;
  const { notation, missing } = model as Extract<Task["model"], { notation: string }>;
  const began = performance.now();
  const outcomes = rollSeries(series!, rolling!.folds, withMissing(parseModel(notation), missing), {
    horizon: horizon!,
    levels,
    seed,
    gap: rolling!.gap,
    refit: rolling!.refit,
    inputs: rolling!.inputs,
    rng: random(seed),
    ...(paths === null ? {} : { paths }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  return { outcomes, seconds: (performance.now() - began) / 1000 };
}

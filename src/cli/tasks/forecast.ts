import { interval } from "../../core/forecast.js";
import { forecast } from "../../engine/forecast.js";
import { detach } from "./detached.js";
import { fittedOf, inputsFor, type OnProgress } from "./fitted-of.js";
import type { ForecastResult } from "./results.js";
import type { Task } from "./task.js";

export function forecastTask(task: Task, onProgress?: OnProgress): ForecastResult {
  const fitted = fittedOf(task, onProgress);
  const ahead = forecast(fitted, {
    seed: task.seed,
    ...(task.horizon === null ? {} : { horizon: task.horizon }),
    ...(task.paths === null ? {} : { paths: task.paths }),
    inputs: inputsFor(fitted, task),
  });
  return {
    times: ahead.times,
    mean: ahead.mean,
    median: ahead.median,
    intervals: task.levels.map((level) => ({ level, ...interval(ahead, level) })),
    notes: ahead.notes,
    fitted: detach(fitted),
  };
}

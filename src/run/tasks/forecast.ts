import { type Forecast, interval } from "../../core/forecast.js";
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
  const columns = packed([ahead.mean, ahead.median, ...task.levels.flatMap((level) => ends(ahead, level))]);
  return {
    times: ahead.times,
    mean: columns[0]!,
    median: columns[1]!,
    intervals: task.levels.map((level, i) => ({
      level,
      lower: columns[2 * i + 2]!,
      upper: columns[2 * i + 3]!,
    })),
    notes: ahead.notes,
    notation: fitted.notation,
    origin: fitted.origin,
    fitted: task.keep ? detach(fitted) : null,
  };
}

function ends(ahead: Forecast, level: number): Float64Array[] {
  const { lower, upper } = interval(ahead, level);
  return [lower, upper];
}

/** The same columns in one piece of memory: a panel has many, and each piece costs more than a few numbers. */
function packed(columns: readonly Float64Array[]): Float64Array[] {
  const length = columns[0]!.length;
  const all = new Float64Array(columns.length * length);
  return columns.map((column, i) => {
    all.set(column, i * length);
    return all.subarray(i * length, (i + 1) * length);
  });
}

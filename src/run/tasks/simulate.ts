import { futureTimes, simulate } from "../../engine/forecast.js";
import { detach } from "./detached.js";
import { fittedOf, inputsFor, type OnProgress } from "./fitted-of.js";
import type { SimulateResult } from "./results.js";
import type { Task } from "./task.js";

export function simulateTask(task: Task, onProgress?: OnProgress): SimulateResult {
  const fitted = fittedOf(task, onProgress);
  const { count, horizon, values, logProbabilities } = simulate(fitted, {
    seed: task.seed,
    ...(task.horizon === null ? {} : { horizon: task.horizon }),
    ...(task.paths === null ? {} : { paths: task.paths }),
    ...(task.decode === undefined ? {} : { decode: task.decode }),
    inputs: inputsFor(fitted, task),
  });
  return {
    times: futureTimes(fitted.origin, horizon),
    count,
    values,
    ...(logProbabilities === undefined ? {} : { logProbabilities }),
    notes: fitted.report.notes,
    notation: fitted.notation,
    origin: fitted.origin,
    fitted: task.keep ? detach(fitted) : null,
  };
}

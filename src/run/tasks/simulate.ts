import type { Fitted, Note } from "../../core/model.js";
import type { SpeculativePaths } from "../../engine/decoding/speculative.js";
import { futureTimes, simulate } from "../../engine/forecast.js";
import { detach } from "./detached.js";
import { fittedOf, inputsFor, type OnProgress } from "./fitted-of.js";
import type { SimulateResult } from "./results.js";
import type { Task } from "./task.js";

export function simulateTask(task: Task, onProgress?: OnProgress): SimulateResult {
  const fitted = fittedOf(task, onProgress);
  const draft = task.draft === undefined ? null : fittedOf({ ...task, model: task.draft });
  const paths = simulate(fitted, {
    seed: task.seed,
    ...(task.horizon === null ? {} : { horizon: task.horizon }),
    ...(task.paths === null ? {} : { paths: task.paths }),
    ...(task.decode === undefined ? {} : { decode: task.decode }),
    ...(draft === null ? {} : { draft }),
    inputs: inputsFor(fitted, task),
  });
  const { count, horizon, values, logProbabilities } = paths;
  return {
    times: futureTimes(fitted.origin, horizon),
    count,
    values,
    ...(logProbabilities === undefined ? {} : { logProbabilities }),
    notes:
      draft === null
        ? fitted.report.notes
        : [...fitted.report.notes, saved(draft, paths as SpeculativePaths)],
    notation: fitted.notation,
    origin: fitted.origin,
    fitted: task.keep ? detach(fitted) : null,
  };
}

/** What the draft saved. */
function saved({ notation }: Fitted, paths: SpeculativePaths): Note {
  const { count, horizon, passes, accepted } = paths;
  const share = Math.round(100 * accepted);
  return {
    code: "draft-accepted",
    severity: "info",
    message: `${share} % of the values that ${notation} proposed were accepted: ${passes} passes of the model for ${count * horizon} values.`,
    details: { passes, accepted },
  };
}

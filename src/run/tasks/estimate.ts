import type { Series } from "../../core/series.js";
import { detach } from "./detached.js";
import { fittedOf, type OnProgress } from "./fitted-of.js";
import type { EstimateResult } from "./results.js";
import type { Task } from "./task.js";

/** A fit alone; the series that it was fitted to comes along only where it is not the one of the task. */
export function estimateTask(task: Task, onProgress?: OnProgress): EstimateResult {
  const fitted = fittedOf(task, onProgress);
  return {
    notation: fitted.notation,
    fitted: detach(fitted),
    history: historyOf(fitted.history, task.series),
  };
}

function historyOf(history: Series | undefined, series: Series | null): EstimateResult["history"] {
  if (history === undefined) return "none";
  return history === series ? "same" : history;
}

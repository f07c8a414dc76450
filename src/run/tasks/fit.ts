import type { Fitted } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { checkResiduals } from "../../engine/check-residuals.js";
import { detach } from "./detached.js";
import { fittedOf, type OnProgress } from "./fitted-of.js";
import type { EstimateResult, FitResult, LjungBox } from "./results.js";
import type { Task } from "./task.js";

/** A fit with its report and the test of its residuals. */
export function fitTask(task: Task, onProgress?: OnProgress): FitResult {
  const fitted = fittedOf(task, onProgress);
  const { report, notation } = fitted;
  return { report, notation, ljungBox: residualCheck(fitted, task.series), fitted: detach(fitted) };
}

function residualCheck(fitted: Fitted, series: Series | null): LjungBox | null {
  const test = checkResiduals(fitted, fitted.history ?? series ?? undefined);
  return test === null ? null : { statistic: test.statistic, df: test.df, pValue: test.pValue };
}

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

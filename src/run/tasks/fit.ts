import type { Fitted } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { checkResiduals } from "../../engine/check-residuals.js";
import { detach } from "./detached.js";
import { fittedOf, type OnProgress } from "./fitted-of.js";
import type { FitResult, LjungBox } from "./results.js";
import type { Task } from "./task.js";

export function fitTask(task: Task, onProgress?: OnProgress): FitResult {
  const fitted = fittedOf(task, onProgress);
  const { report, notation } = fitted;
  return { report, notation, ljungBox: residualCheck(fitted, task.series), fitted: detach(fitted) };
}

function residualCheck(fitted: Fitted, series: Series | null): LjungBox | null {
  const test = checkResiduals(fitted, fitted.history ?? series ?? undefined);
  return test === null ? null : { statistic: test.statistic, df: test.df, pValue: test.pValue };
}

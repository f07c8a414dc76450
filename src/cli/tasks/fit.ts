import type { Fitted } from "../../core/model.js";
import { residuals } from "../../engine/residuals.js";
import { detach } from "./detached.js";
import { fittedOf } from "./fitted-of.js";
import type { FitResult, LjungBox } from "./results.js";
import type { Task } from "./task.js";

export function fitTask(task: Task): FitResult {
  const fitted = fittedOf(task);
  return { report: fitted.report, ljungBox: residualCheck(fitted), fitted: detach(fitted) };
}
function residualCheck(_f: Fitted): LjungBox | null {
  void residuals;
  return null;
}

import { YuleError } from "../../core/errors.js";
import type { Fitted } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { ljungBox } from "../../diagnostics/portmanteau.js";
import { residuals } from "../../engine/residuals.js";
import { detach } from "./detached.js";
import { fittedOf, type OnProgress } from "./fitted-of.js";
import type { FitResult, LjungBox } from "./results.js";
import type { Task } from "./task.js";

export function fitTask(task: Task, onProgress?: OnProgress): FitResult {
  const fitted = fittedOf(task, onProgress);
  const { report, notation } = fitted;
  return { report, notation, ljungBox: residualCheck(fitted, task.series), fitted: detach(fitted) };
}

/**
 * Whether the standardised residuals are correlated, over two periods or ten lags as R's `forecast::checkresiduals`;
 * null where there are too few or they do not vary.
 */
function residualCheck(fitted: Fitted, series: Series | null): LjungBox | null {
  const source = fitted.history ?? series;
  const errors = residuals(fitted, { kind: "standardized", ...(source === null ? {} : { series: source }) });
  const present = errors.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const parameters = fitted.report.coefficients.filter(({ name }) => /^s?(ar|ma)\d+$/.test(name)).length;
  const { period } = fitted.origin;
  const wanted = Math.min(period > 1 ? 2 * period : 10, Math.round(present / 5));
  const lags = Math.max(wanted, parameters + 3);
  if (lags >= present) return null;
  try {
    const { statistic, df, pValue } = ljungBox(errors, { lags, parameters });
    return { statistic, df, pValue };
  } catch (error) {
    if (error instanceof YuleError && error.category === "data") return null;
    throw error;
  }
}

import { everyPart } from "../../engine/parts/every-part.js";
import { fieldsOf } from "../outcome.js";
import { anomaliesTask } from "./anomalies.js";
import { backtestTask } from "./backtest.js";
import { estimateTask, fitTask } from "./fit.js";
import type { OnProgress } from "./fitted-of.js";
import { forecastTask } from "./forecast.js";
import type {
  AnomaliesResult,
  BacktestResult,
  EstimateResult,
  FitResult,
  ForecastResult,
  SimulateResult,
} from "./results.js";
import { simulateTask } from "./simulate.js";
import type { Outcome, Task } from "./task.js";

/** What each kind of task yields. */
export interface TaskResults {
  readonly forecast: ForecastResult;
  readonly fit: FitResult;
  readonly estimate: EstimateResult;
  readonly simulate: SimulateResult;
  readonly backtest: BacktestResult;
  readonly anomalies: AnomaliesResult;
}

export type TaskOf<K extends keyof TaskResults> = Task & { readonly kind: K };

const WORKERS = {
  forecast: forecastTask,
  fit: fitTask,
  estimate: estimateTask,
  simulate: simulateTask,
  backtest: backtestTask,
  anomalies: anomaliesTask,
} as const;

/** Does a task; an error is an outcome like any other, in plain data. */
export function perform<K extends keyof TaskResults>(
  task: TaskOf<K>,
  onProgress?: OnProgress,
): Outcome<TaskResults[K]> {
  everyPart();
  const id = idOf(task);
  const asked = askedOf(task);
  if ("refused" in task.model) return { status: "failed", id, model: asked, error: task.model.refused };
  try {
    const value = WORKERS[task.kind](task, onProgress) as TaskResults[K];
    return { status: "ok", id, model: "notation" in value ? value.notation : asked, value };
  } catch (error) {
    return { status: "failed", id, model: asked, error: fieldsOf(error, id) };
  }
}

/** The series that a task is about. */
export function idOf({ series, model }: Pick<Task, "series" | "model">): string {
  return series?.id ?? ("fitted" in model ? model.fitted.rest.origin.id : "");
}

/** The notation that was asked for. */
export function askedOf({ model }: Pick<Task, "model">): string {
  if ("refused" in model) return model.asked;
  return "notation" in model ? model.notation : model.fitted.rest.notation;
}

import type { Distribution } from "../../core/distribution.js";
import { type Forecast, interval } from "../../core/forecast.js";
import type { Fitted } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { timeLabels } from "../../core/time/calendar.js";
import { forecast } from "../../engine/forecast.js";
import { oneStepAhead } from "../../engine/one-step.js";
import { probabilities } from "../../engine/probability.js";
import { detach } from "./detached.js";
import { fittedOf, inputsFor, type OnProgress } from "./fitted-of.js";
import type { ForecastResult, HistoryResult } from "./results.js";
import type { Task } from "./task.js";

export function forecastTask(task: Task, onProgress?: OnProgress): ForecastResult {
  const fitted = fittedOf(task, onProgress);
  const options = {
    seed: task.seed,
    ...(task.horizon === null ? {} : { horizon: task.horizon }),
    ...(task.paths === null ? {} : { paths: task.paths }),
    inputs: inputsFor(fitted, task),
  };
  const ahead = forecast(fitted, options);
  const { events = [] } = task;
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
    history:
      task.history === true && task.series !== null ? historyOf(fitted, task.series, task.levels) : null,
    probabilities: events.length === 0 ? [] : probabilities(fitted, events, options),
    notes: ahead.notes,
    notation: fitted.notation,
    origin: fitted.origin,
    fitted: task.keep ? detach(fitted) : null,
  };
}

function historyOf(fitted: Fitted, series: Series, levels: readonly number[]): HistoryResult {
  const rows = oneStepAhead(fitted, series);
  const column = (value: (row: Distribution) => number) =>
    Float64Array.from(rows, (row) => (row === null ? Number.NaN : value(row)));
  const { time, y } = series;
  const quantile = (p: number) => column((row) => row.quantile(p));
  const median = quantile(0.5);
  return {
    times: time === null ? Array.from(y, (_, t) => String(t + 1)) : timeLabels(time, 0, y.length),
    y,
    mean: column(({ mean }) => mean).map((mean, t) => (Number.isFinite(mean) ? mean : median[t]!)),
    median,
    intervals: levels.map((level) => ({
      level,
      lower: quantile(0.5 - level / 200),
      upper: quantile(0.5 + level / 200),
    })),
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

import { dataError } from "./errors.js";
import type { Origin } from "./model.js";
import type { Series } from "./series.js";
import { formatFrequency, timeAt, timeLabel } from "./time/calendar.js";
import { sameStep } from "./time/frequency.js";
import type { TimeAxis } from "./time/time.js";
import { markOf, marksPerStep, rulerOf } from "./time/time-steps.js";

/** How the rows of a series follow on what a model has seen. */
export interface Following {
  /** Rows at the beginning that the model has seen already. */
  readonly seen: number;
  /** Steps between the last row that the model has seen and the first new one. */
  readonly gap: number;
}

/**
 * Where a series goes on from a model; at its next step where one of them has no times.
 *
 * @throws YuleError `other-frequency`, `off-grid` where the series does not step in time with the model.
 */
export function following({ time, length }: Origin, series: Series): Following {
  if (time === null || series.time === null) return { seen: 0, gap: 0 };
  if (!sameStep(time.frequency, series.time.frequency)) {
    throw dataError(
      "other-frequency",
      series.id,
      formatFrequency(series.time.frequency),
      `The rows of ${series.id} step by ${formatFrequency(series.time.frequency)}, the model by ${formatFrequency(time.frequency)}; give rows of the same frequency.`,
    );
  }
  const offset = stepsBetween(time, series.time) - length;
  if (!Number.isInteger(offset)) {
    throw dataError(
      "off-grid",
      series.id,
      timeLabel(series.time, 0),
      `The time ${timeLabel(series.time, 0)} of ${series.id} lies between two steps of the model, whose next is ${timeLabel(time, length)}.`,
    );
  }
  return { seen: Math.max(0, -offset), gap: Math.max(0, offset) };
}

/** Steps from the first time of an axis to that of another with the same step. */
function stepsBetween(from: TimeAxis, to: TimeAxis): number {
  const ruler = rulerOf(from.frequency.unit);
  const mark = (axis: TimeAxis) => {
    const { local, offset } = timeAt(axis, 0);
    return markOf(ruler, ruler === "clock" && axis.zone !== null ? local - offset * 60_000 : local);
  };
  return (mark(to) - mark(from)) / marksPerStep(from.frequency);
}

import { dataError } from "../../core/errors.js";
import type { InputRule } from "../../core/input-rule.js";
import { provide } from "../../core/parts.js";
import { timeLabel } from "../../core/time/calendar.js";
import { dateOf, daysOf, isLeapYear, weekdayOf } from "../../core/time/civil.js";
import type { TimeAxis } from "../../core/time/time.js";
import { isUpToADay, isUpToAWeek, type Span, spanOfStep, spansOfSteps } from "./periods.js";

provide({ valuesOfRule });

/**
 * The values of a regressor that follows from the times, at `count` steps of an axis from step `from` on.
 *
 * @throws YuleError `unknown-holidays` where a step lies outside the years whose holidays the rule has.
 */
export function valuesOfRule(
  name: string,
  rule: InputRule,
  axis: TimeAxis,
  from: number,
  count: number,
): Float64Array {
  if (rule.kind === "days") return touchedDays(name, rule, axis, from, count);
  const { starts, ends } = spansOfSteps(axis, from, count);
  return starts.map((start, h) => valueAt(rule, axis, from + h, [start, ends[h]!]));
}

function valueAt(
  rule: Exclude<InputRule, { kind: "days" }>,
  axis: TimeAxis,
  step: number,
  [start, end]: Span,
): number {
  const first = Math.floor(start);
  const { year, month } = dateOf(first);
  switch (rule.kind) {
    case "weekday":
      return weekdayValue(rule.weekday, first, end, axis);
    case "month":
      return month === rule.month ? 1 : 0;
    case "month-end":
      return dateOf(dayAfter(axis, step, first, end)).month === month ? 0 : 1;
    case "trading-days":
      return [1, 2, 3, 4, 5].reduce((sum, weekday) => sum + daysOn(weekday, first, Math.ceil(end)), 0);
    case "leap":
      return [year, year + 1].some((y) => isLeapYear(y) && touches([start, end], daysOf(y, 2, 29))) ? 1 : 0;
    case "year-wave":
      return waveAt(rule, start, year);
  }
}

function waveAt({ wave, harmonic }: Extract<InputRule, { kind: "year-wave" }>, start: number, year: number) {
  const begin = daysOf(year, 1, 1);
  const share = (start - begin) / (daysOf(year + 1, 1, 1) - begin);
  const angle = 2 * Math.PI * ((harmonic * share) % 1);
  return wave === "sin" ? Math.sin(angle) : Math.cos(angle);
}

/** The first day after a step; of working days the next one. */
function dayAfter(axis: TimeAxis, step: number, first: number, end: number): number {
  if (axis.frequency.unit === "business-day") return spanOfStep(axis, step + 1)[0];
  return isUpToADay(axis.frequency) ? first + 1 : Math.floor(end);
}

function touches([start, end]: Span, day: number): boolean {
  return start < day + 1 && end > day;
}

function weekdayValue(weekday: number, first: number, end: number, { frequency }: TimeAxis): number {
  if (isUpToADay(frequency)) return weekdayOf(first) === weekday ? 1 : 0;
  const own = daysOn(weekday, first, Math.ceil(end));
  return isUpToAWeek(frequency) ? own : own - daysOn(7, first, Math.ceil(end));
}

/** Days between two days (the second exclusive) that lie on a weekday. */
function daysOn(weekday: number, first: number, end: number): number {
  const offset = (weekday - weekdayOf(first) + 7) % 7;
  return Math.max(0, Math.ceil((end - first - offset) / 7));
}

function touchedDays(
  name: string,
  { spans, known }: Extract<InputRule, { kind: "days" }>,
  axis: TimeAxis,
  from: number,
  count: number,
): Float64Array {
  const single = isUpToADay(axis.frequency);
  const { starts, ends } = spansOfSteps(axis, from, count);
  let next = 0;
  return starts.map((start, h) => {
    const end = ends[h]!;
    if (known !== undefined && (start < known[0] || end > known[1]))
      throw unknown(name, axis, from + h, known);
    while (next < spans.length && spans[next]![1] <= start) next++;
    let days = 0;
    for (let i = next; i < spans.length && spans[i]![0] < end; i++) {
      days += Math.ceil(Math.min(end, spans[i]![1])) - Math.floor(Math.max(start, spans[i]![0]));
    }
    return single ? Math.min(1, days) : days;
  });
}

/** How many spans any of the first `count` steps touches. */
export function touchedSpans(spans: readonly Span[], axis: TimeAxis, count: number): number {
  const { starts, ends } = spansOfSteps(axis, 0, count);
  const touched = new Set<number>();
  let next = 0;
  for (let t = 0; t < count; t++) {
    while (next < spans.length && spans[next]![1] <= starts[t]!) next++;
    for (let i = next; i < spans.length && spans[i]![0] < ends[t]!; i++) touched.add(i);
  }
  return touched.size;
}

function unknown(name: string, axis: TimeAxis, step: number, [first, end]: Span): Error {
  const label = timeLabel(axis, step);
  const years = `${dateOf(first).year} to ${dateOf(end - 1).year}`;
  return dataError(
    "unknown-holidays",
    name,
    label,
    `The dates of ${name} are known for the years ${years} only, not for ${label}; fit the model again, or give the values of ${name}.`,
  );
}

import type { Note } from "../../../core/model.js";
import { MS_PER_DAY } from "../../../core/time/civil.js";
import { marksPerStep } from "../../../core/time/time-steps.js";
import type { Times } from "../times/times.js";
import type { Groups } from "./groups.js";
import { marksOn, type Spacing } from "./spacing.js";
import { spanText } from "./span-text.js";

/** Times moved to the nearest step that was asked for. */
export interface Snapped {
  readonly times: Times;
  readonly spacing: Spacing;
}

/**
 * Moves times that lie beside the steps of a given length, such as those of a sensor, to the nearest of them, or to the
 * last one before where two would meet; null where no time lies beside one, or where two rows share a step either way.
 */
export function snapped(groups: Groups, times: Times, spacing: Spacing): Snapped | null {
  const step = marksPerStep(spacing.frequency);
  if (spacing.ruler !== "clock" || step > MS_PER_DAY) return null;
  const { local } = times;
  const beside = local.reduce((count, time) => count + (time % step === 0 ? 0 : 1), 0);
  if (beside === 0 || keepsPhase(groups, spacing.marks, step)) return null;
  for (const to of [Math.round, Math.floor]) {
    const moved = local.map((time) => to(time / step) * step);
    if (!isDistinct(groups, moved)) continue;
    const instants = times.instants?.map((instant, i) => instant + moved[i]! - local[i]!) ?? null;
    const notes = [...times.notes, snapNote(beside, local, moved, spacing)];
    const shifted = { ...times, local: moved, instants, notes };
    return { times: shifted, spacing: { ...spacing, marks: marksOn("clock", shifted) } };
  }
  return null;
}

/** Whether all rows of a series lie whole steps apart, wherever the first one is. */
function keepsPhase({ ids, starts }: Groups, marks: Float64Array, step: number): boolean {
  for (let series = 0; series < ids.length; series++) {
    const first = marks[starts[series]!]!;
    for (let i = starts[series]!; i < starts[series + 1]!; i++)
      if ((marks[i]! - first) % step !== 0) return false;
  }
  return true;
}

function isDistinct({ ids, starts }: Groups, marks: Float64Array): boolean {
  for (let series = 0; series < ids.length; series++) {
    for (let i = starts[series]! + 1; i < starts[series + 1]!; i++)
      if (marks[i] === marks[i - 1]) return false;
  }
  return true;
}

function snapNote(
  beside: number,
  local: Float64Array,
  moved: Float64Array,
  { ruler, frequency }: Spacing,
): Note {
  const most = local.reduce((top, time, i) => Math.max(top, Math.abs(time - moved[i]!)), 0);
  return {
    code: "times-snapped",
    severity: "info",
    message: `${beside} of ${local.length} times lie between steps of ${spanText(ruler, marksPerStep(frequency))} and were moved to them, by ${spanText(ruler, most)} at most.`,
    details: { rows: beside, milliseconds: most },
  };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Steps that instruments take, as --frequency writes them. */
const USUAL: readonly (readonly [string, number])[] = [
  ["S", SECOND],
  ["5S", 5 * SECOND],
  ["10S", 10 * SECOND],
  ["15S", 15 * SECOND],
  ["30S", 30 * SECOND],
  ["min", MINUTE],
  ["2min", 2 * MINUTE],
  ["5min", 5 * MINUTE],
  ["10min", 10 * MINUTE],
  ["15min", 15 * MINUTE],
  ["20min", 20 * MINUTE],
  ["30min", 30 * MINUTE],
  ["H", HOUR],
  ["2H", 2 * HOUR],
  ["3H", 3 * HOUR],
  ["4H", 4 * HOUR],
  ["6H", 6 * HOUR],
  ["12H", 12 * HOUR],
  ["D", MS_PER_DAY],
];

/** The usual step nearest to the one in the middle of all distances; null where none is near. */
export function usualStep(spacing: Spacing): string | null {
  if (spacing.ruler !== "clock") return null;
  const { marks } = spacing;
  const distances: number[] = [];
  for (let i = 1; i < marks.length; i++)
    if (marks[i]! > marks[i - 1]!) distances.push(marks[i]! - marks[i - 1]!);
  const middle = Float64Array.from(distances).sort()[distances.length >> 1];
  if (middle === undefined) return null;
  const found = USUAL.find(([, step]) => Math.abs(middle - step) <= 0.2 * step);
  return found?.[0] ?? null;
}

import type { Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { medianOf, NORMAL_MAD, slopeOf } from "../../diagnostics/summary.js";

/** Values between which a level shift is looked for. */
const LEAST = 30;
const MOST = 5000;
/** Least size of a shift in robust standard deviations of a change: of a single change, and of the median of a run over a season of so many or more. */
const FAR = { single: 6, run: 4.5, from: 7 };
/** Shares of the shift: changes within its run are at least the first, other changes below the second. */
const REACHED = 0.4;
const BELOW = 0.6;
/** Share of the shift by which the changes within its run may grow from the first to the last: those of a new slope grow by more. */
const GROWN = 0.5;
/** Limit of the other changes in robust standard deviations: where larger ones occur, such changes are usual for the series. */
const QUIET = 5;
/** Least number of values after a shift, to distinguish it from a burst of outliers. */
const SINCE = 4;
/** Share of a single change by which the level of the values after it must be above that before, growth aside: steep growth has no such step. */
const LASTS = 0.7;

/**
 * The series with the values before a single clear shift of its level moved to the new level, and a note that tells it; as it is
 * where there is none, or more than one. Models would otherwise fit the shift as trend or season.
 *
 * With changes over a season, d_t = y_t − y_{t−m}, a shift at k is a run of at most m of them, from k on, all about as large and
 * far beyond the others. A trend that turns has such a run too, but its changes grow with every step.
 */
export function withoutShift(series: Series): { readonly series: Series; readonly note: Note | null } {
  const found = series.inputs.names.length > 0 ? null : shiftIn(series);
  if (found === null) return { series, note: null };
  const { at, size } = found;
  const y = series.y.map((value, t) => (t < at ? value + size : value));
  const leavesAmounts = series.y.every((value) => value >= 0) && y.some((value) => value < 0);
  if (leavesAmounts) return { series, note: null };
  const rounded = Number(size.toPrecision(3));
  return {
    series: { ...series, y },
    note: {
      code: "level-shift",
      severity: "info",
      message: `auto found that the level of ${series.id} changed by ${rounded > 0 ? "+" : ""}${rounded} in row ${at + 1}: the values before were moved to the new level.`,
      details: { row: at + 1, size },
    },
  };
}

interface Shift {
  readonly at: number;
  readonly size: number;
}

function shiftIn({ y, period }: Series): Shift | null {
  const lag = y.length >= 3 * period ? period : 1;
  if (y.length < LEAST || y.length > MOST || y.some(Number.isNaN)) return null;
  const raw = Float64Array.from({ length: y.length - lag }, (_, k) => y[k + lag]! - y[k]!);
  const centre = medianOf(raw);
  const changes = raw.map((change) => change - centre);
  const usual = NORMAL_MAD * medianOf(changes.map(Math.abs));
  const first = largestRun(changes, lag);
  const run = changes.slice(first, first + lag);
  const size = medianOf(run);
  const at = first + lag;
  const far = lag >= FAR.from && run.length === lag ? FAR.run : FAR.single;
  if (!(usual > 0 && Math.abs(size) > far * usual) || y.length - at < SINCE) return null;
  const reached = run.every((change) => change / size > REACHED) && (lag > 1 || lasts(y, at, size));
  const most = Math.min(BELOW * Math.abs(size), QUIET * usual);
  const others = changes.every((change, k) => (k >= first && k < at) || Math.abs(change) < most);
  if (!reached || !others || (slopeOf(run) * (run.length - 1)) / size > GROWN) return null;
  return { at, size: y.every(Number.isInteger) ? Math.round(size) : size };
}

function lasts(y: Float64Array, at: number, size: number): boolean {
  const levelFrom = (row: number) => medianOf(y.slice(row, row + SINCE));
  const before = levelFrom(Math.max(0, at - SINCE));
  const growth = at < 2 * SINCE ? 0 : before - levelFrom(at - 2 * SINCE);
  return (levelFrom(at) - before - growth) / size > LASTS;
}

/** Where the run of `lag` changes begins, fewer at the end, whose sum is the farthest from 0 for its length. */
function largestRun(changes: Float64Array, lag: number): number {
  const sums = new Float64Array(changes.length + 1);
  for (let k = 0; k < changes.length; k++) sums[k + 1] = sums[k]! + changes[k]!;
  let largest = 0;
  let first = 0;
  for (let k = 0; k + SINCE <= changes.length; k++) {
    const end = Math.min(k + lag, changes.length);
    const size = Math.abs(sums[end]! - sums[k]!) / Math.sqrt(end - k);
    if (size <= largest) continue;
    largest = size;
    first = k;
  }
  return first;
}

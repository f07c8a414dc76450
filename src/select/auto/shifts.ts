import type { Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { medianOf } from "../../diagnostics/summary.js";

/** Values from which, and seasons within which, a level shift is looked for. */
const LEAST = 30;
/** A shift in usual deviations of a change, and what share of it the values beside may differ by. */
const FAR = 8;
const ALIKE = 0.35;
/** Values after a shift, from which it is no burst of single ones. */
const SINCE = 4;
/** Other changes in usual deviations: where there are larger ones, changes of the level are what the series is like. */
const QUIET = 5;
/** MAD of normal values to their standard deviation. */
const NORMAL_MAD = 1.4826;

/**
 * The series with the values before a single clear shift of its level moved to the new level, and a note that tells it; as it is
 * where there is none, or more than one. Models of trend and season would take the shift for one of these.
 *
 * With changes over a season, d_t = y_t − y_{t−m}, a shift at k is a run of at most m of them, from k on, all about as large and
 * far beyond the others.
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
  if (y.length < LEAST || y.some(Number.isNaN)) return null;
  const changes = Float64Array.from({ length: y.length - lag }, (_, k) => y[k + lag]! - y[k]!);
  const centre = medianOf(changes);
  const usual = NORMAL_MAD * medianOf(changes.map((change) => Math.abs(change - centre)));
  if (!(usual > 0)) return null;
  const far = (change: number) => Math.abs(change - centre) > FAR * usual;
  const first = changes.findIndex(far);
  if (first < 0) return null;
  const run = changes.slice(first, first + lag);
  const others = [...changes.slice(0, first), ...changes.slice(first + lag)];
  const size = medianOf(run) - centre;
  const at = first + lag;
  if (y.length - at < SINCE || others.some((change) => Math.abs(change - centre) > QUIET * usual))
    return null;
  const alike = run.every((change) => Math.abs(change - centre - size) < ALIKE * Math.abs(size));
  if (!alike) return null;
  const moved = levelAfter(y, at, lag, centre);
  return { at, size: y.every(Number.isInteger) ? Math.round(moved) : moved };
}

/** The difference of the medians before and after, over the same positions of the season. */
function levelAfter(y: Float64Array, at: number, lag: number, centre: number): number {
  const after = y.length - at;
  const differences = Float64Array.from(
    { length: Math.min(after, lag) },
    (_, k) => y[at + k]! - y[at + k - lag]!,
  );
  return medianOf(differences) - centre;
}

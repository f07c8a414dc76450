import type { Note } from "../../core/model.js";
import { type Series, slice } from "../../core/series.js";

/** Values that are used at most, or so many seasons where that is more. */
const MOST_VALUES = 8000;
const MOST_SEASONS = 14;

/**
 * The recent part of a very long series, so that the work is bounded: the last 8,000 values, or 14 seasons where they are more.
 * Older values add little to the forecast; a note reports what was left out.
 */
export function shortened(series: Series): { readonly series: Series; readonly note: Note | null } {
  const n = series.y.length;
  const most = Math.max(MOST_VALUES, MOST_SEASONS * series.period);
  if (n <= most) return { series, note: null };
  return {
    series: slice(series, n - most),
    note: {
      code: "shortened",
      severity: "info",
      message: `auto used the last ${most} of ${n} values of ${series.id}.`,
      details: { used: most, of: n },
    },
  };
}

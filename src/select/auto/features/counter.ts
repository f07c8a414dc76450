import type { Note } from "../../../core/model.js";
import type { Series } from "../../../core/series.js";

/** Values at least, and steps between two falls of a counter on average. */
const LEAST = 20;
const STEPS_BETWEEN = 8;
/** Share of the value before to which a counter falls at most, counted from 0. */
const LEFT = 0.25;

/**
 * A warning where values only rise, except for a few rows where they begin again near 0, as those of a counter, a meter that was replaced
 * or a running total of the year: what it adds in each step is easier to forecast. Null for others, and for values that rise without an end,
 * which may be a population.
 */
export function counterNote({ id, y }: Series): Note | null {
  const rows: number[] = [];
  let observed = 0;
  let rises = 0;
  let before = Number.NaN;
  for (let t = 0; t < y.length; t++) {
    const value = y[t]!;
    if (Number.isNaN(value)) continue;
    if (value < 0) return null;
    observed++;
    if (value < before) {
      if (value > LEFT * before) return null;
      rows.push(t + 1);
    } else if (value > before) rises++;
    before = value;
  }
  const few = rows.length === 0 || observed < LEAST || observed < STEPS_BETWEEN * (rows.length + 1);
  if (few || rises < observed / 2) return null;
  return {
    code: "running-total",
    severity: "warning",
    message: `Values of ${id} only rise, but in row ${rows[0]!}${rows.length > 1 ? ` and ${rows.length - 1} more` : ""} they begin again near 0, as a counter or a running total does: forecast its differences, what each step adds.`,
    details: { rows },
  };
}

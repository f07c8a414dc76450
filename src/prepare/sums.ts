import type { Note } from "../core/model.js";
import type { Series } from "../core/series.js";
import { unseenPositions } from "../diagnostics/seasonality/unseen-positions.js";
import { aggregateValues } from "./aggregate-values.js";

/** Share of a period's values that must be there for its sum to be estimated. */
const ENOUGH = 0.8;
/** Cycles after which a position of the season without any value counts as one that never has one. */
const CYCLES = 3;

/** Sums of periods, `rows[i]` to `rows[i + 1] - 1`, with what was done about missing values. */
export interface Sums {
  readonly y: Float64Array;
  readonly notes: readonly Note[];
}

/**
 * Sums by period. At a position of the season that was never observed in three cycles or more, as on Sundays of a shop that is
 * closed, a missing value is 0. Of a period with four fifths of its other values the sum is the mean of these times their
 * number; of one with fewer it is missing.
 */
export function sumsOf(source: Series, rows: readonly number[]): Sums {
  const values = source.y.slice();
  const closed = closedPositions(source);
  values.forEach((value, t) => {
    if (Number.isNaN(value) && closed[t % source.period]) values[t] = 0;
  });
  const y = new Float64Array(rows.length - 1);
  const estimated: number[] = [];
  for (let i = 0; i < y.length; i++) {
    const [from, to] = [rows[i]!, rows[i + 1]!];
    const part = values.subarray(from, to);
    y[i] = aggregateValues(part, "sum");
    if (!Number.isNaN(y[i]!)) continue;
    const present = part.filter((value) => !Number.isNaN(value));
    const shut = closedRows(closed, from, to);
    const [open, observed] = [part.length - shut, present.length - shut];
    if (observed < ENOUGH * open) continue;
    y[i] = (aggregateValues(present, "sum") * open) / observed;
    estimated.push(i);
  }
  return { y, notes: [...closedNote(source, closed), ...estimatedNote(source, estimated.length)] };
}

/** Which positions of the season never have a value. */
function closedPositions({ y, period }: Series): readonly boolean[] {
  const closed = new Array<boolean>(period).fill(false);
  if (period > 1 && y.length >= CYCLES * period)
    for (const at of unseenPositions(y, period)) closed[at] = true;
  return closed;
}

function closedRows(closed: readonly boolean[], from: number, to: number): number {
  let count = 0;
  for (let t = from; t < to; t++) if (closed[t % closed.length]) count++;
  return count;
}

function closedNote({ id, period }: Series, closed: readonly boolean[]): Note[] {
  const count = closed.filter(Boolean).length;
  if (count === 0) return [];
  const message = `${count} of the ${period} positions of the season of ${id} never ${count === 1 ? "has" : "have"} a value; sums count them as 0.`;
  return [{ code: "closed-positions", severity: "info", message, details: { count, period } }];
}

function estimatedNote({ id }: Series, count: number): Note[] {
  if (count === 0) return [];
  const message = `${count === 1 ? "1 sum" : `${count} sums`} of ${id} ${count === 1 ? "was" : "were"} scaled up for missing values, at most a fifth of each period; use --fill zero if a missing row means 0.`;
  return [{ code: "scaled-sums", severity: "warning", message, details: { count } }];
}

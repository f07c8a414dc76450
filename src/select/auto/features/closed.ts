import type { Series } from "../../../core/series.js";
import { powerOf } from "../../../math/power.js";
import type { Closed } from "../../ensemble/process.js";

/** Seasons that must have been seen. */
const LEAST_SEASONS = 3;
/** How many times as many positions as chance makes 0 must be so. */
const CLEARLY = 20;

/**
 * Positions of the season at which every observed value was 0, as closing days and nights; null where chance may have made them so: zeros
 * at the other positions come often enough for more than one in twenty of these.
 *
 * After k seasons of zeros the next value is 0 with probability (k + 1)/(k + 2), Laplace's rule of succession.
 *
 * @param periods seasonal periods, ascending; the longest that has such positions counts.
 */
export function closedPositions({ y }: Series, periods: readonly number[]): Closed | null {
  for (const period of [...periods].reverse()) {
    const found = closedOf(y, period);
    if (found !== null) return found;
  }
  return null;
}

function closedOf(y: Float64Array, period: number): Closed | null {
  const seasons = Math.floor(y.filter((value) => !Number.isNaN(value)).length / period);
  if (seasons < LEAST_SEASONS || !y.includes(0)) return null;
  const counts = Array.from({ length: period }, (_, position) => countAt(y, period, position));
  const isClosed = ({ seen, zeros }: Count) => seen >= LEAST_SEASONS && zeros === seen;
  const open = counts.filter((count) => !isClosed(count));
  const positions = Array.from(counts.keys()).filter((position) => isClosed(counts[position]!));
  const seen = open.reduce((sum, count) => sum + count.seen, 0);
  if (positions.length === 0 || seen === 0) return null;
  const share = open.reduce((sum, count) => sum + count.zeros, 0) / seen;
  const byChance = counts.reduce((sum, count) => sum + powerOf(share, count.seen), 0);
  if (positions.length < CLEARLY * byChance) return null;
  return { period, positions, certainty: (seasons + 1) / (seasons + 2) };
}

interface Count {
  readonly seen: number;
  readonly zeros: number;
}

function countAt(y: Float64Array, period: number, position: number): Count {
  let seen = 0;
  let zeros = 0;
  for (let t = position; t < y.length; t += period) {
    if (Number.isNaN(y[t]!)) continue;
    seen++;
    if (y[t] === 0) zeros++;
  }
  return { seen, zeros };
}

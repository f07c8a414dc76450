import { inputRow, type Series } from "../../core/series.js";
import { pathStreams } from "../../engine/roll.js";
import type { DeepArParams } from "./config.js";
import { rollPaths } from "./roll.js";
import type { DeepArState } from "./walker.js";

// What forecasts of rows held back from training missed: how many times as wide an interval had to be to reach what
// came. The values at a level, sorted, tell the width that would have held as often as promised: split conformal
// prediction (Vovk, Gammerman and Shafer 2005), with the model's own width as the unit.

/** Levels at which widths are compared, as shares. */
export const LEVELS = [0.8, 0.95] as const;

/** One value against its forecast. */
export interface Miss {
  /** Steps ahead, from 1. */
  readonly step: number;
  /** By level, the width that reaches the value, in widths of the forecast's own interval; 0 at the median. */
  readonly needed: readonly number[];
}

const PATHS = 200;

/** Forecasts rows `origin` to `to` of a series from the state before them, and confronts them with what came. */
export function missesFrom(
  params: DeepArParams,
  state: DeepArState,
  series: Series,
  origin: number,
  to: number,
): Miss[] {
  const horizon = to - origin;
  const inputs = Array.from({ length: horizon }, (_, h) => inputRow(series.inputs, origin + h));
  const { values } = rollPaths(params, state, inputs, pathStreams(origin, PATHS));
  const misses: Miss[] = [];
  const column = new Float64Array(PATHS);
  for (let h = 0; h < horizon; h++) {
    const y = series.y[origin + h]!;
    if (Number.isNaN(y)) continue;
    for (let i = 0; i < PATHS; i++) column[i] = values[i * horizon + h]!;
    column.sort();
    misses.push({ step: h + 1, needed: LEVELS.map((level) => neededAt(column, level, y)) });
  }
  return misses;
}

function neededAt(sorted: Float64Array, level: number, y: number): number {
  const median = quantileOf(sorted, 0.5);
  if (y === median) return 0;
  const end = quantileOf(sorted, y > median ? (1 + level) / 2 : (1 - level) / 2);
  return end === median ? Number.POSITIVE_INFINITY : (y - median) / (end - median);
}

/** Between the two nearest of a sorted sample. */
export function quantileOf(sorted: ArrayLike<number>, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.min(Math.floor(at), sorted.length - 2);
  if (below < 0) return sorted[0]!;
  const [a, b] = [sorted[below]!, sorted[below + 1]!];
  return a === b ? a : a + (at - below) * (b - a);
}

import { defaultHorizon } from "../engine/forecast.js";
import type { FoldOptions, Outline } from "./folds.js";

/** Two periods, or 10 when not seasonal, at most a quarter of the series of middle length. */
export function backtestHorizon(panel: readonly Outline[]): number {
  const lengths = panel.map(({ y }) => y.length).sort((a, b) => a - b);
  const typical = lengths[lengths.length >> 1] ?? 0;
  return Math.max(1, Math.min(defaultHorizon(panel[0]?.period ?? 1), Math.floor(typical / 4)));
}

/** Folds that one forecast reaches over. */
export function overlapOf(horizon: number, { step, gap }: Pick<FoldOptions, "step" | "gap">): number {
  return Math.max(1, Math.ceil((horizon + (gap ?? 0)) / (step ?? horizon)));
}

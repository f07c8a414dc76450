import { MS_PER_DAY } from "../../../core/time/civil.js";
import type { Ruler } from "../../../core/time/time-steps.js";

/** A distance on a ruler in words, e.g. `3 days`. */
export function spanText(ruler: Ruler, distance: number): string {
  if (ruler === "index") return String(distance);
  if (ruler === "business") return plural(distance, "working day");
  if (ruler === "month")
    return distance % 12 === 0 ? plural(distance / 12, "year") : plural(distance, "month");
  if (ruler === "day") return plural(distance, "day");
  const units = [
    ["day", MS_PER_DAY],
    ["hour", 3_600_000],
    ["minute", 60_000],
  ] as const;
  for (const [word, size] of units) if (distance % size === 0) return plural(distance / size, word);
  return plural(distance / 1000, "second");
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

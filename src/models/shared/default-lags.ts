import type { Frequency, TimeUnit } from "../../core/time/time.js";

/** Steps of each unit in the cycles that matter to it, shortest first. */
const CYCLES: Partial<Record<TimeUnit, readonly number[]>> = {
  second: [60, 3600],
  minute: [60, 1440, 10080],
  hour: [24, 168, 720],
  day: [7, 30, 364],
  "business-day": [5, 21, 260],
  week: [4, 52],
  month: [12],
  quarter: [4],
};

/** How often each cycle is followed back. */
const TURNS: Readonly<Record<number, number>> = { 24: 7, 168: 4, 720: 1, 1440: 3, 10080: 1, 7: 4, 30: 1 };
const DEFAULT_TURNS = 3;
const RECENT = 7;

/**
 * The lags a model looks back to: the last seven steps, and each cycle's turns with their neighbours.
 *
 * Hourly: 1–7, 23–25, 47–49 … 167–169, 335–337 … 671–673, 719–721; monthly: 1–7, 11–13, 23–25, 35–37.
 *
 * @param longest no lag beyond this.
 * @returns ascending.
 */
export function defaultLags(frequency: Frequency | null, period: number, longest: number): number[] {
  const unit = frequency?.unit ?? "index";
  const count = frequency?.count ?? 1;
  const cycles = new Set((CYCLES[unit] ?? []).filter((n) => n % count === 0).map((n) => n / count));
  if (period > 1) cycles.add(period);
  const lags = new Set<number>();
  for (let lag = 1; lag <= RECENT; lag++) lags.add(lag);
  for (const cycle of cycles) {
    const turns = TURNS[cycle * count] ?? DEFAULT_TURNS;
    for (let turn = 1; turn <= turns; turn++) {
      for (const lag of [cycle * turn - 1, cycle * turn, cycle * turn + 1]) if (lag > 0) lags.add(lag);
    }
  }
  const kept = [...lags].filter((lag) => lag <= longest).sort((a, b) => a - b);
  return kept.length === 0 ? [1] : kept;
}

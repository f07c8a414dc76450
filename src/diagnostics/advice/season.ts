import type { Series } from "../../core/series.js";
import { candidatePeriods } from "../../core/time/calendar.js";
import { mstl } from "../decomposition/mstl.js";
import type { SeasonsResult } from "../decomposition/seasons.js";
import { separateSeasons } from "../decomposition/seasons.js";
import { strengths } from "../decomposition/strength.js";
import { phasePValue } from "../seasonality/find-period.js";
import { possible } from "./possible.js";
import type { SeasonFinding } from "./types.js";

/** Decomposed noise of k seasons has a strength of about 0.13 + 0.7/k; a season must be stronger. */
const NOISE = 0.2;
const NOISE_ONCE = 0.9;
/** Below this the phases differ by more than chance beside a second-order autoregression. */
const CHANCE = 0.01;
/** A longer season must explain this share of what the shorter one leaves. */
const TELLING = 0.3;

/** Strength of trend and season by STL, and whether the season is more than noise would show. */
export interface SeasonStrength {
  readonly trend: number;
  readonly season: SeasonFinding;
}

/**
 * @param y values, NaN where they are missing: there a season put in by interpolation does not count.
 * @param complete the same with the missing ones interpolated.
 */
export function seasonStrength(
  y: Float64Array,
  complete: Float64Array,
  period: number,
): SeasonStrength | null {
  const parts = possible(() => strengths(mstl(y, period)));
  if (parts === null) return null;
  const strength = parts.seasons[0] ?? null;
  const strong = strength !== null && strength > NOISE + (NOISE_ONCE * period) / y.length;
  const present = strong && phasePValue(complete, period) < CHANCE;
  return { trend: parts.trend, season: { period, strength, present } };
}

/** A week over the day, a year over the week: the next usual cycle of the times, where it is strong. */
export function longerSeasonOf(
  { time, period }: Pick<Series, "time" | "period">,
  y: Float64Array,
): { period: number; strength: number } | null {
  if (time === null || period < 2) return null;
  for (const longer of candidatePeriods(time.frequency)) {
    if (longer <= period || 2 * longer >= y.length) continue;
    const parts = possible(() => strengths(mstl(y, [period, longer])));
    const strength = parts?.seasons[1] ?? 0;
    if (strength > Math.max(TELLING, NOISE + (NOISE_ONCE * longer) / y.length))
      return { period: longer, strength };
  }
  return null;
}

/** Of fewer seasons one pattern is taken for all of them. */
const EVOLVING = 10;

/** The sum of the seasons by STL; zeros where there is none. Robust: bent less by outliers, with heavier tails around it. */
export function seasonalComponent(
  y: Float64Array,
  periods: readonly number[],
  robust: boolean,
): Float64Array {
  const seasonalWindows = [...periods]
    .sort((a, b) => a - b)
    .map((period, i) => (y.length < EVOLVING * period ? ("periodic" as const) : 11 + 4 * i));
  const parts: SeasonsResult | null =
    periods.length === 0 ? null : possible(() => separateSeasons(y, periods, { robust, seasonalWindows }));
  const sum = new Float64Array(y.length);
  for (const { values } of parts?.seasons ?? []) for (let t = 0; t < sum.length; t++) sum[t] += values[t];
  return sum;
}

import type { Series } from "../series.js";
import { candidatePeriods, defaultPeriod } from "./calendar.js";

const WITHIN_A_DAY: ReadonlySet<string> = new Set(["hour", "minute"]);
const DAYS_A_WEEK = 7;

/**
 * The day and the week of values within a day, where their period is the one such values usually have and more than two
 * weeks were seen; else the period of the series.
 */
export function usualPeriods({ y, period, time }: Series): readonly number[] {
  if (time === null || !WITHIN_A_DAY.has(time.frequency.unit) || period !== defaultPeriod(time.frequency))
    return [period];
  const longer = candidatePeriods(time.frequency).filter(
    (candidate) => candidate === DAYS_A_WEEK * period && 2 * candidate < y.length,
  );
  return [period, ...longer];
}

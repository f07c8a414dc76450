import { powerOf } from "../../../math/power.js";
import type { EtsForm } from "../recursion/form.js";
import type { GivenStates } from "./objective.js";

/**
 * Initial states read off the first values, as textbooks do: without a season the first value and the step to the second;
 * with one the mean of the first season, the mean change to the second season, and what the first season's values add to
 * (or multiply) its mean. R: `initial = "simple"`. Missing values are left out of the means.
 */
export function simpleStates(y: Float64Array, { trend, season, period }: EtsForm): GivenStates {
  if (season === "N") {
    const seen = y.filter((value) => !Number.isNaN(value));
    const [first = 0, second = first] = seen;
    return { level: first, slope: slopeOf(trend, first, second, 1), season: new Float64Array(0) };
  }
  const level = meanOf(y.subarray(0, period));
  const later = meanOf(y.subarray(period, 2 * period));
  const factors = Float64Array.from(y.subarray(0, period), (value) => {
    if (Number.isNaN(value)) return season === "M" ? 1 : 0;
    return season === "M" ? value / level : value - level;
  });
  return {
    level,
    slope: slopeOf(trend, level, Number.isNaN(later) ? level : later, period),
    season: factors,
  };
}

function slopeOf(trend: EtsForm["trend"], from: number, to: number, steps: number): number {
  if (trend === "N") return 0;
  return trend === "M" ? powerOf(to / from, 1 / steps) : (to - from) / steps;
}

function meanOf(values: Float64Array): number {
  const seen = values.filter((value) => !Number.isNaN(value));
  return seen.reduce((sum, value) => sum + value, 0) / seen.length;
}

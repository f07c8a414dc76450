import type { Series } from "../../core/series.js";
import { spreadByLevel } from "../../diagnostics/advice/spread-level.js";
import { mstl } from "../../diagnostics/decomposition/mstl.js";
import { strengths } from "../../diagnostics/decomposition/strength.js";
import { interpolateMissing } from "../../diagnostics/interpolate.js";
import { findCycle } from "../../diagnostics/seasonality/find-cycle.js";
import { medianOf } from "../../diagnostics/summary.js";
import { powerOf } from "../../math/power.js";
import { isIntermittent } from "../../models/intermittent/index.js";
import type { Closed } from "../ensemble/process.js";
import { calibrationHorizon } from "../rolling-forecasts/rolling-forecasts.js";
import { closedPositions } from "./features/closed.js";
import { isDisturbed } from "./features/disturbed.js";
import { fallsTowards0 } from "./features/falling.js";
import { followsSeason } from "./features/pattern.js";
import { isSlowing } from "./features/slowing.js";
import { type Year, yearOf } from "./features/year.js";
import { type GrowthOfFew, growthOfFew } from "./few-values/growth.js";

/** Features of a series that decide which models are candidates. */
export interface Traits extends GrowthOfFew {
  /** Values that are not missing. */
  readonly observed: number;
  /** Seasonal periods to model, ascending; empty where there is none, or fewer than two of it. */
  readonly periods: readonly number[];
  /** The period of the series where fewer than two seasons are observed, else null. */
  readonly tooLong: number | null;
  /** A yearly period (365.25 days, 52.18 weeks) to try as waves besides `periods`, else null. */
  readonly year: Year | null;
  /** A cycle without a fixed period. */
  readonly cyclic: boolean;
  /** A decline of positive values that approaches 0 without reaching it: over a wide range with a spread that shrinks with the level, or towards 0. */
  readonly relative: boolean;
  /** Such a decline whose spread does not shrink: values fall so fast that a straight line would soon be below 0, see `fallsTowards0`. */
  readonly falls: boolean;
  /** All values above 0. */
  readonly positive: boolean;
  /** All values above 0, and extrapolated growth at the mean rate stays within a few ranges of the data up to the horizon. */
  readonly grows: boolean;
  /** No value below 0. */
  readonly nonnegative: boolean;
  /** Share of missing values from the first observed one on. */
  readonly missing: number;
  /** Share of zeros among the observed values. */
  readonly zeros: number;
  /** More positions of the season than expected by chance are always 0: closing days, nights. */
  readonly closes: boolean;
  /** Values clearly depend on the position of the season: its zeros are no demand that comes at random. */
  readonly patterned: boolean;
  /** Those positions, where three seasons or more were seen, else null. */
  readonly closed: Closed | null;
  /** Whether it is intermittent demand, see `isIntermittent`. */
  readonly intermittent: boolean;
  /** All observed values are equal. */
  readonly constant: boolean;
  /** Most values equal the one before, and the last one is not 0 nor new among zeros: a price, a stuck sensor, a setting. */
  readonly still: boolean;
  /** The trend wears off, see `isSlowing`. */
  readonly slows: boolean;
  /** Some changes are far from the usual one, see `isDisturbed`. */
  readonly disturbed: boolean;
  /** Five values or more lie on a straight line without gaps. */
  readonly line: boolean;
  /** The level before a shift was moved to that after it. */
  readonly shifted: boolean;
  readonly inputs: readonly string[];
}

/** Least number of observed values, in longer seasons. */
const LEAST_SEASONS = 3;
/** Decomposed noise of k seasons has a strength of about 0.13 + 0.7/k; a season must be stronger. */
const NOISE = 0.2;
const NOISE_ONCE = 0.9;
/** Longer seasons must be seen in the data. */
const TAKEN_AS_GIVEN = 60;
/** Share of values equal to the one before from which a series counts as piecewise constant. */
const STILL = 0.8;
/** Steps a day that mean a week of seven times as many. */
const A_DAY = [24, 48, 96, 144, 288, 1440];
const A_WEEK = 7;
const AN_HOUR = 60;
const MINUTES_A_DAY = 1440;
const DAYS_A_YEAR = 365;

/** Cycles are looked for in series of so many values. */
const LEAST_FOR_CYCLES = 30;
const MOST_FOR_CYCLES = 5000;
/** Cycles are looked for beside seasons of so many steps. */
const LONGEST_BESIDE_CYCLES = 12;

/** Least number of values to estimate how the spread depends on the level, and the least ratio of levels. */
const LEAST_FOR_SPREAD = 20;
const WIDE = 5;
/** A series declines where its latest season (or this many values) has at most half of the usual level. */
const HALF = 0.5;
const LATEST = 8;
const CLEARLY = { slope: 0.4, pValue: 0.01, range: 3 };

function isRelative({ y, period }: Series): boolean {
  const complete = interpolateMissing(y, period);
  const latest = complete.slice(Math.max(0, complete.length - Math.max(period, LATEST)));
  if (medianOf(latest) > HALF * medianOf(complete)) return false;
  const found = spreadByLevel(complete, period);
  return (
    found !== null &&
    found.slope > CLEARLY.slope &&
    found.pValue < CLEARLY.pValue &&
    found.range > CLEARLY.range
  );
}

/**
 * The features of a series: length, seasons, signs, zeros and inputs.
 *
 * @param shifted whether its level before a shift was moved to that after it.
 */
export function traitsOf(series: Series, shifted = false): Traits {
  const { y, period, inputs } = series;
  let observed = 0;
  let zeros = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of y) {
    if (Number.isNaN(value)) continue;
    observed++;
    if (value === 0) zeros++;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const seasonal = period > 1 && observed >= 2 * period + 2 && (period <= TAKEN_AS_GIVEN || isThere(series));
  const longer = seasonal ? longerSeason(series, observed) : null;
  const periods = seasonal ? (longer === null ? [period] : [period, longer]) : [];
  const wide = lowest > 0 && observed >= LEAST_FOR_SPREAD && highest >= WIDE * lowest;
  const byShares = wide && isRelative(series);
  const falls = !byShares && fallsTowards0(series);
  return {
    observed,
    periods,
    tooLong: period > 1 && observed < 2 * period + 2 ? period : null,
    year: yearOf(series),
    cyclic: observed >= LEAST_FOR_CYCLES && observed <= MOST_FOR_CYCLES && isCyclic(series),
    relative: byShares || falls,
    falls,
    positive: lowest > 0,
    grows: lowest > 0 && growthOf(series) <= MOST_GROWTH * (highest - lowest),
    nonnegative: lowest >= 0,
    missing: 1 - observed / (y.length - y.findIndex((value) => !Number.isNaN(value))),
    zeros: observed === 0 ? 0 : zeros / observed,
    closes: periods.some((one) => closes(y, one, zeros / observed)),
    patterned: zeros > 0 && periods.some((one) => followsSeason(y, one)),
    closed: closedPositions(series, periods),
    intermittent: isIntermittent(y),
    constant: lowest === highest,
    still: isStill(y),
    ...growthOfFew(y),
    slows: isSlowing(y),
    disturbed: isDisturbed(y, periods[0] ?? 1),
    line: isLine(y, highest - lowest),
    shifted,
    inputs: inputs.names,
  };
}

/** Whether there is a cycle in what a short season, or none, leaves. */
function isCyclic({ y, period }: Series): boolean {
  if (period > LONGEST_BESIDE_CYCLES || y.length < LEAST_SEASONS * period) return false;
  const complete = interpolateMissing(y, period);
  if (period === 1) return findCycle(complete) !== null;
  const { trend, remainder } = mstl(complete, [period]);
  return findCycle(trend.map((value, t) => value + remainder[t]!)) !== null;
}

/** How many times as many positions as chance makes 0 must be so, and how many more. */
const CLOSED = { times: 5, more: 0.5 };

function closes(y: Float64Array, period: number, zeros: number): boolean {
  if (zeros === 0) return false;
  let closed = 0;
  let byChance = 0;
  for (let position = 0; position < period; position++) {
    let count = 0;
    let always = true;
    for (let t = position; t < y.length; t += period) {
      if (Number.isNaN(y[t]!)) continue;
      count++;
      always &&= y[t] === 0;
    }
    if (count === 0) continue;
    if (always) closed++;
    byChance += powerOf(zeros, count);
  }
  return closed > CLOSED.times * byChance + CLOSED.more;
}

/** Ranges of the data that extrapolated growth may lie outside them. */
const MOST_GROWTH = 6;

/** How much the last value would grow up to the horizon of a default forecast, at the mean rate so far. */
function growthOf(series: Series): number {
  const seen = series.y.filter((value) => !Number.isNaN(value));
  const [first, last] = [seen[0]!, seen.at(-1)!];
  return last * (powerOf(last / first, calibrationHorizon(series) / Math.max(1, seen.length - 1)) - 1);
}

/** Least number of values of a straight line, and the largest deviation in shares of the range. */
const LINE_VALUES = 5;
const LINE_ERROR = 1e-12;

function isLine(y: Float64Array, range: number): boolean {
  if (y.length < LINE_VALUES) return false;
  for (let t = 2; t < y.length; t++)
    if (!(Math.abs(y[t]! - 2 * y[t - 1]! + y[t - 2]!) <= LINE_ERROR * range)) return false;
  return true;
}

/** The week of steps within a day, the year of days, the day of minutes, where it is long and strong enough; else null. */
function longerSeason(series: Series, observed: number): number | null {
  const longer = longerThan(series.period);
  return longer !== null && observed >= LEAST_SEASONS * longer && isStrong(series, longer) ? longer : null;
}

function longerThan(period: number): number | null {
  if (A_DAY.includes(period)) return A_WEEK * period;
  if (period === AN_HOUR) return MINUTES_A_DAY;
  return period === A_WEEK ? DAYS_A_YEAR : null;
}

/** Whether a long season is stronger than the decomposition of noise would find. */
function isThere({ y, period }: Series): boolean {
  const strength = strengths(mstl(y, [period])).seasons[0] ?? 0;
  return strength > NOISE + (NOISE_ONCE * period) / y.length;
}

function isStill(y: Float64Array): boolean {
  let last = Number.NaN;
  let steps = 0;
  let equal = 0;
  let before = Number.NaN;
  for (const value of y) {
    if (Number.isNaN(value)) continue;
    if (!Number.isNaN(last)) steps++;
    if (value === last) equal++;
    before = last;
    last = value;
  }
  const demand = before === 0 && last !== 0;
  return last !== 0 && !demand && equal >= STILL * steps && steps > 0;
}

/** Whether a series has a second season stronger than the decomposition of noise would find. */
function isStrong({ y, period }: Series, longer: number): boolean {
  const strength = strengths(mstl(y, [period, longer])).seasons[1] ?? 0;
  return strength > NOISE + (NOISE_ONCE * longer) / y.length;
}

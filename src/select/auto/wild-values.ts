import type { Series } from "../../core/series.js";
import { findOutliers, type Outlier } from "../../diagnostics/cleaning/outliers.js";
import { medianOf, NORMAL_MAD } from "../../diagnostics/summary.js";
import { extentOf } from "../../math/extremes.js";
import { sorted } from "../../math/sorted.js";
import { areProportional } from "./features/amounts.js";

/** Below this many values a value is compared with its neighbours, not with a smooth curve. */
export const FEW = 20;
const FEWEST = 6;
/** Deviation, in robust standard deviations of a change, from which a value counts as an error. */
const FAR = 8;
/** Least distance of an extreme value from the others, in their ranges. */
export const BEYOND = 0.4;
/** The same where no value one season away is observed: it may be a seasonal peak. */
const BEYOND_UNSEEN = 4;
/** At most one value in so many is replaced: where more are extreme, extreme values are usual for the series. */
const RARE = 50;
/** Values on each side by which one of a short series is judged. */
const BESIDE = 2;

/** How many values are not missing. */
export function observedIn(y: Float64Array): number {
  return y.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
}

/** Single values far from their interpolation and outside the range of the others, the last ones included. */
export function wildValues({ y, period }: Series): readonly Outlier[] {
  const observed = observedIn(y);
  if (observed < FEWEST) return [];
  const most = Math.max(1, Math.floor(observed / RARE));
  if (noneOutside(y, most)) return [];
  const step = observed >= 3 * period ? seasonalStep(y, period) : typicalStep(y, 1);
  if (!(step > 0)) return [];
  const far = candidatesIn(y, period, observed).filter(
    ({ value, replacement }) => Math.abs(value - replacement) > FAR * step,
  );
  const rows = new Set(far.map(({ index }) => index));
  const alone = far.every(({ index }) => !rows.has(index - 1));
  if (!alone || far.length > most) return [];
  const others = y.filter((value, t) => !rows.has(t) && !Number.isNaN(value));
  const { low, high } = extentOf(others);
  const skewed = low >= 0 && areProportional(others.filter((value) => value > 0));
  const usualRatio = skewed ? ratioStep(y, observed >= 3 * period ? period : 1) : null;
  return far.filter(({ index, value, replacement }) => {
    const reach = (isSeasonSeen(y, period, index) ? BEYOND : BEYOND_UNSEEN) * (high - low);
    if (comesBack(y, period, index, step) || (index === 0 && beginsAWay(y))) return false;
    if (value < low - reach) return true;
    return value > high + reach && !isUsualRatio(value, replacement, usualRatio);
  });
}

/** Whether a high value of amounts, which may have a long upper tail, is no farther off in proportion than others of them. */
function isUsualRatio(value: number, replacement: number, usual: number | null): boolean {
  return usual !== null && replacement > 0 && Math.log(value / replacement) < FAR * usual;
}

/** The robust standard deviation of a step on the logarithmic scale, of the values above 0. */
function ratioStep(y: Float64Array, lag: number): number {
  return typicalStep(
    y.map((value) => (value > 0 ? Math.log(value) : Number.NaN)),
    lag,
  );
}

function candidatesIn(y: Float64Array, period: number, observed: number): readonly Outlier[] {
  const exact = period > 1 && observed >= 3 * period && typicalStep(y, period) === 0;
  if (exact) return bySeason(y, period);
  return observed < FEW ? byNeighbours(y) : findOutliers(y, period);
}

/** Whether the value one season earlier or later was observed, or there is no season. */
function isSeasonSeen(y: Float64Array, period: number, index: number): boolean {
  return period === 1 || [index - period, index + period].some((t) => !Number.isNaN(y[t] ?? Number.NaN));
}

/** Whether no value is extreme, when up to `most` values at either end are compared with the rest. */
function noneOutside(y: Float64Array, most: number): boolean {
  const seen = sorted(y.filter((value) => !Number.isNaN(value)));
  const [low, high] = [seen[most]!, seen[seen.length - 1 - most]!];
  const beyond = BEYOND * (high - low);
  return seen.at(-1)! <= high + beyond && seen[0]! >= low - beyond;
}

/** Whether the value one season earlier or later is about as high: then it is a seasonal peak. */
function comesBack(y: Float64Array, period: number, index: number, step: number): boolean {
  if (period === 1) return false;
  return [index - period, index + period].some((t) => Math.abs(y[t]! - y[index]!) < FAR * step);
}

/** Steps of a way to a limit shrink to no less than this share of the one before. */
const SHRINKS = 0.25;

/** Whether the second step goes on in the direction of the first, so that the first value begins a way to a limit. */
function beginsAWay(y: Float64Array): boolean {
  const [first, second] = [y[1]! - y[0]!, y[2]! - y[1]!];
  return second / first >= SHRINKS;
}

/** Values against the median of those beside them. */
function byNeighbours(y: Float64Array): Outlier[] {
  const seen = Array.from(y.keys()).filter((t) => !Number.isNaN(y[t]!));
  return seen.map((index, k) => {
    const from = Math.max(0, Math.min(k - BESIDE, seen.length - 2 * BESIDE - 1));
    const beside = seen.slice(from, from + 2 * BESIDE + 1).filter((t) => t !== index);
    const replacement = medianOf(Float64Array.from(beside, (t) => y[t]!));
    return { index, value: y[index]!, replacement };
  });
}

/** Least deviation from an exactly repeated season, as a share of the changes within the season. */
const EXACT = 1e-6;

function seasonalStep(y: Float64Array, period: number): number {
  const step = typicalStep(y, period);
  return step > 0 || period === 1 ? step : EXACT * typicalStep(y, 1);
}

/** Values between two equal ones a season before and after. */
function bySeason(y: Float64Array, period: number): Outlier[] {
  const found: Outlier[] = [];
  for (let index = period; index < y.length - period; index++) {
    const [value, replacement] = [y[index]!, y[index - period]!];
    if (replacement === y[index + period] && value !== replacement && !Number.isNaN(value))
      found.push({ index, value, replacement });
  }
  return found;
}

/** A robust standard deviation of values about the ones a season (or a step) before. */
function typicalStep(y: Float64Array, lag: number): number {
  const steps: number[] = [];
  for (let t = lag; t < y.length; t++) {
    const step = Math.abs(y[t]! - y[t - lag]!);
    if (!Number.isNaN(step)) steps.push(step);
  }
  return steps.length === 0 ? 0 : (NORMAL_MAD * medianOf(Float64Array.from(steps))) / Math.SQRT2;
}

import { findLevelShifts, type LevelShift } from "../cleaning/level-shifts.js";
import { meanOf, medianOf } from "../summary.js";
import { type AdditiveOutlier, findAdditiveOutliers } from "./additive-outliers.js";
import { possible } from "./possible.js";
import type { Scale } from "./scale.js";
import { seasonalComponent } from "./season.js";
import type { OddValue } from "./types.js";

/** With a larger share of interpolated values there is too little to judge by. */
const MOST_MISSING = 0.5;
/** Values beside a shift between which at least half of it must happen. */
const BESIDE = 3;
/** A median change counts as a slope from so many of its standard errors on. */
const CLEAR_SLOPE = 4;
/** A shift is told where the levels differ by more than this many median changes from value to value. */
const LEAST_CHANGES = 1.5;

export interface OddValues {
  readonly outliers: readonly OddValue[];
  readonly levelShifts: readonly LevelShift[];
  /** The series on the scale of the search without season, level shifts and outliers. */
  readonly calm: Float64Array;
}

/**
 * Outliers, then level shifts in the series without them, then the outliers around those; all on a scale with an even spread
 * and without the seasons.
 *
 * @param y values with NaN for missing ones, `complete` the same with those interpolated.
 * @param periods of the seasons that are there.
 */
export function oddValues(
  y: Float64Array,
  complete: Float64Array,
  periods: readonly number[],
  scale: Scale,
): OddValues {
  const missing = (t: number) => Number.isNaN(y[t]);
  const scaled = scale.forth(complete);
  const share = y.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0) / y.length;
  if (share > MOST_MISSING) {
    const calm = without(scaled, seasonalComponent(scaled, periods, true));
    return { outliers: [], levelShifts: [], calm };
  }
  const seasonOf = (values: Float64Array) => seasonalComponent(values, periods, false);
  const search = (values: Float64Array) =>
    possible(() => findAdditiveOutliers(values, missing, seasonOf)) ?? [];
  const first = search(scaled);
  const cleaned = replaced(
    scaled,
    first.filter((outlier) => returns(scaled, outlier)),
  );
  const adjusted = without(cleaned, seasonalComponent(cleaned, periods, true));
  const shifts = levelShiftsOf(adjusted);
  const steps = stepsOf(adjusted.length, shifts);
  const found = shifts.length === 0 ? first : search(without(scaled, steps));
  const calm = replaced(without(scaled, steps), found);
  return {
    outliers: found.map(({ index, expected }) => ({
      index,
      value: y[index],
      replacement: scale.back(expected + steps[index]),
    })),
    levelShifts: shifts.map((shift) => ({ ...shift, size: sizeInUnits(adjusted, scale, shift) })),
    calm: without(calm, seasonalComponent(calm, periods, true)),
  };
}

/** Whether the series comes back after an outlier, as it does not at a level shift. */
function returns(y: Float64Array, { index, expected }: AdditiveOutlier): boolean {
  if (index + BESIDE >= y.length || index < BESIDE) return true;
  const before = medianOf(y.slice(index - BESIDE, index));
  const after = medianOf(y.slice(index + 1, index + 1 + BESIDE));
  return Math.abs(after - before) < Math.abs(y[index] - expected) / 2;
}

function replaced(y: Float64Array, outliers: readonly AdditiveOutlier[]): Float64Array {
  const result = y.slice();
  for (const { index, expected } of outliers) result[index] = expected;
  return result;
}

function without(y: Float64Array, part: Float64Array): Float64Array {
  return y.map((value, t) => value - part[t]);
}

/** Shifts with the slope of the series taken off their size: those that happen at once, and matter beside the usual changes. */
function levelShiftsOf(y: Float64Array): LevelShift[] {
  const changes = y.slice(1).map((value, t) => value - y[t]);
  const middle = medianOf(changes);
  const usual = medianOf(changes.map((change) => Math.abs(change - middle)));
  const slope = Math.abs(middle) * Math.sqrt(changes.length) > CLEAR_SLOPE * usual ? middle : 0;
  const reach = Math.max(8, Math.floor(y.length / 8));
  const found = possible(() => findLevelShifts(y)) ?? [];
  return found
    .map((shift, i) => {
      const before = Math.min(reach, shift.index - (found[i - 1]?.index ?? 0));
      const after = Math.min(reach, (found[i + 1]?.index ?? y.length) - shift.index);
      const size = shift.size - (slope * (before + after)) / 2;
      return { ...shift, size, index: steepest(y, shift.index, Math.sign(size)) };
    })
    .filter(({ index, size }) => {
      const sudden = (risingAt(y, index) - BESIDE * slope) / size >= 0.5;
      return sudden && Math.abs(size) > LEAST_CHANGES * usual;
    });
}

/** The place next to a shift where the values change most: the regression may be one off. */
function steepest(y: Float64Array, index: number, sign: number): number {
  let best = index;
  for (let t = Math.max(BESIDE, index - 2); t <= Math.min(y.length - BESIDE, index + 2); t++)
    if (sign * risingAt(y, t) > sign * risingAt(y, best)) best = t;
  return best;
}

/** The mean of three values from `index` on minus that of the three before. */
function risingAt(y: Float64Array, index: number): number {
  return meanOf(y.slice(index, index + BESIDE)) - meanOf(y.slice(Math.max(0, index - BESIDE), index));
}

function stepsOf(n: number, shifts: readonly LevelShift[]): Float64Array {
  const steps = new Float64Array(n);
  for (const { index, size } of shifts) for (let t = index; t < n; t++) steps[t] += size;
  return steps;
}

/** The size of a shift in the units of the series, at the level just before it. */
function sizeInUnits(y: Float64Array, scale: Scale, { index, size }: LevelShift): number {
  const before = medianOf(y.slice(Math.max(0, index - BESIDE), index));
  return scale.back(before + size) - scale.back(before);
}

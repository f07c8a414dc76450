import type { Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { findOutliers, type Outlier } from "../../diagnostics/cleaning/outliers.js";
import { medianOf } from "../../diagnostics/summary.js";
import { sorted } from "../../math/sorted.js";

/** Values below which neighbours rather than a smooth curve say what a value should have been. */
const FEW = 20;
const FEWEST = 6;
/** Deviations from the usual, in robust standard deviations of a step, from which a value is taken as a mistake. */
const FAR = 8;
/** Ranges of the other values by which a value must lie outside of them. */
const BEYOND = 0.4;
/** The same where the season around a value was not seen: it may be a peak that returns. */
const BEYOND_UNSEEN = 4;
/** The same for the very last value: in yearly series large last steps tend to be the beginning of something. */
const BEYOND_LAST = 3;
/** One value in so many may be replaced; where more are as far off, such values are what the series is like. */
const RARE = 50;
/**
 * The last values are kept: whether they are odd or the beginning of something new, only later ones tell. The very last is brought
 * as near to what was expected as a value may lie beyond the others without being odd.
 */
const LATEST = 3;
/** Values on each side by which one of a short series is judged. */
const BESIDE = 2;
/** MAD of normal values to their standard deviation; a difference of two has √2 times that of one. */
const NORMAL_MAD = 1.4826;

/**
 * The series with single wild values (a typing error, a day of outage) replaced by what the others make of them, and a note that
 * tells it. They are left alone where there are more than one in fifty, next to each other, or among the last.
 */
export function withoutOutliers(series: Series): { readonly series: Series; readonly note: Note | null } {
  const found = wildValues(series).filter(({ index }) => !isExplained(series, index));
  if (found.length === 0) return withLastLimited(series);
  const y = series.y.slice();
  for (const { index, replacement } of found) y[index] = replacement;
  const [first] = found;
  const which = found.length === 1 ? "one value" : `${found.length} values`;
  return {
    series: { ...series, y },
    note: {
      code: "outliers-replaced",
      severity: "warning",
      message: `auto took ${which} of ${series.id} as wrong and replaced ${found.length === 1 ? "it" : "them"}: ${first!.value} in row ${first!.index + 1} by ${Number(first!.replacement.toPrecision(4))}${found.length > 1 ? ", …" : ""}.`,
      details: {
        replaced: found.map(({ index, value, replacement }) => ({ row: index + 1, value, replacement })),
      },
    },
  };
}

/** The series with its last value brought near to what was expected, where it lies several ranges beyond all others. */
function withLastLimited(series: Series): { readonly series: Series; readonly note: Note | null } {
  const last = farLast(series);
  if (last === null || !isLimited(series, last)) return { series, note: null };
  const { id } = series;
  const { index, value } = last;
  const { low, high } = extent(series.y.subarray(0, index));
  const y = series.y.slice();
  y[index] = last.replacement + (value > high ? BEYOND : -BEYOND) * (high - low);
  return {
    series: { ...series, y },
    note: {
      code: "last-value-limited",
      severity: "warning",
      message: `auto took the last value of ${id}, ${value} in row ${index + 1}, as ${Number(y[index].toPrecision(4))}: it lies far outside of the others, and only later values tell whether it lasts. Leave it out if it is wrong.`,
      details: { row: index + 1, value, limit: y[index] },
    },
  };
}

/** Whether an input that is the same in most rows is another one in this: an event, which the model is to learn. */
function isExplained({ inputs }: Series, row: number): boolean {
  return inputs.columns.some((column) => {
    const usual = medianOf(column.filter((value) => !Number.isNaN(value)));
    const same = column.reduce((count, value) => count + (value === usual ? 1 : 0), 0);
    return 2 * same > column.length && column[row] !== usual;
  });
}

function isLimited({ y }: Series, { index, value }: Outlier): boolean {
  const { low, high } = extent(y.subarray(0, index));
  return Math.max(value - high, low - value) >= BEYOND_LAST * (high - low);
}

/** That the last value is as far off as a wrong one would be: only later ones tell whether it lasts. */
export function latestNote(series: Series): Note | null {
  const last = farLast(series);
  if (last === null || isLimited(series, last)) return null;
  return {
    code: "latest-value-far",
    severity: "warning",
    message: `The last value of ${series.id}, ${last.value} in row ${last.index + 1}, lies far outside the others: forecasts depend on whether it lasts. Leave it out if it is wrong.`,
    details: { row: last.index + 1, value: last.value },
  };
}

function farLast(series: Series): Outlier | null {
  const last = wildValues(series, 0).at(-1);
  return last?.index === series.y.length - 1 && !isExplained(series, last.index) ? last : null;
}

/** @param latest values at the end that are left alone. */
function wildValues({ y, period }: Series, latest?: number): readonly Outlier[] {
  const n = y.length;
  const observed = y.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  if (observed < FEWEST) return [];
  const most = Math.max(1, Math.floor(observed / RARE));
  if (noneOutside(y, most)) return [];
  const short = observed < FEW;
  const step = observed >= 3 * period ? seasonalStep(y, period) : typicalStep(y, 1);
  if (!(step > 0)) return [];
  const exact = period > 1 && observed >= 3 * period && typicalStep(y, period) === 0;
  const candidates = exact ? bySeason(y, period) : short ? byNeighbours(y) : findOutliers(y, period);
  const far = candidates.filter(({ value, replacement }) => Math.abs(value - replacement) > FAR * step);
  const rows = new Set(far.map(({ index }) => index));
  const alone = far.every(({ index }) => !rows.has(index - 1));
  if (!alone || far.length > most) return [];
  const { low, high } = extent(y.filter((_, t) => !rows.has(t)));
  const reach = (index: number) => (isSeasonSeen(y, period, index) ? BEYOND : BEYOND_UNSEEN) * (high - low);
  const outside = far.filter(({ index, value }) => value > high + reach(index) || value < low - reach(index));
  return outside.filter(
    ({ index }) => index < n - (latest ?? (short ? 1 : LATEST)) && !comesBack(y, period, index, step),
  );
}

/** Whether the value one season earlier or later was observed, or there is no season. */
function isSeasonSeen(y: Float64Array, period: number, index: number): boolean {
  return period === 1 || [index - period, index + period].some((t) => !Number.isNaN(y[t] ?? Number.NaN));
}

/** Whether no value lies as far outside of the others as a wild one must, up to `most` of them left aside at either end. */
function noneOutside(y: Float64Array, most: number): boolean {
  const seen = sorted(y.filter((value) => !Number.isNaN(value)));
  const [low, high] = [seen[most]!, seen[seen.length - 1 - most]!];
  const beyond = BEYOND * (high - low);
  return seen.at(-1)! <= high + beyond && seen[0]! >= low - beyond;
}

/** Whether the value one season earlier or later is about as high: then it is a peak that returns. */
function comesBack(y: Float64Array, period: number, index: number, step: number): boolean {
  if (period === 1) return false;
  return [index - period, index + period].some((t) => Math.abs(y[t]! - y[index]!) < FAR * step);
}

function extent(y: Float64Array): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of y) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
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

/** Of a season that returns to the digit any other value is far off: a share of the changes within the season. */
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

import type { Note } from "../../../core/model.js";
import type { Series } from "../../../core/series.js";
import { medianOf, NORMAL_MAD } from "../../../diagnostics/summary.js";
import { extentOf } from "../../../math/extremes.js";

/** Lengths between which interruptions are looked for, and the seasons that must be observed. */
const LEAST = 28;
const MOST = 20_000;
const LEAST_SEASONS = 4;
/** Values of an interruption at most, as a share of the series. */
const SHARE = 0.12;
/** Seasons (without one: values) on each side whose median is the usual value. */
const BESIDE = { seasons: 3, values: 12 };
/** Distance from the usual value, in robust standard deviations, and from the range of the others, in ranges. */
const FAR = 8;
/** The same of its first and last values, which lead to it and back. */
const NEAR = 4;
const BEYOND = 1;

/**
 * The series with a single interruption (an outage, a closure for a week, a lockdown) replaced by the usual values there, and a note that
 * reports it. An interruption is a run of two values or more, all on the same side and far from the usual ones, two of them or more far outside of
 * the others, or 0 where no other value is, with as many values before and after it (a lockdown may end in stages); the usual value is the median of the same position in the seasons beside.
 */
export function withoutInterruption(series: Series): { readonly series: Series; readonly note: Note | null } {
  const found = series.inputs.names.length > 0 ? null : interruptionIn(series);
  if (found === null) return { series, note: null };
  const { from, to, usual } = found;
  const rows = Array.from({ length: to - from }, (_, k) => from + k);
  const y = series.y.slice();
  for (const row of rows) y[row] = usual[row]!;
  return {
    series: { ...series, y },
    note: {
      code: "outliers-replaced",
      severity: "warning",
      message: `auto took the ${rows.length} values of ${series.id} in rows ${from + 1} to ${to} as an interruption and replaced them by usual ones, ${series.y[from]!} in row ${from + 1} by ${Number(y[from]!.toPrecision(4))}.`,
      details: {
        replaced: rows.map((row) => ({ row: row + 1, value: series.y[row]!, replacement: y[row]! })),
      },
    },
  };
}

/**
 * A warning about two values or more at the end that would be an interruption if others followed: nobody can tell yet whether they
 * are one; null where there are none.
 */
export function unfinishedInterruption({ id, y, period, inputs }: Series): Note | null {
  const n = y.length;
  if (inputs.names.length > 0 || n < LEAST || n > MOST || y.some(Number.isNaN)) return null;
  const longest = Math.min(SHARE * n, longestAtEnd(n >= LEAST_SEASONS * period ? period : 1));
  let size = 0;
  for (let k = 2; k <= longest; k++) if (standsOut(y.subarray(n - k), y.subarray(0, n - k))) size = k;
  if (size === 0) return null;
  const value = y[n - 1]!;
  return {
    code: "latest-values-far",
    severity: "warning",
    message: `The last ${size} values of ${id}, ${value} in row ${n}, are far from the others: forecasts depend on whether the change is permanent. Leave them out if it is not.`,
    details: { rows: size, value },
  };
}

/** Rows of an interruption at most, by the lag at which values are alike: of the six values at the same position beside it two may belong to it. */
function longestOf(lag: number): number {
  return lag === 1 ? BESIDE.values / 2 : 2 * lag;
}

/** The same at the end, where a season of other values is a shift as likely. */
function longestAtEnd(lag: number): number {
  return lag === 1 ? BESIDE.values / 2 : lag;
}

interface Interruption {
  readonly from: number;
  /** The first row after it. */
  readonly to: number;
  readonly usual: Float64Array;
}

function interruptionIn({ y, period }: Series): Interruption | null {
  const n = y.length;
  const lag = n >= LEAST_SEASONS * period ? period : 1;
  if (n < LEAST || n > MOST || y.some(Number.isNaN)) return null;
  const usual = usualValues(y, lag);
  const away = y.map((value, t) => value - usual[t]!);
  const deviation = NORMAL_MAD * medianOf(away.map(Math.abs));
  const isFar = (t: number) => Math.abs(away[t]!) > FAR * deviation;
  const core = away.findIndex((_, t) => isFar(t) && isFar(t + 1));
  if (core < 0) return null;
  const side = Math.sign(away[core]!);
  let from = core;
  let to = core;
  while (from > 0 && side * away[from - 1]! > NEAR * deviation) from--;
  while (to < n && side * away[to]! > NEAR * deviation) to++;
  const size = to - from;
  const room = Math.max(size, lag);
  const fits = size >= 2 && size <= Math.min(SHARE * n, longestOf(lag)) && from >= room && n - to >= room;
  return fits && someStandOut(y, from, to) ? { from, to, usual } : null;
}

/** Whether two values or more of a run that follow each other stand out, the others being the way there or back. */
function someStandOut(y: Float64Array, from: number, to: number): boolean {
  const run = y.subarray(from, to);
  const others = y.filter((_, t) => t < from || t >= to);
  return run.some((_, k) => k > 0 && standsOut(run.subarray(k - 1, k + 1), others));
}

/** Whether a run lies outside of all others, or is 0 as no other value. */
function standsOut(run: Float64Array, others: Float64Array): boolean {
  const { low, high } = extentOf(others);
  const reach = BEYOND * (high - low);
  const zero = low > 0 && run.every((value) => value === 0);
  return zero || run.every((value) => value < low - reach) || run.every((value) => value > high + reach);
}

/** The median of values at the same position of the season, or of those around, without the value itself. */
function usualValues(y: Float64Array, lag: number): Float64Array {
  const beside = lag === 1 ? BESIDE.values : BESIDE.seasons;
  return y.map((_, t) => {
    const near: number[] = [];
    for (let k = -beside; k <= beside; k++) {
      const value = y[t + k * lag];
      if (k !== 0 && value !== undefined) near.push(value);
    }
    return medianOf(Float64Array.from(near));
  });
}

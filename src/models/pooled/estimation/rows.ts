import type { Series } from "../../../core/series.js";
import { CalendarTable } from "../features.js";
import { calendarColumns, columnCount, logarithmOf, type PooledParams } from "../params.js";
import { scaleOf, WILD } from "../scale.js";
import { UsualValues } from "../usual.js";

/** What the regression is of, before there are coefficients. */
export type Layout = Pick<PooledParams, "lags" | "period" | "cycles" | "inputs" | "fade" | "log" | "usual">;

/** A series made ready for the regression. */
export interface Prepared {
  readonly series: Series;
  /** What lags and targets are read from: values, their logarithms, or the deviations of either from usual values. */
  readonly x: Float64Array;
  /** What the scale is a running mean of. */
  readonly sizes: Float64Array;
}

export function prepared({ log, usual }: Layout, panel: readonly Series[]): Prepared[] {
  const usuals = usual === null ? null : new UsualValues(usual);
  return panel.map((series) => {
    const z = log === null ? series.y : series.y.map((y) => logarithmOf(log, y));
    const x = usuals === null ? z : z.map((value, t) => value - usuals.at(z, t));
    return { series, x, sizes: log === null ? series.y.map(Math.abs) : z };
  });
}

/** Is given each row of the regression: its columns and its target, and the scale that both are in units of. */
export type Visit = (row: Float64Array, target: number, scale: number) => void;

/**
 * Visits the rows of a series whose value and lags were all observed, in units of the scale before each. Logarithms are relative to their
 * running mean, and their scale is 1. Rows with a value of more than 50 scales are left out.
 *
 * @param every only one in so many rows is visited.
 */
export function rowVisitor(layout: Layout, every = 1): (one: Prepared, visit: Visit) => void {
  const { lags, inputs, cycles, period, fade, log, usual } = layout;
  const row = new Float64Array(columnCount(layout));
  row[0] = usual === null ? 1 : 0;
  const table = new CalendarTable(cycles, period, calendarColumns(layout));
  const longest = lags.at(-1)!;
  const calendarAt = 1 + lags.length;
  const inputsAt = calendarAt + table.width;
  return ({ series, x, sizes }, visit) => {
    const { time, inputs: regressors } = series;
    const calendar = table.rows(time, x.length);
    let [sum, mass, total, seen] = [0, 0, 0, 0];
    for (let t = 0; t < x.length; t++) {
      const size = sizes[t]!;
      if (Number.isNaN(size)) continue;
      if (t >= longest && mass > 0 && (every === 1 || t % every === 0)) visitAt(t);
      sum = fade * sum + size;
      mass = fade * mass + 1;
      total += size;
      seen++;
    }

    function visitAt(t: number): void {
      const scale = log === null ? scaleOf(sum, mass, total, seen) : 1;
      if (!(scale > 0)) return;
      const centre = log === null || usual !== null ? 0 : sum / mass;
      const target = (x[t]! - centre) / scale;
      // NaN fails as well.
      if (Math.abs(target) <= WILD && fill(t, centre, 1 / scale)) visit(row, target, scale);
    }

    /** Whether all lags of the row are there. */
    function fill(t: number, centre: number, perScale: number): boolean {
      for (let j = 0; j < lags.length; j++) {
        const lagged = (x[t - lags[j]!]! - centre) * perScale;
        if (!(Math.abs(lagged) <= WILD)) return false;
        row[1 + j] = lagged;
      }
      for (let i = 0; i < table.width; i++) row[calendarAt + i] = calendar[t * table.width + i]!;
      for (let i = 0; i < inputs.length; i++) {
        const { mean, deviation } = inputs[i]!;
        row[inputsAt + i] = (regressors.columns[i]![t]! - mean) / deviation;
      }
      return true;
    }
  };
}

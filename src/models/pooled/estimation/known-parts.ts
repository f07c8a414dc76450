import type { Series } from "../../../core/series.js";
import { CalendarTable } from "../features.js";
import { calendarColumns } from "../params.js";
import type { Layout } from "./rows.js";

/** What constant, calendar and regressors add to the means of rows: the calendar is worked out once for all coefficients. */
export class KnownParts {
  private readonly table: CalendarTable;

  constructor(private readonly layout: Layout) {
    this.table = new CalendarTable(layout.cycles, layout.period, calendarColumns(layout));
  }

  /** @returns the known part of row t, in units of the scale. */
  of({ y, time, inputs: { columns } }: Series, coefficients: Float64Array): (t: number) => number {
    const { lags, inputs } = this.layout;
    const { width } = this.table;
    const calendar = this.table.rows(time, y.length);
    const first = 1 + lags.length;
    return (t) => {
      let known = coefficients[0]!;
      for (let i = 0; i < width; i++) known += coefficients[first + i]! * calendar[t * width + i]!;
      for (let i = 0; i < inputs.length; i++) {
        const { mean, deviation } = inputs[i]!;
        known += (coefficients[first + width + i]! * (columns[i]![t]! - mean)) / deviation;
      }
      return known;
    };
  }
}

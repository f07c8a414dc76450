import type { Series } from "../../core/series.js";
import { CalendarTable } from "./features.js";
import { columnCount, type PooledParams } from "./params.js";

/** What the regression is of, before there are coefficients. */
export type Layout = Pick<PooledParams, "lags" | "period" | "cycles" | "inputs" | "fade">;

/** Σ zz', Σ z v and Σ v² over the rows z with targets v: all that least squares needs, whatever the number of rows. */
export interface NormalEquations {
  /** Lower triangle, row-major. */
  readonly gram: Float64Array;
  readonly right: Float64Array;
  readonly rows: number;
}

/** Is given each row of the regression: its columns, its target, and the place of the row in the series. */
type Visit = (row: Float64Array, target: number, t: number) => void;

/** Visits the rows of a series whose value and lags were all observed, in units of the scale before each. */
export function rowVisitor(layout: Layout): (series: Series, visit: Visit) => void {
  const { lags, inputs, cycles, period, fade } = layout;
  const width = columnCount(layout);
  const row = new Float64Array(width);
  row[0] = 1;
  const table = new CalendarTable(cycles, period);
  const longest = lags.at(-1)!;
  const calendarAt = 1 + lags.length;
  const inputsAt = calendarAt + table.width;
  return ({ y, time, inputs: { columns } }, visit) => {
    const calendar = table.rows(time, y.length);
    let sum = 0;
    let mass = 0;
    for (let t = 0; t < y.length; t++) {
      const value = y[t]!;
      if (Number.isNaN(value)) continue;
      if (t >= longest && sum > 0 && fill(t, mass / sum)) visit(row, value * (mass / sum), t);
      sum = fade * sum + Math.abs(value);
      mass = fade * mass + 1;
    }

    /** Whether all lags of the row are there. */
    function fill(t: number, perScale: number): boolean {
      for (let j = 0; j < lags.length; j++) {
        const lagged = y[t - lags[j]!]!;
        if (Number.isNaN(lagged)) return false;
        row[1 + j] = lagged * perScale;
      }
      for (let i = 0; i < table.width; i++) row[calendarAt + i] = calendar[t * table.width + i]!;
      for (let i = 0; i < inputs.length; i++) {
        const { mean, deviation } = inputs[i]!;
        row[inputsAt + i] = (columns[i]![t]! - mean) / deviation;
      }
      return true;
    }
  };
}

/**
 * The normal equations of a panel, a series after the other.
 *
 * @param weights of the rows of each series, in their order; null: all alike.
 */
export function normalEquations(
  layout: Layout,
  panel: readonly Series[],
  weights: readonly Float64Array[] | null,
): NormalEquations {
  const k = columnCount(layout);
  const gram = new Float64Array(k * k);
  const right = new Float64Array(k);
  const visitRows = rowVisitor(layout);
  let rows = 0;
  let own: Float64Array | null = null;
  let at = 0;
  const visit: Visit = (row, target) => {
    rows++;
    add({ gram, right }, row, target, own === null ? 1 : own[at++]!);
  };
  panel.forEach((series, i) => {
    own = weights === null ? null : weights[i]!;
    at = 0;
    visitRows(series, visit);
  });
  return { gram, right, rows };
}

/**
 * The equations with two rows more that say: a series that stood at its scale, or at twice its scale, as long as the lags go back stays
 * there. They pull the lags' coefficients towards a sum of 1 and the constant towards 0, so that growth of the past does not explode
 * when it is rolled on.
 *
 * @param weight of each of the two, as a share of all rows.
 * @see T. Doan, R. Litterman, C. Sims (1984), Econometric Reviews 3, 1-100, on the sum of coefficients as a prior.
 */
export function steadied({ lags }: Layout, equations: NormalEquations, weight: number): NormalEquations {
  const result = { ...equations, gram: equations.gram.slice(), right: equations.right.slice() };
  const row = new Float64Array(result.right.length);
  for (const level of [1, 2]) {
    row[0] = 1;
    row.fill(level, 1, 1 + lags.length);
    add(result, row, level, weight * equations.rows);
  }
  return result;
}

function add(
  { gram, right }: Pick<NormalEquations, "gram" | "right">,
  row: Float64Array,
  target: number,
  weight: number,
): void {
  const k = right.length;
  for (let a = 0; a < k; a++) {
    const value = weight * row[a]!;
    if (value === 0) continue;
    const base = a * k;
    for (let b = 0; b <= a; b++) gram[base + b]! += value * row[b]!;
    right[a]! += value * target;
  }
}

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
  const block = new RowBlock(k);
  const visit: Visit = (row, target) => {
    rows++;
    block.take(row, target, own === null ? 1 : own[at++]!);
    if (block.full) block.addTo(gram, right);
  };
  panel.forEach((series, i) => {
    own = weights === null ? null : weights[i]!;
    at = 0;
    visitRows(series, visit);
  });
  block.addTo(gram, right);
  return { gram, right, rows };
}

/** Rows that are added together: each sum is read and written once for all of them. */
const TOGETHER = 8;

/** A few rows with their targets, times the roots of their weights, column by column. */
class RowBlock {
  private readonly columns: Float64Array;
  private count = 0;

  constructor(private readonly width: number) {
    this.columns = new Float64Array((width + 1) * TOGETHER);
  }

  get full(): boolean {
    return this.count === TOGETHER;
  }

  take(row: Float64Array, target: number, weight: number): void {
    const { columns, width, count } = this;
    const root = Math.sqrt(weight);
    let at = count;
    for (let j = 0; j < width; j++, at += TOGETHER) columns[at] = root * row[j]!;
    columns[at] = root * target;
    this.count++;
  }

  /** Adds the products of the rows, and begins anew. */
  addTo(gram: Float64Array, right: Float64Array): void {
    const { columns, width } = this;
    for (let a = 0; a <= width; a++) {
      const at = a * TOGETHER;
      const c0 = columns[at]!;
      const c1 = columns[at + 1]!;
      const c2 = columns[at + 2]!;
      const c3 = columns[at + 3]!;
      const c4 = columns[at + 4]!;
      const c5 = columns[at + 5]!;
      const c6 = columns[at + 6]!;
      const c7 = columns[at + 7]!;
      const out = a === width ? right : gram;
      const base = a === width ? 0 : a * width;
      const last = a === width ? width - 1 : a;
      for (let b = 0, from = 0; b <= last; b++, from += TOGETHER) {
        const even =
          c0 * columns[from]! + c2 * columns[from + 2]! + c4 * columns[from + 4]! + c6 * columns[from + 6]!;
        const odd =
          c1 * columns[from + 1]! +
          c3 * columns[from + 3]! +
          c5 * columns[from + 5]! +
          c7 * columns[from + 7]!;
        out[base + b] = out[base + b]! + (even + odd);
      }
    }
    columns.fill(0);
    this.count = 0;
  }
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

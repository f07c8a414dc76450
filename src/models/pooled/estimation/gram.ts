import { columnCount } from "../params.js";
import { type Layout, type Prepared, rowVisitor, type Visit } from "./rows.js";

/** Σ zz', Σ z v and Σ v² over the rows z with targets v: all that least squares needs, whatever the number of rows. */
export interface NormalEquations {
  /** Lower triangle, row-major. */
  readonly gram: Float64Array;
  readonly right: Float64Array;
  readonly rows: number;
}

/**
 * The normal equations of a panel, a series after the other.
 *
 * @param weights of the rows of each series, in their order; null: all alike.
 * @param every one in so many rows is taken.
 */
export function normalEquations(
  layout: Layout,
  panel: readonly Prepared[],
  weights: readonly Float64Array[] | null,
  every = 1,
): NormalEquations {
  const k = columnCount(layout);
  const gram = new Float64Array(k * k);
  const right = new Float64Array(k);
  const visitRows = rowVisitor(layout, every);
  let rows = 0;
  let own: Float64Array | null = null;
  let at = 0;
  const block = new RowBlock(k);
  const visit: Visit = (row, target) => {
    rows++;
    block.take(row, target, own === null ? 1 : own[at++]!);
    if (block.full) block.addTo(gram, right);
  };
  panel.forEach((one, i) => {
    own = weights === null ? null : weights[i]!;
    at = 0;
    visitRows(one, visit);
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
 * when it is rolled on. Of logarithms, which are relative to their mean, the rows say the same of a level that much above it; of deviations
 * from usual values, which end by themselves, nothing is said.
 *
 * @param weight of each of the two, as a share of all rows.
 * @see T. Doan, R. Litterman, C. Sims (1984), Econometric Reviews 3, 1-100, on the sum of coefficients as a prior.
 */
export function steadied(
  { lags, log, usual }: Layout,
  equations: NormalEquations,
  weight: number,
): NormalEquations {
  const result = { ...equations, gram: equations.gram.slice(), right: equations.right.slice() };
  const row = new Float64Array(result.right.length);
  if (usual !== null || weight === 0) return result;
  for (const level of log === null ? [1, 2] : [1, 1]) {
    row[0] = log === null ? 1 : 0;
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

import { extend } from "../../../math/linear-algebra/orthogonal.js";
import { inner, project } from "../../../math/linear-algebra/vector.js";
import type { Deterministic } from "../null-distributions/mackinnon.js";
import { type DickeyFullerRows, dickeyFullerRows } from "./dickey-fuller.js";

/** How lags are chosen: information criteria, or from the most lags down to the first significant one (5 %, one-sided). */
export type LagCriterion = "aic" | "bic" | "t-stat";

export interface LagChoice {
  readonly criterion: LagCriterion;
  readonly lags: number;
  /** Value of the criterion for each number of lags from 0: −2 log L + penalty, or the |t| of the last lag. */
  readonly values: readonly number[];
}

/** Φ⁻¹(0.95). */
const SIGNIFICANT = 1.6448536269514722;

/**
 * The best number of lags from `least` to `most`, all judged on the same rows, in one pass: each further lag adds one
 * orthogonal column.
 */
export function chooseLags(
  y: Float64Array,
  deterministic: Deterministic,
  criterion: LagCriterion,
  least: number,
  most: number,
): LagChoice {
  const path = rssPath(dickeyFullerRows(y, most, deterministic));
  const values = path.map(({ rss, last, columns }) => {
    const n = y.length - most - 1;
    if (criterion === "t-stat") return Math.abs(last) / Math.sqrt(rss / (n - columns));
    const penalty = criterion === "aic" ? 2 : Math.log(n);
    return n * (Math.log((2 * Math.PI * rss) / n) + 1) + penalty * columns;
  });
  return {
    criterion,
    lags: criterion === "t-stat" ? significant(values, least) : lowest(values, least),
    values,
  };
}

function lowest(values: readonly number[], least: number): number {
  let best = least;
  for (let lags = least + 1; lags < values.length; lags++) if (values[lags] < values[best]) best = lags;
  return best;
}

function significant(values: readonly number[], least: number): number {
  let lags = values.length - 1;
  while (lags > least && values[lags] < SIGNIFICANT) lags--;
  return lags;
}

interface Step {
  readonly rss: number;
  /** What the last column explains; its square is the drop in the residual sum of squares. */
  readonly last: number;
  readonly columns: number;
}

function rssPath(rows: DickeyFullerRows): Step[] {
  const basis: Float64Array[] = [];
  const rest = rows.change.slice();
  const steps: Step[] = [];
  const take = (column: Float64Array) => {
    const unit = extend(basis, column);
    const last = unit === null ? 0 : project(rest, unit);
    return { rss: inner(rest, rest), last, columns: basis.length };
  };
  for (const term of rows.terms) take(term);
  steps.push(take(rows.level));
  for (const lag of rows.lagged) steps.push(take(lag));
  return steps;
}

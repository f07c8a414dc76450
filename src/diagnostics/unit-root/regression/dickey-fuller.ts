import type { Coefficient } from "../../../core/model.js";
import { extend, orthogonalFit } from "../../../math/linear-algebra/orthogonal.js";
import { inner, project } from "../../../math/linear-algebra/vector.js";
import { square } from "../../../math/power.js";
import { perfectFit } from "../../evidence.js";
import { meanOf } from "../../summary.js";
import { requireLength } from "../../values.js";
import { type Deterministic, TERMS } from "../null-distributions/mackinnon.js";

/** Residuals below this share of the differences are rounding. */
const NOTHING_LEFT = 1e-22;

/** Δy_t on deterministic terms, y_{t−1} and lagged differences, for the times t from `first` on. */
export interface DickeyFullerRows {
  readonly change: Float64Array;
  /** 1, t − centre, (t − centre)², as many as the regression has. */
  readonly terms: readonly Float64Array[];
  /** y_{t−1} minus `shift`. */
  readonly level: Float64Array;
  readonly lagged: readonly Float64Array[];
  readonly centre: number;
  readonly shift: number;
}

/** Rows for times `first` ≥ lags + 1 to the end. With a constant, level and time are centred: t-ratios stay, digits gain. */
export function dickeyFullerRows(
  y: Float64Array,
  lags: number,
  deterministic: Deterministic,
  first = lags + 1,
): DickeyFullerRows {
  const n = Math.max(0, y.length - first);
  const column = (value: (t: number) => number) =>
    Float64Array.from({ length: n }, (_, i) => value(first + i));
  const shift = deterministic === "none" ? 0 : meanOf(y);
  const centre = (first + y.length - 1) / 2;
  const powers = [() => 1, (t: number) => t - centre, (t: number) => square(t - centre)];
  return {
    change: column((t) => y[t] - y[t - 1]),
    terms: powers.slice(0, TERMS[deterministic]).map(column),
    level: column((t) => y[t - 1] - shift),
    lagged: Array.from({ length: lags }, (_, k) => column((t) => y[t - 1 - k] - y[t - 2 - k])),
    centre,
    shift,
  };
}

export interface DickeyFullerFit {
  /** t-ratio of the lagged level. */
  readonly statistic: number;
  readonly coefficients: readonly Coefficient[];
  readonly observations: number;
  readonly degreesOfFreedom: number;
  readonly rss: number;
}

/** Least squares of the rows. @throws YuleError `too-short`, `perfect-fit`. */
export function fitDickeyFuller(rows: DickeyFullerRows, purpose: string): DickeyFullerFit {
  const columns = [...rows.terms, rows.level, ...rows.lagged];
  const n = rows.change.length;
  requireLength(
    n,
    `${purpose} with ${columns.length} coefficients (rows of its regression)`,
    columns.length + 1,
  );
  const fit = orthogonalFit(columns, rows.change);
  const place = rows.terms.length;
  const nothing = fit.rss <= NOTHING_LEFT * inner(rows.change, rows.change);
  if (nothing || !fit.kept[place]) throw perfectFit(purpose);
  const degreesOfFreedom = n - fit.rank;
  const scale = Math.sqrt(fit.rss / degreesOfFreedom);
  const k = columns.length;
  const stdError = (weights: readonly number[]) => scale * Math.sqrt(quadratic(fit.inverse, k, weights));
  const named = combinations(rows).map(({ name, weights }) => ({
    name,
    estimate: combine(weights, fit.coefficients),
    stdError: stdError(weights),
  }));
  const level = named[place];
  return {
    statistic: level.estimate / level.stdError,
    coefficients: named,
    observations: n,
    degreesOfFreedom,
    rss: fit.rss,
  };
}

/** Each coefficient of the regression on 1, t, t², y_{t−1} … as a combination of the centred regression's. */
function combinations(rows: DickeyFullerRows) {
  const { terms, lagged, centre, shift } = rows;
  const place = terms.length;
  const k = place + 1 + lagged.length;
  const unit = (j: number) => Array.from({ length: k }, (_, i) => (i === j ? 1 : 0));
  const intercept = [1, -centre, square(centre)].slice(0, place);
  const trend = [0, 1, -2 * centre].slice(0, place);
  const pad = (weights: number[], level: number) =>
    unit(-1).map((_, i) => (i === place ? level : (weights[i] ?? 0)));
  const deterministic = [
    { name: "intercept", weights: pad(intercept, -shift) },
    { name: "trend", weights: pad(trend, 0) },
    { name: "trend2", weights: unit(2) },
  ].slice(0, place);
  return [
    ...deterministic,
    { name: "level1", weights: unit(place) },
    ...lagged.map((_, i) => ({ name: `difference${i + 1}`, weights: unit(place + 1 + i) })),
  ];
}

function combine(weights: readonly number[], values: Float64Array): number {
  let sum = 0;
  weights.forEach((weight, i) => {
    if (weight !== 0) sum += weight * values[i];
  });
  return sum;
}

function quadratic(matrix: Float64Array, k: number, weights: readonly number[]): number {
  let sum = 0;
  weights.forEach((left, i) => {
    weights.forEach((right, j) => {
      if (left !== 0 && right !== 0) sum += left * right * matrix[i * k + j];
    });
  });
  return sum;
}

/** Residual sum of squares of the changes on some columns. */
export function restrictedRss(change: Float64Array, columns: readonly Float64Array[]): number {
  const basis: Float64Array[] = [];
  const rest = change.slice();
  for (const column of columns) {
    const unit = extend(basis, column);
    if (unit !== null) project(rest, unit);
  }
  return inner(rest, rest);
}

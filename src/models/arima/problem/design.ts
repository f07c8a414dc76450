import { largestSize } from "../../../math/extremes.js";
import { inner, project } from "../../../math/linear-algebra/vector.js";
import { powerOfTwo } from "../../../math/power.js";
import { observedIn } from "../definition/observed.js";
import { bridged, bridgedBySeason, type GappedData, gappedData } from "../gaps/data.js";
import type { Gaps } from "../gaps/responses.js";
import { type DifferenceOrders, differenced } from "../lag-polynomial/difference.js";
import { lagModel } from "../lag-polynomial/model.js";
import { diffuseDeterminant } from "../state-space/diffuse-determinant.js";
import { type LongAutoregression, longAutoregression } from "./long-autoregression.js";

/** A regressor over all rows of the series. */
export interface Regressor {
  readonly name: string;
  readonly values: Float64Array;
}

/**
 * The data as the likelihood wants them: differenced, regressors orthonormal, the series less its plain regression and
 * of unit size, and a pulse for each missing value.
 *
 * Everything the likelihood says is independent of these choices; they keep its digits when levels are far from 0,
 * regressors alike, or units odd.
 */
export interface Design {
  /** The series from its first to its last observed value. */
  readonly values: Float64Array;
  /** The same with its gaps filled, which `w` is made of. */
  readonly bridged: Float64Array;
  /** The differenced series, less its plain regression, in units of `scale`. */
  readonly w: Float64Array;
  /** The differenced regressors, made orthonormal. */
  readonly orthonormal: readonly Float64Array[];
  /** A differenced pulse for each gap, made when first asked for. */
  pulses(): readonly Float64Array[];
  /** Where values are missing, as unknowns of the likelihood. */
  readonly unknown: Gaps;
  /** Series and regressors before differencing; made when first asked for. */
  gapped(): GappedData;
  /** The long autoregression that starts are made of, for models of this season; fitted when first asked for. */
  long(period: number): LongAutoregression;
  readonly how: DifferenceOrders;
  readonly regressors: readonly Regressor[];
  /** ∇y = scale·w + plain regression. */
  readonly scale: number;
  /** Plain regression's coefficients on the orthonormal columns. */
  readonly offset: Float64Array;
  /** Orthonormal columns times `triangle` (upper, row-major) are the differenced regressors. */
  readonly triangle: Float64Array;
  /** Rows used: from the first observed value to the last. */
  readonly from: number;
  readonly to: number;
  /** Observed values in these rows, and numbers the likelihood is made of. */
  readonly observed: number;
  readonly effective: number;
  /** Missing rows, counted from `from`. */
  readonly gaps: readonly number[];
  /** What a pulse likelihood lacks of the filter's: ½ Σ log F∞ over the diffuse steps; NaN where some never end. */
  readonly diffuseConstant: number;
  /** Index of a regressor that others explain (or differencing removes), or −1. */
  readonly collinear: number;
  /** Whether nothing is left to explain after regression and differencing. */
  readonly exact: boolean;
}

/** What is left of a column is rounding below this share of its length. */
const COLLINEAR = 1e-9;
const NO_VARIATION = 1e-13;

/** @param y with at least one observed value, and more rows than differencing takes. */
export function buildDesign(
  y: Float64Array,
  regressors: readonly Regressor[],
  how: DifferenceOrders,
): Design {
  const { from, to, count } = observedIn(y);
  const gaps = count === to - from ? [] : missingRows(y, from, to);
  const filled = gaps.length > 0 ? bridgedFor(how, y.subarray(from, to)) : y.subarray(from, to);
  const w = differenced(filled, how);
  const { columns, triangle, collinear } = orthonormal(
    regressors.map(({ values }) => differenced(values.subarray(from, to), how)),
    regressors.map(({ values }) => largestSize(values)),
  );
  const magnitude = largestSize(filled);
  const offset = takeOut(w, columns);
  const size = Math.sqrt(inner(w, w) / w.length);
  const exact = !(size > NO_VARIATION * magnitude);
  const scale = exact ? 1 : nearestPowerOfTwo(size);
  for (let t = 0; t < w.length; t++) w[t]! /= scale;
  let pulses: readonly Float64Array[] | null = null;
  let levels: GappedData | null = null;
  const long = new Map<number, LongAutoregression>();
  const observed = to - from - gaps.length;
  const needed = how.d + how.D * how.period;
  const design = {
    values: y.subarray(from, to),
    bridged: filled,
    w,
    orthonormal: columns,
    how,
    regressors,
    scale,
    offset,
    triangle,
    from,
    to,
    observed,
    effective: observed - needed,
    gaps,
    diffuseConstant:
      gaps.length > 0 && gaps[0]! < needed
        ? diffuseDeterminant(lagModel({ ...how, ar: [], ma: [], sar: [], sma: [] }), filled.length, gaps) / 2
        : 0,
    unknown: { how, rows: gaps, count: w.length },
    collinear,
    exact,
  };
  return {
    ...design,
    pulses() {
      pulses ??= gaps.map((gap) => differenced(pulse(filled.length, gap), how));
      return pulses;
    },
    long(period) {
      const fitted = long.get(period) ?? longAutoregression(w, period);
      long.set(period, fitted);
      return fitted;
    },
    gapped() {
      levels ??= gappedData(design);
      return levels;
    },
  };
}

/** The series with its gaps filled, any way being as good as another for the likelihood, but not for starting points. */
function bridgedFor({ D, period }: DifferenceOrders, y: Float64Array): Float64Array {
  return D > 0 ? bridgedBySeason(y, period) : bridged(y, 0, y.length);
}

function missingRows(y: Float64Array, from: number, to: number): number[] {
  const gaps: number[] = [];
  for (let t = from; t < to; t++) if (Number.isNaN(y[t]!)) gaps.push(t - from);
  return gaps;
}

function pulse(length: number, at: number): Float64Array {
  const values = new Float64Array(length);
  values[at] = 1;
  return values;
}

/** Scaling by a power of two costs no digits. */
function nearestPowerOfTwo(size: number): number {
  return powerOfTwo(Math.round(Math.log2(size)));
}

/** Gram-Schmidt, each column twice; stops at the first that is collinear. */
function orthonormal(columns: readonly Float64Array[], magnitudes: readonly number[]) {
  const k = columns.length;
  const triangle = new Float64Array(k * k);
  let collinear = -1;
  for (let j = 0; j < k && collinear < 0; j++) {
    const column = columns[j]!;
    const before = length(column);
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < j; i++) triangle[i * k + j]! += project(column, columns[i]!);
    }
    const left = length(column);
    triangle[j * k + j] = left;
    const rounding = Math.max(COLLINEAR * before, 1e-14 * magnitudes[j]! * Math.sqrt(column.length));
    if (!(left > rounding)) collinear = j;
    else for (let t = 0; t < column.length; t++) column[t]! /= left;
  }
  return { columns, triangle, collinear };
}

function length(column: Float64Array): number {
  return Math.sqrt(inner(column, column));
}

function takeOut(w: Float64Array, units: readonly Float64Array[]): Float64Array {
  const offset = new Float64Array(units.length);
  for (let round = 0; round < 2; round++) {
    units.forEach((unit, i) => {
      offset[i]! += project(w, unit);
    });
  }
  return offset;
}

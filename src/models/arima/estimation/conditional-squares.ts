import { dot } from "../../../math/linear-algebra/vector.js";
import type { ArmaOrders } from "../definition/orders.js";
import { isInvertibleFactor } from "../lag-polynomial/invertible.js";
import { LagPolynomial } from "../lag-polynomial/polynomial.js";
import { type Regression, regressOut } from "../problem/triangular-regression.js";
import type { RegressingObjective } from "./numeric-information.js";

/**
 * The conditional sum of squares S = Σ e_t², e = a(B)w/t(B) from row p* on, with zeros for all e before it. The objective is
 * (n'/2) log(S/N), N the rows that count and n' the observed values, so that its curvature is that of a likelihood.
 *
 * Moving averages stay invertible: beyond, e explodes and the sum has minima that describe nothing.
 *
 * Regression coefficients are solved for inside: given the ARMA part, e is linear in them.
 *
 * @see G. E. P. Box and G. M. Jenkins, Time Series Analysis (1970), section 7.1.
 */
export class ConditionalSquares implements RegressingObjective {
  readonly size: number;
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly moved = false;
  /** Rows that count. */
  readonly rows: number;
  /** Mean square and regression (on the columns given) of the last value. */
  meanSquare = Number.NaN;
  evaluations = 0;
  regression: Regression;
  private readonly free: readonly number[];
  private readonly all: Float64Array;
  private readonly orders: ArmaOrders;
  private readonly columns: readonly Float64Array[];
  private readonly usable: Uint8Array;
  private readonly effective: number;
  private readonly ar = new LagPolynomial();
  private readonly ma = new LagPolynomial();
  private readonly length: number;
  private readonly origin: number;
  private filtered: Float64Array[] = [];
  private readonly between: Float64Array;
  private readonly e: Float64Array;

  /**
   * @param columns w and the differenced regressors.
   * @param gaps rows of w that are missing; only AR models may have any.
   */
  constructor(
    orders: ArmaOrders,
    columns: readonly Float64Array[],
    gaps: Uint8Array,
    effective: number,
    fixed: Float64Array,
    free: readonly number[],
  ) {
    this.orders = orders;
    this.columns = columns;
    this.effective = effective;
    this.free = free;
    this.all = fixed.slice();
    this.size = free.length;
    this.ar.configure(orders.p, orders.P, orders.period);
    this.ma.configure(orders.q, orders.Q, orders.period);
    this.length = columns[0]!.length;
    this.origin = Math.max(this.ar.degree, this.ma.degree, 3);
    this.usable = usableRows(gaps, this.ar.degree);
    this.rows = this.usable.reduce((sum, flag) => sum + flag, 0);
    const room = this.length + 2 * this.origin;
    this.between = new Float64Array(room);
    this.e = new Float64Array(room);
    this.filtered = columns.map(() => new Float64Array(room));
    this.regression = { beta: new Float64Array(columns.length - 1), triangle: new Float64Array(0) };
    this.gradient = new Float64Array(this.size);
    this.curvature = new Float64Array(this.size * this.size);
  }

  value(z: Float64Array): number {
    this.free.forEach((i, j) => {
      this.all[i] = z[j]!;
    });
    this.evaluations++;
    const { p, q, P, Q } = this.orders;
    if (!isInvertibleFactor(this.all, p, q) || !isInvertibleFactor(this.all, p + q + P, Q)) {
      return Number.POSITIVE_INFINITY;
    }
    this.residualsAt(this.all, this.e);
    this.meanSquare = dot(this.e, this.origin, this.e, this.origin, this.length) / this.rows;
    if (!(this.meanSquare > 0)) return Number.POSITIVE_INFINITY;
    return (this.effective / 2) * Math.log(this.meanSquare);
  }

  /**
   * Gauss-Newton: gradient g_i = (n'/S) Σ_t e_t ∂e_t/∂z_i and curvature B_ij = (n'/S) Σ_t ∂e_t/∂z_i ∂e_t/∂z_j, with ∂e/∂z by
   * central differences.
   */
  accept(withCurvature: boolean): number {
    const { size, free, all, origin, length } = this;
    const centre = this.e.slice();
    const regression = this.regression;
    const meanSquare = this.meanSquare;
    const slopes = free.map((i) => {
      const step = 1e-5 * Math.max(1, Math.abs(all[i]!));
      const kept = all[i]!;
      const up = new Float64Array(centre.length);
      const down = new Float64Array(centre.length);
      all[i] = kept + step;
      this.residualsAt(all, up);
      all[i] = kept - step;
      this.residualsAt(all, down);
      all[i] = kept;
      return up.map((value, t) => (value - down[t]!) / (2 * step));
    });
    const weight = this.effective / (this.rows * meanSquare);
    for (let i = 0; i < size; i++) {
      this.gradient[i] = weight * dot(centre, origin, slopes[i]!, origin, length);
      if (!withCurvature) continue;
      for (let j = 0; j < size; j++) {
        this.curvature[i * size + j] = weight * dot(slopes[i]!, origin, slopes[j]!, origin, length);
      }
    }
    this.e.set(centre);
    this.regression = regression;
    this.meanSquare = meanSquare;
    return (this.effective / 2) * Math.log(meanSquare);
  }

  /** e at the coefficients x, its regression taken out. */
  private residualsAt(x: Float64Array, target: Float64Array): void {
    const { p, q, P } = this.orders;
    const { origin, length, ar, ma, usable } = this;
    ar.setFactors(x, 0, p + q, -1);
    ma.setFactors(x, p, p + q + P, 1);
    this.columns.forEach((column, c) => {
      const e = this.filtered[c]!;
      for (let t = 0; t < length; t++) {
        let sum = 0;
        if (usable[t] === 1) {
          sum = column[t]!;
          for (let j = 0; j < ar.count; j++) sum += ar.coefficients[j]! * column[t - ar.lags[j]!]!;
        }
        e[origin + t] = sum;
      }
      if (ma.count > 0) ma.divide(e, e, this.between, origin, origin + length);
    });
    target.set(this.filtered[0]!);
    this.regression = regressOut(target, this.filtered.slice(1), origin, origin + length);
  }
}

/** Rows from p* on whose own value and the p* before it are all there. */
function usableRows(gaps: Uint8Array, degree: number): Uint8Array {
  let complete = 0;
  return gaps.map((gap) => {
    complete = gap === 1 ? 0 : complete + 1;
    return complete > degree ? 1 : 0;
  });
}

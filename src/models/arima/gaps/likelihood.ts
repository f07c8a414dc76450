import type { ArmaOrders } from "../definition/orders.js";
import type { LagList } from "../lag-polynomial/model.js";
import { LagPolynomial } from "../lag-polynomial/polynomial.js";
import { runAdjoint } from "./adjoint.js";
import { GapBuffers, type GappedData, type Slopes, UNKNOWN } from "./buffers.js";
import { runFilter } from "./filter.js";
import { stationaryCovariance } from "./stationary-covariance.js";

/**
 * The exact likelihood of a series with gaps and its gradient, by a Kalman filter over the levels and its adjoint.
 *
 * −2 log L = n log(2πσ²) + Σ log F_t + S/σ², S = Σ v_t²/F_t over the n observed values, v_t the prediction error and σ²F_t its
 * variance. The gradient is ½(ω ∂S + ∂Σ log F), ω = 1/σ²; of the start's covariance P it is tr(Λ ∂P), Λ the adjoint at the start.
 * Each of the two costs about (r + d'·share missing)² operations a row, r = max(p*, q* + 1).
 */
export class GapLikelihood {
  readonly buffers = new GapBuffers();
  private orders: ArmaOrders = { p: 0, q: 0, P: 0, Q: 0, period: 1 };
  private readonly x: Float64Array = new Float64Array(512);
  private readonly probeAr = new LagPolynomial();
  private readonly probeMa = new LagPolynomial();
  private probe = new Float64Array(0);
  private slopes: Slopes = { ar: new Float64Array(0), ma: new Float64Array(0) };
  /** Levels missing among the first d', each with a variance of {@link UNKNOWN}. */
  private unknown = 0;

  configure(data: GappedData, orders: ArmaOrders, ar: LagPolynomial, ma: LagPolynomial): void {
    this.buffers.configure(data, ar, ma);
    this.orders = orders;
    const { size, slots } = this.buffers;
    this.unknown = data.gaps.filter((gap) => gap < slots).length;
    this.probeAr.configure(orders.p, orders.P, orders.period);
    this.probeMa.configure(orders.q, orders.Q, orders.period);
    if (this.probe.length < size * size) this.probe = new Float64Array(size * size);
    this.slopes = { ar: new Float64Array(ar.count), ma: new Float64Array(ma.count + 1) };
  }

  /**
   * Filters; leaves standardised errors of every column in `buffers.standard`.
   *
   * @returns Σ log F, or NaN where the AR part is not stationary, or too nearly not.
   */
  value(x: Float64Array, ar: LagPolynomial, ma: LagPolynomial): number {
    const { buffers } = this;
    this.x.set(x.subarray(0, sizeOf(this.orders)));
    const { probe } = this;
    const { size, wide } = buffers;
    if (!stationaryCovariance(listed(ar), listed(ma), size, probe)) return Number.NaN;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) wide[this.position(i, j)] = probe[i * size + j]!;
    }
    buffers.setCoefficients(ar, ma);
    if (!runFilter(buffers)) return Number.NaN;
    return buffers.logDeterminant - this.unknown * Math.log(UNKNOWN);
  }

  /**
   * ½(ω ∂S + ∂Σ log F) by the coefficients of the two polynomials in their `slopes`, by way of the start in `gradient`.
   *
   * @param combined weights of the columns that make up S.
   */
  gradient(
    combined: Float64Array,
    omega: number,
    ar: LagPolynomial,
    ma: LagPolynomial,
    gradient: Float64Array,
  ): void {
    const { buffers, slopes } = this;
    runAdjoint(buffers, combined, omega, slopes);
    for (let j = 0; j < ar.count; j++) ar.slopes[j]! -= slopes.ar[j]!;
    for (let j = 0; j < ma.count; j++) ma.slopes[j]! += slopes.ma[j + 1]!;
    this.addStartSlopes(gradient);
  }

  /** The start's covariance by differences: it costs little beside the filter. */
  private addStartSlopes(gradient: Float64Array): void {
    const { x, orders } = this;
    const centre = this.startAt();
    const step = 1e-4 / (10 + this.probe[0]!);
    for (let i = 0; i < sizeOf(orders); i++) {
      const kept = x[i]!;
      x[i] = kept + step;
      const above = this.startAt();
      x[i] = kept - step;
      const below = this.startAt();
      x[i] = kept;
      if (Number.isNaN(above)) gradient[i]! += (centre - below) / step;
      else if (Number.isNaN(below)) gradient[i]! += (above - centre) / step;
      else gradient[i]! += (above - below) / (2 * step);
    }
  }

  /** tr(ΛP) of the start's covariance P; NaN where there is none. */
  private startAt(): number {
    const { x, orders, probeAr, probeMa, probe, buffers } = this;
    const { p, q, P } = orders;
    probeAr.setFactors(x, 0, p + q, -1);
    probeMa.setFactors(x, p, p + q + P, 1);
    const { size, adjointWide } = buffers;
    if (!stationaryCovariance(listed(probeAr), listed(probeMa), size, probe)) return Number.NaN;
    let sum = 0;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) sum += 2 * adjointWide[this.position(i, j)]! * probe[i * size + j]!;
      sum += adjointWide[this.position(i, i)]! * probe[i * size + i]!;
    }
    return sum;
  }

  /** Where the covariance of W_i and W_j lies at the first time. */
  private position(i: number, j: number): number {
    const { size, slots } = this.buffers;
    const a = (slots + i) % size;
    const b = (slots + j) % size;
    return a > b ? a * size + b : b * size + a;
  }

  /** Sum of squares of a combination of the columns' standardised errors. */
  sumOfSquares(combined: Float64Array): number {
    const { standard, count } = this.buffers;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      let error = 0;
      for (let c = 0; c < standard.length; c++) error += combined[c]! * standard[c]![k]!;
      sum += error * error;
    }
    return sum;
  }

  /** The differences of the smoothed levels. */
  filledDifferences(target: Float64Array, at: number): void {
    const { filled, rows, slots, lags, weights } = this.buffers;
    for (let t = slots; t < rows; t++) {
      let sum = filled[t]!;
      for (let j = 0; j < lags.length; j++) sum -= weights[j]! * filled[t - lags[j]!]!;
      target[at + t - slots] = sum;
    }
  }
}

function sizeOf({ p, q, P, Q }: ArmaOrders): number {
  return p + q + P + Q;
}

function listed(polynomial: LagPolynomial): LagList {
  const { degree, lags, coefficients, count } = polynomial;
  return { degree, lags: lags.subarray(0, count), coefficients: coefficients.subarray(0, count) };
}

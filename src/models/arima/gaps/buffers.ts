import type { LagPolynomial } from "../lag-polynomial/polynomial.js";
import { differenceOf } from "./output.js";

/** ∇^d ∇_m^D. */
interface DifferencedRegression {
  readonly d: number;
  readonly D: number;
  readonly period: number;
}

/**
 * What the filter works in: data, the memory's covariance, and what each step finds.
 *
 * The memory is Harvey's vector of the stationary part, W_i = E[w_{t+i} | everything up to t − 1 and the state], r =
 * max(p*, q* + 1) entries, w_{t} = W_0, W⁺_i = W_{i+1} + φ_i W_0 + θ_i e_t, and the last d' = d + mD levels y, y_t = w_t −
 * Σ ∇_j y_{t−j}. Level t lies in slot t mod d'. Only levels that were not observed have a covariance.
 *
 * W_i at time t lies at position (t + i) mod r, so that from one time to the next only W_0 gives way to the newest entry and
 * nothing is moved.
 */
export class GapBuffers {
  /** The levels, NaN where missing. */
  readonly y: Float64Array;
  /** 1 where the row is missing. */
  readonly missing: Uint8Array;
  /** d', and ∇'s lags and coefficients with the sign changed. */
  slots = 0;
  lags = new Int32Array(0);
  weights = new Float64Array(0);
  /** r; φ_i and θ_i by their positions i, θ_0 = 1 the first. */
  size = 0;
  arAt = new Int32Array(0);
  arWeight = new Float64Array(0);
  arCount = 0;
  maAt = new Int32Array(0);
  maWeight = new Float64Array(0);
  maCount = 0;
  /** Covariances: of W (lower triangle), of each slot with W, of slots with each other. */
  wide = new Float64Array(0);
  cross = new Float64Array(0);
  square = new Float64Array(0);
  /** Slots whose level is not known. */
  open = new Int32Array(0);
  openCount = 0;
  /** Room for one vector over W and the slots. */
  vector = new Float64Array(0);
  /** P_{t|t}W_0. */
  left = new Float64Array(0);
  /** PZ'. By row: prediction errors (predictions where missing) and the variance of the prediction. */
  gain = new Float64Array(0);
  readonly errors: Float64Array;
  readonly relativeVariance: Float64Array;
  /** Whether all but the next innovation is certain after the last row that was filtered; then `wide` does not hold. */
  endCertain = false;

  constructor(y: Float64Array, how: DifferencedRegression, ar: LagPolynomial, ma: LagPolynomial) {
    this.y = y;
    this.missing = new Uint8Array(y.length);
    for (let t = 0; t < y.length; t++) if (Number.isNaN(y[t])) this.missing[t] = 1;
    this.errors = new Float64Array(y.length);
    this.relativeVariance = new Float64Array(y.length);
    const { lags, weights } = differenceOf(how);
    this.lags = Int32Array.from(lags.slice(1));
    this.weights = Float64Array.from(weights.slice(1), (weight) => -weight);
    this.slots = lags[lags.length - 1];
    this.size = Math.max(ar.degree, ma.degree + 1);
    this.arAt = new Int32Array(ar.count);
    this.arWeight = new Float64Array(ar.count);
    this.maAt = new Int32Array(ma.count + 1);
    this.maWeight = new Float64Array(ma.count + 1);
    const { size, slots } = this;
    this.wide = new Float64Array(size * size);
    this.cross = new Float64Array(size * slots);
    this.square = new Float64Array(slots * slots);
    this.open = new Int32Array(slots + 1);
    this.vector = new Float64Array(size + slots);
    this.left = new Float64Array(size + slots);
    this.gain = new Float64Array(size + slots);
    this.setCoefficients(ar, ma);
  }

  /** Takes the coefficients over from the two polynomials. */
  private setCoefficients(ar: LagPolynomial, ma: LagPolynomial): void {
    this.arCount = 0;
    for (let j = 0; j < ar.count; j++) {
      this.arAt[this.arCount] = ar.lags[j] - 1;
      this.arWeight[this.arCount++] = -ar.coefficients[j];
    }
    this.maAt[0] = 0;
    this.maWeight[0] = 1;
    this.maCount = 1;
    for (let j = 0; j < ma.count; j++) {
      this.maAt[this.maCount] = ma.lags[j];
      this.maWeight[this.maCount++] = ma.coefficients[j];
    }
  }
}

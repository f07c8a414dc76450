import {
  factorGaps,
  fillGaps,
  gapBand,
  gapLogDeterminant,
  gapMoments,
  precision,
} from "../../shared/autoregression-gaps.js";
import type { LagPolynomial } from "../lag-polynomial/polynomial.js";

/**
 * Missing values of a pure autoregression that is not differenced: they enter as the unknowns that minimise each column's
 * quadratic form, after which the likelihood is that of a complete series, with log|P_mm| for having integrated over them,
 * P_mm their own block of the precision matrix. O(missing·p*²) operations, whatever the length.
 *
 * @see A. C. Harvey and R. G. Pierse, J. American Statistical Association 79 (1984), 125–131.
 */
export class AutoregressiveGaps {
  private readonly positions: Int32Array;
  private readonly band: ReturnType<typeof gapBand>;
  /** 1, a₁ … a_p*. */
  private readonly a: Float64Array;
  private factor: Float64Array = new Float64Array(0);

  constructor(
    gaps: readonly number[],
    private readonly rows: number,
    private readonly order: number,
  ) {
    this.positions = Int32Array.from(gaps);
    this.band = gapBand(this.positions, order);
    this.a = new Float64Array(order + 1);
    this.a[0] = 1;
  }

  /**
   * Fills the gaps of the first `count` columns, which begin at `start`, for these coefficients.
   *
   * @returns log|P_mm|.
   */
  fill(ar: LagPolynomial, columns: readonly Float64Array[], count: number, start: number): number {
    const { positions, band, a, rows, order } = this;
    for (let j = 0; j < ar.count; j++) a[ar.lags[j]!] = ar.coefficients[j]!;
    const precisionAt = precision(a, rows);
    this.factor = factorGaps(band, precisionAt);
    for (let c = 0; c < count; c++) {
      const column = columns[c]!.subarray(start, start + rows);
      for (let i = 0; i < positions.length; i++) column[positions[i]!] = 0;
      fillGaps(column, column, band, this.factor, precisionAt, order);
    }
    return gapLogDeterminant(band, this.factor);
  }

  /** slopes += ½ ∂log|P_mm| by a₁ … a_p*, at the coefficients that {@link fill} saw last. */
  addSlopes(ar: LagPolynomial): void {
    const { band, factor, a, rows, order } = this;
    const moments = gapMoments(band, factor, rows, order);
    const { count, lags, slopes } = ar;
    for (let j = 0; j < count; j++) {
      const row = lags[j]! * (order + 1);
      let sum = moments[row]!;
      for (let i = 0; i < count; i++) sum += moments[row + lags[i]!]! * a[lags[i]!]!;
      slopes[j]! += sum;
    }
  }
}

import { semidefiniteFactor } from "../../../math/linear-algebra/row-compression.js";
import {
  addToMoments,
  factorGaps,
  fillGaps,
  gapBand,
  gapCovariances,
  gapLogDeterminant,
  gapMoments,
  precision,
  solveGaps,
} from "../../shared/autoregression-gaps.js";
import type { LagPolynomial } from "../lag-polynomial/polynomial.js";
import { type Difference, differenceOf } from "./output.js";
import type { Gaps } from "./responses.js";

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
    for (let j = 0; j < ar.count; j++) a[ar.lags[j]] = ar.coefficients[j];
    const precisionAt = precision(a, rows);
    this.factor = factorGaps(band, precisionAt);
    for (let c = 0; c < count; c++) {
      const column = columns[c].subarray(start, start + rows);
      for (let i = 0; i < positions.length; i++) column[positions[i]] = 0;
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
      const row = lags[j] * (order + 1);
      let sum = moments[row];
      for (let i = 0; i < count; i++) sum += moments[row + lags[i]] * a[lags[i]];
      slopes[j] += sum;
    }
  }
}

/**
 * Missing levels of a pure autoregression that is differenced: a column of the matrix ∇ of the difference operator each. They minimise
 * each column's quadratic form, as in {@link AutoregressiveGaps}; their precision ∇'P∇ has a band of p* + d + mD rows.
 */
export class DifferencedGaps {
  /** d + mD. */
  readonly needed: number;
  readonly difference: Difference;
  /** By column what each missing level differs by from how it was filled at first. */
  private readonly levels: Float64Array[] = [];
  /** Where the differences of each missing level would begin; below 0 for first levels. */
  private readonly positions: Int32Array;
  private readonly band: ReturnType<typeof gapBand>;
  private readonly rows: number;
  /** 1, a₁ … a_p*. */
  private readonly a: Float64Array;
  private factor: Float64Array = new Float64Array(0);

  constructor(
    { how, rows, count }: Gaps,
    private readonly order: number,
  ) {
    const needed = how.d + how.D * how.period;
    this.needed = needed;
    this.difference = differenceOf(how);
    this.positions = Int32Array.from(rows, (row) => row - needed);
    this.band = gapBand(this.positions, order + needed);
    this.rows = count;
    this.a = new Float64Array(order + 1);
    this.a[0] = 1;
  }

  /**
   * Fills the gaps of the first `count` columns, which begin at `start`, for these coefficients.
   *
   * @returns log|∇'P∇|.
   */
  fill(ar: LagPolynomial, columns: readonly Float64Array[], count: number, start: number): number {
    const { positions, band, a, rows, order } = this;
    for (let j = 0; j < ar.count; j++) a[ar.lags[j]] = ar.coefficients[j];
    const precisionAt = precision(a, rows);
    const inner = new Float64Array(order + this.needed + 1).fill(Number.NaN);
    this.factor = factorGaps(band, (at, distance) => {
      if (!this.isInside(at, at + distance)) return this.between(at, at + distance, precisionAt);
      if (Number.isNaN(inner[distance])) inner[distance] = this.between(at, at + distance, precisionAt);
      return inner[distance];
    });
    const asked = new Float64Array(positions.length);
    for (let c = 0; c < count; c++) {
      const column = columns[c].subarray(start, start + rows);
      const image = timesPrecision(column, ar, order);
      asked.fill(0);
      this.each((s, weight, i) => {
        asked[i] -= weight * image[s];
      });
      solveGaps(band, this.factor, asked);
      this.each((s, weight, i) => {
        column[s] += weight * asked[i];
      });
      this.levels[c] ??= new Float64Array(positions.length);
      for (let i = 0; i < positions.length; i++) this.levels[c][i] += asked[i];
    }
    return gapLogDeterminant(band, this.factor);
  }

  /** slopes += ½ ∂log|∇'P∇| by a₁ … a_p*, at the coefficients that {@link fill} saw last. */
  addSlopes(ar: LagPolynomial): void {
    const { positions, band, factor, a, rows, order, difference } = this;
    const size = order + 1;
    const covariances = gapCovariances(band, factor);
    const moments = new Float64Array(size * size);
    const inside = new Float64Array(size);
    const add = (s: number, u: number, value: number) => {
      if (u - s > order || s < 0 || u >= rows) return;
      if (s >= order && u < rows - order) inside[u - s] += value;
      else addToMoments(moments, size, rows, s, u, value);
    };
    const { lags, weights } = difference;
    // Both orders of two levels; a difference that both are part of has them twice.
    const spread = (first: number, second: number, covariance: number) => {
      for (let j = 0; j < lags.length; j++) {
        const s = first + lags[j];
        for (let l = 0; l < lags.length; l++) {
          const u = second + lags[l];
          const value = weights[j] * weights[l] * covariance * (first === second ? 0.5 : 1);
          if (s === u) add(s, s, 2 * value);
          else add(Math.min(s, u), Math.max(s, u), value);
        }
      }
    };
    const sums = new Float64Array(order + this.needed + 1);
    for (let i = 0; i < positions.length; i++) {
      const second = positions[i];
      for (let k = band.first[i]; k <= i; k++) {
        const first = positions[k];
        const covariance = covariances[k * (band.width + 1) + i - k];
        if (this.isInside(first, second)) sums[second - first] += covariance;
        else spread(first, second, covariance);
      }
    }
    for (let d = 0; d < sums.length; d++) if (sums[d] !== 0) spread(order, order + d, sums[d]);
    for (let j = 0; j < ar.count; j++) {
      const lag = ar.lags[j];
      let sum = 0;
      for (let i = 0; i <= ar.count; i++) {
        const other = i === 0 ? 0 : ar.lags[i - 1];
        sum += (moments[lag * size + other] + inside[Math.abs(lag - other)]) * a[other];
      }
      ar.slopes[j] += sum;
    }
  }

  /** Rows of the missing levels from `first` on, counted from the first difference, what they differ by, and a factor of their covariance. */
  lastLevels(first: number, combined: ArrayLike<number>) {
    const { positions, band, factor, levels } = this;
    let from = positions.length;
    while (from > 0 && positions[from - 1] >= first) from--;
    const count = positions.length - from;
    const covariances = gapCovariances(band, factor);
    const covariance = new Float64Array(count * count);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k <= i; k++) {
        covariance[i * count + k] = covariances[(from + k) * (band.width + 1) + i - k];
      }
    }
    return {
      last: positions.at(-1)!,
      width: count,
      factor: semidefiniteFactor(covariance, count),
      levels: Array.from({ length: count }, (_, i) => {
        let mean = 0;
        for (let c = 0; c < levels.length; c++) mean += combined[c] * levels[c][from + i];
        return { row: positions[from + i], mean };
      }),
    };
  }

  /** Whether what two missing levels, the first of them not after the second, have to do with each other depends on their distance only. */
  private isInside(first: number, second: number): boolean {
    return first >= this.order && second + this.needed < this.rows - this.order;
  }

  /** The precision between two missing levels, the first of them not after the second. */
  private between(first: number, second: number, precisionAt: (i: number, d: number) => number): number {
    const { difference, rows, order } = this;
    const { lags, weights } = difference;
    let sum = 0;
    for (let j = 0; j < lags.length; j++) {
      const s = first + lags[j];
      if (s < 0 || s >= rows) continue;
      for (let l = 0; l < lags.length; l++) {
        const u = second + lags[l];
        if (u < 0 || u >= rows || Math.abs(u - s) > order) continue;
        sum += weights[j] * weights[l] * precisionAt(Math.min(s, u), Math.abs(u - s));
      }
    }
    return sum;
  }

  /** Every difference that a missing level is part of, and its weight there. */
  private each(visit: (s: number, weight: number, i: number) => void): void {
    const { positions, difference, rows } = this;
    for (let i = 0; i < positions.length; i++) {
      for (let j = 0; j < difference.lags.length; j++) {
        const s = positions[i] + difference.lags[j];
        if (s >= 0 && s < rows) visit(s, difference.weights[j], i);
      }
    }
  }
}

/** Pw = a(F)a(B)w with nothing before and after, less V'Vw, (Vw)_τ = −Σ_{j>τ} a_j w_{j−1−τ}. */
function timesPrecision(
  w: Float64Array,
  { count, lags, coefficients }: LagPolynomial,
  order: number,
): Float64Array {
  const rows = w.length;
  const e = w.slice();
  for (let j = 0; j < count; j++) {
    const lag = lags[j];
    for (let t = lag; t < rows; t++) e[t] += coefficients[j] * w[t - lag];
  }
  const image = e.slice();
  for (let j = 0; j < count; j++) {
    const lag = lags[j];
    for (let t = lag; t < rows; t++) image[t - lag] += coefficients[j] * e[t];
  }
  const before = new Float64Array(order);
  for (let j = 0; j < count; j++) {
    for (let tau = 0; tau < lags[j]; tau++) before[tau] -= coefficients[j] * w[lags[j] - 1 - tau];
  }
  for (let j = 0; j < count; j++) {
    for (let tau = 0; tau < lags[j]; tau++) image[lags[j] - 1 - tau] += coefficients[j] * before[tau];
  }
  return image;
}

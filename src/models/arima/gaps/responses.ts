import { LagPolynomial } from "../lag-polynomial/polynomial.js";
import { addSquare, subtractLags } from "./band.js";
import { type Difference, differenceOf, differencesAfter, Output } from "./output.js";

/** Where a differenced series has gaps. */
export interface Gaps {
  readonly how: { readonly d: number; readonly D: number; readonly period: number };
  /** Missing rows of the levels. */
  readonly rows: readonly number[];
  /** Values after differencing. */
  readonly count: number;
}

/**
 * The covariance recursion of the responses ζ that tell how missing values move the innovations.
 *
 * With e = (a(B)w + f)/t(B), e_s changes with w_i by a(F)/t(F), F = B⁻¹, taken at i. So with ζ = ε/t(F), ε white and zero after
 * the end, the products of two columns of G = ∂e/∂(missing levels, f) are covariances of what the columns ask of ζ: a(F)∇(F)ζ
 * at a missing level, ζ_i itself at f_i. Their covariance M = G'G is factored by going back in time: a new ζ_s costs r operations
 * a lag of t, a missing value conditions all of ζ_s … ζ_{s+r−1} on its own, at r².
 *
 * Rows of the covariance stay where they were written: only conditioning changes them, which the way back undoes.
 */
export class Responses {
  /** n. */
  count = 0;
  /** r. */
  size = 0;
  /** d + mD, the levels before the first difference. */
  needed = 0;
  /** 1 where the level that a difference is the newest part of is missing. */
  missing = new Uint8Array(0);
  /** Missing levels before the first difference, latest first, and what each asks. */
  early: readonly { readonly row: number; readonly output: Output }[] = [];
  output: Output;
  /** Unknown levels in all. */
  unknowns = 0;
  maLags = new Int32Array(0);
  maWeights = new Float64Array(0);
  maCount = 0;
  /** Covariances of ζ_s with ζ_s … ζ_{s+r−1}; see band.ts. */
  band = new Float64Array(0);
  /** By unknown: covariances of ζ_s … with its own, and the variance of that. */
  gains = new Float64Array(0);
  variances = new Float64Array(0);
  private configured: Gaps | null = null;
  difference: Difference;

  constructor() {
    this.difference = differenceOf({ d: 0, D: 0, period: 1 });
    this.output = NO_OUTPUT;
  }

  configure(gaps: Gaps, ar: LagPolynomial, ma: LagPolynomial): void {
    if (this.configured !== gaps) this.take(gaps);
    const { needed, difference, count } = this;
    this.size = Math.max(ar.degree + needed, ma.degree) + 1;
    this.output = new Output(ar, difference);
    this.early = gaps.rows
      .filter((row) => row < needed)
      .reverse()
      .map((row) => ({ row, output: new Output(ar, differencesAfter(difference, needed, row)) }));
    this.maLags = ma.lags.slice(0, ma.count);
    this.maWeights = new Float64Array(ma.count);
    this.maCount = ma.count;
    const { size, unknowns } = this;
    this.band = reserved(this.band, (count + size) * size);
    this.gains = reserved(this.gains, unknowns * size);
    this.variances = reserved(this.variances, unknowns);
  }

  private take(gaps: Gaps): void {
    const { how, rows, count } = gaps;
    this.configured = gaps;
    this.count = count;
    this.difference = differenceOf(how);
    this.needed = how.d + how.D * how.period;
    this.unknowns = rows.length;
    this.missing = new Uint8Array(count);
    for (const row of rows) if (row >= this.needed) this.missing[row - this.needed] = 1;
  }

  setCoefficients(ar: LagPolynomial, ma: LagPolynomial): void {
    this.output.setCoefficients(ar);
    for (const { output } of this.early) output.setCoefficients(ar);
    for (let j = 0; j < this.maCount; j++) this.maWeights[j] = ma.coefficients[j];
  }

  /**
   * Goes back through the series; leaves the covariance of ζ_0 … ζ_{r−1} given all missing values.
   *
   * @returns the log-determinant of the missing values' block of M, NaN where rounding has eaten it.
   */
  factor(): number {
    const { count, missing, early, band, size, output, variances } = this;
    band.fill(0, 0, (count + size) * size);
    let known = 0;
    let product = 1;
    let sum = 0;
    for (let s = count - 1; s >= 0; s--) {
      this.add(s);
      if (missing[s] === 0) continue;
      const variance = this.condition(output, s, known);
      if (!(variance > 0.5)) return Number.NaN;
      variances[known++] = variance;
      product *= variance;
      if (product > 1e200) {
        sum += Math.log(product);
        product = 1;
      }
    }
    sum += Math.log(product);
    for (const asked of early) {
      const variance = this.condition(asked.output, 0, known);
      if (!(variance > 0)) return Number.NaN;
      variances[known++] = variance;
      sum += Math.log(variance);
    }
    return sum;
  }

  /** ζ_s = −Σ t_j ζ_{s+j} + ε_s. */
  private add(s: number): void {
    const { size, band, maLags, maWeights, maCount } = this;
    const row = s * size;
    let variance = 1;
    subtractLags(band, size, s, maLags, maWeights, band, row, 1);
    for (let j = 0; j < maCount; j++) variance -= maWeights[j] * band[row + maLags[j]];
    band[row] = variance;
  }

  /** Conditions on the `known`-th unknown; returns its variance given those before it. */
  private condition({ lags, weights }: Output, s: number, known: number): number {
    const { size, band, gains } = this;
    const from = known * size;
    gains.fill(0, from, from + size);
    subtractLags(band, size, s, lags, weights, gains, from, 0);
    for (let i = 0; i < size; i++) gains[from + i] = -gains[from + i];
    let variance = 0;
    for (let j = 0; j < lags.length; j++) variance += weights[j] * gains[from + lags[j]];
    addSquare(band, size, s, gains, from, -1 / variance);
    return variance;
  }
}

const NO_OUTPUT = new Output(new LagPolynomial(), differenceOf({ d: 0, D: 0, period: 1 }));

function reserved(buffer: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> {
  return buffer.length >= size ? buffer : new Float64Array(Math.max(16, Math.ceil(1.5 * size)));
}

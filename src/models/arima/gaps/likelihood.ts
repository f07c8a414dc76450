import type { ArmaOrders } from "../definition/orders.js";
import type { LagPolynomial } from "../lag-polynomial/polynomial.js";
import type { Difference } from "./output.js";
import { type Gaps, Responses } from "./responses.js";
import { ResponsesAdjoint } from "./responses-adjoint.js";
import { Start } from "./start.js";

/** What is left of an impulse enters covariances squared: this small it changes none. */
const SPENT = 1e-10;

/**
 * The exact likelihood of a series with gaps: the missing levels x and what the past adds to the first differences, f, are
 * unknowns that the innovations are linear in, e = e⁰ + G(x, f).
 *
 * −2 log L = n' log(2πσ²) + log|M| + S/σ², M = G'G + the information of f, S = |e⁰|² − b'M⁻¹b, b = G'e⁰: the sum of squares at
 * the best x and f, and what integrating over them adds. {@link Responses} factors M; here are the columns, which follow with a
 * few operations a row.
 */
export class GapLikelihood {
  private readonly responses = new Responses();
  private readonly adjoint = new ResponsesAdjoint();
  private readonly start = new Start();
  private gaps: Gaps | null = null;
  /** Numbers that a projection has: missing levels, then f. */
  size = 0;
  /** Missing levels and f at their best, less than nothing. */
  private levels = new Float64Array(0);
  private past = new Float64Array(0);
  private pull = new Float64Array(0);
  /** By time, zero after the end. */
  private signal = new Float64Array(0);
  private work = new Float64Array(0);
  /** Whether {@link solve} was called since the last configuration. */
  private solved = false;

  configure(gaps: Gaps, orders: ArmaOrders, ar: LagPolynomial, ma: LagPolynomial): void {
    this.gaps = gaps;
    this.responses.configure(gaps, ar, ma);
    this.start.configure(orders);
    this.size = this.responses.unknowns + this.start.size;
    this.levels = new Float64Array(this.responses.unknowns);
    this.past = new Float64Array(this.start.size);
    this.pull = new Float64Array(this.start.size);
    this.work = new Float64Array(this.size);
    const length = gaps.count + this.responses.size;
    if (this.signal.length < length) this.signal = new Float64Array(Math.ceil(1.5 * length));
    this.solved = false;
  }

  /** @returns log|M|, or NaN where the AR part is not stationary or rounding eats too much. */
  factor(x: Float64Array, ar: LagPolynomial, ma: LagPolynomial): number {
    if (!this.start.setCoefficients(x)) return Number.NaN;
    this.responses.setCoefficients(ar, ma);
    const levels = this.responses.factor();
    return levels + this.start.factor(this.responses);
  }

  /** L⁻¹b, M = LL', of the column whose e⁰ begins at `from`: inner products with M⁻¹ are those of these. */
  project(e0: Float64Array, from: number, target: Float64Array): void {
    this.projectWith(e0, from, null, target);
  }

  /** {@link project} with more of b at R⁻¹f. */
  projectWith(e0: Float64Array, from: number, more: Float64Array | null, target: Float64Array): void {
    const { responses, signal, start } = this;
    const { count, size, missing, early, unknowns, output, maLags, maWeights, maCount } = responses;
    signal.fill(0, count, count + size);
    let known = 0;
    for (let s = count - 1; s >= 0; s--) {
      let value = e0[from + s];
      for (let j = 0; j < maCount; j++) value -= maWeights[j] * signal[s + maLags[j]];
      signal[s] = value;
      if (missing[s] === 1) target[known] = this.take(output.lags, output.weights, s, known++);
    }
    for (const asked of early) {
      target[known] = this.take(asked.output.lags, asked.output.weights, 0, known++);
    }
    start.project(signal, target, unknowns, more);
  }

  /**
   * L⁻¹G'δ of one innovation, δ = 1 at time `at`, or L⁻¹δ of one missing level: the rows of a factor of their covariance.
   *
   * @param unknown which missing level, whose time is `at`; −1 for the innovation.
   */
  impulse(at: number, unknown: number, target: Float64Array): void {
    const { responses, signal, start } = this;
    const { count, size, missing, early, unknowns, output, maLags, maWeights, maCount } = responses;
    signal.fill(0, 0, count + size);
    target.fill(0, 0, this.size);
    let known = 0;
    for (let s = count - 1; s > at && s >= 0; s--) known += missing[s];
    for (let s = Math.min(at, count - 1); s >= 0; s--) {
      let value = s === at && unknown < 0 ? 1 : 0;
      for (let j = 0; j < maCount; j++) value -= maWeights[j] * signal[s + maLags[j]];
      signal[s] = value;
      if (missing[s] === 0) {
        if (s % (2 * size) === 0 && this.isSpent(s)) return;
        continue;
      }
      const own = known === unknown ? 1 : 0;
      target[known] = this.take(output.lags, output.weights, s, known++, own);
    }
    for (const asked of early) {
      const own = known === unknown ? 1 : 0;
      target[known] = this.take(asked.output.lags, asked.output.weights, 0, known++, own);
    }
    start.project(signal, target, unknowns);
  }

  /** Whether what is left of an impulse at time s can change nothing. */
  private isSpent(s: number): boolean {
    const { size } = this.responses;
    let most = 0;
    for (let i = 0; i < size; i++) most = Math.max(most, Math.abs(this.signal[s + i]));
    return most < SPENT;
  }

  private take(lags: Int32Array, weights: Float64Array, s: number, known: number, own = 0): number {
    const { responses, signal } = this;
    const { size, gains, variances } = responses;
    let sum = own;
    for (let j = 0; j < lags.length; j++) sum += weights[j] * signal[s + lags[j]];
    const share = sum / variances[known];
    const from = known * size;
    for (let i = 0; i < size; i++) signal[s + i] -= share * gains[from + i];
    return sum / Math.sqrt(variances[known]);
  }

  /**
   * The best x and f of a combination of columns, from their projections; returns the part of S that is f's own.
   *
   * @param combined weights of the columns.
   */
  solve(projections: readonly Float64Array[], combined: Float64Array, columns: number): number {
    const { responses, start, work, signal, past, levels } = this;
    const { count, size, missing, early, unknowns, output, maLags, maWeights, maCount } = responses;
    work.fill(0);
    for (let c = 0; c < columns; c++) {
      for (let k = 0; k < this.size; k++) work[k] += combined[c] * projections[c][k];
    }
    const own = work.subarray(unknowns);
    start.solve(own, past);
    let square = 0;
    for (let i = 0; i < own.length; i++) square += own[i] * own[i];
    signal.fill(0, 0, count + size);
    for (let i = 0; i < start.size; i++) signal[i] = past[i];
    let known = unknowns;
    for (let k = early.length - 1; k >= 0; k--) {
      this.give(early[k].output.lags, early[k].output.weights, 0, --known);
    }
    for (let s = 0; s < count && known > 0; s++) {
      if (missing[s] === 1) this.give(output.lags, output.weights, s, --known);
      const value = signal[s];
      for (let j = 0; j < maCount; j++) signal[s + maLags[j]] -= maWeights[j] * value;
    }
    for (let k = 0; k < unknowns; k++) levels[k] = work[k];
    this.solved = true;
    return square;
  }

  private give(lags: Int32Array, weights: Float64Array, s: number, known: number): void {
    const { responses, signal, work } = this;
    const { size, gains, variances } = responses;
    const from = known * size;
    const variance = variances[known];
    let level = work[known] * Math.sqrt(variance);
    for (let i = 0; i < size; i++) level -= gains[from + i] * signal[s + i];
    level /= variance;
    work[known] = level;
    for (let j = 0; j < lags.length; j++) signal[s + lags[j]] += weights[j] * level;
  }

  /** R⁻¹f at its best. */
  get pastInnovations(): Float64Array {
    return this.work.subarray(this.responses.unknowns).map((value) => -value);
  }

  get how(): Gaps["how"] {
    return this.gaps!.how;
  }

  /** d + mD. */
  get needed(): number {
    return this.responses.needed;
  }

  get difference(): Difference {
    return this.responses.difference;
  }

  /** Row of the last missing level. */
  get lastMissing(): number {
    return this.gaps!.rows.at(-1)!;
  }

  /** Missing levels from row `first` on, and their places among the unknowns. */
  missingFrom(first: number): { readonly row: number; readonly unknown: number }[] {
    const { rows } = this.gaps!;
    return rows.map((row, k) => ({ row, unknown: rows.length - 1 - k })).filter(({ row }) => row >= first);
  }

  /** A missing level at its best, less than nothing. */
  level(unknown: number): number {
    return this.levels[unknown];
  }

  /** Fills the gaps of differences that begin at `from` with the levels that {@link solve} found. */
  fill(target: Float64Array, from: number): void {
    const { gaps, levels, responses } = this;
    if (!this.solved || gaps === null) return;
    const { rows } = gaps;
    const { needed, count, difference } = responses;
    for (let k = 0; k < rows.length; k++) {
      const level = levels[rows.length - 1 - k];
      for (let j = 0; j < difference.lags.length; j++) {
        const s = rows[k] + difference.lags[j] - needed;
        if (s >= 0 && s < count) target[from + s] -= level * difference.weights[j];
      }
    }
  }

  /** What the past adds to the differences that begin at `from`. */
  fillPast(target: Float64Array, from: number): void {
    const { past, start, responses } = this;
    for (let i = 0; i < Math.min(start.size, responses.count); i++) target[from + i] = -past[i];
  }

  /**
   * ½ ∂log|M| to the slopes of the two polynomials, and ½ω∂S by way of f's own information.
   *
   * @param e the innovations at the best x and f, which begin at `from`.
   */
  addSlopes(
    e: Float64Array,
    from: number,
    omega: number,
    ar: LagPolynomial,
    ma: LagPolynomial,
    gradient: Float64Array,
  ): void {
    this.pullOf(e, from);
    this.start.addSlopes(this.spread(), this.pull, omega, ma.slopes, gradient);
    this.adjoint.run(this.responses, ar, ma);
  }

  /** The part ½ ∂log|M| of {@link addSlopes} alone. */
  addDeterminantSlopes(ar: LagPolynomial, ma: LagPolynomial, gradient: Float64Array): void {
    this.start.addSlopes(this.spread(), this.pull, 0, ma.slopes, gradient);
    this.adjoint.run(this.responses, ar, ma);
  }

  /** The part ½ω∂S of {@link addSlopes} alone. */
  addSquareSlopes(
    e: Float64Array,
    from: number,
    omega: number,
    ma: LagPolynomial,
    gradient: Float64Array,
  ): void {
    this.pullOf(e, from);
    this.start.addSlopes(null, this.pull, omega, ma.slopes, gradient);
  }

  /** N at the start of the adjoint. */
  private spread(): Float64Array {
    const { adjoint, responses, start } = this;
    adjoint.clear(responses);
    return start.spread(adjoint.band, responses.size);
  }

  /** (RR')⁻¹f = −Π'e: the first values of −e/t(F). */
  private pullOf(e: Float64Array, from: number): void {
    const { pull, start } = this;
    const signal = this.echoOf(e, from);
    for (let i = 0; i < start.size; i++) pull[i] = -signal[i];
  }

  /** e/t(F) by time, until the next use of this likelihood. */
  echoOf(e: Float64Array, from: number): Float64Array {
    const { responses, signal } = this;
    const { count, size, maLags, maWeights, maCount } = responses;
    signal.fill(0, count, count + size);
    for (let s = count - 1; s >= 0; s--) {
      let value = e[from + s];
      for (let j = 0; j < maCount; j++) value -= maWeights[j] * signal[s + maLags[j]];
      signal[s] = value;
    }
    return signal;
  }
}

import type { LagPolynomial } from "../lag-polynomial/polynomial.js";

/** Variance, beside that of an innovation, of a first level that is missing: as good as unbounded. */
export const UNKNOWN = 1e7;

/** ∇^d ∇_m^D. */
interface DifferencedRegression {
  readonly d: number;
  readonly D: number;
  readonly period: number;
}

/** A series with gaps as the filter wants it: levels, not differenced, from the first observed value to the last. */
export interface GappedData {
  readonly how: DifferencedRegression;
  /** The series less its plain regression, lines across its gaps; then the regressors. */
  readonly columns: readonly Float64Array[];
  /** Missing rows. */
  readonly gaps: readonly number[];
}

/** What the adjoint collects: derivatives of ω·S + Σ log F by φ_i and θ_i, halved. */
export interface Slopes {
  /** By position in `arAt` and `maAt`. */
  readonly ar: Float64Array;
  readonly ma: Float64Array;
}

/**
 * What the filter and its adjoint share: data, the memory's covariance, and what each step leaves for the way back.
 *
 * The memory is Harvey's vector of the stationary part, W_i = E[w_{t+i} | everything up to t − 1 and the state], r =
 * max(p*, q* + 1) entries, w_{t} = W_0, W⁺_i = W_{i+1} + φ_i W_0 + θ_i e_t, and the last d' = d + mD levels y, y_t = w_t −
 * Σ ∇_j y_{t−j}. Level t lies in slot t mod d'. Only levels that were not observed have a covariance.
 *
 * W_i at time t lies at position (t + i) mod r, so that from one time to the next only W_0 gives way to the newest entry and
 * nothing is moved.
 */
export class GapBuffers {
  how: DifferencedRegression = { d: 0, D: 0, period: 1 };
  columns: readonly Float64Array[] = [];
  gaps: readonly number[] = [];
  rows = 0;
  length = 0;
  /** 1 where the row is missing. */
  missing = new Uint8Array(0);
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
  /** The same for the adjoint. */
  adjointWide = new Float64Array(0);
  adjointCross = new Float64Array(0);
  adjointSquare = new Float64Array(0);
  /** Room for one vector over W and the slots. */
  vector = new Float64Array(0);
  image = new Float64Array(0);
  /** By row: variance of the prediction, whether all but it is certain, PZ' and P_{t|t}W_0. */
  relativeVariance = new Float64Array(0);
  certain = new Uint8Array(0);
  gain = new Float64Array(0);
  left = new Float64Array(0);
  /** By column and row: prediction errors (predictions where missing), W_0 after the update, standardised errors. */
  errors: Float64Array[] = [];
  heads: Float64Array[] = [];
  standard: Float64Array[] = [];
  /** Standardised errors there are. */
  count = 0;
  logDeterminant = 0;
  /** Whether all but the next innovation is certain after the last row that was filtered; then `wide` does not hold. */
  endCertain = false;
  /** Smoothed levels. */
  filled = new Float64Array(0);
  private data: GappedData | null = null;

  configure(data: GappedData, ar: LagPolynomial, ma: LagPolynomial): void {
    if (this.data !== data) this.take(data);
    this.size = Math.max(ar.degree, ma.degree + 1);
    this.arAt = reserved(this.arAt, ar.count, Int32Array);
    this.arWeight = reserved(this.arWeight, ar.count, Float64Array);
    this.maAt = reserved(this.maAt, ma.count + 1, Int32Array);
    this.maWeight = reserved(this.maWeight, ma.count + 1, Float64Array);
    const { size, slots, rows } = this;
    this.wide = reserved(this.wide, size * size, Float64Array);
    this.cross = reserved(this.cross, size * slots, Float64Array);
    this.square = reserved(this.square, slots * slots, Float64Array);
    this.open = reserved(this.open, slots + 1, Int32Array);
    this.adjointWide = reserved(this.adjointWide, size * size, Float64Array);
    this.adjointCross = reserved(this.adjointCross, size * slots, Float64Array);
    this.adjointSquare = reserved(this.adjointSquare, slots * slots, Float64Array);
    this.vector = reserved(this.vector, size + slots, Float64Array);
    this.image = reserved(this.image, size + slots, Float64Array);
    this.gain = reserved(this.gain, rows * (size + slots), Float64Array);
    this.left = reserved(this.left, rows * (size + slots), Float64Array);
  }

  private take(data: GappedData): void {
    this.data = data;
    const { how, columns, gaps } = data;
    this.how = how;
    this.columns = columns;
    this.gaps = gaps;
    this.rows = columns[0]!.length;
    this.missing = new Uint8Array(this.rows);
    for (const gap of gaps) this.missing[gap] = 1;
    this.slots = how.d + how.D * how.period;
    const { lags, weights } = differenceLags(how);
    this.lags = lags;
    this.weights = weights;
    this.relativeVariance = new Float64Array(this.rows);
    this.certain = new Uint8Array(this.rows);
    const perRow = () => columns.map(() => new Float64Array(this.rows));
    this.errors = perRow();
    this.heads = perRow();
    this.standard = perRow();
    this.filled = columns[0]!.slice();
  }

  /** Takes the coefficients over from the two polynomials, zeros left out. */
  setCoefficients(ar: LagPolynomial, ma: LagPolynomial): void {
    this.arCount = 0;
    for (let j = 0; j < ar.count; j++) {
      this.arAt[this.arCount] = ar.lags[j]! - 1;
      this.arWeight[this.arCount++] = -ar.coefficients[j]!;
    }
    this.maAt[0] = 0;
    this.maWeight[0] = 1;
    this.maCount = 1;
    for (let j = 0; j < ma.count; j++) {
      this.maAt[this.maCount] = ma.lags[j]!;
      this.maWeight[this.maCount++] = ma.coefficients[j]!;
    }
  }
}

function differenceLags({ d, D, period }: DifferencedRegression) {
  let product = [1];
  const times = (stride: number) => {
    const next = new Array<number>(product.length + stride).fill(0);
    product.forEach((c, i) => {
      next[i]! += c;
      next[i + stride]! -= c;
    });
    product = next;
  };
  for (let i = 0; i < D; i++) times(period);
  for (let i = 0; i < d; i++) times(1);
  const lags = Array.from(product.keys()).filter((lag) => lag > 0 && product[lag] !== 0);
  return { lags: Int32Array.from(lags), weights: Float64Array.from(lags, (lag) => -product[lag]!) };
}

function reserved<T extends Float64Array | Int32Array>(
  buffer: T,
  size: number,
  make: new (n: number) => T,
): T {
  return buffer.length >= size ? buffer : new make(Math.max(16, Math.ceil(1.5 * size)));
}

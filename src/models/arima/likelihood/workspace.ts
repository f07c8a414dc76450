import { EMPTY } from "../../../math/linear-algebra/vector.js";
import type { ArmaOrders, Mirrored } from "../definition/orders.js";
import { AutoregressiveGaps, DifferencedGaps } from "../gaps/autoregressive.js";
import { GapLikelihood } from "../gaps/likelihood.js";
import type { Gaps } from "../gaps/responses.js";
import { LagPolynomial } from "../lag-polynomial/polynomial.js";

/** Second derivatives of (n'/2) log S, row-major, and the change of each regression coefficient with each of the others. */
export interface SquareCurvature {
  readonly hessian: Float64Array;
  /** Regressors × coefficients. */
  readonly sensitivity: Float64Array;
}

/**
 * Everything the likelihood of one ARMA specification on one stretch of data needs, in one place and reused.
 *
 * Notation throughout this folder (after the paper-and-pencil derivation in docs/methods/arima.md): w the n differenced
 * values; a(B) the AR and t(B) the MA polynomial, both 1 + Σ c_j B^j, of degrees p* and q*; N = n + q*.
 * A signal over time s = 0 … N−1 lies at index `origin + s`, zeros around it; w begins at s = q*.
 */
export class Workspace {
  readonly ar = new LagPolynomial();
  readonly ma = new LagPolynomial();
  orders: ArmaOrders = { p: 0, q: 0, P: 0, Q: 0, period: 1 };
  /** Coefficients: p + q + P + Q. */
  size = 0;
  n = 0;
  /** p*, q*, N. */
  arDegree = 0;
  maDegree = 0;
  length = 0;
  origin = 0;
  end = 0;
  /** Beyond this many steps the impulse responses are negligible; N where they never become so. */
  reach = 0;
  /** Columns of data: the series, then a pulse for each missing value, then the regressors. */
  columns = 0;
  pulses = 0;
  /** Missing values among the n. */
  missing = 0;
  /** What takes the place of the filters where values are missing and there is no pulse for each; else null. */
  gaps: GapLikelihood | null = null;
  /** What fills the gaps of a pure autoregression at each point; else null. */
  filling: AutoregressiveGaps | DifferencedGaps | null = null;
  private readonly gapRoom = new GapLikelihood();

  /** Data columns w, then y⁰ = w/t and e⁰ = a·y⁰ with nothing before the data. */
  data: Float64Array[] = [];
  autoregressive: Float64Array[] = [];
  innovations: Float64Array[] = [];
  /** L⁻¹b and Vy⁰ of each column. */
  projections: Float64Array[] = [];
  boundary: Float64Array[] = [];

  /** Impulse responses π = 1/t and h = a/t. */
  pi: Float64Array = EMPTY;
  h: Float64Array = EMPTY;
  /** h/t, and the backward filters z = h/t(F), z/t(F). */
  hOverT: Float64Array = EMPTY;
  z: Float64Array = EMPTY;
  zz: Float64Array = EMPTY;
  delta: Float64Array = EMPTY;
  scratch: Float64Array = EMPTY;
  /** First stages of filters that start at s = 0, and of those that start with the data at s = q*. */
  between: Float64Array = EMPTY;
  betweenMa: Float64Array = EMPTY;
  betweenAr: Float64Array = EMPTY;
  /** [−u; w − Xβ], and from it y, e, and the four partly filtered signals that the derivatives need. */
  input: Float64Array = EMPTY;
  y: Float64Array = EMPTY;
  e: Float64Array = EMPTY;
  ySeasonal: Float64Array = EMPTY;
  yOrdinary: Float64Array = EMPTY;
  eSeasonal: Float64Array = EMPTY;
  eOrdinary: Float64Array = EMPTY;

  /** M's factor, M⁻¹, and L⁻¹. */
  factor: Float64Array = EMPTY;
  inverse: Float64Array = EMPTY;
  inverseRoot: Float64Array = EMPTY;
  /** Sums of M⁻¹'s diagonals, of their tails weighted by the last responses, and what they meet: see `addTraces`. */
  diagonals: Float64Array = EMPTY;
  tails: Float64Array = EMPTY;
  cross: Float64Array = EMPTY;
  /** What the responses past the end leave out of these; a row of such sums; products of signals by their lag. */
  edges: Float64Array = EMPTY;
  diagonalTails: Float64Array = EMPTY;
  products: Float64Array = EMPTY;
  /** c_s = −Σ_{j>s} a_j π_{j−1−s}, and its adjoint. */
  c: Float64Array = EMPTY;
  cAdjoint: Float64Array = EMPTY;
  autocorrelation: Float64Array = EMPTY;
  presample: Float64Array = EMPTY;
  v: Float64Array = EMPTY;
  tail: Float64Array = EMPTY;
  partials: Float64Array = EMPTY;
  phi: Float64Array = EMPTY;
  autocovariance: Float64Array = EMPTY;

  /** Generalised least squares: G = LL' of the columns' inner products, coefficients. */
  gram: Float64Array = EMPTY;
  beta: Float64Array = EMPTY;
  combination: Float64Array = EMPTY;

  gradient: Float64Array = EMPTY;
  /** The part of the sum of squares, where gaps are unknowns of a pure moving average. */
  squareGradient: Float64Array = EMPTY;
  curvature: Float64Array = EMPTY;
  /** Second derivatives of that part at the last gradient, where they were asked for and can be had. */
  squares: SquareCurvature | null = null;
  /** ∂e/∂x_i = −B^{shifts_i} derivatives_i. */
  derivatives: Float64Array[] = [];
  shifts = new Int32Array(16);
  /** S, log|Σ_AR| + log|M|, log|D'V⁻¹D|, of the last evaluation. */
  sumOfSquares = 0;
  logDeterminant = 0;
  pulseLogDeterminant = 0;
  values = 0;
  gradients = 0;
  /** Whether moving averages may be far outside the unit circle, as held ones may; then they are mirrored. */
  mirroring = false;
  /** Where the last evaluation was of a mirror image. */
  mirrored: Mirrored | null = null;

  /**
   * Prepares for a specification; `columns` are equally long, the series first, then `pulses` pulses.
   *
   * @param gaps where values are missing that are to be unknowns of the likelihood.
   */
  configure(
    orders: ArmaOrders,
    columns: readonly Float64Array[],
    pulses: number,
    gaps: Gaps | null = null,
  ): void {
    const { p, q, P, Q, period } = orders;
    this.orders = orders;
    this.ar.configure(p, P, period);
    this.ma.configure(q, Q, period);
    this.size = p + q + P + Q;
    this.arDegree = this.ar.degree;
    this.maDegree = this.ma.degree;
    this.n = columns[0].length;
    this.length = this.n + this.maDegree;
    this.origin = Math.max(this.arDegree, this.maDegree, 3);
    this.end = this.origin + this.length;
    this.columns = columns.length;
    this.pulses = pulses;
    this.values = 0;
    this.gradients = 0;
    this.mirroring = false;
    this.layOutSignals(columns);
    this.layOutSmall();
    this.listDerivatives();
    this.filling = null;
    this.missing = gaps === null ? pulses : gaps.rows.length;
    this.gaps = gaps === null ? null : this.gapRoom;
    if (gaps === null) return;
    this.gapRoom.configure(gaps, orders, this.ar, this.ma);
    for (let c = 0; c < columns.length; c++) {
      this.projections[c] = atLeast(this.projections[c], this.gapRoom.size);
    }
  }

  /** Takes the gaps of the columns, whose values there do not matter, as those of a pure autoregression. */
  fillAutoregressively(gaps: Gaps): void {
    const { how, rows } = gaps;
    this.missing = rows.length;
    this.filling =
      how.d + how.D > 0
        ? new DifferencedGaps(gaps, this.arDegree)
        : new AutoregressiveGaps(rows, this.n, this.arDegree);
  }

  /** Copies of the columns as they were given, to configure another specification with, and how many values were asked for. */
  detached(): { readonly evaluated: number; readonly columns: readonly Float64Array[] } {
    const start = this.origin + this.maDegree;
    const columns = this.data.slice(0, this.columns).map((column) => column.slice(start, start + this.n));
    return { evaluated: this.values, columns };
  }

  private listDerivatives(): void {
    const { p, q, P, Q, period } = this.orders;
    if (this.shifts.length < this.size) this.shifts = new Int32Array(2 * this.size);
    let i = 0;
    for (let lag = 1; lag <= p; lag++) this.setDerivative(i++, P > 0 ? this.ySeasonal : this.y, lag);
    for (let lag = 1; lag <= q; lag++) this.setDerivative(i++, this.eOrdinary, lag);
    for (let lag = 1; lag <= P; lag++) this.setDerivative(i++, p > 0 ? this.yOrdinary : this.y, lag * period);
    for (let lag = 1; lag <= Q; lag++) this.setDerivative(i++, this.eSeasonal, lag * period);
  }

  private setDerivative(i: number, signal: Float64Array, shift: number): void {
    this.derivatives[i] = signal;
    this.shifts[i] = shift;
  }

  /** Signals are cleared in full: what another specification left in the padding would enter the filters. */
  private layOutSignals(columns: readonly Float64Array[]): void {
    const room = this.length + 3 * this.origin + 2;
    const start = this.origin + this.maDegree;
    for (let c = 0; c < columns.length; c++) {
      this.data[c] = cleared(this.data[c], room);
      this.autoregressive[c] = cleared(this.autoregressive[c], room);
      this.innovations[c] = cleared(this.innovations[c], room);
      this.data[c].set(columns[c], start);
    }
    this.pi = cleared(this.pi, room);
    this.h = cleared(this.h, room);
    this.hOverT = cleared(this.hOverT, room);
    this.z = cleared(this.z, room);
    this.zz = cleared(this.zz, room);
    this.delta = cleared(this.delta, room);
    this.delta[this.origin] = 1;
    this.scratch = cleared(this.scratch, room);
    this.between = cleared(this.between, room);
    this.betweenMa = cleared(this.betweenMa, room);
    this.betweenAr = cleared(this.betweenAr, room);
    this.input = cleared(this.input, room);
    this.y = cleared(this.y, room);
    this.e = cleared(this.e, room);
    this.ySeasonal = cleared(this.ySeasonal, room);
    this.yOrdinary = cleared(this.yOrdinary, room);
    this.eSeasonal = cleared(this.eSeasonal, room);
    this.eOrdinary = cleared(this.eOrdinary, room);
  }

  private layOutSmall(): void {
    const { arDegree: p, maDegree: q, columns, size } = this;
    for (let c = 0; c < columns; c++) {
      this.projections[c] = atLeast(this.projections[c], q);
      this.boundary[c] = atLeast(this.boundary[c], p);
    }
    this.factor = atLeast(this.factor, q * q);
    this.inverse = atLeast(this.inverse, q * q);
    this.inverseRoot = atLeast(this.inverseRoot, q * q);
    this.cross = atLeast(this.cross, 2 * q + Math.max(p, q));
    this.diagonals = atLeast(this.diagonals, 2 * q);
    this.tails = atLeast(this.tails, 2 * q);
    this.edges = atLeast(this.edges, q);
    this.diagonalTails = atLeast(this.diagonalTails, q + 1);
    this.products = atLeast(this.products, Math.max(this.orders.p, this.orders.q) + 3);
    this.c = cleared(this.c, p + q + 1);
    this.cAdjoint = atLeast(this.cAdjoint, p + q + 1);
    this.autocorrelation = atLeast(this.autocorrelation, q);
    this.presample = atLeast(this.presample, q);
    this.v = atLeast(this.v, p);
    this.tail = atLeast(this.tail, p + 1);
    this.partials = atLeast(this.partials, p);
    this.phi = atLeast(this.phi, p);
    this.autocovariance = atLeast(this.autocovariance, p + 1);
    this.gram = atLeast(this.gram, columns * columns);
    this.beta = atLeast(this.beta, columns);
    this.combination = atLeast(this.combination, columns);
    this.gradient = atLeast(this.gradient, size);
    this.squareGradient = atLeast(this.squareGradient, this.gradient.length);
    this.curvature = atLeast(this.curvature, size * size);
  }
}

function atLeast(buffer: Float64Array | undefined, size: number): Float64Array {
  if (buffer !== undefined && buffer.length >= size) return buffer;
  return new Float64Array(Math.max(16, Math.ceil(1.5 * size)));
}

function cleared(buffer: Float64Array | undefined, size: number): Float64Array {
  if (buffer === undefined || buffer.length < size) return atLeast(undefined, size);
  buffer.fill(0, 0, size);
  return buffer;
}

import { cholesky, solveCholesky } from "../../math/linear-algebra/cholesky.js";
import { logistic } from "../../math/special-functions/logistic.js";
import { innerCount, type Layout } from "./network.js";

/** Rows to learn from: all values of the first input, then of the next one …, and what is to come out. */
export interface Rows {
  readonly x: Float64Array;
  readonly target: Float64Array;
}

/**
 * min_v ½ Σ_t (g(x_t) − y_t)² + ½ λ Σ w² of one network as a function of the weights into its units: those of the output, v, are
 * linear and always the best ones, so they are no variables of the descent.
 *
 * As they are the best, the gradient is that with v held.
 *
 * @see G. H. Golub and V. Pereyra, SIAM Journal on Numerical Analysis 10 (1973), p. 413.
 */
export class SquaredError {
  /** Weights into the units. */
  readonly size: number;
  readonly gradient: Float64Array;
  /** The bias of the output and its weight a unit, at the point that `value` saw last. */
  readonly outer: Float64Array;
  /** The values of one unit after the other. */
  private readonly units: Float64Array;
  private readonly errors: Float64Array;
  private readonly slopes: Float64Array;
  private readonly squares: Float64Array;
  private readonly gram: Float64Array;

  /** @param count how many of the rows count, from the first on. */
  constructor(
    private readonly layout: Layout,
    private readonly rows: Rows,
    private readonly decay: number,
    private readonly count: number,
  ) {
    const columns = layout.hidden + 1;
    this.size = innerCount(layout);
    this.gradient = new Float64Array(this.size);
    this.outer = new Float64Array(columns);
    this.errors = new Float64Array(count);
    this.slopes = new Float64Array(count);
    this.squares = new Float64Array(count);
    this.units = new Float64Array(count * layout.hidden);
    this.gram = new Float64Array(columns * columns);
  }

  value(inner: Float64Array): number {
    this.fillUnits(inner);
    this.solve();
    const { units, errors, outer, rows, count, decay } = this;
    for (let t = 0; t < count; t++) errors[t] = outer[0]! - rows.target[t]!;
    addColumns(errors, outer.subarray(1), units, count, count);
    const penalty = dot(inner, 0, inner, 0, inner.length) + dot(outer, 0, outer, 0, outer.length);
    return 0.5 * (dot(errors, 0, errors, 0, count) + decay * penalty);
  }

  private fillUnits(inner: Float64Array): void {
    const { rows, units, count, slopes } = this;
    const { inputs, hidden } = this.layout;
    const stride = rows.target.length;
    for (let j = 0; j < hidden; j++) {
      const own = j * (inputs + 1);
      slopes.fill(inner[own]!);
      addColumns(slopes, inner.subarray(own + 1, own + 1 + inputs), rows.x, stride, count);
      const to = j * count;
      for (let t = 0; t < count; t++) units[to + t] = logistic(slopes[t]!);
    }
  }

  /** The best weights of the output: (U'U + λI) v = U'y. */
  private solve(): void {
    const { units, gram, outer, rows, count, decay } = this;
    const { target } = rows;
    const columns = outer.length;
    const ridge = Math.max(decay, LEAST);
    gram[0] = count + ridge;
    outer[0] = total(target, 0, count);
    for (let j = 1; j < columns; j++) {
      const own = (j - 1) * count;
      const row = j * columns;
      gram[row] = total(units, own, count);
      for (let k = 1; k <= j; k++) gram[row + k] = dot(units, own, units, (k - 1) * count, count);
      gram[row + j] = gram[row + j]! + ridge;
      outer[j] = dot(units, own, target, 0, count);
    }
    cholesky(gram, columns);
    solveCholesky(gram, columns, outer);
  }

  /** Fills `gradient`, and the diagonal of the Gauss-Newton matrix, at the point that `value` saw last. */
  differentiate(inner: Float64Array, diagonal: Float64Array): void {
    const { gradient, units, errors, outer, count, decay, slopes, squares } = this;
    const { inputs, hidden } = this.layout;
    for (let j = 0; j < hidden; j++) {
      let [first, second] = [0, 0];
      for (let t = 0; t < count; t++) {
        const unit = units[j * count + t]!;
        const slope = outer[j + 1]! * unit * (1 - unit);
        const moved = errors[t]! * slope;
        const square = slope * slope;
        slopes[t] = moved;
        squares[t] = square;
        first += moved;
        second += square;
      }
      const own = j * (inputs + 1);
      gradient[own] = decay * inner[own]! + first;
      diagonal[own] = decay + second;
      for (let i = 0; i < inputs; i++) this.differentiateInput(i, own + 1 + i, inner, diagonal);
    }
  }

  /** The derivatives by the weight at a place, of input i into the unit whose slopes are there. */
  private differentiateInput(i: number, at: number, inner: Float64Array, diagonal: Float64Array): void {
    const { gradient, rows, count, decay, slopes, squares } = this;
    const from = i * rows.target.length;
    let [even, odd, second] = [0, 0, 0];
    let t = 0;
    for (; t + 1 < count; t += 2) {
      const a = rows.x[from + t]!;
      const b = rows.x[from + t + 1]!;
      even += slopes[t]! * a;
      odd += slopes[t + 1]! * b;
      second += squares[t]! * a * a;
      second += squares[t + 1]! * b * b;
    }
    if (t < count) {
      const a = rows.x[from + t]!;
      even += slopes[t]! * a;
      second += squares[t]! * a * a;
    }
    gradient[at] = decay * inner[at]! + (even + odd);
    diagonal[at] = decay + second;
  }
}

/** Σ a_i b_i of `count` numbers of each. */
function dot(a: Float64Array, i: number, b: Float64Array, k: number, count: number): number {
  let even = 0;
  let odd = 0;
  let t = 0;
  for (; t + 1 < count; t += 2) {
    even += a[i + t]! * b[k + t]!;
    odd += a[i + t + 1]! * b[k + t + 1]!;
  }
  if (t < count) even += a[i + t]! * b[k + t]!;
  return even + odd;
}

function total(a: Float64Array, i: number, count: number): number {
  let sum = 0;
  for (let t = 0; t < count; t++) sum += a[i + t]!;
  return sum;
}

/** Adds Σ_i f_i b_i to a, b_i the columns of a matrix, in their order; two at a time, as memory is slower than sums. */
function addColumns(
  a: Float64Array,
  factors: Float64Array,
  matrix: Float64Array,
  stride: number,
  count: number,
): void {
  const pairs = factors.length - (factors.length % 2);
  for (let i = 0; i < pairs; i += 2) {
    const [f, g] = [factors[i]!, factors[i + 1]!];
    const [at, next] = [i * stride, (i + 1) * stride];
    for (let t = 0; t < count; t++) a[t] = a[t]! + f * matrix[at + t]! + g * matrix[next + t]!;
  }
  if (pairs === factors.length) return;
  const f = factors[pairs]!;
  const at = pairs * stride;
  for (let t = 0; t < count; t++) a[t] = a[t]! + f * matrix[at + t]!;
}

/** Added to the diagonal where there is no penalty, as units may be alike. */
const LEAST = 1e-6;

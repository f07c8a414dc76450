import { isInvertibleFactor } from "./invertible.js";
import { dot } from "./kernels.js";
import { advance } from "./lag-filter.js";
import { lagModel } from "./lag-model.js";
import { predict } from "./lag-prediction.js";
import { startState } from "./lag-state.js";
import type { RegressingObjective } from "./numeric-information.js";
import type { ArmaOrders } from "./orders.js";
import { stationaryStart } from "./stationary-start.js";
import { type Regression, regressOut } from "./triangular-regression.js";

/** Data for the lag filter: the series, NaN where missing, and the regressors beside it, not yet differenced. */
export interface GapData {
  readonly orders: ArmaOrders;
  readonly d: number;
  readonly D: number;
  readonly y: Float64Array;
  readonly regressors: readonly Float64Array[];
}

/** One evaluation: standardised errors less their regression. */
interface Evaluation {
  readonly errors: Float64Array;
  readonly regression: Regression;
  readonly sumOfSquares: number;
  readonly logDeterminant: number;
  readonly value: number;
}

const DIFFERENCE = 1e-5;

/**
 * Minus the log-likelihood by the lag filter itself, for series with so many gaps that a pulse for each would cost more.
 *
 * The series and its regressors go through the filter side by side; generalised least squares is then plain least squares
 * of the standardised errors. Derivatives are central differences of these and of the log-determinant.
 */
export class GapObjective implements RegressingObjective {
  readonly size: number;
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly moved = false;
  /** All coefficients at the point seen last. */
  readonly all: Float64Array;
  evaluations = 0;
  last: Evaluation | null = null;
  private readonly data: GapData;
  private readonly free: readonly number[];

  constructor(data: GapData, fixed: Float64Array, free: readonly number[]) {
    this.data = data;
    this.free = free;
    this.size = free.length;
    this.gradient = new Float64Array(this.size);
    this.curvature = new Float64Array(this.size * this.size);
    this.all = fixed.slice();
  }

  get regression(): Regression {
    return this.last!.regression;
  }

  value(z: Float64Array): number {
    this.free.forEach((i, j) => {
      this.all[i] = z[j]!;
    });
    this.last = this.evaluate(this.all);
    return this.last?.value ?? Number.POSITIVE_INFINITY;
  }

  accept(withCurvature: boolean): number {
    const { size, free, all, gradient, curvature } = this;
    const centre = this.last!;
    const n = centre.errors.length;
    const slopes: Float64Array[] = [];
    for (let j = 0; j < size; j++) {
      const { up, down, step } = this.beside(all, free[j]!, centre);
      gradient[j] = (up.value - down.value) / step;
      slopes.push(up.errors.map((value, t) => (value - down.errors[t]!) / step));
    }
    if (withCurvature) {
      const weight = n / centre.sumOfSquares;
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          curvature[i * size + j] = weight * dot(slopes[i]!, 0, slopes[j]!, 0, n);
        }
        curvature[i * size + i]! += 1;
      }
    }
    this.last = centre;
    return centre.value;
  }

  /** Evaluations on both sides of the point, or on one and at it where the other lies outside. */
  private beside(x: Float64Array, i: number, centre: Evaluation) {
    const kept = x[i]!;
    x[i] = kept + DIFFERENCE;
    const above = this.evaluate(x);
    x[i] = kept - DIFFERENCE;
    const below = this.evaluate(x);
    x[i] = kept;
    const sides = (above === null ? 0 : 1) + (below === null ? 0 : 1);
    return { up: above ?? centre, down: below ?? centre, step: Math.max(1, sides) * DIFFERENCE };
  }

  /** What regression leaves where there is nothing but differences: 0 for data that follow them exactly. */
  whiteNoise(): Pick<Evaluation, "regression" | "sumOfSquares"> {
    const { errors } = this.filtered(new Float64Array(0))!;
    return regressed(errors);
  }

  private evaluate(x: Float64Array): Evaluation | null {
    this.evaluations++;
    const { p, q, P, Q } = this.data.orders;
    if (!isInvertibleFactor(x, p, q) || !isInvertibleFactor(x, p + q + P, Q)) return null;
    const filtered = this.filtered(x);
    return filtered === null ? null : concluded(filtered.errors, filtered.logDeterminant);
  }

  /** Standardised errors of the series and of each regressor, and Σ log of their variances; null where not stationary. */
  private filtered(x: Float64Array): { errors: number[][]; logDeterminant: number } | null {
    const { orders, d, D, y, regressors } = this.data;
    const { p, q, P, Q, period } = orders;
    const part = (from: number, count: number) => Array.from(x.subarray(from, from + count));
    const model = lagModel({
      d,
      D,
      period,
      ar: part(0, p),
      ma: part(p, q),
      sar: part(p + q, P),
      sma: part(p + q + P, Q),
    });
    const start = stationaryStart(model);
    if (start === null) return null;
    const columns = 1 + regressors.length;
    const errors: number[][] = Array.from({ length: columns }, () => []);
    const row = new Float64Array(columns);
    let state = startState(model, start, columns);
    let logDeterminant = 0;
    for (let t = 0; t < y.length; t++) {
      row[0] = y[t]!;
      for (let c = 1; c < columns; c++) row[c] = regressors[c - 1]![t]!;
      const { mean, spread, isDiffuse } = predict(model, state);
      if (!isDiffuse && !Number.isNaN(y[t])) {
        logDeterminant += Math.log(spread);
        for (let c = 0; c < columns; c++) errors[c]!.push((row[c]! - mean[c]!) / Math.sqrt(spread));
      }
      state = advance(model, start, state, row);
    }
    return { errors, logDeterminant };
  }
}

function regressed(columns: readonly (readonly number[])[]) {
  const [first, ...regressors] = columns.map((column) => Float64Array.from(column));
  const errors = first!;
  const regression = regressOut(errors, regressors, 0, errors.length);
  return { errors, regression, sumOfSquares: dot(errors, 0, errors, 0, errors.length) };
}

function concluded(columns: readonly (readonly number[])[], logDeterminant: number): Evaluation | null {
  const { errors, regression, sumOfSquares } = regressed(columns);
  const n = errors.length;
  if (!(sumOfSquares > 0)) return null;
  const value = 0.5 * n * (Math.log((2 * Math.PI * sumOfSquares) / n) + 1) + 0.5 * logDeterminant;
  return { errors, regression, sumOfSquares, logDeterminant, value };
}

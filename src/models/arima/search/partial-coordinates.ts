import { stepDown, stepUp } from "../../../math/levinson.js";
import { square } from "../../../math/power.js";
import type { ArmaOrders } from "../definition/orders.js";

/** Partial autocorrelations nearer to ±1 than this are not told apart from it. */
const LARGEST_PARTIAL = 1 - 1e-9;

/**
 * The coordinates in which the coefficients x = (φ, θ, Φ, Θ) are searched.
 *
 * Natural coordinates are the coefficients themselves. In partial coordinates each AR factor is replaced by
 * z_j = atanh r_j of its partial autocorrelations, which keeps every step inside the stationary region.
 */
export class Coordinates {
  private orders: ArmaOrders = { p: 0, q: 0, P: 0, Q: 0, period: 1 };
  private size = 0;
  partial = false;
  /** ∂φ_i/∂z_j of the two AR factors, row-major. */
  private ordinary = new Float64Array(25);
  private seasonal = new Float64Array(9);
  private product = new Float64Array(25);
  private column = new Float64Array(16);

  configure(orders: ArmaOrders, partial: boolean): void {
    const { p, q, P, Q } = orders;
    this.orders = orders;
    this.size = p + q + P + Q;
    this.partial = partial && p + P > 0;
    if (this.ordinary.length < p * p) this.ordinary = new Float64Array(p * p);
    if (this.seasonal.length < P * P) this.seasonal = new Float64Array(P * P);
    const most = square(Math.max(p, P));
    if (this.product.length < most) this.product = new Float64Array(most);
    if (this.column.length < this.size) this.column = new Float64Array(this.size);
  }

  private get seasonalStart(): number {
    return this.orders.p + this.orders.q;
  }

  /** x from z; leaves the derivatives for the two pulls. */
  toNatural(z: Float64Array, x: Float64Array): void {
    for (let i = 0; i < this.size; i++) x[i] = z[i]!;
    if (!this.partial) return;
    const { p, P } = this.orders;
    factorFromPartials(z, x, 0, p, this.ordinary, this.product);
    factorFromPartials(z, x, this.seasonalStart, P, this.seasonal, this.product);
  }

  fromNatural(x: Float64Array, z: Float64Array): void {
    for (let i = 0; i < this.size; i++) z[i] = x[i]!;
    if (!this.partial) return;
    partialsOfFactor(z, 0, this.orders.p);
    partialsOfFactor(z, this.seasonalStart, this.orders.P);
  }

  /** gradient by x becomes gradient by z, in place. */
  pullGradient(gradient: Float64Array): void {
    if (!this.partial) return;
    timesJacobian(gradient, 0, 1, this.orders.p, this.ordinary, this.column);
    timesJacobian(gradient, this.seasonalStart, 1, this.orders.P, this.seasonal, this.column);
  }

  /** H becomes J'HJ, in place. */
  pullCurvature(curvature: Float64Array): void {
    if (!this.partial) return;
    const { size, column, seasonalStart } = this;
    const { p, P } = this.orders;
    for (let i = 0; i < size; i++) {
      timesJacobian(curvature, i * size, 1, p, this.ordinary, column);
      timesJacobian(curvature, i * size + seasonalStart, 1, P, this.seasonal, column);
    }
    for (let j = 0; j < size; j++) {
      timesJacobian(curvature, j, size, p, this.ordinary, column);
      timesJacobian(curvature, j + seasonalStart * size, size, P, this.seasonal, column);
    }
  }
}

/** v ← J'v for the entries v[from + i·step]. */
function timesJacobian(
  v: Float64Array,
  from: number,
  step: number,
  order: number,
  jacobian: Float64Array,
  product: Float64Array,
): void {
  for (let j = 0; j < order; j++) {
    let sum = 0;
    for (let i = 0; i < order; i++) sum += jacobian[i * order + j]! * v[from + i * step]!;
    product[j] = sum;
  }
  for (let j = 0; j < order; j++) v[from + j * step] = product[j]!;
}

/** φ of one factor from z = atanh r, and ∂φ/∂z, by stepping the order up. */
function factorFromPartials(
  z: Float64Array,
  x: Float64Array,
  from: number,
  order: number,
  jacobian: Float64Array,
  product: Float64Array,
): void {
  jacobian.fill(0, 0, order * order);
  for (let k = 0; k < order; k++) {
    const r = Math.max(-LARGEST_PARTIAL, Math.min(LARGEST_PARTIAL, Math.tanh(z[from + k]!)));
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        product[i * order + j] = jacobian[i * order + j]! - r * jacobian[(k - 1 - i) * order + j]!;
      }
    }
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) jacobian[i * order + j] = product[i * order + j]!;
      jacobian[i * order + k] = -x[from + k - 1 - i]! * (1 - r * r);
    }
    stepUp(x, from, k, r);
    jacobian[k * order + k] = 1 - r * r;
  }
}

/** φ of one factor becomes z = atanh r, in place. */
function partialsOfFactor(z: Float64Array, from: number, order: number): void {
  for (let k = order - 1; k >= 0; k--) {
    const r = Math.max(-LARGEST_PARTIAL, Math.min(LARGEST_PARTIAL, z[from + k]!));
    stepDown(z, from, k, r);
    z[from + k] = Math.atanh(r);
  }
}

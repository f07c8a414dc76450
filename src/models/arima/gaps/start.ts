import { cholesky, solveLower, solveLowerTransposed } from "../../../math/linear-algebra/cholesky.js";
import { fillInverse } from "../../../math/linear-algebra/cholesky-inverse.js";
import { semidefiniteFactor } from "../../../math/linear-algebra/row-compression.js";
import type { ArmaOrders } from "../definition/orders.js";
import { armaAutocovariances, armaResponses } from "../lag-polynomial/autocovariances.js";
import type { LagList } from "../lag-polynomial/model.js";
import { LagPolynomial } from "../lag-polynomial/polynomial.js";
import type { Responses } from "./responses.js";

/**
 * What the past adds to the first differences, f ~ N(0, σ²RR') of max(p*, q*) numbers, as the last unknowns of the
 * likelihood: with Λ the covariance of ζ_0, ζ_1 … given the missing values, their information is (RR')⁻¹ + Λ, and that on
 * R⁻¹f is B = I + R'ΛR.
 */
export class Start {
  /** max(p*, q*). */
  size = 0;
  private orders: ArmaOrders = { p: 0, q: 0, P: 0, Q: 0, period: 1 };
  private readonly x = new Float64Array(512);
  private readonly ar = new LagPolynomial();
  private readonly ma = new LagPolynomial();
  private covariance = new Float64Array(0);
  private root = new Float64Array(0);
  /** ΛR, then Λ. */
  private product = new Float64Array(0);
  private lambda = new Float64Array(0);
  private factored = new Float64Array(0);
  private inverse = new Float64Array(0);
  private columns = new Float64Array(0);
  private spreads = new Float64Array(0);

  configure(orders: ArmaOrders): void {
    this.orders = orders;
    const { p, q, P, Q, period } = orders;
    this.ar.configure(p, P, period);
    this.ma.configure(q, Q, period);
    this.size = Math.max(this.ar.degree, this.ma.degree);
    const square = this.size * this.size;
    if (this.root.length < square) {
      this.covariance = new Float64Array(square);
      this.root = new Float64Array(square);
      this.product = new Float64Array(square);
      this.lambda = new Float64Array(square);
      this.factored = new Float64Array(square);
      this.inverse = new Float64Array(square);
      this.columns = new Float64Array(square);
      this.spreads = new Float64Array(square);
    }
  }

  /** R at these coefficients; false where the AR part is not stationary. */
  setCoefficients(x: Float64Array): boolean {
    const { p, q, P, Q } = this.orders;
    for (let i = 0; i < p + q + P + Q; i++) this.x[i] = x[i];
    this.setPolynomials();
    const { size, root } = this;
    if (this.ar.degree > 0) {
      if (!startCovariance(listed(this.ar), listed(this.ma), size, this.covariance)) return false;
      root.set(semidefiniteFactor(this.covariance, size));
      return true;
    }
    root.fill(0, 0, size * size);
    const { lags, coefficients, count } = this.ma;
    for (let j = 0; j < count; j++) {
      const last = lags[j] - 1;
      for (let i = 0; i <= last; i++) root[i * size + last - i] = coefficients[j];
    }
    return true;
  }

  private setPolynomials(): void {
    const { p, q, P } = this.orders;
    this.ar.setFactors(this.x, 0, p + q, -1);
    this.ma.setFactors(this.x, p, p + q + P, 1);
  }

  /** Takes Λ from where the responses have got to; returns log|B|, NaN where rounding has eaten it. */
  factor({ band, size: width }: Responses): number {
    const { size, root, lambda, product, factored } = this;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) lambda[i * size + j] = band[Math.min(i, j) * width + Math.abs(i - j)];
    }
    times(lambda, root, size, product);
    for (let i = 0; i < size; i++) {
      const row = i * size;
      for (let j = 0; j <= i; j++) factored[row + j] = i === j ? 1 : 0;
      for (let k = 0; k < size; k++) {
        const weight = root[k * size + i];
        if (weight === 0) continue;
        for (let j = 0; j <= i; j++) factored[row + j] += weight * product[k * size + j];
      }
    }
    return cholesky(factored, size);
  }

  /** L⁻¹(R'b + more), B = LL', of what a column asks of f, to `target` from `at` on. */
  project(b: Float64Array, target: Float64Array, at: number, more: Float64Array | null = null): void {
    const { size, root, factored } = this;
    const projected = target.subarray(at, at + size);
    if (more === null) projected.fill(0);
    else projected.set(more);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) projected[j] += root[i * size + j] * b[i];
    }
    solveLower(factored, size, projected);
  }

  /** RL'⁻¹z in `target`, L'⁻¹z in z itself. */
  solve(z: Float64Array, target: Float64Array): void {
    const { size, root, factored } = this;
    solveLowerTransposed(factored, size, z);
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += root[i * size + j] * z[j];
      target[i] = sum;
    }
  }

  /** N = RB⁻¹R', the derivative of log|B| by Λ, also to the head of a band. */
  spread(band: Float64Array, width: number): Float64Array {
    const { size, root, factored, inverse, columns, product, spreads } = this;
    fillInverse(factored, size, columns, inverse);
    times(root, inverse, size, product);
    spreads.fill(0, 0, size * size);
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < size; k++) {
        const weight = root[i * size + k];
        if (weight === 0) continue;
        for (let j = 0; j < size; j++) spreads[i * size + j] += weight * product[j * size + k];
      }
      for (let j = i; j < size; j++) band[i * width + j - i] = spreads[i * size + j];
    }
    return spreads;
  }

  /**
   * The derivative of ½(log|B| + ωS) by way of RR': ½tr(Z ∂RR'), Z = Λ − ΛNΛ − ωλλ', λ = (RR')⁻¹f.
   *
   * @param spreads N; null where log|B| is left out.
   * @param pull λ.
   * @param maSlopes where slopes by t's coefficients go in a pure moving average.
   */
  addSlopes(
    spreads: Float64Array | null,
    pull: Float64Array,
    omega: number,
    maSlopes: Float64Array,
    gradient: Float64Array,
  ): void {
    const { size, inverse: z } = this;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) z[i * size + j] = -omega * pull[i] * pull[j];
    }
    if (spreads !== null) this.addDeterminant(spreads, z);
    if (this.ar.degree > 0) this.addDifferences(z, gradient);
    else this.addMovingAverageSlopes(z, maSlopes);
  }

  /** Z += Λ − ΛNΛ. */
  private addDeterminant(spreads: Float64Array, z: Float64Array): void {
    const { size, lambda, product } = this;
    times(lambda, spreads, size, product);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let sum = lambda[i * size + j];
        for (let k = 0; k < size; k++) sum -= product[i * size + k] * lambda[k * size + j];
        z[i * size + j] += sum;
      }
    }
  }

  /** R_{i,m} = θ_{i+m+1}: ½tr(Z ∂RR') = tr((ZR)'∂R). */
  private addMovingAverageSlopes(z: Float64Array, slopes: Float64Array): void {
    const { size, root, product } = this;
    times(z, root, size, product);
    const { lags, count } = this.ma;
    for (let j = 0; j < count; j++) {
      const last = lags[j] - 1;
      for (let i = 0; i <= last; i++) slopes[j] += product[i * size + last - i];
    }
  }

  /** By differences: the covariance costs little beside the filters. */
  private addDifferences(z: Float64Array, gradient: Float64Array): void {
    const { x, orders } = this;
    const { p, q, P, Q } = orders;
    const step = 1e-4 / (10 + this.covariance[0]);
    const centre = this.trace(z);
    for (let i = 0; i < p + q + P + Q; i++) {
      const kept = x[i];
      x[i] = kept + step;
      const above = this.traceBeside(z);
      x[i] = kept - step;
      const below = this.traceBeside(z);
      x[i] = kept;
      if (Number.isNaN(above)) gradient[i] += (centre - below) / (2 * step);
      else if (Number.isNaN(below)) gradient[i] += (above - centre) / (2 * step);
      else gradient[i] += (above - below) / (4 * step);
    }
  }

  private traceBeside(z: Float64Array): number {
    this.setPolynomials();
    return startCovariance(listed(this.ar), listed(this.ma), this.size, this.covariance)
      ? this.trace(z)
      : Number.NaN;
  }

  /** tr(Z·RR'). */
  private trace(z: Float64Array): number {
    const { size, covariance } = this;
    let sum = 0;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) sum += 2 * z[i * size + j] * covariance[i * size + j];
      sum += z[i * size + i] * covariance[i * size + i];
    }
    return sum;
  }
}

/** target = AB, zeros of B left out. */
function times(a: Float64Array, b: Float64Array, size: number, target: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    target.fill(0, row, row + size);
    for (let k = 0; k < size; k++) {
      const weight = a[row + k];
      if (weight === 0) continue;
      for (let j = 0; j < size; j++) target[row + j] += weight * b[k * size + j];
    }
  }
}

function listed({ degree, lags, coefficients, count }: LagPolynomial): LagList {
  return { degree, lags: lags.subarray(0, count), coefficients: coefficients.subarray(0, count) };
}

/**
 * The stationary covariance of f_i = Σ_{j>i} (φ_j w_{−(j−i)} + θ_j e_{−(j−i)}), i < r: what the past adds to the first
 * differences; lower triangle, row-major.
 *
 * That of the predictions z_i = E[w_i | past] is γ_{i−j} − Σ_{s≤j} ψ_s ψ_{s+i−j}, j ≤ i; and f_i = z_i + Σ_j a_j z_{i−j}.
 *
 * @returns false where the AR part is not stationary.
 */
export function startCovariance(ar: LagList, ma: LagList, size: number, target: Float64Array): boolean {
  const gamma = armaAutocovariances({ ar, ma }, size);
  if (gamma === null) return false;
  const psi = armaResponses({ ar, ma }, size);
  for (let lag = 0; lag < size; lag++) {
    let entry = gamma[lag];
    for (let j = 0; j + lag < size; j++) {
      entry -= psi[j] * psi[j + lag];
      target[(j + lag) * size + j] = entry;
      target[j * size + j + lag] = entry;
    }
  }
  if (ar.lags.length > 0) fromPredictions(ar, size, target);
  return true;
}

/** P ← APA', A = I + Σ a_j (shift down by j): rows, then columns, the last first. */
function fromPredictions({ lags, coefficients }: LagList, size: number, target: Float64Array): void {
  for (let i = size - 1; i > 0; i--) {
    for (let j = 0; j < lags.length && lags[j] <= i; j++) {
      const from = (i - lags[j]) * size;
      const weight = coefficients[j];
      for (let k = 0; k < size; k++) target[i * size + k] += weight * target[from + k];
    }
  }
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let k = i; k > 0; k--) {
      for (let j = 0; j < lags.length && lags[j] <= k; j++) {
        target[row + k] += coefficients[j] * target[row + k - lags[j]];
      }
    }
  }
}

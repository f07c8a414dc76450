import { finiteFrom } from "../core/arguments/numbers.js";
import { requireInteger } from "../core/checks.js";
import { usageError } from "../core/errors.js";

/** The autoregressions of every order up to a maximum that a sequence of autocovariances implies. */
export interface LevinsonDurbin {
  /** `coefficients[p]` holds φ₁ … φ_p of order p, for p = 0 … maxOrder. */
  readonly coefficients: readonly Float64Array[];
  /** Partial autocorrelations of lag 1 … maxOrder (entry k−1 belongs to lag k). */
  readonly partials: Float64Array;
  /** Innovation variance of order 0 … maxOrder. */
  readonly variances: Float64Array;
}

/**
 * Solves the Yule-Walker equations for all orders up to `maxOrder` in O(maxOrder²).
 *
 * r_k = (γ_k − Σ φ_j γ_{k−j}) / v_{k−1}, v_k = v_{k−1}(1 − r_k²). Once the variance is exactly zero the
 * recursion is complete: further partial autocorrelations are 0.
 *
 * @param given γ₀ … γ_maxOrder (autocorrelations do as well), γ₀ >= 0.
 * @param highest the highest order; default: one less than the number of autocovariances.
 * @returns coefficients, partial autocorrelations and prediction variances of every order.
 * @throws YuleError `bad-max-order` when there are not enough autocovariances.
 * @see J. Durbin, Revue de l'Institut International de Statistique 28 (1960), 233–244.
 * @example levinsonDurbin([1, 0.5, 0.25]).partials; // [0.5, 0]
 */
export function levinsonDurbin(given: ArrayLike<number>, highest?: number): LevinsonDurbin {
  const autocovariances = finiteFrom(given, "autocovariances");
  const maxOrder = highest ?? autocovariances.length - 1;
  requireInteger("maxOrder", maxOrder, 0, Number.MAX_SAFE_INTEGER);
  if (maxOrder >= autocovariances.length) {
    throw usageError(
      "bad-max-order",
      "maxOrder",
      maxOrder,
      `The Levinson-Durbin recursion up to order ${maxOrder} needs ${maxOrder + 1} autocovariances, not ${autocovariances.length}.`,
    );
  }
  const coefficients: Float64Array[] = [new Float64Array(0)];
  const partials = new Float64Array(maxOrder);
  const variances = new Float64Array(maxOrder + 1);
  const phi = new Float64Array(maxOrder);
  variances[0] = autocovariances[0];
  for (let k = 1; k <= maxOrder; k++) {
    const partial = nextPartial(autocovariances, phi, k, variances[k - 1]);
    partials[k - 1] = partial;
    variances[k] = variances[k - 1] * (1 - partial) * (1 + partial);
    stepUp(phi, 0, k - 1, partial);
    coefficients.push(phi.slice(0, k));
  }
  return { coefficients, partials, variances };
}

/** r_k from γ and φ of order k−1, whose innovation variance is `variance`; 0 where that is 0. */
function nextPartial(gamma: Float64Array, phi: Float64Array, k: number, variance: number): number {
  let numerator = gamma[k];
  for (let j = 1; j < k; j++) numerator -= phi[j - 1] * gamma[k - j];
  return variance === 0 ? 0 : numerator / variance;
}

/** Below this share of γ₀ an innovation variance is rounding, and what it would be divided into too. */
const NO_VARIANCE = 1e-14;

/** φ₁ … φ_order that solve the Yule-Walker equations of γ₀ … γ_order, of this order alone. */
export function yuleWalkerSolution(autocovariances: Float64Array, order: number): Float64Array {
  const phi = new Float64Array(order);
  let variance = autocovariances[0];
  for (let k = 1; k <= order; k++) {
    const left = variance > NO_VARIANCE * autocovariances[0] ? variance : 0;
    const partial = nextPartial(autocovariances, phi, k, left);
    stepUp(phi, 0, k - 1, partial);
    variance *= (1 - partial) * (1 + partial);
  }
  return phi;
}

/** x_i ← x_i − r·x_{count−1−i} for i < count, indices counted from `from`: what every step of the recursion does. */
export function mixReversed(x: Float64Array, from: number, count: number, r: number): void {
  for (let i = from, j = from + count - 1; i <= j; i++, j--) {
    const front = x[i];
    const back = x[j];
    x[i] = front - r * back;
    x[j] = back - r * front;
  }
}

/** φ of order k becomes that of order k + 1, r its last partial autocorrelation; in place, φ₁ at `from`. */
export function stepUp(phi: Float64Array, from: number, k: number, r: number): void {
  if (r !== 0) mixReversed(phi, from, k, r);
  phi[from + k] = r;
}

/** The inverse of {@link stepUp}: φ of order k + 1, whose last coefficient is r, becomes that of order k. */
export function stepDown(phi: Float64Array, from: number, k: number, r: number): void {
  if (r === 0) return;
  const left = (1 - r) * (1 + r);
  for (let i = from, j = from + k - 1; i <= j; i++, j--) {
    const front = phi[i];
    const back = phi[j];
    phi[i] = (front + r * back) / left;
    phi[j] = (back + r * front) / left;
  }
}

/**
 * φ₁ … φ_p, φ₁ at `from`, become their partial autocorrelations r₁ … r_p, in place.
 *
 * @returns 0, or the first order from above with |r| ≥ 1: the process is not stationary, and what is below that order is
 *   not stepped down.
 * @see S. M. Kay, Modern Spectral Estimation (1988), section 6.3.
 */
export function arToPartials(phi: Float64Array, from: number, p: number): number {
  for (let k = p; k >= 1; k--) {
    const r = phi[from + k - 1];
    if (!(Math.abs(r) < 1)) return k;
    stepDown(phi, from, k - 1, r);
  }
  return 0;
}

/**
 * The inverse of {@link arToPartials}.
 *
 * @see O. Barndorff-Nielsen and G. Schou, J. Multivariate Analysis 3 (1973), 408–419.
 */
export function partialsToAr(partials: Float64Array, from: number, p: number): void {
  for (let k = 0; k < p; k++) stepUp(partials, from, k, partials[from + k]);
}

/** Whether all partial autocorrelations of sign·(φ₁ … φ_p), φ₁ at `from`, lie within ±limit. */
export function partialsWithin(
  phi: Float64Array,
  from: number,
  p: number,
  sign: number,
  limit: number,
): boolean {
  const partials = new Float64Array(p);
  for (let i = 0; i < p; i++) partials[i] = sign * phi[from + i];
  if (arToPartials(partials, 0, p) > 1) return false;
  for (let i = 0; i < p; i++) if (!(Math.abs(partials[i]) <= limit)) return false;
  return true;
}

/**
 * Autocovariances γ₀ … γ_maxLag of the stationary autoregression with unit innovation variance, from its partial
 * autocorrelations: Levinson-Durbin run backwards.
 */
export function autocovariancesFromPartials(partials: Float64Array, maxLag: number): Float64Array {
  const target = new Float64Array(maxLag + 1);
  const p = partials.length;
  fillAutocovariances(partials, p, new Float64Array(p), target, maxLag);
  return target;
}

/** {@link autocovariancesFromPartials} of the first p partial autocorrelations, into `target`; `phi` becomes φ₁ … φ_p. */
export function fillAutocovariances(
  partials: Float64Array,
  p: number,
  phi: Float64Array,
  target: Float64Array,
  maxLag: number,
): void {
  let variance = 1;
  for (let k = 0; k < p; k++) variance /= (1 - partials[k]) * (1 + partials[k]);
  target[0] = variance;
  for (let k = 1; k <= maxLag; k++) {
    const order = Math.min(k - 1, p);
    let value = 0;
    for (let i = 0; i < order; i++) value += phi[i] * target[k - 1 - i];
    if (k <= p) {
      const r = partials[k - 1];
      value += r * variance;
      stepUp(phi, 0, k - 1, r);
      variance *= (1 - r) * (1 + r);
    }
    target[k] = value;
  }
}

/**
 * Γ⁻¹ for the order×order Toeplitz matrix Γ of autocovariances, row-major, from the fits of all lower orders:
 * Γ⁻¹ = Σ_k b_k b_k'/v_k, where b_k = (−φ_k, …, −φ₁, 1) predicts backwards with order k.
 */
export function inverseToeplitz(fits: LevinsonDurbin, order: number): Float64Array {
  const inverse = new Float64Array(order * order);
  for (let k = 0; k < order; k++) {
    const backward = Float64Array.from({ length: k + 1 }, (_, i) =>
      i === k ? 1 : -fits.coefficients[k][k - 1 - i],
    );
    for (let i = 0; i <= k; i++) {
      const scaled = backward[i] / fits.variances[k];
      for (let j = 0; j <= k; j++) inverse[i * order + j] += scaled * backward[j];
    }
  }
  return inverse;
}

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
  variances[0] = autocovariances[0]!;
  for (let k = 1; k <= maxOrder; k++) {
    const lower = coefficients[k - 1]!;
    let numerator = autocovariances[k]!;
    for (let j = 1; j < k; j++) numerator -= lower[j - 1]! * autocovariances[k - j]!;
    const partial = variances[k - 1] === 0 ? 0 : numerator / variances[k - 1]!;
    partials[k - 1] = partial;
    variances[k] = variances[k - 1]! * (1 - partial) * (1 + partial);
    coefficients.push(stepUp(lower, partial));
  }
  return { coefficients, partials, variances };
}

/** Coefficients of order k from those of order k−1 and the partial autocorrelation of lag k. */
export function stepUp(lower: Float64Array, partial: number): Float64Array {
  const k = lower.length + 1;
  const higher = new Float64Array(k);
  for (let j = 0; j < k - 1; j++) higher[j] = lower[j]! - partial * lower[k - 2 - j]!;
  higher[k - 1] = partial;
  return higher;
}

/**
 * Autocovariances γ₀ … γ_maxLag of the stationary autoregression with unit innovation variance, from its partial
 * autocorrelations: Levinson-Durbin run backwards.
 */
export function autocovariancesFromPartials(partials: ArrayLike<number>, maxLag: number): Float64Array {
  const autocovariances = new Float64Array(maxLag + 1);
  let variance = 1;
  for (let k = 0; k < partials.length; k++) variance /= (1 - partials[k]!) * (1 + partials[k]!);
  autocovariances[0] = variance;
  let coefficients: Float64Array = new Float64Array(0);
  for (let k = 1; k <= maxLag; k++) {
    let value = 0;
    for (let j = 1; j <= coefficients.length && j < k; j++)
      value += coefficients[j - 1]! * autocovariances[k - j]!;
    if (k <= partials.length) {
      value += partials[k - 1]! * variance;
      coefficients = stepUp(coefficients, partials[k - 1]!);
      variance *= (1 - partials[k - 1]!) * (1 + partials[k - 1]!);
    }
    autocovariances[k] = value;
  }
  return autocovariances;
}

/**
 * Γ⁻¹ for the order×order Toeplitz matrix Γ of autocovariances, row-major, from the fits of all lower orders:
 * Γ⁻¹ = Σ_k b_k b_k'/v_k, where b_k = (−φ_k, …, −φ₁, 1) predicts backwards with order k.
 */
export function inverseToeplitz(fits: LevinsonDurbin, order: number): Float64Array {
  const inverse = new Float64Array(order * order);
  for (let k = 0; k < order; k++) {
    const backward = Float64Array.from({ length: k + 1 }, (_, i) =>
      i === k ? 1 : -fits.coefficients[k]![k - 1 - i]!,
    );
    for (let i = 0; i <= k; i++) {
      const scaled = backward[i]! / fits.variances[k]!;
      for (let j = 0; j <= k; j++) inverse[i * order + j]! += scaled * backward[j]!;
    }
  }
  return inverse;
}

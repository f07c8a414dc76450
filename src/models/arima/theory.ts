import { requireInteger, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import { levinsonDurbin } from "../../math/levinson.js";
import { armaAutocovariances } from "./lag-polynomial/autocovariances.js";
import { type LagModel, lagModel } from "./lag-polynomial/model.js";
import { innovationResponses } from "./state-space/forecast.js";

/** Coefficients of an ARMA in R's signs: x_t = φ₁x_{t−1} + … + e_t + θ₁e_{t−1} + …. */
export interface ArmaCoefficients {
  readonly ar?: readonly number[];
  readonly ma?: readonly number[];
}

/**
 * The weights ψ₁, ψ₂, … of the MA(∞) form x_t = e_t + Σ ψ_j e_{t−j}: how a shock wears off (R: `ARMAtoMA`).
 *
 * @param count how many, 1 to 100,000.
 * @throws YuleError `bad-coefficients`, `bad-count`.
 * @see G. E. P. Box and G. M. Jenkins, Time Series Analysis (1970), section 3.4.
 * @example psiWeights({ ar: [0.5] }, 3); // 0.5, 0.25, 0.125
 */
export function psiWeights(coefficients: ArmaCoefficients, count: number): Float64Array {
  return innovationResponses(modelOf(coefficients), requireCount(count) + 1).slice(1);
}

/**
 * The weights π₁, π₂, … of the AR(∞) form e_t = x_t + Σ π_j x_{t−j}: what a one-step forecast makes of the past.
 *
 * @param count how many, 1 to 100,000.
 * @throws YuleError `bad-coefficients`, `bad-count`.
 * @example piWeights({ ma: [0.5] }, 3); // −0.5, 0.25, −0.125
 */
export function piWeights({ ar = [], ma = [] }: ArmaCoefficients, count: number): Float64Array {
  return psiWeights({ ar: ma.map((value) => -value), ma: ar.map((value) => -value) }, count);
}

/**
 * Theoretical autocorrelations ρ₀ = 1, ρ₁, … of a stationary ARMA (R: `ARMAacf`).
 *
 * @param maxLag highest lag, 1 to 100,000.
 * @throws YuleError `bad-coefficients`, `bad-count`, `not-stationary`.
 * @example armaAcf({ ar: [0.5] }, 2); // 1, 0.5, 0.25
 */
export function armaAcf(coefficients: ArmaCoefficients, maxLag: number): Float64Array {
  const gamma = armaAutocovariances(modelOf(coefficients), requireCount(maxLag));
  if (gamma === null) {
    throw usageError(
      "not-stationary",
      "ar",
      coefficients.ar,
      `The autoregression (${(coefficients.ar ?? []).join(", ")}) is not stationary, so it has no autocorrelations; its roots must lie outside the unit circle.`,
    );
  }
  return gamma.map((value) => value / gamma[0]!);
}

/**
 * Theoretical partial autocorrelations r₁, r₂, … of a stationary ARMA (R: `ARMAacf(pacf = TRUE)`), by Levinson's recursion.
 *
 * @param maxLag highest lag, 1 to 100,000.
 * @throws YuleError `bad-coefficients`, `bad-count`, `not-stationary`.
 * @example armaPacf({ ar: [0.5] }, 2); // 0.5, 0
 */
export function armaPacf(coefficients: ArmaCoefficients, maxLag: number): Float64Array {
  return levinsonDurbin(armaAcf(coefficients, maxLag)).partials;
}

/**
 * The spectrum |θ(z)|²/|φ(z)|², z = e^{−2πif}, of an ARMA with unit innovations, at frequencies f in cycles per step.
 *
 * @throws YuleError `bad-coefficients`.
 * @example armaSpectrum({ ar: [0.5] }, [0, 0.5]); // 4, 0.444…
 */
export function armaSpectrum(
  { ar = [], ma = [] }: ArmaCoefficients,
  frequencies: readonly number[],
): Float64Array {
  modelOf({ ar, ma });
  return Float64Array.from(frequencies, (f) => squaredGain(ma, 1, f) / squaredGain(ar, -1, f));
}

function squaredGain(coefficients: readonly number[], sign: number, frequency: number): number {
  let re = 1;
  let im = 0;
  coefficients.forEach((value, j) => {
    const angle = 2 * Math.PI * frequency * (j + 1);
    re += sign * value * Math.cos(angle);
    im -= sign * value * Math.sin(angle);
  });
  return re * re + im * im;
}

function requireCount(count: unknown): number {
  return requireInteger("count", count, 1, 100_000);
}

function modelOf({ ar = [], ma = [] }: ArmaCoefficients): LagModel {
  for (const value of [...ar, ...ma]) {
    if (Number.isFinite(value)) continue;
    throw usageError(
      "bad-coefficients",
      "coefficients",
      value,
      `ARMA coefficients must be finite numbers, not ${show(value)}.`,
    );
  }
  return lagModel({ d: 0, D: 0, period: 1, ar, ma, sar: [], sma: [] });
}

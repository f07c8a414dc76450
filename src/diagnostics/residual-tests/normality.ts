import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { powerOf, square } from "../../math/power.js";
import { chiSquareUpper } from "../../math/special-functions/gamma.js";
import { normalCdf, normalQuantile } from "../../math/special-functions/normal.js";
import type { TestResult } from "../result.js";
import { meanOf } from "../summary.js";
import { type MissingPolicy, prepare, requireVariation, type Values } from "../values.js";

export interface NormalityOptions {
  /** `"drop"` leaves missing values out and says so; default `"error"`. */
  readonly missing?: MissingPolicy;
}

export interface JarqueBeraResult extends TestResult {
  readonly test: "jarque-bera";
  readonly df: 2;
  /** Third moment over the standard deviation cubed, divisor n; 0 for a normal law. */
  readonly skewness: number;
  /** Fourth moment over the variance squared, divisor n; 3 for a normal law. */
  readonly kurtosis: number;
}

const JARQUE_BERA_OPTIONS: OptionTable<NormalityOptions> = {
  missing: ["error", "drop"],
};

/**
 * Jarque-Bera test: could the values be normal? A small p-value says no: n/6 · (S² + (K − 3)²/4), chi-square with 2
 * degrees of freedom, S the skewness and K the kurtosis.
 *
 * @param y values in time order, NaN where missing.
 * @param options see `NormalityOptions` for ranges and defaults.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `too-short`, `constant-series`, `missing-values`, `infinite-value`.
 * @see C. M. Jarque, A. K. Bera (1980), Economics Letters 6, 255-259.
 * @example const { pValue, skewness } = jarqueBera(residuals(fitted), { missing: "drop" });
 */
export function jarqueBera(y: Values, options: NormalityOptions = {}): JarqueBeraResult {
  requireOptions("jarqueBera", options, JARQUE_BERA_OPTIONS);
  const { values, notes } = prepare(y, "The Jarque-Bera test", 3, options.missing);
  requireVariation(values, "The Jarque-Bera test");
  const mean = meanOf(values);
  const n = values.length;
  // Powers of values shared by their size cannot leave the range of numbers.
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  let [second, third, fourth] = [0, 0, 0];
  for (const value of values) {
    const share = (value - mean) / size;
    second += square(share);
    third += share * square(share);
    fourth += square(square(share));
  }
  const skewness = third / n / powerOf(second / n, 1.5);
  const kurtosis = (n * fourth) / square(second);
  const statistic = (n / 6) * (square(skewness) + square(kurtosis - 3) / 4);
  const pValue = chiSquareUpper(statistic, 2);
  return {
    test: "jarque-bera",
    nullHypothesis: "normal",
    statistic,
    pValue,
    df: 2,
    skewness,
    kurtosis,
    notes,
  };
}

export interface ShapiroWilkResult extends TestResult {
  readonly test: "shapiro-wilk";
}

const SHAPIRO_WILK_OPTIONS: OptionTable<NormalityOptions> = {
  missing: ["error", "drop"],
};

/**
 * Shapiro-Wilk test: could the values be normal? A small p-value says no. The statistic W, at most 1, is the squared
 * correlation of the ordered values with what a normal law lets expect of them; p-values after Royston, as in R.
 *
 * @param y 3 to 5000 values; their order does not matter.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `too-short`, `constant-series`, `missing-values`, `infinite-value`.
 * @see S. S. Shapiro, M. B. Wilk (1965), Biometrika 52, 591-611; P. Royston (1995), Applied Statistics 44, 547-551.
 * @example shapiroWilk(residuals(fitted), { missing: "drop" }).pValue;
 */
export function shapiroWilk(y: Values, options: NormalityOptions = {}): ShapiroWilkResult {
  requireOptions("shapiroWilk", options, SHAPIRO_WILK_OPTIONS);
  const { values, notes } = prepare(y, "The Shapiro-Wilk test", 3, options.missing);
  requireVariation(values, "The Shapiro-Wilk test");
  const n = values.length;
  const sorted = Float64Array.from(values).sort();
  const range = sorted[n - 1] - sorted[0];
  const mean = meanOf(sorted);
  const weights = royston(n);
  let [product, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const value = (sorted[i] - mean) / range;
    product += weights[i] * value;
    squares += square(value);
  }
  // 1 − W without cancellation; the weights' squares add up to 1.
  const root = Math.sqrt(squares);
  const left = Math.max(0, ((root - product) * (root + product)) / squares);
  const large = n > 5000;
  return {
    test: "shapiro-wilk",
    nullHypothesis: "normal",
    statistic: 1 - left,
    pValue: shapiroPValue(left, n),
    notes: large ? [...notes, beyondRoyston(n)] : notes,
  };
}

function beyondRoyston(n: number) {
  return {
    code: "beyond-approximation",
    severity: "warning" as const,
    message: `Royston's p-value was made for up to 5000 values; these are ${n}.`,
  };
}

/** Antisymmetric weights of the ordered values, squares adding up to 1. */
function royston(n: number): Float64Array {
  const weights = new Float64Array(n);
  const half = Math.floor(n / 2);
  const scores = Float64Array.from({ length: half }, (_, i) => -normalQuantile((i + 0.625) / (n + 0.25)));
  const norm = 2 * scores.reduce((sum, score) => sum + square(score), 0);
  const u = 1 / Math.sqrt(n);
  const ends: number[] = [];
  if (n === 3) ends.push(Math.SQRT1_2);
  else {
    ends.push(
      scores[0] / Math.sqrt(norm) + polynomial([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], u),
    );
  }
  if (n > 5) {
    ends.push(
      scores[1] / Math.sqrt(norm) + polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], u),
    );
  }
  const kept = ends.reduce((sum, _, i) => sum - 2 * square(scores[i]), norm);
  const rest = ends.reduce((sum, end) => sum - 2 * square(end), 1);
  const factor = Math.sqrt(kept / rest);
  for (let i = 0; i < half; i++) {
    const weight = ends[i] ?? scores[i] / factor;
    weights[i] = -weight;
    weights[n - 1 - i] = weight;
  }
  const length = Math.sqrt(weights.reduce((sum, weight) => sum + square(weight), 0));
  return weights.map((weight) => weight / length);
}

/** P-value from 1 − W: exact for three values, else a normal law of log(1 − W). */
function shapiroPValue(left: number, n: number): number {
  if (n === 3) {
    const angle = Math.asin(Math.sqrt(1 - left)) - Math.asin(Math.sqrt(0.75));
    return Math.max(0, (6 / Math.PI) * angle);
  }
  const y = Math.log(left);
  const x = Math.log(n);
  if (n > 11) {
    const mean = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], x);
    const deviation = Math.exp(polynomial([-0.4803, -0.082676, 0.0030302], x));
    return normalCdf((mean - y) / deviation);
  }
  const bound = -2.273 + 0.459 * n;
  if (y >= bound) return 0;
  const mean = polynomial([0.544, -0.39978, 0.025054, -6.714e-4], n);
  const deviation = Math.exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], n));
  return normalCdf((mean + Math.log(bound - y)) / deviation);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((value, coefficient) => value * x + coefficient, 0);
}

import { finiteFrom, numbersFrom } from "../core/arguments/numbers.js";
import { usageError } from "../core/errors.js";
import { arToPartials, partialsToAr } from "./levinson.js";
import { hessenbergEigenvalues } from "./linear-algebra/hessenberg.js";
import { powerOf, square } from "./power.js";

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** One root of a lag polynomial and what it means for the series. */
export interface Root extends Complex {
  /** Distance from 0; above 1 where a stationary (or invertible) factor belongs to it. */
  readonly modulus: number;
  /** Cycles per step, 0 to 0.5. */
  readonly frequency: number;
  /** Steps per cycle, 1/frequency: 2 for a negative root, Infinity for a positive one. */
  readonly period: number;
}

/** A pair of complex roots closer to the real axis than a double root can be told from rounding. */
const DOUBLE_ROOT = 4e-8;
const POLISHING_STEPS = 3;

/**
 * All roots of c₀ + c₁z + … + c_d z^d, each as often as its multiplicity, by modulus, complex pairs together.
 *
 * Eigenvalues of the companion matrix of the polynomial scaled to roots of unit geometric mean, polished by
 * Newton steps where these reduce the polynomial's value. Multiple roots are good to about eps^(1/multiplicity).
 *
 * @param coefficients ascending powers; zeros at the end lower the degree.
 * @returns the roots, nearest to 0 first.
 * @throws YuleError `bad-polynomial` when a coefficient is not finite or all are zero.
 * @see R. A. Horn and C. R. Johnson, Matrix Analysis, 2nd ed. (2013), section 3.3.
 * @example polynomialRoots([2, -3, 1]); // [{ re: 1, im: 0 }, { re: 2, im: 0 }]
 */
export function polynomialRoots(coefficients: ArrayLike<number>): Complex[] {
  const ascending = numbersFrom(coefficients, "coefficients");
  requireCoefficients(ascending);
  const degree = ascending.findLastIndex((value) => value !== 0);
  const zeros = ascending.findIndex((value) => value !== 0);
  const reduced = ascending.subarray(zeros, degree + 1);
  const roots: Complex[] = Array.from({ length: zeros }, () => ({ re: 0, im: 0 }));
  return roots.concat(nonzeroRoots(reduced)).sort(byModulus);
}

function requireCoefficients(ascending: Float64Array): void {
  const bad = ascending.find((value) => !Number.isFinite(value));
  if (bad === undefined && ascending.some((value) => value !== 0)) return;
  throw usageError(
    "bad-polynomial",
    "coefficients",
    bad ?? 0,
    bad === undefined
      ? "A polynomial whose coefficients are all zero has no roots to find; give one that is not zero."
      : `A polynomial needs finite coefficients, not ${bad}.`,
  );
}

/** Roots of a polynomial whose first and last coefficients are not zero. */
function nonzeroRoots(coefficients: Float64Array): Complex[] {
  const degree = coefficients.length - 1;
  if (degree === 0) return [];
  if (degree === 1) return [real(-coefficients[0] / coefficients[1])];
  if (degree === 2) return quadraticRoots(coefficients);
  const ratio = Math.log(Math.abs(coefficients[0])) - Math.log(Math.abs(coefficients[degree]));
  const scale = Math.exp(ratio / degree);
  const companion = new Float64Array(degree * degree);
  for (let j = 0; j < degree; j++) {
    companion[degree - 1 - j] = -(coefficients[j] / coefficients[degree]) * powerOf(scale, j - degree);
    if (j > 0) companion[j * degree + j - 1] = 1;
  }
  return hessenbergEigenvalues(companion, degree).flatMap(({ re: real, im: imaginary }) => {
    if (imaginary < 0) return [];
    const root = polish(coefficients, { re: real * scale, im: imaginary * scale });
    if (imaginary === 0) return [root];
    if (Math.abs(root.im) <= DOUBLE_ROOT * Math.hypot(root.re, root.im)) {
      return [
        { re: root.re, im: 0 },
        { re: root.re, im: 0 },
      ];
    }
    return [
      { re: root.re, im: -root.im },
      { re: root.re, im: root.im },
    ];
  });
}

/** Scaled to a product of ±1, so that nothing overflows; without cancellation: the larger root first. */
function quadraticRoots(coefficients: Float64Array): Complex[] {
  const c0 = coefficients[0];
  const c2 = coefficients[2];
  const scale = Math.sqrt(Math.abs(c0)) / Math.sqrt(Math.abs(c2));
  const product = Math.sign(c0) * Math.sign(c2);
  const half = -coefficients[1] / (2 * Math.sign(c2) * Math.sqrt(Math.abs(c0)) * Math.sqrt(Math.abs(c2)));
  const square = half * half - product;
  if (Math.abs(square) <= DOUBLE_ROOT * DOUBLE_ROOT) return [real(half * scale), real(half * scale)];
  const size = Math.abs(half);
  const root = size > 1 ? size * Math.sqrt(1 - product / half / half) : Math.sqrt(Math.abs(square));
  if (square < 0) {
    return [
      { re: half * scale, im: -root * scale },
      { re: half * scale, im: root * scale },
    ];
  }
  const larger = half < 0 ? half - root : half + root;
  return [real(larger * scale), real((product / larger) * scale)];
}

function real(re: number): Complex {
  return { re, im: 0 };
}

function polish(coefficients: Float64Array, start: Complex): Complex {
  let root = start;
  let value = horner(coefficients, root);
  for (let step = 0; step < POLISHING_STEPS && value.size > 0; step++) {
    const slope = square(value.slopeRe) + square(value.slopeIm);
    const candidate = {
      re: root.re - (value.re * value.slopeRe + value.im * value.slopeIm) / slope,
      im: root.im - (value.im * value.slopeRe - value.re * value.slopeIm) / slope,
    };
    const next = horner(coefficients, candidate);
    if (!(next.size < value.size)) return root;
    root = candidate;
    value = next;
  }
  return root;
}

/** Value and derivative of the polynomial at a complex point. */
function horner(coefficients: Float64Array, { re: x, im: y }: Complex) {
  let re = 0;
  let im = 0;
  let slopeRe = 0;
  let slopeIm = 0;
  for (let j = coefficients.length - 1; j >= 0; j--) {
    [slopeRe, slopeIm] = [slopeRe * x - slopeIm * y + re, slopeRe * y + slopeIm * x + im];
    [re, im] = [re * x - im * y + coefficients[j], re * y + im * x];
  }
  return { re, im, slopeRe, slopeIm, size: Math.hypot(re, im) };
}

/** Moduli equal to rounding count as equal, so that a conjugate pair stays together. */
function byModulus(a: Complex, b: Complex): number {
  const difference = Math.hypot(a.re, a.im) - Math.hypot(b.re, b.im);
  const rounding = 1e-12 * (Math.hypot(a.re, a.im) + Math.hypot(b.re, b.im));
  if (Math.abs(difference) > rounding) return difference;
  return Math.abs(a.re - b.re) > rounding ? b.re - a.re : a.im - b.im;
}

/**
 * The product of two polynomials, ascending powers.
 *
 * @example multiply([1, -0.5], [1, 0.5]); // [1, 0, -0.25]
 */
export function multiply(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const product = new Float64Array(Math.max(0, a.length + b.length - 1));
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) product[i + j] += a[i] * b[j];
  }
  return product;
}

/**
 * Partial autocorrelations r₁ … r_p of the AR process with coefficients φ₁ … φ_p, by stepping the order down.
 *
 * The process is stationary exactly when all lie inside (−1, 1); values outside come back as they are up to the first
 * order where |r| ≥ 1, and NaN below it, where they are no longer defined.
 *
 * @see S. M. Kay, Modern Spectral Estimation (1988), section 6.3.
 * @example partialsFromAr([0.75, -0.5]); // [0.5, -0.5]
 */
export function partialsFromAr(ar: ArrayLike<number>): Float64Array {
  const partials = Float64Array.from(ar);
  const undefinedBelow = arToPartials(partials, 0, partials.length);
  return undefinedBelow > 0 ? partials.fill(Number.NaN, 0, undefinedBelow - 1) : partials;
}

/**
 * AR coefficients of the process with partial autocorrelations r₁ … r_p: the inverse of `partialsFromAr`.
 *
 * @see O. Barndorff-Nielsen and G. Schou, J. Multivariate Analysis 3 (1973), 408–419.
 * @example arFromPartials([0.5, -0.5]); // [0.75, -0.5]
 */
export function arFromPartials(partials: ArrayLike<number>): Float64Array {
  const ar = Float64Array.from(partials);
  partialsToAr(ar, 0, ar.length);
  return ar;
}

/**
 * Whether x_t = φ₁x_{t−1} + … + φ_p x_{t−p} + e_t has a stationary solution that looks back only: all roots of
 * 1 − φ₁z − … − φ_p z^p outside the unit circle. Decided by stepping the order down, not by computing roots.
 *
 * @param ar autoregressive coefficients φ₁, φ₂, ….
 * @returns whether all roots lie outside the unit circle.
 * @example isStationary([1.2, -0.5]); // true
 */
export function isStationary(ar: ArrayLike<number>): boolean {
  return partialsFromAr(numbersFrom(ar, "ar")).every((reflection) => Math.abs(reflection) < 1);
}

/**
 * Whether the moving average e_t + θ₁e_{t−1} + … + θ_q e_{t−q} is invertible: all roots of 1 + θ₁z + … + θ_q z^q
 * outside the unit circle.
 *
 * @param ma moving-average coefficients θ₁, θ₂, ….
 * @returns whether all roots lie outside the unit circle.
 * @example isInvertible([-1]); // false
 */
export function isInvertible(ma: ArrayLike<number>): boolean {
  return isStationary(numbersFrom(ma, "ma").map((value) => -value));
}

/**
 * The roots of 1 − φ₁z − … − φ_p z^p with the modulus, frequency and period of each, by modulus.
 *
 * A complex pair stands for a cycle of `period` steps, the stronger the nearer its modulus to 1. For a moving average
 * pass its coefficients with their signs turned.
 *
 * @param ar autoregressive coefficients φ₁, φ₂, ….
 * @returns each root with modulus, frequency and period in steps.
 * @example rootTable([1.4, -0.7])[0]?.period; // 10.84: cycles of eleven steps
 */
export function rootTable(ar: ArrayLike<number>): Root[] {
  const coefficients = finiteFrom(ar, "ar");
  const polynomial = Float64Array.from([1, ...coefficients.map((value) => -value)]);
  return polynomialRoots(polynomial).map(({ re, im }) => {
    const frequency = Math.abs(Math.atan2(im, re)) / (2 * Math.PI);
    return { re, im, modulus: Math.hypot(re, im), frequency, period: 1 / frequency };
  });
}

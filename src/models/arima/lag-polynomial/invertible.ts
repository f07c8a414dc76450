import { partialsWithin } from "../../../math/levinson.js";
import { reflectRoots } from "../../../math/reflect-roots.js";

/** The largest partial autocorrelation of the corresponding autoregression that is below 1. */
const INSIDE = 1 - Number.EPSILON / 2;

/** Whether 1 + θ₁z + … + θ_q z^q has no root inside the unit circle; roots on it are allowed. */
export function isInvertibleFactor(x: Float64Array, from: number, degree: number): boolean {
  if (degree === 0) return true;
  if (degree === 1) return Math.abs(x[from]) <= 1;
  if (degree === 2) return insideTriangle(x[from], x[from + 1]);
  return partialsWithin(x, from, degree, -1, INSIDE);
}

/**
 * Moves the roots of a moving average θ₁ … θ_q that lie inside the unit circle to their mirror images outside.
 *
 * The exact likelihood is the same there (with σ² adjusted), so an optimiser may step across the circle and go on from
 * the mirror image; a root on the circle itself can be reached.
 */
export function reflectMovingAverage(x: Float64Array, from: number, degree: number): void {
  if (degree === 1) {
    x[from] = 1 / x[from];
    return;
  }
  if (degree === 2) {
    reflectPair(x, from);
    return;
  }
  reflectRoots(x, from, degree);
}

/** 1 + θ₁z + θ₂z² = (1 − gz)(1 − hz): g and h that lie outside the circle become 1/conj(g), 1/conj(h). */
function reflectPair(x: Float64Array, from: number): void {
  const first = x[from];
  const second = x[from + 1];
  const square = first * first - 4 * second;
  if (square < 0) {
    if (second <= 1) return;
    x[from] = first / second;
    x[from + 1] = 1 / second;
    return;
  }
  const larger = -(first + (first < 0 ? -1 : 1) * Math.sqrt(square)) / 2;
  const g = Math.abs(larger) > 1 ? 1 / larger : larger;
  const smaller = larger === 0 ? 0 : second / larger;
  const h = Math.abs(smaller) > 1 ? 1 / smaller : smaller;
  x[from] = -(g + h);
  x[from + 1] = g * h;
}

/** Whether 1 + θ₁z + θ₂z² has no root inside the unit circle. */
function insideTriangle(first: number, second: number): boolean {
  return second <= 1 && Math.abs(first) <= 1 + second;
}

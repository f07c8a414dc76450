import { powerOf, square } from "../../../math/power.js";
import { type Complex, over, times } from "./complex.js";
import { type BridgeKind, fredholm } from "./fredholm.js";

/** Points of Talbot's contour; more would cost digits. */
const NODES = 26;
/** First zero of the determinant: π² and (2π)². */
const FIRST_ZERO = { level: square(Math.PI), trend: 4 * square(Math.PI) } as const;
const MEAN = { level: 1 / 6, trend: 1 / 15 } as const;
/** Terms of the Fourier sum below this size end it. */
const NEGLIGIBLE = 1e-17;

/**
 * Upper tails of the quadratic functionals of Brownian bridges that tests of constancy converge to.
 *
 * `level`: ∫V₁², the Cramér-von Mises law, `copies` independent ones of it added up; `trend`: ∫V₂². With D their Fredholm
 * determinant, E exp(−sQ) = D(−2s)^(−copies/2). Up to two copies its transform is inverted on Talbot's contour, which
 * keeps about 9 digits of the smallest tails; more of them by a Fourier sum, to about 1e-13.
 *
 * S. Nabeya, K. Tanaka (1988), Ann. Statist. 16, 218-235; J. Abate, P. P. Valkó (2004), Int. J. Numer. Meth. Engng 60,
 * 979-993; R. B. Davies (1973), Biometrika 60, 415-417.
 */
export function bridgeTail(kind: BridgeKind, x: number, copies = 1): number {
  if (!(x > 0)) return 1;
  const tail = copies > 2 ? fourierTail(kind, x, copies) : talbotTail(kind, x, copies);
  return Math.max(0, Math.min(1, tail));
}

/** The inverse Laplace transform of (1 − E exp(−sQ))/s, whose singularities lie on the negative axis left of −μ/2. */
function talbotTail(kind: BridgeKind, x: number, copies: number): number {
  // Shifting the transform to its first singularity keeps the digits of small tails.
  const shift = FIRST_ZERO[kind] / 2;
  const radius = (2 * NODES) / (5 * x);
  let angle = 0;
  let sum = 0;
  for (let k = 0; k < NODES; k++) {
    const theta = (k * Math.PI) / NODES;
    const cot = k === 0 ? 0 : 1 / Math.tan(theta);
    const re = k === 0 ? radius : radius * theta * cot;
    const im = radius * theta;
    const s = { re: re - shift, im };
    const determinant = fredholm(kind, s);
    angle = continued(determinant, angle);
    const value = tailTransform(kind, s, determinant, angle, copies);
    const slope = k === 0 ? 0 : theta + (theta * cot - 1) * cot;
    const growth = Math.exp(re * x) * (k === 0 ? 0.5 : 1);
    sum += growth * realPart(rotate(value, im * x), { re: 1, im: slope });
  }
  return (radius / NODES) * sum * Math.exp(-shift * x);
}

/** 1/2 + Σ Im(φ(u) exp(−iux))/(π(k + 1/2)) over u = (k + 1/2)Δ; the part of Q beyond 2π/Δ is negligible. */
function fourierTail(kind: BridgeKind, x: number, copies: number): number {
  const step = (2 * Math.PI) / (x + 2 * copies * MEAN[kind] + 10);
  let angle = 0;
  let sum = 0.5;
  for (let k = 0; k < 1e5; k++) {
    const u = (k + 0.5) * step;
    // D at iu is the conjugate of what E exp(iuQ) needs.
    const determinant = fredholm(kind, { re: 0, im: u });
    angle = continued(determinant, angle);
    const size = powerOf(Math.hypot(determinant.re, determinant.im), -copies / 2);
    sum += (size * Math.sin((copies / 2) * angle - u * x)) / (Math.PI * (k + 0.5));
    if (size < NEGLIGIBLE) break;
  }
  return sum;
}

/** The argument of a number, on the branch nearest to the one before: a power is continued, not cut. */
function continued({ re, im }: Complex, before: number): number {
  const angle = Math.atan2(im, re);
  return angle + 2 * Math.PI * Math.round((before - angle) / (2 * Math.PI));
}

/** (1 − D^(−copies/2))/s, at 0 its limit, the mean. */
function tailTransform(kind: BridgeKind, s: Complex, d: Complex, angle: number, copies: number): Complex {
  if (Math.hypot(s.re, s.im) < 1e-8) return { re: copies * MEAN[kind], im: 0 };
  const modulus = powerOf(Math.hypot(d.re, d.im), -copies / 2);
  const turn = (-copies / 2) * angle;
  return over({ re: 1 - modulus * Math.cos(turn), im: -modulus * Math.sin(turn) }, s);
}

function rotate(z: Complex, angle: number): Complex {
  return times(z, { re: Math.cos(angle), im: Math.sin(angle) });
}

/** Of a·b. */
function realPart(a: Complex, b: Complex): number {
  return a.re * b.re - a.im * b.im;
}

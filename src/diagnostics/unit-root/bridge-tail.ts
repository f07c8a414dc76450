/**
 * Upper tails of the quadratic functionals of Brownian bridges that tests of constancy converge to.
 *
 * `level`: ∫V₁², the Cramér-von Mises law, `copies` independent ones of it added up; `trend`: ∫V₂², V₂ the bridge
 * left by taking out a line. With D their Fredholm determinant, E exp(−sQ) = D(−2s)^(−copies/2), and the tail is the
 * inverse Laplace transform of (1 − E exp(−sQ))/s, found on Talbot's contour; all singularities lie on the negative
 * axis left of −μ/2, μ being the determinant's first zero.
 *
 * S. Nabeya, K. Tanaka (1988), Ann. Statist. 16, 218-235; J. Abate, P. P. Valkó (2004), Int. J. Numer. Meth.
 * Engng 60, 979-993.
 */
export type BridgeKind = "level" | "trend";

interface Complex {
  readonly re: number;
  readonly im: number;
}

const NODES = 26;
/** First zero of the determinant: π² and (2π)². */
const FIRST_ZERO = { level: Math.PI ** 2, trend: 4 * Math.PI ** 2 } as const;
const MEAN = { level: 1 / 6, trend: 1 / 15 } as const;

/** P(Q > x), accurate to about 1e-9 of the value, however small; near 1 to about 1e-8. */
export function bridgeTail(kind: BridgeKind, x: number, copies = 1): number {
  if (!(x > 0)) return 1;
  // Shifting the transform to its first singularity keeps the digits of small tails; above the median the other tail has them.
  const tail = invert(kind, x, copies, FIRST_ZERO[kind] / 2, tailTransform);
  const value = tail < 0.5 ? tail : 1 - invert(kind, x, copies, 0, lowerTransform);
  return Math.max(0, Math.min(1, value));
}

/** A transform at s, where D(−2s) is `d` and its argument, continued along the contour, `angle`. */
type Transform = (kind: BridgeKind, s: Complex, d: Complex, angle: number, copies: number) => Complex;

/** Talbot's sum at x for a transform with its singularities left of −shift. */
function invert(kind: BridgeKind, x: number, copies: number, shift: number, transform: Transform): number {
  const radius = (2 * NODES) / (5 * x);
  let winding = 0;
  let previousAngle = 0;
  let sum = 0;
  for (let k = 0; k < NODES; k++) {
    const theta = (k * Math.PI) / NODES;
    const cot = k === 0 ? 0 : 1 / Math.tan(theta);
    const re = k === 0 ? radius : radius * theta * cot;
    const im = radius * theta;
    const s = { re: re - shift, im };
    const determinant = fredholm(kind, s);
    let angle = Math.atan2(determinant.im, determinant.re) + winding;
    // The power of the determinant is continued along the contour, not cut at the negative axis.
    const turns = Math.round((previousAngle - angle) / (2 * Math.PI));
    winding += 2 * Math.PI * turns;
    angle += 2 * Math.PI * turns;
    previousAngle = angle;
    const value = transform(kind, s, determinant, angle, copies);
    const slope = k === 0 ? 0 : theta + (theta * cot - 1) * cot;
    const growth = Math.exp(re * x) * (k === 0 ? 0.5 : 1);
    sum += growth * product(rotate(value, im * x), { re: 1, im: slope });
  }
  return (radius / NODES) * sum * Math.exp(-shift * x);
}

/** D^(−copies/2)/s: the transform of P(Q <= x). */
function lowerTransform(_: BridgeKind, s: Complex, d: Complex, angle: number, copies: number): Complex {
  const modulus = Math.hypot(d.re, d.im) ** (-copies / 2);
  const turn = (-copies / 2) * angle;
  return over({ re: modulus * Math.cos(turn), im: modulus * Math.sin(turn) }, s);
}

/** (1 − D^(−copies/2))/s, at 0 its limit, the mean. */
function tailTransform(kind: BridgeKind, s: Complex, d: Complex, angle: number, copies: number): Complex {
  const size = Math.hypot(s.re, s.im);
  if (size < 1e-8) return { re: copies * MEAN[kind], im: 0 };
  const modulus = Math.hypot(d.re, d.im) ** (-copies / 2);
  const turn = (-copies / 2) * angle;
  const re = 1 - modulus * Math.cos(turn);
  const im = -modulus * Math.sin(turn);
  return { re: (re * s.re + im * s.im) / size ** 2, im: (im * s.re - re * s.im) / size ** 2 };
}

/** D(−2s): sinh z / z for a level; 3 sinh h (h cosh h − sinh h)/h⁴ with h = z/2 for a trend; z = √(2s). */
function fredholm(kind: BridgeKind, s: Complex): Complex {
  const root = squareRoot({ re: 2 * s.re, im: 2 * s.im });
  if (kind === "level") return sinhRatio(root);
  const half = { re: root.re / 2, im: root.im / 2 };
  return times(sinhRatio(half), slopeRatio(half));
}

/** sinh z / z. */
function sinhRatio(z: Complex): Complex {
  if (Math.hypot(z.re, z.im) < 1e-4) {
    const square = times(z, z);
    return { re: 1 + square.re / 6, im: square.im / 6 };
  }
  return over(sinh(z), z);
}

/** 3 (h cosh h − sinh h)/h³ = Σ 6k h^(2k−2)/(2k+1)!. */
function slopeRatio(h: Complex): Complex {
  const square = times(h, h);
  if (Math.hypot(h.re, h.im) > 1) {
    const numerator = minus(times(h, cosh(h)), sinh(h));
    const ratio = over(numerator, times(h, square));
    return { re: 3 * ratio.re, im: 3 * ratio.im };
  }
  let term: Complex = { re: 1, im: 0 };
  let sum = term;
  let factor = 1;
  for (let k = 2; k < 14; k++) {
    factor *= k / (k - 1) / (2 * k * (2 * k + 1));
    term = times(term, square);
    sum = { re: sum.re + factor * term.re, im: sum.im + factor * term.im };
  }
  return sum;
}

function squareRoot(z: Complex): Complex {
  const size = Math.hypot(z.re, z.im);
  return { re: Math.sqrt(Math.max(0, (size + z.re) / 2)), im: Math.sqrt(Math.max(0, (size - z.re) / 2)) };
}

function sinh(z: Complex): Complex {
  return { re: Math.sinh(z.re) * Math.cos(z.im), im: Math.cosh(z.re) * Math.sin(z.im) };
}

function cosh(z: Complex): Complex {
  return { re: Math.cosh(z.re) * Math.cos(z.im), im: Math.sinh(z.re) * Math.sin(z.im) };
}

function times(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

function minus(a: Complex, b: Complex): Complex {
  return { re: a.re - b.re, im: a.im - b.im };
}

function over(a: Complex, b: Complex): Complex {
  const size = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / size, im: (a.im * b.re - a.re * b.im) / size };
}

function rotate(z: Complex, angle: number): Complex {
  return times(z, { re: Math.cos(angle), im: Math.sin(angle) });
}

/** Real part of a·b. */
function product(a: Complex, b: Complex): number {
  return a.re * b.re - a.im * b.im;
}

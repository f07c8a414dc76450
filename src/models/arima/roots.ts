import { polynomialRoots } from "../../math/polynomials.js";
import { powerOf } from "../../math/power.js";

/** A root of one lag factor. */
export interface FactorRoot {
  readonly re: number;
  readonly im: number;
  /** Distance from 0 per step: above 1 where the factor is stationary or invertible. A seasonal factor has `period` such roots. */
  readonly modulus: number;
  /** Cycles per `power` steps. */
  readonly frequency: number;
  /** 1, or the season: a root of a seasonal factor is one in z^m. */
  readonly power: number;
}

export interface Roots {
  readonly ar: readonly FactorRoot[];
  readonly ma: readonly FactorRoot[];
}

/** Roots of φ(z)Φ(z^m) and θ(z)Θ(z^m), factor by factor. */
export function rootsOf(
  ar: readonly number[],
  sar: readonly number[],
  ma: readonly number[],
  sma: readonly number[],
  period: number,
): Roots {
  return {
    ar: [...factorRoots(ar, -1, 1), ...factorRoots(sar, -1, period)],
    ma: [...factorRoots(ma, 1, 1), ...factorRoots(sma, 1, period)],
  };
}

function factorRoots(coefficients: readonly number[], sign: number, power: number): FactorRoot[] {
  const degree = coefficients.findLastIndex((value) => value !== 0) + 1;
  if (degree === 0) return [];
  if (degree === 1) return [described(-sign / coefficients[0]!, 0, power)];
  const ascending = [1, ...coefficients.slice(0, degree).map((value) => sign * value)];
  return polynomialRoots(ascending).map(({ re, im }) => described(re, im, power));
}

function described(re: number, im: number, power: number): FactorRoot {
  return {
    re,
    im,
    modulus: powerOf(Math.hypot(re, im), 1 / power),
    frequency: Math.abs(Math.atan2(im, re)) / (2 * Math.PI),
    power,
  };
}

/** The smallest modulus; Infinity without roots. */
export function smallestModulus(roots: readonly FactorRoot[]): number {
  return roots.reduce((least, { modulus }) => Math.min(least, modulus), Number.POSITIVE_INFINITY);
}

/** An AR and an MA root of the same kind of factor whose reciprocals are this near cancel all but a trace of each other. */
const CANCELLING = 0.05;

/** Pairs of AR and MA roots that nearly cancel. */
export function cancellingPairs({ ar, ma }: Roots): [FactorRoot, FactorRoot][] {
  const pairs: [FactorRoot, FactorRoot][] = [];
  for (const left of ar) {
    if (left.im < 0) continue;
    const right = ma.find((root) => root.power === left.power && distance(left, root) < CANCELLING);
    if (right !== undefined) pairs.push([left, right]);
  }
  return pairs;
}

function distance(a: FactorRoot, b: FactorRoot): number {
  const left = a.re * a.re + a.im * a.im;
  const right = b.re * b.re + b.im * b.im;
  return Math.hypot(a.re / left - b.re / right, a.im / left - b.im / right);
}

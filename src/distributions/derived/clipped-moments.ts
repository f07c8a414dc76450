import type { Distribution } from "../../core/distribution.js";
import { normalCdf, normalDensity } from "../../math/special-functions/normal.js";
import { studentTCdf, studentTLogDensity } from "../../math/special-functions/student-t.js";
import { square } from "../../math/square.js";
import type { Empirical } from "../families/empirical.js";
import type { StudentT } from "../families/student-t.js";

export interface ClippedMoments {
  readonly mean: number;
  readonly variance: number;
}

/** P(Z > z), E[Z; Z > z] and E[Z²; Z > z]. */
type Beyond = readonly [probability: number, first: number, second: number];

/**
 * Mean and variance of min(upper, max(lower, X)) in closed form for a normal X, Student's t with more than two degrees of
 * freedom and a sample of equal weights; null for others.
 *
 * With Z = (X − m)/s cut at a and b, E Z^k = a^k P(Z < a) + b^k P(Z > b) + M_k(a) − M_k(b), M_k(z) = E[Z^k; Z > z]. Where most of
 * the probability lies at a bound, the distance from it is what has these moments, so that no digits cancel.
 *
 * @see H.-J. Kim, Journal of the Korean Statistical Society 37 (2008), pp. 81-87, on truncated Student t distributions.
 */
export function closedMoments(base: Distribution, lower: number, upper: number): ClippedMoments | null {
  if (base.kind === "empirical") return sampleMoments(base as Empirical, lower, upper);
  if (base.kind === "normal") {
    return standardised(base.mean, Math.sqrt(base.variance), lower, upper, beyondNormal);
  }
  if (base.kind !== "student-t") return null;
  const { location, scale, df } = base as StudentT;
  if (!(df > 2)) return null;
  const beyond = df === Number.POSITIVE_INFINITY ? beyondNormal : (z: number) => beyondStudentT(z, df);
  return standardised(location, scale, lower, upper, beyond);
}

/** From this share of the probability at a bound on, distances are taken from there. */
const MOST = 0.5;

function standardised(
  location: number,
  scale: number,
  lower: number,
  upper: number,
  beyond: (z: number) => Beyond,
): ClippedMoments | null {
  if (!(scale > 0)) return null;
  const [a, b] = [(lower - location) / scale, (upper - location) / scale];
  const [from, to] = [beyond(a), beyond(b)];
  if (to[0] > MOST) {
    const mirrored = standardised(-location, scale, -upper, -lower, beyond)!;
    return { mean: -mirrored.mean, variance: mirrored.variance };
  }
  const origin = from[0] < 1 - MOST ? a : 0;
  const [first, second] = momentsAbout(origin, a, b, from, to);
  return {
    mean: location + scale * (origin + first),
    variance: scale * scale * Math.max(0, second - square(first)),
  };
}

/** E(Z − c) and E(Z − c)² of Z cut at a and b. */
function momentsAbout(c: number, a: number, b: number, from: Beyond, to: Beyond): readonly [number, number] {
  const [below, above] = [1 - from[0], to[0]];
  const first = (tail: Beyond) => tail[1] - c * tail[0];
  const second = (tail: Beyond) => tail[2] - 2 * c * tail[1] + c * c * tail[0];
  return [
    atEdge(a - c, below) + atEdge(b - c, above) + first(from) - first(to),
    atEdge(square(a - c), below) + atEdge(square(b - c), above) + second(from) - second(to),
  ];
}

function atEdge(value: number, probability: number): number {
  return probability === 0 ? 0 : value * probability;
}

function beyondNormal(z: number): Beyond {
  if (z === Number.NEGATIVE_INFINITY) return [1, 0, 1];
  if (z === Number.POSITIVE_INFINITY) return [0, 0, 0];
  const [tail, density] = [normalCdf(-z), normalDensity(z)];
  return [tail, density, tail + z * density];
}

/** M_1 = f(z)(ν + z²)/(ν − 1), M_2 = ν((ν − 1)/(ν − 2) P(T′ > z√((ν − 2)/ν)) − P(T > z)), T′ with ν − 2 degrees of freedom. */
function beyondStudentT(z: number, df: number): Beyond {
  if (z === Number.NEGATIVE_INFINITY) return [1, 0, df / (df - 2)];
  if (z === Number.POSITIVE_INFINITY) return [0, 0, 0];
  const tail = studentTCdf(-z, df);
  const wider = studentTCdf(-z * Math.sqrt((df - 2) / df), df - 2);
  return [
    tail,
    (Math.exp(studentTLogDensity(z, df)) * (df + z * z)) / (df - 1),
    df * (((df - 1) / (df - 2)) * wider - tail),
  ];
}

/** Quantiles of a sample run straight from one value to the next: between two bounds these are parts of lines. */
function sampleMoments({ samples, weights }: Empirical, lower: number, upper: number): ClippedMoments | null {
  const n = samples.length;
  if (weights !== null || n < 2) return null;
  const clip = (y: number) => Math.min(upper, Math.max(lower, y));
  let mean = 0;
  let second = 0;
  const centre = clip(samples[n >> 1]);
  for (let i = 0; i + 1 < n; i++) {
    const [low, high] = [samples[i], samples[i + 1]];
    const [from, to] = [clip(low) - centre, clip(high) - centre];
    const gap = high - low;
    const [below, above] = gap > 0 ? [share(lower - low, gap), share(high - upper, gap)] : [0, 0];
    const inside = 1 - below - above;
    mean += below * from + above * to + (inside * (from + to)) / 2;
    second += below * from * from + above * to * to + (inside * (from * from + from * to + to * to)) / 3;
  }
  mean /= n - 1;
  second /= n - 1;
  return { mean: centre + mean, variance: Math.max(0, second - square(mean)) };
}

function share(part: number, gap: number): number {
  return part > 0 ? Math.min(1, part / gap) : 0;
}

import { tailIntegral } from "../math/special-functions/tail-integral.js";
import { square } from "../math/square.js";
import { inverse, kinksOf, type Step, stepsOf, type Transform, upperEdge } from "../math/transform.js";
import type { Normal } from "./families/normal.js";
import type { StudentT } from "./families/student-t.js";
import { type Standard, standardOf } from "./standard.js";

export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** Rounding error of a value, relative to it. */
const EPSILON = 1e-15;

/** The finer of two step widths of the trapezoidal rule, in standard deviations, and how far it goes. */
const STEP = 0.25;
const FARTHEST = 20;

/**
 * Mean and variance of inverse(X) for a normal or Student-t X: in closed form where there is one, else by quadrature.
 *
 * Strictly, the exponential of a Student-t variable and Box-Cox with -1 <= λ < 0 of any variable have no finite mean, if
 * only for tails too thin ever to be seen; `integrateOutward` says where such tails are cut and when the moments are infinite.
 */
export function transformedMoments(base: Normal | StudentT, transform: Transform): Moments {
  const [first, ...rest] = stepsOf(transform);
  if (first?.kind === "affine" && rest.length > 0) {
    const { mean, variance } = transformedMoments(base, { kind: "chain", steps: rest });
    return { mean: first.shift + first.scale * mean, variance: first.scale * first.scale * variance };
  }
  const exact =
    first !== undefined && rest.length === 0 && base.kind === "normal" ? logNormal(base, first) : null;
  return exact ?? integrated(base, transform);
}

/** The log-normal distribution, shifted or turned around by a single bound. */
function logNormal({ mean, variance }: Normal, step: Step): Moments | null {
  const { lower, upper } = step.kind === "bounded" ? step : { lower: undefined, upper: undefined };
  const isLog = step.kind === "log" || (step.kind === "box-cox" && step.lambda === 0);
  if (!isLog && (lower === undefined) === (upper === undefined)) return null;
  const sign = upper === undefined ? 1 : -1;
  const size = Math.exp(sign * mean + 0.5 * variance);
  return { mean: sign * size + (lower ?? upper ?? 0), variance: Math.expm1(variance) * size * size };
}

/** The value inverse(X) as a function of the standard variable v, the weight of v, and where both end. */
interface Integrand {
  readonly value: (v: number) => number;
  readonly weight: (v: number) => number;
  readonly kinks: readonly number[];
  readonly edge: number;
  /** The rounding error of v next to the edge. */
  readonly grain: number;
  /** The probability below the edge, by which moments are divided. */
  readonly mass: number;
}

function integrated(base: Normal | StudentT, transform: Transform): Moments {
  const { location, scale, z, v, weight }: Standard = standardOf(base);
  const standardized = (x: number) => v((x - location) / scale);
  const integrand = {
    value: (u: number) => inverse(transform, location + scale * z(u)),
    weight,
    kinks: kinksOf(transform).map(standardized),
    edge: standardized(upperEdge(transform)),
    grain: (EPSILON * Math.abs(upperEdge(transform))) / scale,
    mass: base.cdf(upperEdge(transform)),
  };
  return byTrapezoids(integrand) ?? byParts(integrand);
}

/**
 * The trapezoidal rule, which is exact to the last digits where smooth functions meet a bell-shaped weight; null where two
 * step widths disagree or the tails do not settle.
 */
function byTrapezoids({ value, weight, edge, mass }: Integrand): Moments | null {
  if (!(edge > 0)) return null;
  const centre = value(0);
  let first = 0;
  let second = 0;
  let evenFirst = 0;
  let evenSecond = 0;
  for (const step of [-STEP, STEP]) {
    for (let k = 1; ; k++) {
      const v = k * step;
      if (v >= edge || Math.abs(v) > FARTHEST) return null;
      const difference = value(v) - centre;
      const term = weight(v) * difference;
      first += term;
      second += term * difference;
      if (k % 2 === 0) {
        evenFirst += term;
        evenSecond += term * difference;
      }
      if (!Number.isFinite(second)) return null;
      if (Math.abs(v) > 3 && term * difference <= 1e-18 * second && weight(v) < 1e-16) break;
    }
  }
  const tolerance = 1e-13 * (Math.sqrt(second) + Math.abs(centre));
  if (!(Math.abs(first - 2 * evenFirst) <= tolerance)) return null;
  if (!(Math.abs(second - 2 * evenSecond) <= 1e-12 * second)) return null;
  const shift = (STEP * first) / mass;
  return { mean: centre + shift, variance: (STEP * second) / mass - shift * shift };
}

/** The careful way, for kinks, steep sides, heavy tails and edges. */
function byParts({ value, weight, kinks, edge, grain, mass }: Integrand): Moments {
  const start = Math.min(0, edge - 1);
  const above = { kinks, edge, grain: Number.isFinite(edge) ? grain : 0 };
  const below = { kinks: kinks.map((v) => -v), edge: Number.POSITIVE_INFINITY, grain: 0 };
  const expectation = (f: (y: number) => number, noise: number) => {
    const term = (v: number) => {
      const density = weight(v);
      return density === 0 ? 0 : density * f(value(v));
    };
    const upper = tailIntegral(term, start, above, noise);
    return (upper + tailIntegral((u) => term(-u), -start, below, noise)) / mass;
  };
  const centre = value(start);
  const spread = Math.abs(centre - value(start - 1));
  const mean = centre + expectation((y) => y - centre, EPSILON * Math.abs(centre));
  // Two infinite tails leave no mean at all; Infinity says so.
  if (Number.isNaN(mean)) return { mean: Number.POSITIVE_INFINITY, variance: Number.POSITIVE_INFINITY };
  if (!Number.isFinite(mean)) return { mean, variance: Number.POSITIVE_INFINITY };
  return { mean, variance: expectation((y) => square(y - mean), EPSILON * Math.abs(mean) * spread) };
}

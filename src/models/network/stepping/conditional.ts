import type { Distribution } from "../../../core/distribution.js";
import type { Rng } from "../../../core/random.js";
import { negativeBinomial } from "../../../distributions/families/negative-binomial.js";
import { normal } from "../../../distributions/families/normal.js";
import { studentT } from "../../../distributions/families/student-t.js";
import { clippedMakeup } from "../../../distributions/makeup.js";
import { powerOf } from "../../../math/power.js";
import { normalCdf, normalDensity } from "../../../math/special-functions/normal.js";
import { studentTCdf, studentTLogDensity } from "../../../math/special-functions/student-t.js";
import { softplus64 } from "../../../neural/kernel/twin/double.js";
import { twin } from "../../../neural/kernel/twin/index.js";
import { single } from "../../../neural/kernel/twin/single.js";
import type { NetworkConfig } from "../data/config.js";
import { categorical } from "./categorical.js";

/** Raw outputs of the head for one value. */
export type Raw = ArrayLike<number>;

const LEAST_SCALE = 1.1920928955078125e-7;
const scratch = new Float32Array(16);
const oneRow = twin(scratch);

/** p(x_t | past) from the head's raw outputs and the scale its parameters are in units of. */
export function conditionalOf(config: NetworkConfig, raw: Raw, scale: number): Distribution {
  const { low, high, likelihood, tokens } = config;
  if (likelihood === "categorical") {
    const values = categorical(tokens!, raw, scale);
    return high === null ? values : cappedCounts(values, high);
  }
  if (likelihood === "negative-binomial") {
    const { mean, dispersion } = countParameters(raw, scale);
    const counts = negativeBinomial(mean, dispersion);
    return high === null ? counts : cappedCounts(counts, high);
  }
  const draw = (rng: Rng): number => clamp(config, scale * standardDraw(likelihood, raw, rng));
  if (likelihood === "normal") {
    const [location, deviation] = [scale * raw[0]!, scale * Math.max(single.softplus(raw[1]!), LEAST_SCALE)];
    const shape = { location, scale: deviation, low, high, ...NORMAL_MOMENTS };
    return bounded(normal(location, deviation * deviation), shape, draw);
  }
  const df = single.round(single.softplus(raw[0]!) + 2);
  const [location, width] = [scale * raw[1]!, scale * Math.max(single.softplus(raw[2]!), LEAST_SCALE)];
  return bounded(studentT(location, width, df), { location, scale: width, low, high, ...tMoments(df) }, draw);
}

/** A value kept within the bounds. */
export function clamp({ low, high }: Pick<NetworkConfig, "low" | "high">, y: number): number {
  if (low !== null && y < low) return low;
  return high !== null && y > high ? high : y;
}

/** A draw in units of the scale: the kernel's arithmetic on one row. */
function standardDraw(likelihood: "student-t" | "normal", raw: Raw, rng: Rng): number {
  for (let i = 0; i < 3; i++) scratch[i] = raw[i]!;
  scratch[4] = rng.uniform();
  scratch[5] = rng.uniform();
  if (likelihood === "normal") oneRow.normalSample(1, 0, 4, 5, 6);
  else oneRow.studentTSample(1, 0, 4, 5, 6);
  return scratch[6]!;
}

/** Mean and dispersion of counts, as the kernel's loss has them. */
export function countParameters(raw: Raw, scale: number): { mean: number; dispersion: number } {
  const mean = scale * softplus64(raw[0]!) + 1e-10;
  return { mean, dispersion: softplus64(raw[1]!) / Math.sqrt(scale) + 1e-6 };
}

/** P(Z > z), E[Z; Z > z] and E[Z²; Z > z] of a standardised distribution. */
interface Moments {
  readonly above: (z: number) => number;
  readonly firstAbove: (z: number) => number;
  readonly secondAbove: (z: number) => number;
}

const NORMAL_MOMENTS: Moments = {
  above: (z) => normalCdf(-z),
  firstAbove: (z) => normalDensity(z),
  secondAbove: (z) => z * normalDensity(z) + normalCdf(-z),
};

function tMoments(df: number): Moments {
  const density = (z: number) => Math.exp(studentTLogDensity(z, df));
  return {
    above: (z) => studentTCdf(-z, df),
    firstAbove: (z) => ((df + z * z) / (df - 1)) * density(z),
    secondAbove: (z) => (z * (df + z * z) * density(z) + df * studentTCdf(-z, df)) / (df - 2),
  };
}

interface Bounds extends Moments {
  readonly location: number;
  readonly scale: number;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * A distribution whose values are kept within bounds: what would lie beyond lies on them. Its log density is that of
 * the distribution without bounds, which is what training maximised.
 */
function bounded(base: Distribution, at: Bounds, sample: (rng: Rng) => number): Distribution {
  const { low, high } = at;
  if (low === null && high === null) return drawn(base, sample);
  let moments: ReturnType<typeof boundedMoments> | null = null;
  const lazily = () => (moments ??= boundedMoments(at));
  return {
    kind: "clipped",
    get mean() {
      return lazily().mean;
    },
    get variance() {
      return lazily().variance;
    },
    quantile: (p) => clamp(at, base.quantile(p)),
    cdf: (y) => (low !== null && y < low ? 0 : high !== null && y >= high ? 1 : base.cdf(y)),
    logDensity: (y) => base.logDensity(y),
    sample,
    makeup: () => clippedMakeup(base, low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY),
  };
}

/** The same distribution, its own fields included, drawn as the kernel draws. */
function drawn(base: Distribution, sample: (rng: Rng) => number): Distribution {
  return {
    ...base,
    mean: base.mean,
    variance: base.variance,
    quantile: (p) => base.quantile(p),
    cdf: (y) => base.cdf(y),
    logDensity: (y) => base.logDensity(y),
    sample,
  };
}

/** Mean and variance with the mass beyond each bound on it. */
function boundedMoments({ location, scale, low, high, ...moments }: Bounds): {
  mean: number;
  variance: number;
} {
  const a = low === null ? Number.NEGATIVE_INFINITY : (low - location) / scale;
  const b = high === null ? Number.POSITIVE_INFINITY : (high - location) / scale;
  const first = above(moments.firstAbove, a, 0) - above(moments.firstAbove, b, 0);
  const second = above(moments.secondAbove, a, moments.secondAbove(0) * 2) - above(moments.secondAbove, b, 0);
  const below = low === null ? 0 : 1 - moments.above(a);
  const beyond = high === null ? 0 : moments.above(b);
  const weigh = (z: number, mass: number, power: number) => (mass === 0 ? 0 : mass * powerOf(z, power));
  const mean = first + weigh(a, below, 1) + weigh(b, beyond, 1);
  const square = second + weigh(a, below, 2) + weigh(b, beyond, 2);
  return { mean: location + scale * mean, variance: scale * scale * Math.max(0, square - mean * mean) };
}

/** A tail moment, whose value at minus infinity is that of the whole line. */
function above(moment: (z: number) => number, z: number, whole: number): number {
  if (z === Number.NEGATIVE_INFINITY) return whole;
  return z === Number.POSITIVE_INFINITY ? 0 : moment(z);
}

/** Counts that never exceed a bound; mean and variance by summing. */
function cappedCounts(base: Distribution, high: number): Distribution {
  const top = Math.floor(high);
  let mean = 0;
  let square = 0;
  for (let k = 1; k <= top; k++) {
    const over = 1 - base.cdf(k - 1);
    mean += over;
    square += (2 * k - 1) * over;
  }
  return {
    kind: "clipped",
    mean,
    variance: square - mean * mean,
    quantile: (p) => Math.min(top, base.quantile(p)),
    cdf: (y) => (y >= top ? 1 : base.cdf(y)),
    logDensity: (y) => base.logDensity(y),
    sample: (rng) => Math.min(top, base.sample(rng)),
    makeup: () => clippedMakeup(base, Number.NEGATIVE_INFINITY, top),
  };
}

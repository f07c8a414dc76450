import type { DensityPart, Distribution, Makeup } from "../core/distribution.js";
import { normalCdf } from "../math/special-functions/normal.js";

/** Standard scores at whose probabilities a density is taken to be smooth in between. */
const KNOT_SCORES = [-8.2, -5, -3.5, -2.6, -1.9, -1.3, -0.7, 0, 0.7, 1.3, 1.9, 2.6, 3.5, 5, 8.2];
const PROBABILITIES = KNOT_SCORES.map(normalCdf);

const NONE = new Float64Array(0);

/** What a distribution is made of: what it says itself, else a density over the line, or a single value where it has no density. */
export function makeupOf(distribution: Distribution): Makeup {
  if (distribution.makeup !== undefined) return distribution.makeup();
  if (distribution.variance === 0) return pointMakeup(distribution.mean);
  return densityMakeup(distribution, distribution.quantile(0), distribution.quantile(1));
}

/** All probability on one value. */
export function pointMakeup(at: number): Makeup {
  return { atoms: Float64Array.of(at), probabilities: Float64Array.of(1), density: null };
}

type Shape = Pick<Distribution, "quantile" | "logDensity">;

/** A density over the values from `lower` to `upper`. */
export function densityMakeup(shape: Shape, lower: number, upper: number): Makeup {
  return { atoms: NONE, probabilities: NONE, density: densityOf(shape, lower, upper) };
}

/** The density of Student's t; infinite `df` for the normal. */
export function bellMakeup(distribution: Distribution, location: number, scale: number, df: number): Makeup {
  if (scale === 0) return pointMakeup(location);
  const density = densityOf(distribution, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  return { atoms: NONE, probabilities: NONE, density: { ...density, bell: { location, scale, df } } };
}

function densityOf(shape: Shape, lower: number, upper: number): DensityPart {
  return {
    mass: 1,
    logDensity: (y) => shape.logDensity(y),
    knots: () => ascending(PROBABILITIES.map((p) => shape.quantile(p)).filter(Number.isFinite)),
    lower,
    upper,
  };
}

/** Whole samples are outcomes with their shares; others stand for a density. */
export function sampleMakeup(
  distribution: Distribution,
  samples: Float64Array,
  weights: Float64Array | null,
): Makeup {
  if (distribution.variance === 0) return pointMakeup(distribution.mean);
  if (!samples.every(Number.isInteger))
    return densityMakeup(distribution, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const shares = new Map<number, number>();
  samples.forEach((y, i) => {
    shares.set(y, (shares.get(y) ?? 0) + (weights === null ? 1 / samples.length : weights[i]));
  });
  return {
    atoms: Float64Array.from(shares.keys()),
    probabilities: Float64Array.from(shares.values()),
    density: null,
  };
}

/** The makeup with a share of its probability. */
export function scaledMakeup({ atoms, probabilities, density }: Makeup, share: number): Makeup {
  const by = Math.log(share);
  return {
    atoms,
    probabilities: probabilities.map((p) => share * p),
    density:
      density === null
        ? null
        : { ...density, mass: share * density.mass, logDensity: (y) => by + density.logDensity(y) },
  };
}

/** Makeups side by side, their shares adding up to 1. Equal atoms are one. */
export function pooledMakeup(parts: readonly Makeup[]): Makeup {
  const byValue = new Map<number, number>();
  for (const { atoms, probabilities } of parts)
    atoms.forEach((y, i) => {
      byValue.set(y, (byValue.get(y) ?? 0) + probabilities[i]);
    });
  const atoms = Float64Array.from(byValue.keys()).sort();
  const densities = parts.flatMap(({ density }) => (density === null ? [] : [density]));
  return {
    atoms,
    probabilities: atoms.map((y) => byValue.get(y)!),
    density: densities.length === 0 ? null : densities.length === 1 ? densities[0] : mixedDensity(densities),
  };
}

function mixedDensity(parts: readonly DensityPart[]): DensityPart {
  const nearest = parts.every((part) => part.nearest !== undefined) ? parts[0].nearest : undefined;
  return {
    mass: parts.reduce((sum, { mass }) => sum + mass, 0),
    logDensity(y) {
      let sum = 0;
      for (const part of parts) sum += Math.exp(part.logDensity(y));
      return Math.log(sum);
    },
    knots: () => ascending(parts.flatMap((part) => part.knots())),
    lower: parts.reduce((least, { lower }) => Math.min(least, lower), Number.POSITIVE_INFINITY),
    upper: parts.reduce((most, { upper }) => Math.max(most, upper), Number.NEGATIVE_INFINITY),
    ...(nearest === undefined ? {} : { nearest }),
  };
}

/** The makeup of X + by. */
export function shiftedMakeup({ atoms, probabilities, density }: Makeup, by: number): Makeup {
  if (density === null) return { atoms: atoms.map((y) => y + by), probabilities, density };
  const { bell, nearest } = density;
  return {
    atoms: atoms.map((y) => y + by),
    probabilities,
    density: {
      mass: density.mass,
      logDensity: (y) => density.logDensity(y - by),
      knots: () => density.knots().map((y) => y + by),
      lower: density.lower + by,
      upper: density.upper + by,
      ...(bell === undefined ? {} : { bell: { ...bell, location: bell.location + by } }),
      ...(nearest === undefined ? {} : { nearest: (y: number) => by + nearest(y - by) }),
    },
  };
}

/** The makeup of min(upper, max(lower, X)): what lies beyond a bound becomes an atom at it. */
export function clippedMakeup(base: Distribution, lower: number, upper: number): Makeup {
  const { atoms, probabilities, density } = makeupOf(base);
  const below = lower === Number.NEGATIVE_INFINITY ? 0 : base.cdf(lower);
  const above = upper === Number.POSITIVE_INFINITY ? 0 : 1 - base.cdf(upper);
  const kept = [...atoms].flatMap((y, i) =>
    y > lower && y <= upper ? [[y, probabilities[i]] as const] : [],
  );
  const outside = [
    ...(below > 0 ? [[lower, below] as const] : []),
    ...(above > 0 ? [[upper, above] as const] : []),
  ];
  const byValue = new Map<number, number>();
  for (const [y, p] of [...kept, ...outside]) byValue.set(y, (byValue.get(y) ?? 0) + p);
  const values = Float64Array.from(byValue.keys()).sort();
  return {
    atoms: values,
    probabilities: values.map((y) => byValue.get(y)!),
    density: density === null ? null : clippedDensity(density, values, byValue, lower, upper),
  };
}

function clippedDensity(
  density: DensityPart,
  atoms: Float64Array,
  byValue: ReadonlyMap<number, number>,
  lower: number,
  upper: number,
): DensityPart | null {
  const mass = 1 - atoms.reduce((sum, y) => sum + byValue.get(y)!, 0);
  if (!(mass > 0)) return null;
  const { nearest } = density;
  const inside = (y: number) => y > lower && y < upper;
  return {
    mass,
    logDensity: (y) => (inside(y) ? density.logDensity(y) : Number.NEGATIVE_INFINITY),
    knots: () => ascending([...density.knots().filter(inside), lower, upper].filter(Number.isFinite)),
    lower: Math.max(lower, density.lower),
    upper: Math.min(upper, density.upper),
    ...(nearest === undefined
      ? {}
      : { nearest: (y: number) => Math.min(upper, Math.max(lower, nearest(y))) }),
  };
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

import type { Distribution, Makeup } from "../core/distribution.js";
import { densityMakeup } from "./makeup.js";

/** Outcomes that are listed one by one; more are treated as a density over the counts. */
const MOST_LISTED = 5000;
/** Probability that may be left out on either side of a list of outcomes. */
const LEFT_OUT = 1e-13;

/** Whole numbers from 0, with the probabilities that `logDensity` gives: listed, or as a density where they are too many. */
export function countMakeup(distribution: Distribution): Makeup {
  const [low, high] = [distribution.quantile(LEFT_OUT), distribution.quantile(1 - LEFT_OUT)];
  if (high - low < MOST_LISTED) {
    const atoms = Float64Array.from({ length: high - low + 1 }, (_, k) => low + k);
    return { atoms, probabilities: atoms.map((k) => Math.exp(distribution.logDensity(k))), density: null };
  }
  const nearest = (y: number) => Math.max(0, Math.round(y));
  const shape = {
    quantile: (p: number) => distribution.quantile(p),
    logDensity: (y: number) => distribution.logDensity(nearest(y)),
  };
  const { density, ...nothing } = densityMakeup(shape, -0.5, Number.POSITIVE_INFINITY);
  return { ...nothing, density: density === null ? null : { ...density, nearest } };
}

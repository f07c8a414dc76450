import { requireDistribution } from "../../core/arguments/objects.js";
import type { DensityPart, Distribution } from "../../core/distribution.js";
import { minimiseBetween } from "../../math/minimise/minimise-between.js";
import { makeupOf } from "../makeup.js";
import { type Pieces, piecesOf } from "./pieces.js";

/**
 * The most probable value of a discrete distribution (the least of several), the one of highest density of a continuous one. Where
 * some values have a probability of their own and the rest a density, the larger share decides which of the two it is.
 *
 * Exact for discrete, normal and Student-t distributions; for others the density is searched, to about eight digits.
 *
 * @param distribution any that is not diffuse, such as `negativeBinomial(3.5, 0)`.
 * @returns the value of largest density or probability.
 * @throws YuleError `not-a-distribution`; `diffuse-sample` for a diffuse one, which has none.
 * @example mode(negativeBinomial(3.5, 0)); // 3
 */
export function mode(distribution: Distribution): number {
  requireDistribution(distribution, "mode takes");
  const { atoms, probabilities, density } = makeupOf(distribution);
  let best = -1;
  for (let i = 0; i < atoms.length; i++) if (best < 0 || probabilities[i] > probabilities[best]) best = i;
  if (density === null) return atoms[best];
  return best >= 0 && probabilities[best] >= density.mass ? atoms[best] : modeOfDensity(density);
}

/** Where a density is highest. */
export function modeOfDensity(density: DensityPart): number {
  if (density.bell !== undefined) return density.bell.location;
  const top = highest(piecesOf(density, 1)!, density);
  return density.nearest === undefined ? top : bestCount(density, top);
}

/** The highest piece by its mean density, so that a needle of no mass is none; its neighbours are searched with it. */
function highest({ from, width, mass }: Pieces, { logDensity }: DensityPart): number {
  let best = 0;
  for (let i = 1; i < mass.length; i++) if (mass[i] / width[i] > mass[best] / width[best]) best = i;
  const first = Math.max(0, best - 1);
  const last = Math.min(mass.length - 1, best + 1);
  const low = from[first];
  const high = from[last] + width[last];
  const scale = high - low;
  return low + scale * minimiseBetween((x) => -logDensity(low + scale * x), 0, 1, 1e-9);
}

/** The search ends within a few counts of the most probable one, where probabilities differ by less than their rounding. */
function bestCount({ logDensity, nearest }: DensityPart, about: number): number {
  let best = nearest!(about);
  for (const step of [-1, 1]) while (logDensity(best + step) > logDensity(best)) best = nearest!(best + step);
  return best;
}

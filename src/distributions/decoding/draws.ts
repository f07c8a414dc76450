import type { DensityPart, Distribution, Makeup } from "../../core/distribution.js";
import { usageError } from "../../core/errors.js";
import type { Rng } from "../../core/random.js";
import { powerOf } from "../../math/power.js";
import { normalQuantile, standardNormal } from "../../math/special-functions/normal.js";
import { studentTQuantile } from "../../math/special-functions/student-t.js";
import { studentT } from "../families/student-t.js";
import { makeupOf } from "../makeup.js";
import { modeOfDensity } from "./mode.js";
import { densest, piecesOf, quantileOfPieces } from "./pieces.js";

/** An outcome and its weight. */
interface Weighted {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/**
 * A draw from the distribution with every probability, or density, to the power 1/temperature, renormalised.
 *
 * Normal: the variance is multiplied by T. Student's t: again one, with (df + 1)/T − 1 degrees of freedom. Others by their density, cut
 * into pieces. An atom beside a density counts as one outcome, all that has a density as another.
 *
 * @throws YuleError `bad-temperature` where the density to this power has no finite integral.
 */
export function temperedDraw(distribution: Distribution, temperature: number, rng: Rng): number {
  const { atoms, probabilities, density } = makeupOf(distribution);
  const weights = probabilities.map((p) => powerOf(p, 1 / temperature));
  const rest = density === null ? 0 : powerOf(density.mass, 1 / temperature);
  if (atoms.length === 0) return temperedDensity(distribution, density!, temperature, rng);
  const chosen = drawWeighted({ values: atoms, weights }, rest, rng);
  return chosen ?? temperedDensity(distribution, density!, temperature, rng);
}

function temperedDensity(
  distribution: Distribution,
  density: DensityPart,
  temperature: number,
  rng: Rng,
): number {
  const { bell } = density;
  if (bell !== undefined) {
    const { location, scale, df } = bell;
    if (df === Number.POSITIVE_INFINITY)
      return location + Math.sqrt(temperature) * scale * standardNormal(rng);
    const cooled = (df + 1) / temperature - 1;
    if (!(cooled > 0)) throw tooHot(distribution, temperature, `below ${df + 1}`);
    return studentT(location, scale * Math.sqrt(df / cooled), cooled).sample(rng);
  }
  const pieces = piecesOf(density, 1 / temperature);
  if (pieces === null) throw tooHot(distribution, temperature, "nearer 1");
  return snapped(density, quantileOfPieces(pieces, rng.uniform()));
}

function tooHot({ kind }: Distribution, temperature: number, wanted: string): Error {
  return usageError(
    "bad-temperature",
    "temperature",
    temperature,
    `The density of this ${kind} distribution to the power 1/${temperature} has no finite integral; use a temperature ${wanted}.`,
  );
}

/**
 * A draw from the most probable values that hold a share of the probability: the fewest outcomes, and where there is a density its
 * region of highest density. Outcomes come before what has a density.
 */
export function nucleusDraw(distribution: Distribution, share: number, rng: Rng): number {
  const made = makeupOf(distribution);
  const { density } = made;
  const kept = fewest(made, share);
  if (kept.held >= share || density === null) return drawWeighted(kept, 0, rng)!;
  const wanted = Math.min(density.mass, share - kept.held);
  return drawWeighted(kept, wanted, rng) ?? densestDraw(density, wanted / density.mass, rng);
}

/** Outcomes by falling probability (equal ones from the least up) until they hold the share. */
function fewest({ atoms, probabilities }: Makeup, share: number): Weighted & { readonly held: number } {
  const order = byProbability(probabilities);
  let held = 0;
  let count = 0;
  // What was left out of a long list of counts is less than this.
  while (count < order.length && held < share - 1e-12) held += probabilities[order[count++]];
  const kept = order.slice(0, count);
  return {
    values: Float64Array.from(kept, (i) => atoms[i]),
    weights: Float64Array.from(kept, (i) => probabilities[i]),
    held: count < order.length ? Math.max(held, share) : held,
  };
}

function byProbability(probabilities: Float64Array): number[] {
  return Array.from(probabilities, (_, i) => i).sort((i, j) => probabilities[j] - probabilities[i] || i - j);
}

function densestDraw(density: DensityPart, share: number, rng: Rng): number {
  const { bell } = density;
  if (bell !== undefined) {
    const p = 0.5 + (rng.uniform() - 0.5) * share;
    const z = bell.df === Number.POSITIVE_INFINITY ? normalQuantile(p) : studentTQuantile(p, bell.df);
    return bell.location + bell.scale * z;
  }
  const pieces = piecesOf(density, 1)!;
  return snapped(density, quantileOfPieces(share < 1 ? densest(pieces, share) : pieces, rng.uniform()));
}

/**
 * A draw from the `count` most probable outcomes.
 *
 * @throws YuleError `no-outcomes` where there is a density: no value of it is more probable than another.
 */
export function topDraw(distribution: Distribution, count: number, rng: Rng): number {
  return drawWeighted(mostProbable(distribution, count, "top-k"), 0, rng)!;
}

/** Share of the probability that may have a density next to outcomes without counting. */
const NOTHING = 1e-12;

/**
 * The `count` most probable outcomes, the most probable first.
 *
 * @param what is asked for, to be named where it cannot be had.
 * @throws YuleError `no-outcomes`.
 */
export function mostProbable(distribution: Distribution, count: number, what: string): Weighted {
  const { atoms, probabilities, density } = makeupOf(distribution);
  if (density?.nearest !== undefined && atoms.length === 0) return aroundMode(density, count);
  if (density !== null && density.mass > NOTHING) {
    throw usageError(
      "no-outcomes",
      "decode",
      what,
      `${what} needs discrete outcomes, such as counts; this model forecasts a ${distribution.kind} distribution, which is continuous: use top-p=0.9, temperature=0.7 or greedy.`,
    );
  }
  const order = byProbability(probabilities).slice(0, count);
  return {
    values: Float64Array.from(order, (i) => atoms[i]),
    weights: Float64Array.from(order, (i) => probabilities[i]),
  };
}

/** The counts next to the most probable one, as many as asked for; their probabilities fall to either side. */
function aroundMode(density: DensityPart, count: number): Weighted {
  const top = modeOfDensity(density);
  const values = [top];
  let [below, above] = [top - 1, top + 1];
  const log = (y: number) => (density.nearest!(y) === y ? density.logDensity(y) : Number.NEGATIVE_INFINITY);
  while (values.length < count) values.push(log(below) >= log(above) ? below-- : above++);
  return {
    values: Float64Array.from(values),
    weights: Float64Array.from(values, (y) => Math.exp(density.logDensity(y))),
  };
}

/** One of the outcomes by its weight; null where the rest, which weighs `rest`, was drawn. */
function drawWeighted({ values, weights }: Weighted, rest: number, rng: Rng): number | null {
  const total = weights.reduce((sum, weight) => sum + weight, rest);
  let left = rng.uniform() * total;
  for (let i = 0; i < values.length; i++) {
    left -= weights[i];
    if (left <= 0) return values[i];
  }
  return rest > 0 ? null : values[values.length - 1];
}

function snapped(density: DensityPart, y: number): number {
  return density.nearest === undefined ? y : density.nearest(y);
}

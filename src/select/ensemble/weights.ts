import { type Extent, extentOf } from "../../math/extremes.js";
import { square } from "../../math/power.js";
import { type RootLoss, typicalLoss } from "../rolling-forecasts/scores.js";

/** τ with many past errors: the difference of log losses at which a member loses weight. */
const WIDTH = 0.3;
/** Added to the square of that, divided by the number of independent past errors. */
const DOUBT = 1;
/**
 * Least τ, of members that were equally worse than the best at every origin, and the weight of the squared standard error; the least numbers of origins
 * and of values for that. Of fewer values even steady differences say little of the next ones.
 */
const STEADY = { width: 0.1, errors: 3, origins: 5, values: 60 };
/** Losses below this share of a typical change of the data are exact forecasts. */
const EXACT = 1e-7;

/**
 * Weights by past losses, w_k ∝ exp(−½ (ln(l_k/l_best)/τ_k)²), τ_k² = min(0.3², 0.1² + 3 s_k²) + 1/e (0.3² + 1/e with fewer than 5 origins or 60 values), e the number of
 * independent past errors and s_k the standard error of ln(l_k/l_best) over the origins: members that were about as good as the
 * best one share the weight almost equally, those that were worse have less, and sooner where they were so from every origin.
 * Where a member was exact, only exact ones keep weight. A member without past forecasts has the weight of the middle one.
 *
 * @param members losses of each member from the same origins, see `rootLosses`; none where unknown.
 * @param scale a typical change of the data, by which exactness is judged.
 * @param values the length of the series.
 * @see J. M. Bates & C. W. J. Granger, Operational Research Quarterly 20 (1969), p. 451. Weights estimated from few errors often
 *   do worse than equal ones, hence the flat top; F. X. Diebold & R. S. Mariano, Journal of Business & Economic Statistics 13
 *   (1995), p. 253, on the error of a difference of losses.
 */
export function weightsByLoss(
  members: readonly (readonly RootLoss[])[],
  evidence: number,
  scale: number,
  values: number,
): { readonly weights: readonly number[]; readonly exact: boolean } {
  const losses = members.map(typicalLoss);
  const known = losses.filter(Number.isFinite);
  if (known.length === 0 || !(evidence > 0)) return { weights: losses.map(() => 1), exact: false };
  const best = known.reduce((least, loss) => Math.min(least, loss));
  if (best <= EXACT * scale)
    return { weights: losses.map((loss) => (loss <= EXACT * scale ? 1 : 0)), exact: true };
  const leader = members[losses.indexOf(best)]!;
  const enough = leader.length >= STEADY.origins && values >= STEADY.values;
  const weights = losses.map((loss, k) => {
    if (Number.isNaN(loss)) return loss;
    const error = enough ? squaredError(members[k]!, leader) : Number.POSITIVE_INFINITY;
    const z = Math.log(loss / best) / widthOf(error, evidence);
    return Math.exp(-0.5 * z * z);
  });
  const middle = median(weights.filter((weight) => !Number.isNaN(weight)));
  return { weights: weights.map((weight) => (Number.isNaN(weight) ? middle : weight)), exact: false };
}

/** τ of a member whose log loss relative to the best one's has this squared standard error. */
function widthOf(squaredError: number, evidence: number): number {
  const steady = square(STEADY.width) + STEADY.errors * squaredError;
  return Math.sqrt(Math.min(square(WIDTH), steady) + DOUBT / evidence);
}

/** The squared standard error of ln(l/l_best), from how differences of mean root losses vary over the origins. */
function squaredError(member: readonly RootLoss[], leader: readonly RootLoss[]): number {
  const total = leader.reduce((sum, { weight }) => sum + weight, 0);
  const level = leader.reduce((sum, one) => sum + one.sum, 0) / total;
  const pairs = leader.flatMap(({ sum, weight }, k) =>
    weight > 0 ? [{ weight, difference: (member[k]!.sum - sum) / (weight * level) }] : [],
  );
  const mean = pairs.reduce((sum, { weight, difference }) => sum + weight * difference, 0) / total;
  const variance =
    pairs.reduce((sum, { weight, difference }) => sum + weight * square(difference - mean), 0) / total;
  const origins = square(total) / pairs.reduce((sum, { weight }) => sum + square(weight), 0);
  // Losses are squares of mean roots: their logarithms vary twice as much.
  return (4 * variance) / Math.max(1, origins);
}

/** The mean absolute change from one observed value to the next. */
export function typicalChange(y: Float64Array): number {
  let sum = 0;
  let count = 0;
  let last = Number.NaN;
  for (const value of y) {
    if (Number.isNaN(value)) continue;
    if (!Number.isNaN(last)) {
      sum += Math.abs(value - last);
      count++;
    }
    last = value;
  }
  return count === 0 ? 0 : sum / count;
}

/** Ranges of the data that medians, and the ends of 95 % intervals, may leave them by before a member loses weight. */
const FREE = { medians: 2, intervals: 5 };
/** Number of independent past errors that allow one more range. */
const TRUST = 20;

/** A member's forecasts, step by step. */
export interface Path {
  readonly medians: readonly number[];
  /** The ends of 95 % intervals. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/**
 * What members' weights are multiplied by because their forecasts leave the range of the data: 1/(1 + (d/(f + m + e/20))⁴), d
 * the farthest that a member's medians lie outside, in ranges of the data, f = 2, m the middle member's d, and e the number of
 * independent past errors that speak for it; and once more with the ends of its 95 % intervals, f = 5 and 2m. A forecast
 * inside the range is never marked down, however far from the others'.
 *
 * @param y the data; NaN is missing.
 */
export function strayFactors(paths: readonly Path[], y: Float64Array, evidence: number): number[] {
  const data = extentOf(y);
  if (!(data.high > data.low)) return paths.map(() => 1);
  const farthest = (lower: readonly number[], upper: readonly number[]) => distanceFrom(data, lower, upper);
  const trust = evidence / TRUST;
  const medians = paths.map((path) => farthest(path.medians, path.medians));
  const ends = paths.map(({ lower, upper }) => farthest(lower, upper));
  const point = penalties(medians, FREE.medians + median(medians) + trust);
  const width = penalties(ends, FREE.intervals + 2 * median(ends) + trust);
  return point.map((factor, k) => factor * width[k]!);
}

/**
 * Whether medians leave the range of the data by more ranges than an exact past of so many independent errors makes believable, 2 + e: an
 * exact growth of ten values says little about two years ahead.
 */
export function isBeyond({ medians }: Path, y: Float64Array, evidence: number): boolean {
  const data = extentOf(y);
  return data.high > data.low && !(distanceFrom(data, medians, medians) <= FREE.medians + evidence);
}

/** How far a path lies outside of the data, in ranges of these. */
function distanceFrom({ low, high }: Extent, lower: readonly number[], upper: readonly number[]): number {
  const range = high - low;
  return upper.reduce((most, end, h) => Math.max(most, (end - high) / range, (low - lower[h]!) / range), 0);
}

function penalties(distances: readonly number[], allowed: number): number[] {
  return distances.map((distance) => {
    const ratio = (distance / allowed) * (distance / allowed);
    return Number.isFinite(ratio) ? 1 / (1 + ratio * ratio) : 0;
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : 0.5 * (sorted[half - 1]! + sorted[half]!);
}

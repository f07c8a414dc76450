/** How far log losses may lie apart before a member loses weight, where evidence is plenty. */
const SPREAD = 0.3;
/** Added to the square of that, divided by the number of independent past errors. */
const DOUBT = 1;
/** Losses below this share of a typical change of the data are exact forecasts. */
const EXACT = 1e-7;

/**
 * Weights by past losses, w_k ∝ exp(−½ (ln(l_k/l_best)/τ)²), τ² = 0.3² + 1/e, e the number of independent past errors:
 * members that were about as good as the best one share the weight almost equally, those that were clearly worse have none.
 * Where a member was exact, only exact ones keep weight. A member without past forecasts has the weight of the middle one.
 *
 * @param losses quantile loss of each member over the same origins; NaN where unknown.
 * @param scale a typical change of the data, by which exactness is judged.
 * @see J. M. Bates & C. W. J. Granger, Operational Research Quarterly 20 (1969), p. 451. Weights estimated from few errors often
 *   do worse than equal ones, hence the flat top.
 */
export function weightsByLoss(
  losses: readonly number[],
  evidence: number,
  scale: number,
): { readonly weights: readonly number[]; readonly exact: boolean } {
  const known = losses.filter(Number.isFinite);
  if (known.length === 0 || !(evidence > 0)) return { weights: losses.map(() => 1), exact: false };
  const best = known.reduce((least, loss) => Math.min(least, loss));
  if (best <= EXACT * scale)
    return { weights: losses.map((loss) => (loss <= EXACT * scale ? 1 : 0)), exact: true };
  const width = Math.sqrt(SPREAD * SPREAD + DOUBT / evidence);
  const weights = losses.map((loss) => {
    const z = Math.log(loss / best) / width;
    return Math.exp(-0.5 * z * z);
  });
  const middle = median(weights.filter((weight) => !Number.isNaN(weight)));
  return { weights: weights.map((weight) => (Number.isNaN(weight) ? middle : weight)), exact: false };
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
/** Independent past errors that allow for as many ranges more. */
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
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of y) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const range = highest - lowest;
  if (!(range > 0)) return paths.map(() => 1);
  const farthest = (lower: readonly number[], upper: readonly number[]) =>
    upper.reduce((most, end, h) => Math.max(most, (end - highest) / range, (lowest - lower[h]!) / range), 0);
  const trust = evidence / TRUST;
  const medians = paths.map((path) => farthest(path.medians, path.medians));
  const ends = paths.map(({ lower, upper }) => farthest(lower, upper));
  const point = penalties(medians, FREE.medians + median(medians) + trust);
  const width = penalties(ends, FREE.intervals + 2 * median(ends) + trust);
  return point.map((factor, k) => factor * width[k]!);
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

import { chiSquareUpper } from "../../../math/special-functions/gamma.js";
import { square } from "../../../math/square.js";

/** Values at a position of the season on average, from which positions can be compared. */
const LEAST = 4;
/** Probability of positions that differ so much where there is no season, and share of the variation of ranks that they explain. */
const CLEAR = { pValue: 1e-4, share: 0.1 };

/**
 * Whether values depend on the position of the season, by the test of Kruskal and Wallis, which neither zeros nor a long upper tail
 * disturb: H = (n − 1) Σ_i n_i (r̄_i − r̄)² / Σ_t (r_t − r̄)², r_t the rank of a value, ties sharing theirs.
 *
 * @see W. H. Kruskal, W. A. Wallis, Journal of the American Statistical Association 47 (1952), 583-621.
 */
export function followsSeason(y: Float64Array, period: number): boolean {
  const seen = Array.from(y.keys()).filter((t) => !Number.isNaN(y[t]!));
  const n = seen.length;
  if (period < 2 || n < LEAST * period) return false;
  const ranks = ranksOf(seen.map((t) => y[t]!));
  const mean = (n + 1) / 2;
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  let total = 0;
  seen.forEach((t, k) => {
    sums[t % period]! += ranks[k]! - mean;
    counts[t % period]!++;
    total += square(ranks[k]! - mean);
  });
  const between = sums.reduce((sum, one, i) => sum + (counts[i]! > 0 ? square(one) / counts[i]! : 0), 0);
  const degrees = counts.filter((count) => count > 0).length - 1;
  const share = between / total;
  // Noise explains degrees/(n − 1) on average.
  const beyond = share - degrees / (n - 1);
  return beyond > CLEAR.share && chiSquareUpper((n - 1) * share, degrees) < CLEAR.pValue;
}

/** Ranks from 1, the mean of them for values that are equal. */
function ranksOf(values: readonly number[]): Float64Array {
  const order = Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

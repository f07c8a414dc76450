import type { Panel } from "../../../core/series.js";
import { largestOf } from "../../../math/extremes.js";
import { NO_SCALE, scaleAfter, scaleOf } from "./scale.js";

/** What the tokens of a categorical head stand for: plain data. */
export type Tokens =
  /** Token i is the count i. */
  | { readonly kind: "counts"; readonly count: number }
  /** Stretches of values in units of their scale, between ascending edges; the outer two go on beyond the edges. */
  | {
      readonly kind: "bins";
      readonly edges: readonly number[];
      /** Where the first one begins; null where it fades out exponentially. */
      readonly start: number | null;
      /** Mean distances of values in the outer bins from the outer edges. */
      readonly below: number;
      readonly above: number;
    };

/** The largest vocabulary. */
export const MOST_TOKENS = 256;

/** How many tokens there are, a multiple of 4. */
export function tokenCount(tokens: Tokens): number {
  return tokens.kind === "counts" ? tokens.count : tokens.edges.length + 1;
}

/** The token of a value, given as it is and in units of its scale. */
export function tokenOf(tokens: Tokens, value: number, standardised: number): number {
  if (tokens.kind === "counts") return Math.min(Math.max(0, Math.round(value)), tokens.count - 1);
  const { edges } = tokens;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= standardised) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Counts from 0 to the largest of the panel, and as many more as make a multiple of 4. */
export function countTokens(panel: Panel): Tokens {
  const largest = largestOf(
    panel.map(({ y }) =>
      largestOf(
        y.filter((value) => !Number.isNaN(value)),
        0,
      ),
    ),
  );
  return { kind: "counts", count: 4 * Math.ceil((largest + 1) / 4) };
}

/** Values that edges are chosen by, at most. */
const MOST_VALUES = 50_000;

/** Bins of about as many values each, or of one width, over the values of a panel in units of their scale. */
export function binTokens(
  panel: Panel,
  fade: number,
  how: "quantile" | "uniform",
  count: number,
  positive: boolean,
): Tokens {
  const values = standardisedValues(panel, fade);
  const n = values.length;
  // Between two values: what rounding does to a value then moves it over no edge.
  const at = (share: number) => {
    const i = Math.min(n - 1, Math.max(1, Math.floor(share * n)));
    return (values[i]! + (values[i - 1] ?? values[i]!)) / 2;
  };
  const [lowest, highest] = [at(0.001), at(0.999)];
  const found = new Set<number>();
  for (let k = 1; k < count; k++) {
    found.add(how === "quantile" ? at(k / count) : lowest + ((highest - lowest) * k) / count);
  }
  const edges = [...found].sort((a, b) => a - b);
  if (positive && edges[0]! <= 0) edges.shift();
  if (edges.length === 0) edges.push(Math.max(1e-6, highest));
  widen(edges, count - 1);
  const [first, last] = [edges[0]!, edges.at(-1)!];
  return {
    kind: "bins",
    edges,
    start: positive ? 0 : null,
    below: meanDistance(values, (z) => first - z, edges),
    above: meanDistance(values, (z) => z - last, edges),
  };
}

/** Values that occur often leave fewer edges than were asked for: the widest bins are halved, or edges go on at the end. */
function widen(edges: number[], count: number): void {
  while (edges.length < count) {
    let widest = -1;
    let width = 0;
    for (let k = 0; k + 1 < edges.length; k++) {
      const own = edges[k + 1]! - edges[k]!;
      if (own > width) [widest, width] = [k, own];
    }
    const last = edges.at(-1)!;
    const middle = widest < 0 ? last : edges[widest]! + width / 2;
    if (widest >= 0 && middle > edges[widest]! && middle < edges[widest + 1]!)
      edges.splice(widest + 1, 0, middle);
    else edges.push(last + Math.max(0.01, 0.01 * Math.abs(last)));
  }
}

/** Of the values beyond an outer edge; the mean width of a bin where there are none. */
function meanDistance(values: Float64Array, beyond: (z: number) => number, edges: readonly number[]): number {
  let [sum, count] = [0, 0];
  for (const z of values) {
    if (beyond(z) <= 0) continue;
    sum += beyond(z);
    count++;
  }
  return count > 0 ? sum / count : (edges.at(-1)! - edges[0]!) / edges.length + 1e-6;
}

/** Ascending, at most so many, evenly chosen. */
function standardisedValues(panel: Panel, fade: number): Float64Array {
  const total = panel.reduce((sum, { y }) => sum + y.length, 0);
  const stride = Math.max(1, Math.ceil(total / MOST_VALUES));
  const values: number[] = [];
  let seen = 0;
  for (const { y } of panel) {
    let scale = NO_SCALE;
    for (const value of y) {
      if (scale.total > 0 && !Number.isNaN(value) && seen++ % stride === 0)
        values.push(value / scaleOf(scale));
      scale = scaleAfter(scale, value, fade);
    }
  }
  return Float64Array.from(values.length === 0 ? [1] : values).sort();
}

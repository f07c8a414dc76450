import { normalCdf } from "../../math/special-functions/normal.js";
import { medianOf } from "../summary.js";
import { aroundLine } from "../unit-root/kpss.js";

/** How the spread of a series depends on its level. */
export interface SpreadLevel {
  /** Slope of log spread on log level: 0 where the spread stays, 1 where it is in proportion to the level. */
  readonly slope: number;
  /** One-sided p-value of Kendall's test that the spread does not grow with the level. */
  readonly pValue: number;
  /** The largest level of a group over the smallest. */
  readonly range: number;
}

const LEAST_GROUPS = 6;
const MOST_GROUPS = 40;
/** Values in a group; of short series as many as leave six groups, but three. */
const SIZE = 8;
const LEAST_SIZE = 3;

/**
 * Tukey's spread-against-level plot in numbers, by ranks and medians, so that single outliers do not matter.
 *
 * With a season the groups are seasons that follow each other (several where they are short), their spread the mean absolute
 * deviation from a line; without one they are changes from value to value, sorted by the level at which they happen. The
 * slope is Theil and Sen's, the median of those between any two groups.
 *
 * @param y complete values above 0.
 * @param period values in a season, 1 for none.
 * @returns null where there are too few values.
 * @see J. W. Tukey (1977), Exploratory Data Analysis, chapter 4; P. K. Sen (1968), J. Amer. Statist. Assoc. 63, 1379-1389.
 */
export function spreadByLevel(y: Float64Array, period: number): SpreadLevel | null {
  const groups = (period > 1 ? seasonGroups(y, period) : null) ?? changeGroups(y);
  if (groups === null) return null;
  const known = groups.filter(({ spread, level }) => spread > 0 && level > 0);
  if (known.length < LEAST_GROUPS) return null;
  const x = known.map(({ level }) => Math.log(level));
  const z = known.map(({ spread }) => Math.log(spread));
  const slopes: number[] = [];
  let score = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      if (x[i] === x[j]) continue;
      const slope = (z[i] - z[j]) / (x[i] - x[j]);
      slopes.push(slope);
      score += Math.sign(slope);
    }
  }
  if (slopes.length === 0) return null;
  const levels = Float64Array.from(known, ({ level }) => level).sort();
  return {
    slope: medianOf(Float64Array.from(slopes)),
    pValue: kendallUpper(score, x.length),
    range: levels[levels.length - 1] / levels[0],
  };
}

interface Group {
  readonly level: number;
  readonly spread: number;
}

/** Whole seasons, the last ones; null where there are too few. */
function seasonGroups(y: Float64Array, period: number): Group[] | null {
  const least = period * Math.ceil(SIZE / period);
  const length = least * Math.ceil(y.length / least / MOST_GROUPS);
  const count = Math.floor(y.length / length);
  if (count < LEAST_GROUPS) return null;
  return Array.from({ length: count }, (_, i) => {
    const part = y.slice(y.length - (count - i) * length, y.length - (count - i - 1) * length);
    return { level: medianOf(part), spread: meanSize(aroundLine(part)) };
  });
}

/** Changes by the level at which they happen, median sizes of groups of neighbours. */
function changeGroups(y: Float64Array): Group[] | null {
  const changes = Array.from({ length: y.length - 1 }, (_, t) => ({
    level: (y[t] + y[t + 1]) / 2,
    size: Math.abs(y[t + 1] - y[t]),
  })).sort((a, b) => a.level - b.level);
  const size = Math.max(LEAST_SIZE, Math.min(SIZE, Math.floor(changes.length / LEAST_GROUPS)));
  const count = Math.min(MOST_GROUPS, Math.floor(changes.length / size));
  if (count < LEAST_GROUPS) return null;
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * changes.length) / count);
    const part = changes.slice(from, Math.floor(((i + 1) * changes.length) / count));
    return {
      level: medianOf(Float64Array.from(part, ({ level }) => level)),
      spread: trimmedMean(Float64Array.from(part, ({ size }) => size)),
    };
  });
}

function meanSize(values: Float64Array): number {
  return trimmedMean(values.map(Math.abs));
}

/** The mean without the largest value: one outlier among the values of a group does not move it far. */
function trimmedMean(sizes: Float64Array): number {
  const sorted = sizes.slice().sort();
  let sum = 0;
  for (let i = 0; i < sorted.length - 1; i++) sum += sorted[i];
  return sum / (sorted.length - 1);
}

/** P(S >= score) for Kendall's S of n values without ties, by the normal approximation with a continuity correction. */
function kendallUpper(score: number, n: number): number {
  const sd = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return normalCdf(-(score - 1) / sd);
}

import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { extend, takeOut } from "../../math/linear-algebra/orthogonal.js";
import { inner } from "../../math/linear-algebra/vector.js";
import { separateSeasons } from "../decomposition/seasons.js";
import { medianOf } from "../summary.js";
import { breakScan } from "../unit-root/regression/break-scan.js";
import { dickeyFullerRows } from "../unit-root/regression/dickey-fuller.js";
import { chooseLags } from "../unit-root/regression/lag-choice.js";
import { isConstant, requireLength, toFloats, type Values } from "../values.js";
import { clean } from "./outliers.js";

/** A lasting jump of the level. */
export interface LevelShift {
  /** Index from 0 of the first value on the new level. */
  readonly index: number;
  /** New level minus old one, medians of the stretches beside the jump (of the seasonally adjusted series). */
  readonly size: number;
  /** Squared t-ratio of the jump, held against `criticalValue`. */
  readonly statistic: number;
  readonly criticalValue: number;
}

export interface LevelShiftOptions {
  /** Least values before, between and after jumps. Default: an eighth of the series, a season or 8, whichever is most. */
  readonly minimum?: number;
  /** Most jumps to report. Default 5. */
  readonly maximum?: number;
}

/**
 * Squared t-ratios of the strongest step that about 1 in 100 series without a jump exceed: where the regression with the
 * step shows a persistence up to 0.3, from 0.6 on, and in between on the line. Found by simulating white noise,
 * autoregressions with coefficients 0.5 and 0.9 and random walks of 50, 100 and 200 values (0.1 to 1.8 % exceed).
 */
const CALM = 17;
const PERSISTENT = 24;

const FIND_LEVEL_SHIFTS_OPTIONS: OptionTable<LevelShiftOptions> = {
  minimum: "number",
  maximum: "number",
};

/**
 * Lasting jumps of the level: the break at which a step adds most to a Dickey-Fuller regression with a trend, if it adds
 * more than in 99 of 100 series without a jump, random walks among them; then the same on both sides of it.
 *
 * Gaps are filled and outliers replaced first, and a season is taken out by STL, so single odd values are no jumps.
 *
 * @param y values in time order; NaN is missing.
 * @param period values in a season, 1 for none. Default 1.
 * @returns the jumps in time order; none in series too short to tell (below twice the minimum).
 * @throws YuleError `no-values`, `too-short` for none, `bad-period`, `bad-minimum`, `bad-maximum`, `infinite-value`.
 * @see R. S. Tsay (1988), J. Forecasting 7, 1-20; P. Perron, T. J. Vogelsang (1992), J. Business & Economic Statistics 10, 301-320.
 * @example findLevelShifts(nile.y); // index 28; that is 1899, the Aswan dam
 */
export function findLevelShifts(y: Values, period = 1, options: LevelShiftOptions = {}): LevelShift[] {
  requireOptions("findLevelShifts", options, FIND_LEVEL_SHIFTS_OPTIONS);
  requireInteger("period", period, 1, Number.MAX_SAFE_INTEGER);
  const values = toFloats(y);
  requireLength(values.length, "Finding level shifts", 1);
  const fallback = Math.max(8, period, Math.floor(values.length / 8));
  const minimum = requireInteger("minimum", options.minimum ?? fallback, 4, 1e9);
  const maximum = requireInteger("maximum", options.maximum ?? 5, 1, 1000);
  const level = seasonallyAdjusted(clean(values, period).values, period);
  const breaks: Step[] = [];
  search(level, 0, level.length, minimum, breaks);
  return breaks
    .sort((a, b) => b.statistic - a.statistic)
    .slice(0, maximum)
    .sort((a, b) => a.index - b.index)
    .map(({ index, statistic, criticalValue }, i, all) => {
      const from = all[i - 1]?.index ?? 0;
      const to = all[i + 1]?.index ?? level.length;
      const size =
        medianOf(level.slice(index, Math.min(to, index + minimum))) -
        medianOf(level.slice(Math.max(from, index - minimum), index));
      return { index, size, statistic, criticalValue };
    });
}

function seasonallyAdjusted(y: Float64Array, period: number): Float64Array {
  if (period <= 1 || y.length <= 2 * period) return y;
  const { seasons } = separateSeasons(y, [period], { robust: true });
  return y.map((value, t) => value - seasons[0].values[t]);
}

function search(y: Float64Array, from: number, to: number, minimum: number, breaks: Step[]): void {
  const best = strongestIn(y, from, to, minimum);
  if (best === null) return;
  breaks.push(best);
  search(y, from, best.index, minimum, breaks);
  search(y, best.index, to, minimum, breaks);
}

/** The strongest step of the whole stretch, else of its first or last two thirds: two opposite jumps can hide each other. */
function strongestIn(y: Float64Array, from: number, to: number, minimum: number): Step | null {
  const third = Math.floor((to - from) / 3);
  const stretches = [
    [from, to],
    [from, to - third],
    [from + third, to],
  ] as const;
  for (const [start, end] of stretches) {
    const step = strongestStep(y.slice(start, end), minimum);
    if (step !== null && step.statistic >= step.criticalValue) return { ...step, index: start + step.index };
  }
  return null;
}

interface Step {
  readonly index: number;
  readonly statistic: number;
  readonly criticalValue: number;
}

/** The step that adds most to the regression of Δy on 1, t, y_{t−1} and lagged differences; null where none can be tried. */
function strongestStep(y: Float64Array, minimum: number): Step | null {
  if (y.length < 2 * minimum || y.length < 16 || isConstant(y)) return null;
  const most = Math.min(4, Math.floor(y.length / 10));
  const { lags } = chooseLags(y, "trend", "bic", 0, most);
  const rows = dickeyFullerRows(y, lags, "trend");
  const base: Float64Array[] = [];
  for (const column of [...rows.terms, ...rows.lagged]) extend(base, column);
  const level = takeOut(base, rows.level);
  const withLevel = base.slice();
  extend(withLevel, rows.level);
  const change = takeOut(withLevel, rows.change);
  const rss = inner(change, change);
  const free = change.length - withLevel.length - 1;
  if (!(rss > 1e-22 * inner(rows.change, rows.change)) || free < 1) return null;
  const first = lags + 1;
  const scan = breakScan(withLevel, change, change, "step");
  let best = { index: -1, gain: 0 };
  for (let index = Math.max(minimum, first + 1); index <= y.length - minimum; index++) {
    const products = scan(index - first);
    if (products !== null && rss - products.yy > best.gain) best = { index, gain: rss - products.yy };
  }
  if (best.index < 0) return null;
  const statistic = best.gain / (Math.max(rss - best.gain, rss * 1e-12) / free);
  extend(base, stepAt(best.index, first, change.length));
  const rest = takeOut(base, level);
  const persistence = 1 + inner(rest, rows.change) / inner(rest, rest);
  return { index: best.index, statistic, criticalValue: criticalValue(persistence) };
}

function stepAt(index: number, first: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => (first + i >= index ? 1 : 0));
}

function criticalValue(persistence: number): number {
  const share = Math.min(1, Math.max(0, (persistence - 0.3) / 0.3));
  return CALM + share * (PERSISTENT - CALM);
}

import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import { extend, takeOut } from "../../math/linear-algebra/orthogonal.js";
import { addMultiple, inner, project } from "../../math/linear-algebra/vector.js";
import { powerOf } from "../../math/power.js";
import { perfectFit } from "../evidence.js";
import { lookUp, tableEnd } from "../interpolation.js";
import type { CriticalValues, TablePValue, TestResult } from "../result.js";
import { type MissingPolicy, prepare, requireLength, requireVariation, type Values } from "../values.js";
import { ZIVOT_ANDREWS } from "./null-distributions/zivot-andrews-table.js";
import { breakScan } from "./regression/break-scan.js";
import { dickeyFullerRows } from "./regression/dickey-fuller.js";
import { chooseLags, type LagChoice, type LagCriterion } from "./regression/lag-choice.js";

export type Break = "level" | "trend" | "both";

export interface ZivotAndrewsOptions {
  /** What may break once: the level (default), the slope of the trend, or both. */
  readonly breaks?: Break;
  /** Lagged differences: a number, or a criterion on the regression without a break. Default `"aic"`. */
  readonly lags?: number | LagCriterion;
  /** Most lags for a criterion. Default ⌈12(n/100)^¼⌉, at most n/2 − 3. */
  readonly maxLags?: number;
  /** Share of values at each end where no break is looked for, 0 to 1/3. Default 0.15; R's urca::ur.za has 0. */
  readonly trim?: number;
  /** `"drop"` closes gaps and says so; default `"error"`. */
  readonly missing?: MissingPolicy;
}

export interface ZivotAndrewsResult extends TestResult {
  readonly test: "zivot-andrews";
  readonly breaks: Break;
  readonly lags: number;
  /** Index from 0 of the last value before the break that speaks most against a unit root. */
  readonly breakIndex: number;
  readonly criticalValues: CriticalValues;
  /** Critical values of the original paper, as urca gives them. */
  readonly printedValues: CriticalValues;
  readonly table: TablePValue;
  /** The statistic of each break that was tried, from `firstBreak` on. */
  readonly statistics: Float64Array;
  readonly firstBreak: number;
  readonly choice: LagChoice | null;
}

const PURPOSE = "The Zivot-Andrews test";
/** E. Zivot, D. W. K. Andrews (1992), tables 2 to 4. */
const PRINTED: Readonly<Record<Break, CriticalValues>> = {
  level: { "1%": -5.34, "5%": -4.8, "10%": -4.58 },
  trend: { "1%": -4.93, "5%": -4.42, "10%": -4.11 },
  both: { "1%": -5.57, "5%": -5.08, "10%": -4.82 },
};

const ZIVOT_ANDREWS_OPTIONS: OptionTable<ZivotAndrewsOptions> = {
  breaks: ["both", "level", "trend"],
  lags: { numberOr: ["aic", "bic", "t-stat"] },
  maxLags: "number",
  trim: "number",
  missing: ["error", "drop"],
};

/**
 * Zivot-Andrews test: a unit root, against a series stationary around a trend that breaks once at an unknown time.
 *
 * The least t-ratio of γ over all breaks in Δy_t = μ + βt + [θ·1(t > b)] + [κ·(t − b)⁺] + γ y_{t−1} + Σ δ_i Δy_{t−i} + e_t.
 * The p-value is interpolated in statsmodels' simulated table (0.001 to 99.9 %).
 *
 * @param y values in time order, not all the same.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `too-short`, `constant-series`, `perfect-fit`, `missing-values`, `infinite-value`, `bad-lags`,
 *   `bad-trim`, `bad-breaks`.
 * @see E. Zivot, D. W. K. Andrews (1992), J. Business & Economic Statistics 10, 251-270.
 * @example const { pValue, breakIndex } = zivotAndrews(values, { breaks: "both" });
 */
export function zivotAndrews(y: Values, options: ZivotAndrewsOptions = {}): ZivotAndrewsResult {
  requireOptions("zivotAndrews", options, ZIVOT_ANDREWS_OPTIONS);
  const { values, notes } = prepare(y, PURPOSE, 8, options.missing);
  requireVariation(values, PURPOSE);
  const breaks = requireBreaks(options.breaks ?? "level");
  const choice = choiceOf(values, options);
  const lags = choice?.lags ?? requireInteger("lags", options.lags, 0, values.length);
  const [first, last] = breakRange(values.length, breaks, options.trim ?? 0.15);
  const statistics = breakStatistics(values, breaks, lags, first, last);
  const least = leastOf(statistics);
  const statistic = statistics[least];
  const table = tableOf(breaks, statistic);
  return {
    test: "zivot-andrews",
    nullHypothesis: "unit root without a break",
    statistic,
    pValue: table.pValue,
    breaks,
    lags,
    breakIndex: first + least - 1,
    criticalValues: criticalValues(breaks),
    printedValues: PRINTED[breaks],
    table,
    statistics,
    firstBreak: first - 1,
    choice,
    notes: [...notes, ...tableEnd(table)],
  };
}

function requireBreaks(breaks: Break): Break {
  if (Object.hasOwn(PRINTED, breaks)) return breaks;
  throw usageError(
    "bad-breaks",
    "breaks",
    breaks,
    `The breaks must be "level", "trend" or "both", not ${JSON.stringify(breaks)}.`,
  );
}

function choiceOf(y: Float64Array, options: ZivotAndrewsOptions): LagChoice | null {
  const lags = options.lags ?? "aic";
  if (typeof lags === "number") return null;
  const schwert = Math.ceil(12 * powerOf(y.length / 100, 0.25));
  const most = options.maxLags ?? Math.max(0, Math.min(schwert, Math.floor(y.length / 2) - 3));
  requireInteger("maxLags", most, 0, y.length);
  requireLength(y.length - 1 - most, `${PURPOSE} with up to ${most} lags (rows of its regression)`, most + 4);
  return chooseLags(y, "trend", lags, 0, most);
}

/** Values before the first and the last break that is tried. */
function breakRange(n: number, breaks: Break, trim: number): readonly [number, number] {
  if (!(trim >= 0 && trim <= 1 / 3)) {
    throw usageError("bad-trim", "trim", trim, `The trim must be a share from 0 to 1/3, not ${trim}.`);
  }
  const cut = Math.trunc(n * trim);
  // statsmodels counts the values before a slope's break from one less than those before a level's.
  const shift = breaks === "trend" && cut > 0 ? 1 : 0;
  return [Math.max(1, cut + 1 - shift), Math.min(n - 1, n - cut - shift)];
}

function breakStatistics(
  y: Float64Array,
  breaks: Break,
  lags: number,
  first: number,
  last: number,
): Float64Array {
  const rows = dickeyFullerRows(y, lags, "trend");
  const n = rows.change.length;
  const base: Float64Array[] = [];
  for (const column of [...rows.terms, ...rows.lagged]) extend(base, column);
  requireLength(n, `${PURPOSE} with ${lags} lags (rows of its regression)`, base.length + 4);
  const level = takeOut(base, rows.level);
  const change = takeOut(base, rows.change);
  const scan = breakScan(
    base,
    level,
    change,
    ({ level: "step", trend: "ramp", both: "both" } as const)[breaks],
  );
  const free = n - base.length - (breaks === "both" ? 3 : 2);
  const exact = (index: number) => statisticAt(base, level, change, index - lags - 1, breaks);
  const statistics = Float64Array.from({ length: last - first + 1 }, (_, i) => {
    const products = scan(first + i - lags - 1);
    if (products === null) return exact(first + i);
    const slope = products.xy / products.xx;
    const rss = products.yy - slope * products.xy;
    return rss > 1e-10 * products.yy ? slope / Math.sqrt(rss / free / products.xx) : exact(first + i);
  });
  const least = leastOf(statistics);
  statistics[least] = exact(first + least);
  return statistics;
}

function leastOf(statistics: Float64Array): number {
  let least = 0;
  for (let i = 1; i < statistics.length; i++) if (statistics[i] < statistics[least]) least = i;
  return least;
}

/** The t-ratio of the level with a break before row `row`, all other terms already taken out of level and change. */
function statisticAt(
  base: readonly Float64Array[],
  level: Float64Array,
  change: Float64Array,
  row: number,
  breaks: Break,
): number {
  const basis = base.slice();
  const restLevel = level.slice();
  const restChange = change.slice();
  const columns: ((i: number) => number)[] = [];
  if (breaks !== "trend") columns.push((i) => (i >= row ? 1 : 0));
  if (breaks !== "level") columns.push((i) => Math.max(0, i - row + 1));
  for (const column of columns) {
    const unit = extend(
      basis,
      Float64Array.from(change, (_, i) => column(i)),
    );
    if (unit === null) continue;
    project(restLevel, unit);
    project(restChange, unit);
  }
  const square = inner(restLevel, restLevel);
  const slope = inner(restLevel, restChange) / square;
  addMultiple(restLevel, restChange, 0, restChange.length, -slope);
  const rss = inner(restChange, restChange);
  if (!(square > 0) || !(rss > 1e-22 * inner(change, change))) throw perfectFit(PURPOSE);
  return slope / Math.sqrt(rss / (change.length - basis.length - 1) / square);
}

function tableOf(breaks: Break, statistic: number): TablePValue {
  const { percents, quantiles } = ZIVOT_ANDREWS[breaks];
  const last = quantiles.length - 1;
  const beyond = statistic < quantiles[0] ? "below" : statistic > quantiles[last] ? "above" : null;
  const source = "statsmodels' simulation of 100,000 series of 2,000 values";
  return { pValue: lookUp(quantiles, percents, statistic) / 100, beyond, source };
}

function criticalValues(breaks: Break): CriticalValues {
  const { percents, quantiles } = ZIVOT_ANDREWS[breaks];
  const at = (percent: number) => lookUp(percents, quantiles, percent);
  return { "1%": at(1), "5%": at(5), "10%": at(10) };
}

import { YuleError } from "../core/errors.js";
import type { Series } from "../core/series.js";
import { usualPeriods } from "../core/usual-periods.js";
import { sentencesOf } from "./advice-sentences.js";
import type { Advice, Findings, Verdict } from "./advice-types.js";
import { boxCoxLambda } from "./box-cox-lambda.js";
import { mstl } from "./decomposition/mstl.js";
import { strengths } from "./decomposition/strength.js";
import { differenceOnce } from "./differencing.js";
import type { Differencing } from "./evidence.js";
import { findPeriod } from "./find-period.js";
import { interpolateMissing } from "./interpolate.js";
import { findLevelShifts } from "./level-shifts.js";
import { ndiffs } from "./ndiffs.js";
import { nsdiffs } from "./nsdiffs.js";
import { findOutliers } from "./outliers.js";
import { type SuggestedOrders, suggestOrders } from "./suggest-orders.js";
import { adf } from "./unit-root/adf.js";
import { kpss } from "./unit-root/kpss.js";
import { phillipsPerron } from "./unit-root/phillips-perron.js";
import { countMissing } from "./values.js";

/** A transformation is advised only where the largest value is this many times the smallest. */
const WIDE = 2;
/** The lags with which the number of differences is found, so that verdict and differences do not part ways. */
const LIKE_NDIFFS = "square-root";
/** Fewer values tell nothing about how their spread depends on their level. */
const ENOUGH = 20;

/**
 * Looks at a series and says what to do with it: is it stationary, what to difference, which period, which
 * transformation, which orders to start with, which values are odd.
 *
 * Gaps are interpolated for the tests that cannot have them. Tests of stationarity look at the series as it is;
 * differences, orders and the suggested model at the transformed one where a transformation is advised.
 *
 * @throws YuleError never for unusable data: what cannot be computed is null or empty.
 * @example
 * const { model, sentences } = advise(series(values, { period: 12, start: "1949-01", frequency: "M" }));
 * for (const { text } of sentences) console.log(text);
 */
export function advise(series: Series): Advice {
  const { y } = series;
  const missing = countMissing(y);
  const periodSearch = datesTell(series) ? null : possible(() => findPeriod(y));
  const period = series.period > 1 ? series.period : (periodSearch?.period ?? 1);
  const complete = possible(() => interpolateMissing(y, period));
  const transformation = transformationOf(y, period);
  const scaled = complete !== null && transformation.kind === "log" ? complete.map(Math.log) : complete;
  const seasonal = scaled === null || period === 1 ? null : possible(() => nsdiffs(scaled, period));
  const deseasonalised = scaled === null ? null : repeatedly(scaled, period, seasonal?.differences ?? 0);
  const ordinary = deseasonalised === null ? null : possible(() => ndiffs(deseasonalised));
  const stationary =
    deseasonalised === null ? null : repeatedly(deseasonalised, 1, ordinary?.differences ?? 0);
  const orders =
    stationary === null || stationary.length < 8 ? null : possible(() => suggestOrders(stationary, period));
  const tests = testsOf(complete);
  const longer = longerSeasonOf(series);
  const oneSeason = longer === null ? y : y.map((value, t) => value - longer.values[t]!);
  const log = transformation.kind === "log" && longer === null;
  const findings: Findings = {
    observations: y.length - missing,
    missing,
    period,
    periodSearch,
    strengths: strengthsOf(y, period),
    longerSeason: longer === null ? null : { period: longer.period, strength: longer.strength },
    tests,
    stationary: verdictOf(tests, complete),
    differences: {
      ordinary: ordinary?.differences ?? null,
      seasonal: seasonal?.differences ?? (period === 1 && ordinary !== null ? 0 : null),
    },
    evidence: { ordinary, seasonal },
    transformation,
    outliers: possible(() => findOutliers(oneSeason, period, log ? { lambda: 0 } : {})) ?? [],
    levelShifts: possible(() => findLevelShifts(oneSeason, period)) ?? [],
    orders,
    model: modelOf(orders, ordinary, seasonal, period),
  };
  return { ...findings, sentences: sentencesOf(findings) };
}

/** Whether the period is known without looking at the values. */
function datesTell({ period, time }: Series): boolean {
  return period > 1 || (time !== null && time.frequency.unit !== "index");
}

/** The result, or null where the data do not allow it. */
function possible<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof YuleError && error.category === "data") return null;
    throw error;
  }
}

function repeatedly(y: Float64Array, lag: number, times: number): Float64Array {
  let current = y;
  for (let i = 0; i < times; i++) current = differenceOnce(current, lag);
  return current;
}

function testsOf(complete: Float64Array | null): Advice["tests"] {
  if (complete === null) return { adf: null, kpss: null, pp: null };
  return {
    adf: possible(() => adf(complete)),
    kpss: possible(() => kpss(complete, { lags: LIKE_NDIFFS })),
    pp: possible(() => phillipsPerron(complete, { regression: "constant" })),
  };
}

function verdictOf({ adf: unitRoot, kpss: level }: Advice["tests"], complete: Float64Array | null): Verdict {
  if (unitRoot === null || level === null || complete === null) return "unknown";
  const [noRoot, noLevel] = [unitRoot.pValue < 0.05, level.pValue < 0.05];
  if (noRoot && !noLevel) return "stationary";
  const aroundLine = possible(() => kpss(complete, { regression: "trend", lags: LIKE_NDIFFS }));
  const rootAroundLine = possible(() => adf(complete, { regression: "trend" }));
  if (noLevel && (aroundLine?.pValue ?? 0) >= 0.05 && (rootAroundLine?.pValue ?? 1) < 0.05)
    return "trend-stationary";
  if (noLevel) return noRoot ? "contradictory" : "unit-root";
  return "undecided";
}

function strengthsOf(y: Float64Array, period: number): Advice["strengths"] {
  const parts = possible(() => strengths(mstl(y, period)));
  return parts === null || Number.isNaN(parts.trend)
    ? null
    : { trend: parts.trend, season: parts.seasons[0] ?? null };
}

/** A season that explains less than this share of what is left is not worth a sentence. */
const TELLING = 0.3;

function longerSeasonOf(series: Series) {
  const [, period] = usualPeriods(series);
  if (period === undefined) return null;
  const parts = possible(() => mstl(series.y, [series.period, period]));
  const strength = parts === null ? 0 : (strengths(parts).seasons[1] ?? 0);
  return strength > TELLING ? { period, strength, values: parts!.seasons[1]!.values } : null;
}

function transformationOf(y: Float64Array, period: number): Advice["transformation"] {
  const choice = possible(() => boxCoxLambda(y, period));
  if (choice === null || choice.notes.some((note) => note.code === "no-lambda"))
    return { kind: "none", lambda: null };
  const { lambda } = choice;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of y) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const wide = low > 0 && high >= WIDE * low;
  if (!wide || lambda > 0.7 || y.length < ENOUGH) return { kind: "none", lambda };
  return { kind: lambda <= 0.3 ? "log" : "box-cox", lambda };
}

function modelOf(
  orders: SuggestedOrders | null,
  ordinary: Differencing | null,
  seasonal: Differencing | null,
  period: number,
): string | null {
  if (orders === null || ordinary === null) return null;
  const plain = `arima(${orders.ar},${ordinary.differences},${orders.ma})`;
  const parts = [orders.seasonalAr, seasonal?.differences ?? 0, orders.seasonalMa];
  return parts.every((part) => part === 0) ? plain : `${plain}(${parts.join(",")})[${period}]`;
}

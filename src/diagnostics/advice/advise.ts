import { requireSeries, type Series } from "../../core/series.js";
import { differenceOnce } from "../differencing.js";
import type { Differencing } from "../evidence.js";
import { interpolateMissing } from "../interpolate.js";
import { ndiffs } from "../orders/ndiffs.js";
import { findCycle } from "../seasonality/find-cycle.js";
import { findPeriod } from "../seasonality/find-period.js";
import { countMissing, isConstant } from "../values.js";
import { firstModel } from "./first-model.js";
import { oddValues } from "./odd-values.js";
import { possible } from "./possible.js";
import { scaleForOutliers, scaleOf, transformationOf } from "./scale.js";
import { longerSeasonOf, type SeasonStrength, seasonalComponent, seasonStrength } from "./season.js";
import { sentencesOf } from "./sentences.js";
import { stationarityTests, trendLineOf, verdictOf } from "./stationarity.js";
import type { Advice, Findings, TrendLine } from "./types.js";

/** So many of the last values are looked at: enough for every test, and bounded work for any length. */
const EXAMINED = 20_000;
/** Fewer values tell neither season nor outliers nor stationarity. */
const SHORT = 8;
/** Above this seasonal strength a seasonal difference forecast better, over the M3 and M4 data (R's forecast). */
const SEASONAL_DIFFERENCE = 0.64;
/** Zeros in this share mean more than 1.32 periods between demands (Syntetos, Boylan, Croston 2005). */
const INTERMITTENT_ZEROS = 1 - 1 / 1.32;

/**
 * Examines a series and suggests a model: stationarity, differences, season or cycle, transformation, orders to start with,
 * outliers and level shifts.
 *
 * One value a test: the sentences rest on the numbers in `tests`, which leave missing values out; for the rest gaps are
 * interpolated. Differences, orders and odd values are those of the transformed series where a transformation is advised. Of
 * more than 20,000 values the last 20,000 are looked at (`examined`).
 *
 * @param series n values in time order, NaN where missing; its period and frequency are used where it has them.
 * @returns findings as sentences and data, and the notation of a model to start with.
 * @throws YuleError never for unusable data: what cannot be computed is null or empty.
 * @example
 * const { model, sentences } = advise(series(values, { period: 12, start: "1949-01", frequency: "M" }));
 * for (const { text } of sentences) console.log(text);
 */
export function advise(series: Series): Advice {
  const findings = findingsOf(requireSeries(series, "advise takes"));
  return { ...findings, sentences: sentencesOf(findings, series.time) };
}

function findingsOf(series: Series): Findings {
  const offset = Math.max(0, series.y.length - EXAMINED);
  const y = series.y.slice(offset);
  const missing = countMissing(series.y);
  const basis = {
    ...NOTHING,
    observations: series.y.length - missing,
    missing,
    examined: y.length,
    period: series.period,
    tests: stationarityTests(y),
  };
  const observed = y.filter((value) => !Number.isNaN(value));
  if (observed.length === 0) return { ...basis, kind: "empty" };
  if (isConstant(observed)) return { ...basis, kind: "constant", differences: { ordinary: 0, seasonal: 0 } };
  if (countMissing(y) === 0 && isLine(y))
    return { ...basis, kind: "line", differences: { ordinary: 1, seasonal: 0 } };
  if (observed.length < SHORT) return { ...basis, kind: "short" };
  const findings = looked(series, y, observed, basis);
  const moved = <T extends { readonly index: number }>(found: readonly T[]) =>
    found.map((one) => ({ ...one, index: one.index + offset }));
  return { ...findings, outliers: moved(findings.outliers), levelShifts: moved(findings.levelShifts) };
}

/** What there is to say of a series that varies, from its last values `y`. */
function looked(series: Series, y: Float64Array, observed: Float64Array, basis: Findings): Findings {
  const search = datesTell(series) ? null : possible(() => findPeriod(y));
  const period = series.period > 1 ? series.period : (search?.period ?? 1);
  const complete = interpolateMissing(y, period);
  const zeros = observed.filter((value) => value === 0).length / observed.length;
  const raw = period > 1 ? seasonStrength(y, complete, period) : null;
  const transformation = transformationOf(complete, raw?.season.present === true ? period : 1);
  const { forth } = scaleOf(transformation);
  const scaled = forth(complete);
  const same = transformation.kind === "none" || raw === null;
  const strength = same ? raw : seasonStrength(forth(y), scaled, period);
  const present = strength?.season.present === true;
  const longerSeason = longerSeasonOf({ time: series.time, period }, scaled);
  const periods = [...(present ? [period] : []), ...(longerSeason === null ? [] : [longerSeason.period])];
  const negative = observed.some((value) => value < 0);
  const intermittent = zeros > INTERMITTENT_ZEROS && !negative && periods.length === 0;
  const found = {
    ...basis,
    kind: intermittent ? ("intermittent" as const) : ("usual" as const),
    zeros,
    period,
    periodSearch: search,
    season: strength?.season ?? (period > 1 ? { period, strength: null, present: false } : null),
    strengths: strengthsOf(strength),
    longerSeason,
    transformation,
  };
  if (intermittent) {
    const { outliers } = oddValues(y, complete, [], scaleForOutliers(transformation, observed));
    return { ...found, outliers, model: "tsb", stationary: verdictOf(basis.tests, null, observed.length) };
  }
  return { ...found, ...modelled(y, complete, scaled, periods, found) };
}

/** Odd values, cycle, stationarity, differences, and the model that follows from them. */
function modelled(
  y: Float64Array,
  complete: Float64Array,
  scaled: Float64Array,
  periods: readonly number[],
  { tests, transformation, period, season }: Findings,
): Partial<Findings> {
  const observed = y.filter((value) => !Number.isNaN(value));
  const odd = oddValues(y, complete, periods, scaleForOutliers(transformation, observed));
  const cycle = possible(() => findCycle(odd.calm))?.length ?? null;
  const line = transformation.kind === "none" ? lineOf(complete, periods) : null;
  const stationary = verdictOf(tests, line, complete.length);
  const present = season?.present === true;
  const seasonal = seasonalDifferences(present ? (season.strength ?? 0) : 0, present);
  const ordinary = ordinaryOf(scaled, period, seasonal?.differences ?? 0, stationary, cycle);
  const first = firstModel(scaled, {
    period: present ? period : 1,
    ordinary: ordinary?.differences ?? null,
    seasonal: seasonal?.differences ?? 0,
    verdict: stationary,
    cycle,
    transformed: transformation.kind === "none" ? null : transformation.kind,
  });
  return {
    outliers: odd.outliers,
    levelShifts: odd.levelShifts,
    cycle,
    line,
    stationary,
    evidence: { ordinary, seasonal },
    differences: { ordinary: ordinary?.differences ?? null, seasonal: seasonal?.differences ?? 0 },
    ...first,
  };
}

/** What is known of a series without anything to look at. */
const NOTHING: Findings = {
  observations: 0,
  missing: 0,
  examined: 0,
  kind: "usual",
  zeros: 0,
  period: 1,
  periodSearch: null,
  season: null,
  strengths: null,
  longerSeason: null,
  cycle: null,
  tests: { adf: null, kpss: null, pp: null },
  line: null,
  stationary: "unknown",
  differences: { ordinary: null, seasonal: null },
  evidence: { ordinary: null, seasonal: null },
  transformation: { kind: "none", lambda: null, slope: null },
  outliers: [],
  levelShifts: [],
  orders: null,
  model: null,
  differenced: null,
  differencedName: "series",
};

/** Whether the period is known without looking at the values. */
function datesTell({ period, time }: Series): boolean {
  return period > 1 || (time !== null && time.frequency.unit !== "index");
}

/** Whether all values lie on a straight line, but for rounding. */
function isLine(y: Float64Array): boolean {
  if (y.length < 3) return false;
  const size = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let t = 2; t < y.length; t++)
    if (!(Math.abs(y[t] - 2 * y[t - 1] + y[t - 2]) <= 1e-12 * size)) return false;
  return true;
}

function strengthsOf(strength: SeasonStrength | null): Advice["strengths"] {
  return strength === null ? null : { trend: strength.trend, season: strength.season.strength };
}

/** One seasonal difference where the season is strong; null where there is none to take. */
function seasonalDifferences(strength: number, present: boolean): Differencing | null {
  if (!present) return null;
  const differenceAgain = strength > SEASONAL_DIFFERENCE;
  const criticalValue = SEASONAL_DIFFERENCE;
  return {
    differences: differenceAgain ? 1 : 0,
    evidence: [
      {
        ...{ differences: 0, test: "strength", statistic: strength, criticalValue },
        ...{ pValue: null, lags: null, differenceAgain },
      },
    ],
    notes: [],
  };
}

/** The line through the seasonally adjusted series. */
function lineOf(complete: Float64Array, periods: readonly number[]): TrendLine | null {
  const season = seasonalComponent(complete, periods, false);
  return possible(() => trendLineOf(complete.map((value, t) => value - season[t])));
}

/**
 * Ordinary differences that go with the verdict: none for a series stationary around a level or a line, and none for a cycle
 * that misleads KPSS; else as many as `ndiffs` finds, after a seasonal difference where there is one.
 */
function ordinaryOf(
  scaled: Float64Array,
  period: number,
  seasonal: number,
  verdict: Advice["stationary"],
  cycle: number | null,
): Differencing | null {
  if (seasonal > 0) return ndiffs(differenceOnce(scaled, period));
  if (verdict === "unknown") return null;
  const cyclic = verdict === "contradictory" && cycle !== null;
  if (cyclic || verdict === "stationary" || verdict === "trend-stationary" || verdict === "undecided")
    return { differences: 0, evidence: [], notes: [] };
  const asked = ndiffs(scaled);
  return { ...asked, differences: Math.max(1, asked.differences) };
}

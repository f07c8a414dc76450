import type { Series } from "../core/series.js";
import { formatFrequency, timeLabel } from "../core/time/calendar.js";
import { advise } from "../diagnostics/advice/advise.js";
import { possible } from "../diagnostics/advice/possible.js";
import type { Advice, Sentence } from "../diagnostics/advice/types.js";
import { acf } from "../diagnostics/correlation/acf.js";
import { type Correlogram, defaultMaxLag } from "../diagnostics/correlation/correlogram.js";
import { pacf } from "../diagnostics/correlation/pacf.js";
import type { TestResult } from "../diagnostics/result.js";
import { meanOf, varianceOf } from "../diagnostics/summary.js";

/** The result of a test as `inspect` shows it. */
export interface TestSummary {
  readonly statistic: number;
  readonly pValue: number;
  readonly nullHypothesis: string;
}

/** Correlations from lag 1 on, and the 95 % band of an independent series. */
export interface Correlations {
  readonly lags: readonly number[];
  readonly values: readonly number[];
  readonly band: number;
}

/** What a series is, without a model. Parts that cannot be computed are null. */
export interface Inspection {
  readonly id: string;
  readonly frequency: string | null;
  readonly period: number;
  readonly observations: number;
  readonly missing: number;
  /** How many of the last values the tests and the advice rest on. */
  readonly examined: number;
  readonly summary: {
    readonly mean: number;
    readonly sd: number;
    readonly min: number;
    readonly max: number;
  };
  readonly tests: {
    readonly adf: TestSummary | null;
    readonly kpss: TestSummary | null;
    readonly pp: TestSummary | null;
  };
  readonly differences: { readonly ordinary: number | null; readonly seasonal: number | null };
  /** Length of a cycle without a fixed period, in values. */
  readonly cycle: number | null;
  readonly outliers: readonly { readonly ds: string; readonly value: number; readonly expected: number }[];
  readonly levelShifts: readonly { readonly ds: string; readonly size: number }[];
  readonly acf: Correlations | null;
  readonly pacf: Correlations | null;
  /** A first model to try, and what to do about the series in sentences. */
  readonly advice: {
    readonly model: string | null;
    /** As `--transform` takes it. */
    readonly transform: string | null;
    readonly sentences: readonly Sentence[];
  };
}

/** What people are shown besides: the correlations of the series that the orders are read from. */
export interface Looked {
  readonly item: Inspection;
  readonly differenced: {
    readonly name: string;
    readonly acf: Correlations;
    readonly pacf: Correlations;
  } | null;
  /** A period that was found in the values and that a command has to name. */
  readonly foundPeriod: number | null;
}

/** Longest lag of the correlograms. */
const MOST_LAGS = 3000;

export function inspection(series: Series): Looked {
  const { id, y, period, time } = series;
  const present = y.filter((value) => !Number.isNaN(value));
  const lags = Math.min(
    y.length - 1,
    Math.max(defaultMaxLag(y.length), Math.min(2 * period, Math.floor(y.length / 2), MOST_LAGS)),
  );
  const advice = advise(series);
  const { adf, kpss, pp } = advice.tests;
  const ds = (index: number) => (time === null ? String(index + 1) : timeLabel(time, index));
  const item: Inspection = {
    id,
    frequency: time === null ? null : formatFrequency(time.frequency),
    period,
    observations: advice.observations,
    missing: advice.missing,
    examined: advice.examined,
    summary: summaryOf(present),
    tests: { adf: testSummary(adf), kpss: testSummary(kpss), pp: testSummary(pp) },
    differences: advice.differences,
    cycle: advice.cycle,
    outliers: advice.outliers.map(({ index, value, replacement }) => ({
      ...{ ds: ds(index), value, expected: replacement },
    })),
    levelShifts: advice.levelShifts.map(({ index, size }) => ({ ds: ds(index), size })),
    acf: possible(() => correlationsOf(acf(y, { maxLag: lags }))),
    pacf: possible(() => correlationsOf(pacf(y, { maxLag: lags }))),
    advice: { model: advice.model, transform: transformOf(advice), sentences: advice.sentences },
  };
  const found = (advice.periodSearch?.period ?? 1) > 1 ? advice.period : null;
  return { item, differenced: differencedOf(advice), foundPeriod: found };
}

function summaryOf(present: Float64Array): Inspection["summary"] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of present) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const none = present.length === 0;
  return {
    mean: none ? Number.NaN : meanOf(present),
    sd: present.length < 2 ? Number.NaN : Math.sqrt(varianceOf(present)),
    min: none ? Number.NaN : min,
    max: none ? Number.NaN : max,
  };
}

function transformOf({ transformation: { kind, lambda } }: Advice): string | null {
  if (kind === "none") return null;
  return kind === "log" ? "log" : `box-cox:${lambda}`;
}

function differencedOf({ differenced, differencedName }: Advice): Looked["differenced"] {
  if (differenced === null) return null;
  return possible(() => {
    const maxLag = Math.min(differenced.length - 1, Math.max(24, defaultMaxLag(differenced.length)));
    return {
      name: differencedName,
      acf: correlationsOf(acf(differenced, { maxLag })),
      pacf: correlationsOf(pacf(differenced, { maxLag })),
    };
  });
}

function testSummary(result: TestResult | null): TestSummary | null {
  if (result === null) return null;
  const { statistic, pValue, nullHypothesis } = result;
  return { statistic, pValue, nullHypothesis };
}

/** Correlations from lag 1 on. */
export function correlationsOf({ lags, values, band }: Correlogram): Correlations {
  const from = lags[0] === 0 ? 1 : 0;
  return {
    lags: lags.slice(from),
    values: Array.from(values.subarray(from)),
    band: band.at(-1) ?? Number.NaN,
  };
}

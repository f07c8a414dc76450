import { formatFrequency } from "../core/calendar.js";
import { YuleError } from "../core/errors.js";
import type { Series } from "../core/series.js";
import { acf } from "../diagnostics/acf.js";
import { advise } from "../diagnostics/advice.js";
import type { Sentence } from "../diagnostics/advice-types.js";
import type { Correlogram } from "../diagnostics/correlogram.js";
import { defaultMaxLag } from "../diagnostics/correlogram.js";
import { difference } from "../diagnostics/differencing.js";
import { ndiffs } from "../diagnostics/ndiffs.js";
import { nsdiffs } from "../diagnostics/nsdiffs.js";
import { pacf } from "../diagnostics/pacf.js";
import type { TestResult } from "../diagnostics/result.js";
import { meanOf, varianceOf } from "../diagnostics/summary.js";
import { adf } from "../diagnostics/unit-root/adf.js";
import { kpss } from "../diagnostics/unit-root/kpss.js";
import { phillipsPerron } from "../diagnostics/unit-root/phillips-perron.js";

/** A test's outcome as inspect tells it. */
export interface TestSummary {
  readonly statistic: number;
  readonly pValue: number;
  readonly nullHypothesis: string;
}

/** Correlations from lag 1 on, and the band that an independent series would stay inside. */
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
  readonly acf: Correlations | null;
  readonly pacf: Correlations | null;
  /** A first model to try, and what to do about the series in sentences. */
  readonly advice: { readonly model: string | null; readonly sentences: readonly Sentence[] };
}

export function inspection(series: Series): Inspection {
  const { id, y, period, time } = series;
  const present = y.filter((value) => !Number.isNaN(value));
  const lags = Math.min(
    y.length - 1,
    Math.max(defaultMaxLag(y.length), Math.min(2 * period, Math.floor(y.length / 2))),
  );
  const { model, sentences } = advise(series);
  const seasonal = period > 1 ? possible(() => nsdiffs(y, period).differences) : 0;
  return {
    id,
    frequency: time === null ? null : formatFrequency(time.frequency),
    period,
    observations: present.length,
    missing: y.length - present.length,
    summary: {
      mean: present.length === 0 ? Number.NaN : meanOf(present),
      sd: present.length < 2 ? Number.NaN : Math.sqrt(varianceOf(present)),
      min: least(present),
      max: -least(present.map((value) => -value)),
    },
    tests: {
      adf: possible(() => summaryOf(adf(y, { missing: "drop" }))),
      kpss: possible(() => summaryOf(kpss(y, { missing: "drop" }))),
      pp: possible(() => summaryOf(phillipsPerron(y, { regression: "constant", missing: "drop" }))),
    },
    differences: { ordinary: possible(() => ordinary(y, period, seasonal ?? 0)), seasonal },
    acf: possible(() => correlationsOf(acf(y, { maxLag: lags }))),
    pacf: possible(() => correlationsOf(pacf(y, { maxLag: lags }))),
    advice: { model, sentences },
  };
}

/** Ordinary differences after the seasonal ones, as an automatic ARIMA takes them. */
function ordinary(y: Float64Array, period: number, seasonal: number): number {
  return ndiffs(seasonal === 0 ? y : difference(y, period, seasonal)).differences;
}

/** The result, or null where the data do not allow it: too short, constant. */
function possible<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof YuleError && error.category === "data") return null;
    throw error;
  }
}

function summaryOf({ statistic, pValue, nullHypothesis }: TestResult): TestSummary {
  return { statistic, pValue, nullHypothesis };
}

function correlationsOf({ lags, values, band }: Correlogram): Correlations {
  const from = lags[0] === 0 ? 1 : 0;
  return {
    lags: lags.slice(from),
    values: Array.from(values.subarray(from)),
    band: band.at(-1) ?? Number.NaN,
  };
}

function least(values: Float64Array): number {
  return values.length === 0 ? Number.NaN : values.reduce((low, value) => Math.min(low, value));
}

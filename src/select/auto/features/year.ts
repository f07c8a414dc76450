import type { Series } from "../../../core/series.js";
import { withoutLine } from "../../../diagnostics/seasonality/find-frequency.js";

/** A year of days or weeks that is not the season of the series. */
export interface Year {
  /** Its length in steps. */
  readonly period: number;
  /** Whether one year was so much like the next that the year is in the data. */
  readonly clear: boolean;
}

const A_WEEK = 7;
/** 365.25 / 7 as the field writes it: names of models show it. */
const A_YEAR_OF_WEEKS = 52.18;
const WEEKS_A_YEAR = 52;
/** Years that must be seen before a year is tried as waves. */
const LEAST_YEARS = 1.9;
/** Parts of a year whose means are compared with those of the year before: four weeks each. */
const PARTS = 13;
/**
 * Correlations of these from which a year of days is tried, and is clear. Of 500 random walks of 700 days each 25 % and 5 % have such; of
 * noise 27 % and 1 %, of a year as large as the noise all.
 */
const SOME = 0.2;
const CLEAR = 0.7;

/** The year of weekly or daily values, where about two years were seen and, of days, one was somewhat like the next. */
export function yearOf(series: Series): Year | null {
  const period = stepsAYear(series);
  if (period === null || series.y.length < LEAST_YEARS * period) return null;
  const likeness = likenessOfYears(series.y, period);
  const days = series.period === A_WEEK;
  return days && !(likeness > SOME) ? null : { period, clear: likeness > CLEAR };
}

function stepsAYear({ period, cycle, time }: Series): number | null {
  if (cycle !== undefined) return cycle;
  const unit = time?.frequency.count === 1 ? time.frequency.unit : null;
  if (unit === "week" || period === WEEKS_A_YEAR) return A_YEAR_OF_WEEKS;
  return period === A_WEEK ? 365.25 : null;
}

/** Correlation of the means of parts of a year, less a straight line, with those of the same parts of the year before. */
function likenessOfYears(y: Float64Array, year: number): number {
  const size = year / PARTS;
  const means = Float64Array.from({ length: Math.floor(y.length / size) }, (_, k) =>
    meanOf(y.subarray(Math.round(y.length - (k + 1) * size), Math.round(y.length - k * size))),
  );
  const rest = withoutLine(means);
  return correlation(rest.slice(0, -PARTS), rest.slice(PARTS));
}

function meanOf(values: Float64Array): number {
  const seen = values.filter((value) => !Number.isNaN(value));
  return seen.reduce((sum, value) => sum + value, 0) / seen.length;
}

function correlation(a: Float64Array, b: Float64Array): number {
  const pairs = Array.from(a.keys()).filter((k) => !Number.isNaN(a[k]! + b[k]!));
  const [x, y] = [centred(pairs.map((k) => a[k]!)), centred(pairs.map((k) => b[k]!))];
  const products = (u: readonly number[], v: readonly number[]) =>
    u.reduce((sum, value, k) => sum + value * v[k]!, 0);
  return products(x, y) / Math.sqrt(products(x, x) * products(y, y));
}

function centred(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return values.map((value) => value - mean);
}

import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import { powerOf, square } from "../../math/power.js";
import { normalCdf } from "../../math/special-functions/normal.js";
import { perfectFit } from "../evidence.js";
import type { TestResult } from "../result.js";
import { medianOf, varianceOf } from "../summary.js";
import { type MissingPolicy, prepare, requireVariation, type Values } from "../values.js";

/**
 * Durbin-Watson statistic Σ(e_t − e_{t−1})²/Σe_t²: about 2 without autocorrelation at lag 1, towards 0 with positive,
 * towards 4 with negative.
 *
 * @param residuals of a regression, in time order, around zero: their mean is not taken out.
 * @returns the statistic, 0 to 4; near 2 without autocorrelation.
 * @throws YuleError `too-short`, `constant-series` where all are zero, `missing-values`, `infinite-value`.
 * @see J. Durbin, G. S. Watson (1950), Biometrika 37, 409-428.
 * @example durbinWatson([1, -1, 1, -1]); // 3
 */
export function durbinWatson(residuals: Values): number {
  const { values } = prepare(residuals, "The Durbin-Watson statistic", 2, "refused");
  let changes = 0;
  let squares = 0;
  for (let t = 0; t < values.length; t++) {
    squares += square(values[t]);
    if (t > 0) changes += square(values[t] - values[t - 1]);
  }
  if (squares === 0) requireVariation(values, "The Durbin-Watson statistic");
  return changes / squares;
}

export interface RunsOptions {
  /** `"drop"` closes gaps and says so; default `"error"`. */
  readonly missing?: MissingPolicy;
}

export interface RunsResult extends TestResult {
  readonly test: "runs";
  /** Stretches on one side of the median. */
  readonly runs: number;
  /** Values above the median, and the others. */
  readonly above: number;
  readonly below: number;
}

const RUNS_TEST_OPTIONS: OptionTable<RunsOptions> = {
  missing: ["error", "drop"],
};

/**
 * Runs test: does the series change sides of its median as often as an independent one? A small p-value says no; a
 * negative statistic means too seldom (trend, persistence), a positive one too often. Two-sided, normal approximation.
 *
 * @param y values in time order.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `too-short`, `constant-series`, also where no value is above the median, `missing-values`,
 *   `infinite-value`.
 * @see A. Wald, J. Wolfowitz (1940), Annals of Mathematical Statistics 11, 147-162.
 * @example runsTest(values).runs;
 */
export function runsTest(y: Values, options: RunsOptions = {}): RunsResult {
  requireOptions("runsTest", options, RUNS_TEST_OPTIONS);
  const { values, notes } = prepare(y, "The runs test", 3, options.missing);
  requireVariation(values, "The runs test");
  const median = medianOf(values);
  const above = values.filter((value) => value > median).length;
  if (above === 0) requireVariation(new Float64Array(values.length).fill(median), "The runs test");
  const n = values.length;
  const below = n - above;
  let runs = 1;
  for (let t = 1; t < n; t++) if (values[t] > median !== values[t - 1] > median) runs++;
  const product = 2 * above * below;
  const variance = (product * (product - n)) / (n * n * (n - 1));
  const statistic = (runs - 1 - product / n) / Math.sqrt(variance);
  const pValue = 2 * normalCdf(-Math.abs(statistic));
  return { test: "runs", nullHypothesis: "independent", statistic, pValue, runs, above, below, notes };
}

export interface BdsOptions {
  /** Longest stretch of values compared, at least 2. Default 2. */
  readonly dimensions?: number;
  /** Two values are close within this many standard deviations. Default 1.5. */
  readonly distance?: number;
}

/** One test a dimension, from 2 on. */
export type BdsResult = TestResult & { readonly test: "bds"; readonly dimension: number };

const MOST_VALUES = 20_000;

const BDS_OPTIONS: OptionTable<BdsOptions> = {
  dimensions: "number",
  distance: "number",
};

/**
 * BDS test: are the values independent, in any way, not only without correlation? A small p-value says no.
 *
 * How often stretches of m values are close, against how often single values are: √n (C_m − C_1^m)/σ_m, standard normal.
 * Takes time proportional to the square of the length.
 *
 * @param y residuals in time order, up to 20,000.
 * @returns one result for each embedding dimension.
 * @throws YuleError `bad-dimensions`, `bad-distance`, `too-short`, `too-long`, `constant-series`, `missing-values`,
 *   `infinite-value`.
 * @see W. A. Broock, J. A. Scheinkman, W. D. Dechert, B. LeBaron (1996), Econometric Reviews 15, 197-235.
 * @example bds(residuals(fitted).slice(13), { dimensions: 3 }).map((test) => test.pValue);
 */
export function bds(y: Values, options: BdsOptions = {}): BdsResult[] {
  requireOptions("bds", options, BDS_OPTIONS);
  const { values } = prepare(y, "The BDS test", 5, "refused");
  requireVariation(values, "The BDS test");
  const most = requireInteger("dimensions", options.dimensions ?? 2, 2, values.length - 2);
  const distance = options.distance ?? 1.5;
  if (!(distance > 0)) {
    throw usageError("bad-distance", "distance", distance, `The distance must be above 0, not ${distance}.`);
  }
  if (values.length > MOST_VALUES) {
    throw usageError(
      "too-long",
      "y",
      values.length,
      `The BDS test compares all pairs, so it takes up to ${MOST_VALUES} values, not ${values.length}.`,
    );
  }
  const close = closeness(values, distance * Math.sqrt(varianceOf(values)), most);
  return Array.from({ length: most - 1 }, (_, i) => bdsAt(i + 2, values.length, close));
}

interface Closeness {
  /** Share of close pairs of stretches of m values, for each m. */
  readonly sums: Float64Array;
  /** The same of single values without the first m − 1. */
  readonly truncated: Float64Array;
  /** Chance that two values are both close to a third. */
  readonly triple: number;
}

function closeness(y: Float64Array, reach: number, most: number): Closeness {
  const n = y.length;
  const pairs = new Float64Array(most + 1);
  const truncated = new Float64Array(most + 1);
  const neighbours = new Float64Array(n).fill(1);
  // Along a diagonal i − j is fixed, so a stretch of close pairs grows one by one.
  for (let lag = 1; lag < n; lag++) {
    let stretch = 0;
    for (let i = lag; i < n; i++) {
      stretch = Math.abs(y[i] - y[i - lag]) < reach ? stretch + 1 : 0;
      if (stretch === 0) continue;
      neighbours[i] = neighbours[i] + 1;
      neighbours[i - lag] = neighbours[i - lag] + 1;
      for (let m = 1; m <= most; m++) {
        if (stretch >= m) pairs[m] = pairs[m] + 1;
        if (i - lag >= m - 1) truncated[m] = truncated[m] + 1;
      }
    }
  }
  const total = neighbours.reduce((sum, count) => sum + count, 0);
  const squares = neighbours.reduce((sum, count) => sum + square(count), 0);
  const share = (count: number, m: number) => count / (((n - m + 1) * (n - m)) / 2);
  return {
    sums: pairs.map(share),
    truncated: truncated.map(share),
    triple: (squares - 3 * total + 2 * n) / (n * (n - 1) * (n - 2)),
  };
}

function bdsAt(m: number, n: number, { sums, truncated, triple: k }: Closeness): BdsResult {
  const single = sums[1];
  let cross = 0;
  for (let j = 1; j < m; j++) cross += powerOf(k, m - j) * powerOf(single, 2 * j);
  const variance =
    4 *
    (powerOf(k, m) +
      2 * cross +
      square(m - 1) * powerOf(single, 2 * m) -
      square(m) * k * powerOf(single, 2 * m - 2));
  if (!(variance > 0)) throw perfectFit("The BDS test");
  const statistic = (Math.sqrt(n - m + 1) * (sums[m] - powerOf(truncated[m], m))) / Math.sqrt(variance);
  return {
    test: "bds",
    nullHypothesis: "independent",
    statistic,
    pValue: 2 * normalCdf(-Math.abs(statistic)),
    dimension: m,
    notes: [],
  };
}

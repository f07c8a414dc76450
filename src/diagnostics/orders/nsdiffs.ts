import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import type { Note } from "../../core/model.js";
import { mstl } from "../decomposition/mstl.js";
import { strengths } from "../decomposition/strength.js";
import { differenceOnce } from "../differencing.js";
import {
  clampAlpha,
  type Differencing,
  type DifferencingEvidence,
  failedTest,
  requireTest,
} from "../evidence.js";
import { canovaHansen } from "../seasonal-tests/canova-hansen.js";
import { hegy } from "../seasonal-tests/hegy.js";
import { ocsb } from "../seasonal-tests/ocsb.js";
import {
  countMissing,
  interpolatedNotes,
  isConstant,
  requireLength,
  toFloats,
  type Values,
} from "../values.js";

export interface NsdiffsOptions {
  /**
   * `strength` (default): seasonal strength of the STL decomposition above 0.64. `ocsb`, `hegy`: tests of a seasonal
   * unit root. `canova-hansen`: test of a constant seasonal pattern.
   */
  readonly test?: "strength" | "ocsb" | "hegy" | "canova-hansen";
  /** Level of the tests, 0.01 to 0.1. Default 0.05; `ocsb` knows 0.05 only, `strength` none. */
  readonly alpha?: number;
  /** Most seasonal differences to take. Default 1. */
  readonly maximum?: number;
}

const FIVE_PERCENT_ONLY: Note = {
  code: "alpha-clamped",
  severity: "warning",
  message: "The OCSB test has critical values for alpha 0.05 only, which was used.",
};
/** Above this seasonal strength a seasonal difference forecast better, over the M3 and M4 data (R's forecast). */
const STRENGTH_THRESHOLD = 0.64;

type Verdict = Omit<DifferencingEvidence, "differences" | "test">;

/** A test of whether a series needs a seasonal difference. */
export type SeasonalTest = (y: Float64Array, period: number, alpha: number) => Verdict;

/** Tests by their names: with fewer of them a page is smaller. */
export type SeasonalTests = Readonly<Partial<Record<string, SeasonalTest>>>;

const NSDIFFS_OPTIONS: OptionTable<NsdiffsOptions> = {
  test: ["strength", "ocsb", "hegy", "canova-hansen"],
  alpha: "number",
  maximum: "number",
};

/**
 * How many seasonal differences make the series stationary.
 *
 * As R's `forecast::nsdiffs` 8.20: none for constant series, for periods not shorter than the series, and, told in
 * `notes`, where the test cannot be run (for `strength`: two periods or fewer).
 *
 * @param y values in time order; NaN is missing.
 * @param period values in a season, at least 2.
 * @returns the number of seasonal differences and the evidence.
 * @throws YuleError `bad-period` for 1, `bad-maximum`, `bad-test`, `too-short` for no values, `infinite-value`.
 * @see X. Wang, K. A. Smith, R. J. Hyndman (2006), Data Mining and Knowledge Discovery 13, 335-364.
 * @example nsdiffs(passengers.y, 12).evidence[0]?.statistic; // 0.94; above 0.64: difference
 */
export function nsdiffs(y: Values, period: number, options: NsdiffsOptions = {}): Differencing {
  return seasonalDifferencesBy(SEASONAL_TESTS, y, period, options);
}

/** The same with some of the tests. */
export function seasonalDifferencesBy(
  tests: SeasonalTests,
  y: Values,
  period: number,
  options: NsdiffsOptions,
): Differencing {
  requireOptions("nsdiffs", options, NSDIFFS_OPTIONS);
  requireInteger("period", period, 2, Number.MAX_SAFE_INTEGER);
  const maximum = requireInteger("maximum", options.maximum ?? 1, 0, 100);
  const test = options.test ?? "strength";
  const judge = requireTest(test, tests);
  const { alpha, notes } = clampAlpha(options.alpha ?? 0.05);
  const told: Note[] = [...notes, ...(test === "ocsb" && alpha !== 0.05 ? [FIVE_PERCENT_ONLY] : [])];
  let current = toFloats(y);
  requireLength(current.length, "Finding the number of seasonal differences", 1);
  const evidence: DifferencingEvidence[] = [];
  let differences = 0;
  if (test === "strength") told.push(...interpolatedNotes(countMissing(current)));
  if (period >= current.length) return { differences, evidence, notes: told };
  while (!isConstant(current) && (differences === 0 || current.length >= 2 * period)) {
    const step = attempt(() => judge(current, period, alpha), test, differences, told);
    if (step === null) break;
    evidence.push(step);
    if (!step.differenceAgain || differences >= maximum) break;
    current = differenceOnce(current, period);
    differences++;
    if (differences >= maximum) break;
  }
  return { differences, evidence, notes: told };
}

function attempt(
  judge: () => Verdict,
  test: string,
  differences: number,
  notes: Note[],
): DifferencingEvidence | null {
  try {
    return { differences, test, ...judge() };
  } catch (error) {
    notes.push(failedTest(error, test, differences, "seasonal "));
    return null;
  }
}

function ocsbTest(y: Float64Array, period: number): Verdict {
  const { statistic, criticalValue, lags } = ocsb(y, period, { lags: "aic" });
  return { statistic, criticalValue, pValue: null, lags, differenceAgain: statistic > criticalValue };
}

function hegyTest(y: Float64Array, period: number, alpha: number): Verdict {
  const { statistic, pValue, lags } = hegy(y, period);
  return { statistic, criticalValue: null, pValue, lags, differenceAgain: pValue > alpha };
}

function canovaHansenTest(y: Float64Array, period: number, alpha: number): Verdict {
  const { statistic, pValue, lags } = canovaHansen(y, period);
  return { statistic, criticalValue: null, pValue, lags, differenceAgain: pValue < alpha };
}

/** Of the STL decomposition. */
export function strengthTest(y: Float64Array, period: number): Verdict {
  const statistic = strengths(mstl(y, period)).seasons[0];
  return {
    statistic,
    criticalValue: STRENGTH_THRESHOLD,
    pValue: null,
    lags: null,
    differenceAgain: statistic > STRENGTH_THRESHOLD,
  };
}

/** All of them. */
export const SEASONAL_TESTS: SeasonalTests = {
  strength: strengthTest,
  ocsb: ocsbTest,
  hegy: hegyTest,
  "canova-hansen": canovaHansenTest,
};

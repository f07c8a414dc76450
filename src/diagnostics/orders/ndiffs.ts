import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { YuleError } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import { differenceOnce } from "../differencing.js";
import {
  clampAlpha,
  type Differencing,
  type DifferencingEvidence,
  failedTest,
  perfectFit,
  requireTest,
} from "../evidence.js";
import { lookUp } from "../interpolation.js";
import { aroundLevel, aroundLine, KPSS_CRITICAL, KPSS_LEVELS, kpssStatistic } from "../unit-root/kpss.js";
import { fullerValues } from "../unit-root/null-distributions/tables.js";
import { phillipsPerron, zTauCriticalValues } from "../unit-root/phillips-perron.js";
import { dickeyFullerRows, fitDickeyFuller } from "../unit-root/regression/dickey-fuller.js";
import { lagsOf } from "../unit-root/regression/long-run-variance.js";
import {
  countMissing,
  dropMissing,
  droppedNotes,
  isConstant,
  requireLength,
  toFloats,
  type Values,
} from "../values.js";

export interface NdiffsOptions {
  /** Default `"kpss"`. */
  readonly test?: "kpss" | "adf" | "pp";
  /** Level of the test, 0.01 to 0.1. Default 0.05. */
  readonly alpha?: number;
  /** Most differences to take. Default 2. */
  readonly maximum?: number;
  /** Stationary around a level or a line. Default `"level"`. */
  readonly regression?: "level" | "trend";
}

const ADF = "The augmented Dickey-Fuller test";
/** Levels of the printed critical values of tests that reject on the left. */
const LEFT_LEVELS = [0.01, 0.05, 0.1];

/** A statistic, the table it is judged by, and the lags it used. */
export interface Judged {
  readonly statistic: number;
  /** Printed critical values, ascending, and their levels. */
  readonly critical: readonly number[];
  readonly levels: readonly number[];
  readonly lags: number;
}

type Regression = "level" | "trend";

/** A unit-root test of a series, stationary around a level or a line. */
export type UnitRootTest = (y: Float64Array, regression: Regression) => Judged;

/** Tests by their names: with fewer of them a page is smaller. */
export type UnitRootTests = Readonly<Partial<Record<string, UnitRootTest>>>;

const NDIFFS_OPTIONS: OptionTable<NdiffsOptions> = {
  test: ["kpss", "adf", "pp"],
  alpha: "number",
  maximum: "number",
  regression: ["level", "trend"],
};

/**
 * How many ordinary differences make the series stationary: tests, differences, tests again.
 *
 * As R's `forecast::ndiffs` 8.20. With `kpss` (⌊3√n/13⌋ lags) a difference is taken while p < alpha; with `adf`
 * (one lag) and `pp` (⌊4(n/100)^¼⌋ lags) while p > alpha, p read off the printed critical values and held at their
 * ends, so that kpss at alpha 0.01 never asks for a difference. Missing values are left out and told in `notes`. A
 * series that is constant, at the start or after a difference, needs no more.
 *
 * @param y values in time order; NaN is missing.
 * @returns the number of differences and the evidence.
 * @throws YuleError `too-short` for no values, `bad-maximum`, `bad-test`, `infinite-value`.
 * @see R. J. Hyndman, Y. Khandakar (2008), J. Statistical Software 27(3), section 3.1.
 * @example ndiffs([1, 2, 4, 7, 11, 16, 22, 29]).differences;
 */
export function ndiffs(y: Values, options: NdiffsOptions = {}): Differencing {
  return differencesBy(UNIT_ROOT_TESTS, y, options);
}

/** The same with some of the tests. */
export function differencesBy(tests: UnitRootTests, y: Values, options: NdiffsOptions): Differencing {
  requireOptions("ndiffs", options, NDIFFS_OPTIONS);
  const maximum = requireInteger("maximum", options.maximum ?? 2, 0, 100);
  const test = options.test ?? "kpss";
  const judge = requireTest(test, tests);
  const { alpha, notes } = clampAlpha(options.alpha ?? 0.05);
  const all = toFloats(y);
  const told: Note[] = [...notes, ...droppedNotes(countMissing(all))];
  let current = dropMissing(all);
  requireLength(current.length, "Finding the number of differences", 1);
  const evidence: DifferencingEvidence[] = [];
  let differences = 0;
  while (!isConstant(current)) {
    const judged = attempt(() => judge(current, options.regression ?? "level"), test, differences, told);
    if (judged === null) break;
    if (judged === "no residuals") {
      // The last difference left nothing to test, so it was one too many (R: return d − 1).
      differences = Math.max(0, differences - 1);
      break;
    }
    const step = weighUp(judged, test, alpha, differences);
    evidence.push(step);
    if (!step.differenceAgain || differences >= maximum) break;
    current = differenceOnce(current, 1);
    differences++;
  }
  return { differences, evidence, notes: told };
}

function attempt(
  judge: () => Judged,
  test: string,
  differences: number,
  notes: Note[],
): Judged | "no residuals" | null {
  try {
    return judge();
  } catch (error) {
    notes.push(failedTest(error, test, differences, ""));
    return error instanceof YuleError && error.code === "perfect-fit" ? "no residuals" : null;
  }
}

/** Kwiatkowski, Phillips, Schmidt and Shin's. */
export const kpssTest: UnitRootTest = (y, regression) => {
  const lags = lagsOf("square-root", y);
  const statistic = kpssStatistic(regression === "level" ? aroundLevel(y) : aroundLine(y), lags);
  if (!Number.isFinite(statistic)) throw perfectFit("The KPSS test");
  return { statistic, lags, critical: KPSS_CRITICAL[regression], levels: KPSS_LEVELS };
};

const dickeyFullerTest: UnitRootTest = (y, regression) => {
  const fit = fitDickeyFuller(dickeyFullerRows(y, 1, regression === "level" ? "constant" : "trend"), ADF);
  const critical = fullerValues(regression === "level" ? "tau2" : "tau3", y.length - 1);
  return { statistic: fit.statistic, lags: 1, critical, levels: LEFT_LEVELS };
};

const phillipsPerronTest: UnitRootTest = (y, regression) => {
  const terms = regression === "level" ? "constant" : "trend";
  const { statistic, lags, observations } = phillipsPerron(y, { regression: terms, moments: "current" });
  return { statistic, lags, critical: zTauCriticalValues(terms, observations), levels: LEFT_LEVELS };
};

/** All of them. */
export const UNIT_ROOT_TESTS: UnitRootTests = {
  kpss: kpssTest,
  adf: dickeyFullerTest,
  pp: phillipsPerronTest,
};

function weighUp(judged: Judged, test: string, alpha: number, differences: number): DifferencingEvidence {
  const pValue = lookUp(judged.critical, judged.levels, judged.statistic);
  const criticalValue =
    test === "kpss"
      ? lookUp([...judged.levels].reverse(), [...judged.critical].reverse(), alpha)
      : lookUp(judged.levels, judged.critical, alpha);
  const differenceAgain = test === "kpss" ? pValue < alpha : pValue > alpha;
  const { statistic, lags } = judged;
  return { differences, test, statistic, criticalValue, pValue, lags, differenceAgain };
}

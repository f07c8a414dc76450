import { show } from "../core/checks.js";
import { dataError, usageError, YuleError } from "../core/errors.js";
import type { Note } from "../core/model.js";

/** One test on the way to the number of differences. Plain data. */
export interface DifferencingEvidence {
  /** Differences taken before this test. */
  readonly differences: number;
  readonly test: string;
  readonly statistic: number;
  /** The critical value; null where the p-value decided. */
  readonly criticalValue: number | null;
  /** P-value that decided; null where the test has a threshold only. */
  readonly pValue: number | null;
  /** Lags the test used; null where it has none. */
  readonly lags: number | null;
  /** Whether this test asked for one more difference. */
  readonly differenceAgain: boolean;
}

/** How many differences a series needs, and why. Plain data. */
export interface Differencing {
  readonly differences: number;
  readonly evidence: readonly DifferencingEvidence[];
  readonly notes: readonly Note[];
}

/** The test of a name. @throws YuleError `bad-test` where it is none of them. */
export function requireTest<T>(test: string, tests: Readonly<Partial<Record<string, T>>>): T {
  const found = Object.hasOwn(tests, test) ? tests[test] : undefined;
  if (found !== undefined) return found;
  throw usageError(
    "bad-test",
    "test",
    test,
    `The test must be one of ${Object.keys(tests).join(", ")}, not ${show(test)}.`,
  );
}

/** The least and the greatest level R's tables know. */
export function clampAlpha(alpha: number): { alpha: number; notes: readonly Note[] } {
  const clamped = Math.min(Math.max(alpha, 0.01), 0.1);
  if (clamped === alpha) return { alpha, notes: [] };
  const message = `The tables of these tests reach from 0.01 to 0.1, so alpha ${alpha} was replaced by ${clamped}.`;
  return { alpha: clamped, notes: [{ code: "alpha-clamped", severity: "warning", message }] };
}

/** The note of a test that could not be run; anything but unusable data is thrown on. */
export function failedTest(error: unknown, test: string, differences: number, kind: string): Note {
  if (!(error instanceof YuleError) || error.category !== "data") throw error;
  return {
    code: "test-failed",
    severity: "warning",
    message: `The ${test} test could not be run after ${differences} ${kind}differences (${error.message}), so no more were taken.`,
    details: { test, differences, cause: error.code },
  };
}

/** The error of a regression without residuals: its t-ratios are undefined. */
export function perfectFit(purpose: string) {
  return dataError(
    "perfect-fit",
    "y",
    undefined,
    `${purpose} has no residuals to judge by: the series follows its own past exactly.`,
  );
}

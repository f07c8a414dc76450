import type { Note } from "../core/model.js";

/** A p-value read off a printed table, as R and statsmodels give it. */
export interface TablePValue {
  readonly pValue: number;
  /** `"below"`: the true p-value is smaller than the table's least; `"above"`: greater than its largest. */
  readonly beyond: "below" | "above" | null;
  /** Author and year of the table. */
  readonly source: string;
}

/** What every test returns; each adds its own details. Plain data. */
export interface TestResult {
  /** Name of the test, e.g. `"kpss"`. */
  readonly test: string;
  /** What the test takes for granted until the p-value is small. */
  readonly nullHypothesis: string;
  readonly statistic: number;
  /** Probability of a statistic at least as extreme under the null hypothesis, from 0 to 1. */
  readonly pValue: number;
  readonly notes: readonly Note[];
}

/** Critical values by significance level in percent, e.g. `{ "5%": 0.463 }`. */
export type CriticalValues = Readonly<Record<string, number>>;

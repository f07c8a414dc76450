import type { Comparison } from "../../../evaluate/leaderboard.js";
import { largestOf } from "../../../math/extremes.js";
import { probability } from "../../../report/numbers.js";
import type { Plan } from "./plan.js";

/** A smaller p-value is called more than chance. */
const SIGNIFICANT = 0.05;

/** `7 models from 4 origins 24 rows apart, each trained on all rows before and scored on the next 24.` */
export function planSentence(plan: Plan): string {
  const { models, scheduled, horizon, step, gap, window, refit, test } = plan;
  if (test !== null) return testSentence(plan, test);
  const folds = largestOf(scheduled.map((one) => one.folds.length));
  const origins =
    folds === 1 ? "one origin" : `${folds} origins ${step} ${step === 1 ? "row" : "rows"} apart`;
  const rows = window === "expanding" ? "all rows" : `the ${window} rows`;
  const skipped = gap === 0 ? "" : ` after a gap of ${gap}`;
  const fits =
    refit === 1
      ? ""
      : refit >= folds
        ? ", fitted before the first origin and updated after it"
        : `, refitted every ${refit} origins`;
  const scored = horizon === 1 ? "the next row" : `the next ${horizon}`;
  return `${models.length} models from ${origins}, each trained on ${rows} before and scored on ${scored}${skipped}${fits}.`;
}

/** `7 models fitted to the rows before, and scored on the 14,272 rows of test.csv.` */
function testSentence({ models, scheduled, refit }: Plan, test: string): string {
  const folds = scheduled.flatMap((one) => one.folds);
  const rows = folds.reduce((sum, { horizon = 0 }) => sum + horizon, 0);
  const windows = largestOf(scheduled.map((one) => one.folds.length));
  const fits = windows === 1 || refit === 1 ? "" : `, refitted every ${refit} windows`;
  const cut = windows === 1 ? "" : ` in ${windows} windows`;
  return `${models.length} models fitted to all rows before and scored on the ${rows} rows of ${test}${cut}${fits}.`;
}

/** What the forecasts knew of the regressors; null where there are none that a file gave. */
export function inputsSentence({ scheduled, inputs }: Plan): string | null {
  const { names, rules } = scheduled[0]!.series.inputs;
  const given = names.filter((name) => rules?.[name] === undefined);
  if (given.length === 0) return null;
  const list = given.join(", ");
  if (inputs === "known")
    return `The backtest uses the observed values of ${list}: too optimistic where they are not known in advance (--inputs-unknown withholds them).`;
  const season = scheduled[0]!.series.period > 1 ? "the value one season before" : "the last value known";
  return `${list} withheld: at each origin ${season} replaces the future values.`;
}

/** What the Diebold-Mariano test says about the two best. */
export function comparisonSentence(comparison: Comparison | null): string {
  if (comparison === null) {
    return "Too few forecasts to test whether the two best differ; more --folds or a smaller --step give more.";
  }
  const { models, pValue, count } = comparison;
  const p = probability(pValue);
  const evidence = `(Diebold-Mariano test over ${count} forecasts, p ${p.startsWith("<") ? p : `= ${p}`})`;
  return pValue < SIGNIFICANT
    ? `${models[0]} is significantly better than ${models[1]} ${evidence}.`
    : `The difference between ${models[0]} and ${models[1]} is not significant ${evidence}.`;
}

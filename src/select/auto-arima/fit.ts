import { dataError, YuleError } from "../../core/errors.js";
import type { FitOptions, Fitted, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import {
  type ArimaDetails,
  type ArimaFitted,
  type ArimaParams,
  type ArimaState,
  type Choice,
  checkedChoice,
  completeInputs,
  type Design,
  fitArima,
  LEAST_EFFORT,
  poseProblem,
  separableInputs,
  specify,
  THOROUGH_EFFORT,
} from "../../models/arima/index.js";
import { observedCount } from "../../models/guard.js";
import { isAdmissible } from "./admissible.js";
import { chooseDifferences, type Differences, fewerDifferences, unseenNotes } from "./differences.js";
import type { TestedChoice } from "./options.js";
import { type SearchProblem, Trials, type TriedModel } from "./trials.js";
import { exhaustOrders, type Limits, walkOrders } from "./walk.js";

/** Models that are fitted once more, from several starts, after a search. */
const FINALISTS = 2;
const FULL_FINALISTS = 12;
/** With at most this many values no orders are compared. */
const FEW = 2;

/** Chooses differences by tests and orders by a criterion, then fits the chosen model from more starts. */
export function fitAutoArima(given: Series, choice: TestedChoice, options: FitOptions = {}): AutoArimaFitted {
  const observed = observedCount(given.y);
  if (observed === 0) {
    throw dataError(
      "no-values",
      given.id,
      given.y.length,
      `${given.id} has no observed value to choose a model by.`,
    );
  }
  const complete = completeInputs(given);
  // Inputs that equal a constant level are left out here: they would forbid all differences.
  const level = { name: "the level", values: new Float64Array(given.y.length).fill(1) };
  const { series, leftOut } = separableInputs(complete, [level], () => false);
  const season = choice.seasonal ? (choice.period ?? series.period) : 1;
  const period = season < observed ? season : 1;
  const { differences, problem } = differencedProblem(series, choice, period);
  const trials = new Trials(problem, choice.search === "quick");
  const best = nothingLeft(problem) ?? searched(trials, choice, problem, observed);
  const orders = { p: best.p, q: best.q, P: best.P, Q: best.Q, period };
  const fitted = fitArima(complete, choiceFor(best, differences, period), {
    ...options,
    leftOut,
    effort: choice.search === "quick" ? LEAST_EFFORT : THOROUGH_EFFORT,
    given: [best.x],
    admissible: (x) => isAdmissible(orders, x),
  });
  const unseen = unseenNotes(series, season);
  const told = { ...differences, notes: [...unseen, ...differences.notes] };
  return withSearch(fitted, choice, told, trials, best);
}

/** Differences and what they leave; fewer where some season was never observed and its level cannot be known. */
function differencedProblem(series: Series, choice: TestedChoice, period: number) {
  let differences = chooseDifferences(series, period, choice);
  for (;;) {
    try {
      return { differences, problem: searchProblem(series, choice, period, differences) };
    } catch (error) {
      if (!(error instanceof YuleError) || error.code !== "unseen-season") throw error;
      const fewer = fewerDifferences(series, period, choice, differences);
      if (fewer === null) throw error;
      differences = fewer;
    }
  }
}

function searchProblem(
  series: Series,
  choice: TestedChoice,
  period: number,
  differences: Differences,
): SearchProblem {
  const { d, D } = differences;
  const designOf = (constant: boolean): Design => {
    const bare = choiceFor({ p: 0, q: 0, P: 0, Q: 0, constant }, differences, period);
    return poseProblem(series, bare, specify(bare, series)).design;
  };
  const allowed = (d + D === 0 && choice.mean) || (d + D === 1 && choice.drift);
  const plain = designOf(false);
  // One or two values determine a level only, and a level of 0 would be arbitrary.
  const few = d + D === 0 && plain.effective <= FEW;
  const room = plain.effective > plain.regressors.length + 1 || (few && plain.regressors.length === 0);
  const constant = allowed && room ? designOf(true) : null;
  // The correction in aicc needs a few values more than there are coefficients.
  const criterion = plain.effective - plain.regressors.length > 4 ? choice.criterion : "aic";
  return { period, criterion, plain, constant };
}

type Outline = Pick<TriedModel, "p" | "q" | "P" | "Q" | "constant">;

function choiceFor({ p, q, P, Q, constant }: Outline, { d, D }: Differences, period: number): Choice {
  return checkedChoice({
    order: [p, d, q],
    seasonal: [P, D, Q],
    ...(period > 1 ? { period } : {}),
    mean: constant && d + D === 0,
    drift: constant && d + D === 1,
  });
}

/** The model without ARMA terms, where differencing and a constant explain every value or there are too few values. */
function nothingLeft({ plain, constant }: SearchProblem): (Outline & Pick<TriedModel, "x">) | null {
  if (constant !== null && constant.how.d + constant.how.D === 0 && constant.effective <= FEW) {
    return { p: 0, q: 0, P: 0, Q: 0, constant: true, x: new Float64Array(0) };
  }
  if (!plain.exact && !constant?.exact) return null;
  return { p: 0, q: 0, P: 0, Q: 0, constant: !plain.exact, x: new Float64Array(0) };
}

function searched(
  trials: Trials,
  choice: TestedChoice,
  problem: SearchProblem,
  observed: number,
): TriedModel {
  const limits = limitsFor(choice, problem, observed);
  if (choice.search === "full") exhaustOrders(trials, limits);
  else walkOrders(trials, limits, choice.search === "quick");
  if (choice.search !== "quick") trials.refine(choice.search === "full" ? FULL_FINALISTS : FINALISTS);
  return trials.best!;
}

/** As R: orders at most a third of the values, ordinary ones below the season. */
function limitsFor(choice: TestedChoice, { period, constant }: SearchProblem, observed: number): Limits {
  const third = Math.floor(observed / 3);
  const seasons = period > 1 ? Math.floor(observed / 3 / period) : 0;
  const P = Math.min(choice.maxSeasonalP, seasons);
  const Q = Math.min(choice.maxSeasonalQ, seasons);
  return {
    p: Math.min(choice.maxP, third, P > 0 ? period - 1 : third),
    q: Math.min(choice.maxQ, third, Q > 0 ? period - 1 : third),
    P,
    Q,
    constant: constant !== null,
    sum: choice.maxOrder,
    values: observed,
  };
}

export type AutoArimaFitted = Fitted<ArimaParams, ArimaState, AutoArimaDetails>;

/** Those of the chosen model, with every candidate and every test. */
export type AutoArimaDetails = ArimaDetails & { readonly search: ReturnType<typeof searchOf> };

/** The fit, with every candidate and every test in its report. */
function withSearch(
  fitted: ArimaFitted,
  choice: TestedChoice,
  differences: Differences,
  trials: Trials,
  best: Outline,
): AutoArimaFitted {
  const { report } = fitted;
  const bounded = trials.endedEarly ? [boundNote(trials)] : [];
  return {
    ...fitted,
    report: {
      ...report,
      notes: [...differences.notes, ...bounded, ...report.notes],
      details: { ...report.details, search: searchOf(fitted, choice, differences, trials, best) },
    },
  };
}

function searchOf(
  fitted: ArimaFitted,
  choice: TestedChoice,
  { d, D, evidence }: Differences,
  trials: Trials,
  best: Outline,
) {
  return {
    method: choice.search,
    criterion: trials.criterion,
    chosen: { order: [best.p, d, best.q], seasonal: [best.P, D, best.Q], constant: best.constant },
    candidates: trials.all.map((trial) => ({
      order: [trial.p, d, trial.q],
      seasonal: [trial.P, D, trial.Q],
      constant: trial.constant,
      // The last fit of the chosen model may have found a higher maximum.
      score: trial === best ? fitted.report[trials.criterion] : trial.score,
      logLikelihood: trial === best ? fitted.report.logLikelihood : trial.logLikelihood,
      verdict: trial.verdict,
    })),
    evaluations: trials.evaluations,
    endedEarly: trials.endedEarly,
    differences: evidence,
  };
}

function boundNote({ all, evaluations }: Trials): Note {
  return {
    code: "search-bounded",
    severity: "info",
    message: `The search ended at its bound of ${all.length} models, after ${evaluations} evaluations of the likelihood, with orders left untried; the best of those tried was taken.`,
    details: { models: all.length, evaluations },
  };
}

import type { Coefficient, FitReport, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { observedCount } from "../guard.js";
import { constantNote } from "../origin.js";
import { informationCriteria } from "../report.js";
import type { StandardErrors } from "./likelihood/standard-errors.js";
import { formLetters, freeStates, smoothingNames } from "./recursion/form.js";
import type { EtsParams } from "./recursion/transition.js";
import type { EtsEstimate, FormSearchOptions } from "./search/form-search.js";

/** Numbers that a form estimates, the variance included. */
export function estimatedNumbers(form: EtsParams["form"], options: FormSearchOptions): number {
  const free = smoothingNames(form).filter((name) => options.fixed[name] === undefined);
  return free.length + (options.given === null ? freeStates(form) : 0) + 1;
}

export type EtsDetails = {
  /** The letters of the form, as in `A,Ad,M`. */
  readonly form: string;
  readonly bounds: string;
  readonly sigma2Definition: string;
  readonly criteriaDefinition: string;
  readonly maximumWithoutConstants: number;
  readonly maximumLogLikelihood: number;
  /** Numbers that were estimated, the variance included. */
  readonly parameters: number;
};

/**
 * What was learned. `logLikelihood` is that of the estimates, σ² with its degrees of freedom; aic, aicc and bic follow R's
 * `ets`: from the maximum with the Gaussian constants left out.
 */
export function etsReport(
  series: Series,
  params: EtsParams,
  estimate: EtsEstimate,
  options: FormSearchOptions,
  logLikelihood: number,
): FitReport<EtsDetails> {
  const { form, sigma2 } = params;
  const observations = observedCount(series.y);
  const k = estimatedNumbers(form, options);
  const maximum = -estimate.criterion;
  const constants = 0.5 * observations * (1 + Math.log((2 * Math.PI) / observations));
  return {
    observations,
    coefficients: coefficients(params, options, estimate.errors),
    covariance: null,
    sigma2,
    logLikelihood,
    ...informationCriteria(maximum, k, observations),
    // Errors of 0 cannot be made smaller.
    converged: estimate.converged || sigma2 === 0,
    notes: notesOf(series, estimate, sigma2),
    details: {
      form: formLetters(form),
      bounds: options.bounds,
      sigma2Definition: `sum of squared ${form.error === "M" ? "relative " : ""}errors / (observations - parameters - initial states)`,
      criteriaDefinition:
        "aic, aicc and bic are R's: from the maximum of the likelihood without its Gaussian constants (maximumWithoutConstants)",
      maximumWithoutConstants: maximum,
      maximumLogLikelihood: maximum - constants,
      parameters: k,
    },
  };
}

/**
 * As R names them: s0 is the season before the first value, s1 the one before that. Initial states read off the first values
 * (`initial=simple`) are among them, without standard errors.
 */
function coefficients(
  { form, smoothing, level, slope, season }: EtsParams,
  options: FormSearchOptions,
  errors: StandardErrors | null,
): Coefficient[] {
  const estimated = (name: string, estimate: number, stdError = Number.NaN): Coefficient => ({
    name,
    estimate,
    stdError,
  });
  const parameters = smoothingNames(form)
    .filter((name) => options.fixed[name] === undefined)
    .map((name) => estimated(name, smoothing[name], errors?.smoothing[name]));
  const last = season.length - 1;
  return [
    ...parameters,
    estimated("l", level, errors?.level),
    ...(form.trend === "N" ? [] : [estimated("b", slope, errors?.slope)]),
    ...Array.from(season, (_, j) => estimated(`s${j}`, season[last - j]!, errors?.season[last - j])),
  ];
}

function notesOf(series: Series, estimate: EtsEstimate, sigma2: number): Note[] {
  const notes: Note[] = [];
  if (sigma2 === 0) notes.push(constantNote(series));
  else if (!estimate.converged) {
    notes.push({
      code: "not-converged",
      severity: "warning",
      message: `The search for the estimates of ${series.id} stopped before it converged; its likelihood may be below the maximum.`,
    });
  }
  return notes;
}

import type { Coefficient, FitReport, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { constantNote } from "../origin.js";
import { informationCriteria } from "../report.js";
import type { Choice } from "./definition/options.js";
import type { Specification } from "./definition/specification.js";
import type { ArimaEstimate } from "./estimation/estimate.js";
import { estimateNotes } from "./notes.js";
import { type ArimaParams, stateSpaceOf } from "./params.js";
import type { Design } from "./problem/design.js";
import { type Roots, rootsOf, smallestModulus } from "./roots.js";
import { innovationResponses } from "./state-space/forecast.js";

/** All of a fit that its report speaks of. */
export interface Fit {
  readonly series: Series;
  readonly choice: Choice;
  readonly spec: Specification;
  readonly design: Design;
  readonly estimate: ArimaEstimate;
  readonly params: ArimaParams;
  /** All coefficients in order: φ, θ, Φ, Θ, regression; held ones among them. */
  readonly names: readonly string[];
  readonly values: readonly number[];
  /** Which of them were estimated. */
  readonly free: readonly boolean[];
  /** Whether roots and ψ weights are left out. */
  readonly brief: boolean;
}

const PSI_WEIGHTS = 24;

export type ArimaDetails = {
  readonly method: Choice["method"];
  readonly order: readonly [number, number, number];
  readonly seasonal: readonly [number, number, number];
  readonly period: number;
  readonly effectiveObservations: number;
  readonly sigma2Definition: string;
  /** With the degrees of freedom of the coefficients taken off. */
  readonly sigma2Unbiased: number;
  readonly roots: Roots;
  readonly stationary: boolean;
  readonly invertible: boolean;
  /** ψ_0 = 1, ψ_1 … */
  readonly psi: readonly number[];
  /** How the maximum was found. */
  readonly optimum: {
    readonly starts: number;
    readonly ended: number;
    readonly evaluations: number;
    readonly maxima: readonly number[];
  };
};

const NO_ROOTS: Roots = { ar: [], ma: [] };

export function arimaReport(fit: Fit): FitReport<ArimaDetails> {
  const { design, estimate, params, spec, choice } = fit;
  const free = fit.free.filter(Boolean).length;
  const covariance = completeCovariance(fit);
  const roots = fit.brief ? NO_ROOTS : rootsOf(params.ar, params.sar, params.ma, params.sma, params.period);
  const notes: Note[] = design.exact
    ? [constantNote(fit.series)]
    : estimateNotes(spec.notation, estimate, roots);
  return {
    observations: design.observed,
    coefficients: coefficientList(fit, covariance),
    covariance,
    sigma2: estimate.sigma2,
    logLikelihood: estimate.logLikelihood,
    ...informationCriteria(estimate.logLikelihood, free + 1, design.effective),
    converged: estimate.converged,
    notes,
    details: {
      method: choice.method,
      order: choice.order,
      seasonal: choice.seasonal,
      period: spec.period,
      effectiveObservations: design.effective,
      sigma2Definition:
        "sum of squared standardised innovations / effective observations (values less d + D·period), as R's arima",
      sigma2Unbiased: (estimate.sigma2 * design.effective) / Math.max(1, design.effective - free),
      roots,
      stationary: smallestModulus(roots.ar) > 1,
      invertible: smallestModulus(roots.ma) > 1,
      psi: fit.brief ? [] : Array.from(innovationResponses(stateSpaceOf(params).model, PSI_WEIGHTS)),
      optimum: {
        starts: estimate.starts,
        ended: estimate.ended,
        evaluations: estimate.evaluations,
        maxima: estimate.maxima,
      },
    },
  };
}

function coefficientList({ names, values, free }: Fit, covariance: FitReport["covariance"]): Coefficient[] {
  return names.map((name, i) => {
    const variance = covariance?.[i]?.[i] ?? Number.NaN;
    return { name, estimate: values[i]!, stdError: free[i] ? Math.sqrt(variance) : 0 };
  });
}

/** The covariance over all coefficients; held ones have rows of zeros. */
function completeCovariance({ estimate, free }: Fit): number[][] | null {
  const { covariance } = estimate;
  if (covariance === null) return null;
  const size = free.filter(Boolean).length;
  let row = 0;
  const place = free.map((moves) => (moves ? row++ : -1));
  return place.map((i) => place.map((j) => (i < 0 || j < 0 ? 0 : covariance[i * size + j]!)));
}

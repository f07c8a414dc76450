import type { Coefficient, FitReport, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { replay } from "../../engine/replay.js";
import { isStationary, partialsFromAr, type Root, rootTable } from "../../math/polynomials.js";
import { square } from "../../math/power.js";
import { constantNote } from "../origin.js";
import { informationCriteria } from "../report.js";
import type { ArEstimate, ArMethod } from "./estimation/estimate.js";
import { likelihoods, logLikelihoodAt } from "./likelihood/likelihood.js";
import type { CentredSeries } from "./likelihood/prepare.js";
import { type ArParams, stationaryMean } from "./memory.js";
import { arProcess } from "./process.js";

const SIGMA2: Record<ArMethod, string> = {
  mle: "maximum of the exact likelihood: quadratic form / n",
  "yule-walker": "Levinson-Durbin variance times n / (n - p - 1), as R's ar.yw",
  burg: "sample variance times the product of 1 - r_k^2, as R's ar.burg",
  ols: "residual sum of squares / (n - p), as R's ar.ols",
};

export type ArDetails = {
  readonly method: ArMethod;
  readonly sigma2Definition: string;
  readonly likelihoodDefinition: string;
  readonly center: number;
  readonly stationary: boolean;
  readonly roots: readonly Root[];
  readonly partialAutocorrelations: readonly number[];
  /** Values of the criterion by order, where the order was chosen. */
  readonly orderSearch: { readonly criterion: string; readonly values: readonly number[] } | null;
};

/** Below this share of the series' variance the innovations are rounding. */
const NO_NOISE = 1e-12;

interface ReportOptions {
  readonly mean: boolean;
  /** Whether the order was chosen. */
  readonly searched: boolean;
  /** Whether the roots are left out. */
  readonly brief: boolean;
}

export function arReport(
  series: Series,
  prepared: CentredSeries,
  estimate: ArEstimate,
  params: ArParams,
  { mean: hasMean, searched, brief }: ReportOptions,
  earlier: readonly Note[],
): FitReport<ArDetails> {
  const exact = params.start === "stationary";
  const logLikelihood = logLikelihoodOf(series, prepared, estimate, params);
  const observations = prepared.count;
  const terms = exact ? observations : observations - estimate.order;
  const partials = estimate.partials.length > 0 ? estimate.partials : partialsFromAr(estimate.ar);
  return {
    observations,
    coefficients: coefficientsOf(estimate, hasMean),
    covariance: covarianceOf(estimate, hasMean),
    sigma2: estimate.variance,
    logLikelihood,
    ...informationCriteria(logLikelihood, estimate.order + (hasMean ? 2 : 1), terms),
    converged: estimate.converged,
    notes: [...earlier, ...notesOn(series, prepared, estimate, exact)],
    details: {
      method: estimate.method,
      sigma2Definition: SIGMA2[estimate.method],
      likelihoodDefinition: exact
        ? "exact Gaussian likelihood of all values"
        : "Gaussian likelihood given the first p values",
      center: estimate.mean,
      stationary: isStationary(estimate.ar),
      roots: brief ? [] : rootTable(estimate.ar),
      partialAutocorrelations: Array.from(partials),
      orderSearch: searched
        ? { criterion: estimate.search.criterion, values: Array.from(estimate.search.values) }
        : null,
    },
  };
}

function coefficientsOf(estimate: ArEstimate, hasMean: boolean): Coefficient[] {
  const coefficients = Array.from(estimate.ar, (value, j) => ({
    name: `ar${j + 1}`,
    estimate: value,
    stdError: estimate.stdErrors[j]!,
  }));
  if (!hasMean) return coefficients;
  const stdError = estimate.constantStdError;
  return estimate.method === "ols"
    ? [...coefficients, { name: "intercept", estimate: estimate.intercept, stdError }]
    : [...coefficients, { name: "mean", estimate: estimate.mean, stdError }];
}

function covarianceOf(estimate: ArEstimate, hasMean: boolean): number[][] {
  const { order, covariance, constantCovariance, constantStdError } = estimate;
  const rows = Array.from({ length: order }, (_, i) =>
    Array.from(covariance.subarray(i * order, (i + 1) * order)),
  );
  if (!hasMean) return rows;
  return [
    ...rows.map((row, i) => [...row, constantCovariance[i]!]),
    [...constantCovariance, square(constantStdError)],
  ];
}

/** That of the process replayed over the series; from its moments where these will do. */
function logLikelihoodOf(
  series: Series,
  prepared: CentredSeries,
  estimate: ArEstimate,
  params: ArParams,
): number {
  const { variance, ar, order, logLikelihood } = estimate;
  const replayed = () => replay(arProcess, params, series).logLikelihood;
  if (params.start === "diffuse" || !(variance > 0)) return replayed();
  if (logLikelihood !== undefined) return logLikelihood;
  const around = (estimate.method === "ols" ? stationaryMean(params) : estimate.mean) - prepared.mean;
  const value = logLikelihoodAt(likelihoods(prepared, order, true), partialsFromAr(ar), around, variance);
  return Number.isNaN(value) ? replayed() : value;
}

function notesOn(series: Series, prepared: CentredSeries, estimate: ArEstimate, exact: boolean): Note[] {
  if (prepared.constant && estimate.variance === 0) return [constantNote(series)];
  const notes: Note[] = [];
  if (prepared.count < 4) {
    notes.push({
      code: "short-series",
      severity: "warning",
      message: `${series.id} has only ${prepared.count} values: the forecast is little more than their mean.`,
    });
  }
  if (!exact) {
    notes.push({
      code: "non-stationary",
      severity: "warning",
      message: `The fit is ${isStationary(estimate.ar) ? "almost non-stationary" : "not stationary"} and was kept: the likelihood conditions on the first ${estimate.order} values, and the forecast variance grows without bound.`,
    });
  }
  let squares = 0;
  for (let t = 0; t < prepared.values.length; t++) squares += prepared.values[t]! * prepared.values[t]!;
  if (estimate.variance < (NO_NOISE * squares) / prepared.count) {
    notes.push({
      code: "no-noise",
      severity: "warning",
      message: `An autoregression of order ${estimate.order} fits ${series.id} without error: its intervals have almost no width.`,
    });
  } else if (!estimate.converged) {
    notes.push({
      code: "not-converged",
      severity: "warning",
      message:
        "The likelihood has no maximum inside the stationary region; the estimates are where the search ended.",
    });
  }
  return notes;
}

import type { Coefficient, Details, Fitted, Note, Process } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { replay } from "../../engine/replay.js";
import { observedCount } from "../guard.js";
import { originOf } from "../origin.js";
import { informationCriteria } from "../report.js";

/** What a fit found beside its estimates. */
export interface Findings<D extends Details> {
  /** The canonical notation of what was fitted, orders chosen. */
  readonly notation: string;
  /** Coefficients by name; without standard errors unless `stdErrors` has them. */
  readonly coefficients: Readonly<Record<string, number>>;
  readonly stdErrors?: Readonly<Record<string, number>>;
  /** The variance of one-step errors; default: the mean of their squares. */
  readonly sigma2?: number;
  /** Numbers estimated by maximum likelihood, the variance included; default null: there are no information criteria. */
  readonly estimated?: number | null;
  readonly notes?: readonly Note[];
  readonly details: D;
}

/**
 * The fitted model of estimates: memory, log-likelihood and residuals are those of replaying the series.
 *
 * @example assembleFit(meanProcess, null, series, { notation: "mean", coefficients: {}, details: {} });
 */
export function assembleFit<P, S, D extends Details>(
  process: Process<P, S>,
  params: P,
  series: Series,
  findings: Findings<D>,
): Fitted<P, S, D> {
  const { notation, coefficients, stdErrors = {}, notes = [], details, estimated = null } = findings;
  const { state, logLikelihood, residuals } = replay(process, params, series);
  const observations = observedCount(series.y);
  const criteria =
    estimated === null
      ? { aic: Number.NaN, aicc: Number.NaN, bic: Number.NaN }
      : informationCriteria(logLikelihood, estimated, observations);
  return {
    notation,
    process,
    params,
    state,
    report: {
      observations,
      coefficients: Object.entries(coefficients).map(
        ([name, estimate]): Coefficient => ({ name, estimate, stdError: stdErrors[name] ?? Number.NaN }),
      ),
      covariance: null,
      sigma2: findings.sigma2 ?? meanSquare(residuals),
      logLikelihood,
      ...criteria,
      converged: true,
      notes,
      details,
    },
    origin: originOf(series),
    history: series,
  };
}

function meanSquare(residuals: Float64Array): number {
  const seen = residuals.filter((e) => !Number.isNaN(e));
  return seen.reduce((sum, e) => sum + e * e, 0) / seen.length;
}

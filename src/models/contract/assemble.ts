import { fieldsOf, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { Coefficient, Details, Fitted, Note, Process } from "../../core/model.js";
import { provide } from "../../core/parts.js";
import type { Series } from "../../core/series.js";
import { sampledMarginals } from "../../engine/parts/sampled.js";
import { replay } from "../../engine/replay.js";
import { observedCount } from "../guard.js";
import { originOf } from "../origin.js";
import { informationCriteria } from "../report.js";

/** A process of a user's own may have no `ahead`. */
provide({ sampledMarginals });

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
 * The fitted model of estimates: state, log-likelihood and residuals are those of replaying the series.
 *
 * @param process the one-step distribution of the model.
 * @param params estimates, plain data of the kind that `process` takes.
 * @param series the series of the fit, n values in time order, NaN where missing.
 * @param findings notation, coefficients, details and notes for the report.
 * @returns a fitted model with its report.
 * @throws YuleError `bad-findings`, `not-a-process`, `not-a-series`.
 * @example
 * const { process, params } = naive().fit(passengers);
 * assembleFit(process, params, passengers, { notation: "naive", coefficients: {}, details: {} }).report.sigma2;
 */
export function assembleFit<P, S, D extends Details>(
  process: Process<P, S>,
  params: P,
  series: Series,
  findings: Findings<D>,
): Fitted<P, S, D> {
  requireFindings(findings);
  const { notation, coefficients, stdErrors = {}, notes = [], details, estimated = null } = findings;
  // Residuals may be worked out only where they are asked for.
  const replayed = replay(process, params, series);
  const { state, logLikelihood } = replayed;
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
      sigma2: findings.sigma2 ?? meanSquare(replayed.residuals),
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

function requireFindings(findings: unknown): void {
  const { notation, coefficients, details, stdErrors = {}, notes = [] } = fieldsOf(findings);
  const records = [coefficients, details, stdErrors].every(
    (part) => typeof part === "object" && part !== null,
  );
  if (typeof notation === "string" && records && Array.isArray(notes)) return;
  const message = `The findings of a fit are such as { notation: "mean", coefficients: {}, details: {} }, not ${show(findings)}.`;
  throw usageError("bad-findings", "findings", findings, message);
}

function meanSquare(residuals: Float64Array): number {
  const seen = residuals.filter((e) => !Number.isNaN(e));
  return seen.reduce((sum, e) => sum + e * e, 0) / seen.length;
}

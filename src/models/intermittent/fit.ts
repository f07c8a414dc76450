import type { Fitted, Note, Process } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { replay } from "../../engine/replay.js";
import type { ValueRules } from "../guard.js";
import { originOf } from "../origin.js";
import { type DemandPattern, demandPattern } from "./pattern.js";

/** Demand is not negative, and two values are the least that say anything of it. */
export const DEMAND: ValueRules = { observed: 2, demand: true };

export type DemandFitted<P, S> = Fitted<P, S, DemandDetails>;

export type DemandDetails = {
  readonly pattern: DemandPattern;
  readonly sigma2Definition: string;
  readonly criteriaDefinition: string;
};

/** The fitted model of estimates, with what replaying the series says of them. */
export function assembleDemand<P, S>(
  process: Process<P, S>,
  params: P,
  series: Series,
  notation: string,
  coefficients: Readonly<Record<string, number>>,
): DemandFitted<P, S> {
  const { state, logLikelihood, residuals } = replay(process, params, series);
  const seen = residuals.filter((e) => !Number.isNaN(e));
  const sigma2 = seen.reduce((sum, e) => sum + e * e, 0) / seen.length;
  const pattern = demandPattern(series.y);
  return {
    notation,
    process,
    params,
    state,
    report: {
      observations: seen.length,
      coefficients: Object.entries(coefficients).map(([name, estimate]) => ({
        name,
        estimate,
        stdError: Number.NaN,
      })),
      covariance: null,
      sigma2,
      logLikelihood,
      aic: Number.NaN,
      aicc: Number.NaN,
      bic: Number.NaN,
      converged: true,
      notes: notesOf(series, pattern.kind === "none"),
      details: {
        pattern,
        sigma2Definition: "mean of squared one-step errors",
        criteriaDefinition: "none: nothing is estimated by maximum likelihood",
      },
    },
    origin: originOf(series),
    history: series,
  };
}

function notesOf(series: Series, none: boolean): Note[] {
  if (!none) return [];
  return [
    {
      code: "no-demand",
      severity: "warning",
      message: `${series.id} has no demand at all: every forecast is 0, without width.`,
    },
  ];
}

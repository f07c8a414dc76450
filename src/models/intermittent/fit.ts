import type { Fitted, Note, Process } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { assembleFit } from "../contract/assemble.js";
import type { ValueRules } from "../guard.js";
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
  const pattern = demandPattern(series.y);
  return assembleFit(process, params, series, {
    notation,
    coefficients,
    notes: notesOf(series, pattern.kind === "none"),
    details: {
      pattern,
      sigma2Definition: "mean of squared one-step errors",
      criteriaDefinition: "none: nothing is estimated by maximum likelihood",
    },
  });
}

function notesOf(series: Series, none: boolean): Note[] {
  if (!none) return [];
  return [
    {
      code: "no-demand",
      severity: "warning",
      message: `${series.id} has no demand: every forecast is 0, with intervals of no width.`,
    },
  ];
}

import { dataError } from "../../core/errors.js";
import type { Fitted, Note, Process } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { replay } from "../../engine/replay.js";
import { originOf } from "../origin.js";
import { demandPattern } from "./pattern.js";

/** @throws YuleError `negative-demand`, `series-too-short`. */
export function requireDemand(series: Series, notation: string): void {
  const { id, y } = series;
  const negative = y.findIndex((value) => value < 0);
  if (negative >= 0) {
    throw dataError(
      "negative-demand",
      id,
      y[negative],
      `The model ${notation} is for demand, which cannot be negative, but row ${negative + 1} of ${id} is ${y[negative]}.`,
    );
  }
  const observed = y.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  if (observed < 2) {
    throw dataError(
      "series-too-short",
      id,
      observed,
      `The model ${notation} needs at least two observed values, ${id} has ${observed}.`,
    );
  }
}

/** The fitted model of estimates, with what replaying the series says of them. */
export function assembleDemand<P, S>(
  process: Process<P, S>,
  params: P,
  series: Series,
  notation: string,
  coefficients: Readonly<Record<string, number>>,
): Fitted<P, S> {
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

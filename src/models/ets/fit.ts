import { dataError } from "../../core/errors.js";
import type { Fitted } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { replay } from "../../engine/replay.js";
import { observedCount } from "../guard.js";
import { originOf } from "../origin.js";
import { etsProcess } from "./process.js";
import { type EtsForm, needsPositive } from "./recursion/form.js";
import type { EtsParams, EtsState } from "./recursion/transition.js";
import { type EtsDetails, estimatedNumbers, etsReport } from "./report.js";
import type { EtsEstimate, FormSearchOptions } from "./search/form-search.js";
import { maximum, type PreparedStarts, prepareSeries } from "./search/multi-start.js";

export type EtsFitted = Fitted<EtsParams, EtsState, EtsDetails>;

/**
 * Fits one form to a series.
 *
 * @throws YuleError `series-too-short`, `not-positive`, `unseen-season`, `no-estimates`.
 */
export function fitForm(
  form: EtsForm,
  series: Series,
  options: FormSearchOptions,
  notation: string,
): EtsFitted {
  requireSuited(form, series, options, notation);
  const prepared = prepareSeries(series, form.season !== "N");
  const scaled = {
    ...options,
    given: options.given === null ? null : onScale(options.given, prepared.scale, form),
  };
  const estimate = maximum(form, prepared, scaled);
  if (estimate === null) throw noEstimates(series, notation);
  return assembleEts(form, series, prepared, estimate, options, notation);
}

/** The fitted model of an estimate. */
export function assembleEts(
  form: EtsForm,
  series: Series,
  prepared: PreparedStarts,
  estimate: EtsEstimate,
  options: FormSearchOptions,
  notation: string,
): EtsFitted {
  const original = offScale(estimate, prepared, form);
  const freedom = prepared.sample.observed - estimatedNumbers(form, options) + 1;
  const params: EtsParams = {
    form,
    smoothing: original.smoothing,
    sigma2: original.squares / freedom,
    level: original.level,
    slope: original.slope,
    season: original.season,
    floor: needsPositive(form) ? prepared.sample.floor * prepared.scale : 0,
  };
  const { state, logLikelihood } = replay(etsProcess, params, series);
  return {
    notation,
    process: etsProcess,
    params,
    state,
    report: etsReport(series, params, original, options, logLikelihood),
    origin: originOf(series),
    history: series,
  };
}

function onScale<T extends { level: number; slope: number; season: Float64Array }>(
  states: T,
  scale: number,
  { trend, season }: EtsForm,
): T {
  return {
    ...states,
    level: states.level / scale,
    slope: trend === "M" ? states.slope : states.slope / scale,
    season: season === "M" ? states.season : states.season.map((s) => s / scale),
  };
}

/** Estimates on the scale of the data; a relative criterion moves with it, by Σ log |f|, as an absolute one does. */
function offScale(estimate: EtsEstimate, { scale, sample }: PreparedStarts, form: EtsForm): EtsEstimate {
  const squares = form.error === "M" ? estimate.squares : estimate.squares * scale * scale;
  const criterion = estimate.criterion + sample.observed * Math.log(scale);
  const { errors } = estimate;
  return {
    ...onScale(estimate, 1 / scale, form),
    squares,
    criterion,
    errors: errors === null ? null : onScale(errors, 1 / scale, form),
  };
}

function requireSuited(form: EtsForm, series: Series, options: FormSearchOptions, notation: string): void {
  const { y } = series;
  const observed = observedCount(y);
  const need = estimatedNumbers(form, options) + 1;
  if (observed < need) {
    throw dataError(
      "series-too-short",
      series.id,
      observed,
      `The model ${notation} estimates ${need - 1} numbers and needs ${need} observed values, ${series.id} has ${observed}.`,
    );
  }
  const low = needsPositive(form) ? y.findIndex((value) => value <= 0) : -1;
  if (low >= 0) throw notPositive(series, low, notation);
  if (form.season === "N") return;
  const unseen = unseenSeason(y, form.period);
  if (unseen >= 0) {
    throw dataError(
      "unseen-season",
      series.id,
      unseen + 1,
      `The model ${notation} cannot be fitted to ${series.id}: season ${unseen + 1} of ${form.period} was never observed.`,
    );
  }
}

function notPositive(series: Series, at: number, notation: string): Error {
  return dataError(
    "not-positive",
    series.id,
    series.y[at],
    `The model ${notation} has multiplicative components and needs values above 0, but row ${at + 1} of ${series.id} is ${series.y[at]}; use additive components.`,
  );
}

function noEstimates(series: Series, notation: string): Error {
  return dataError(
    "no-estimates",
    series.id,
    notation,
    `No starting point was found from which ${notation} stays positive over ${series.id}; use additive components.`,
  );
}

/** The first season of which no value was observed, or −1. */
function unseenSeason(y: Float64Array, period: number): number {
  for (let phase = 0; phase < period; phase++) {
    let seen = false;
    for (let t = phase; t < y.length && !seen; t += period) seen = !Number.isNaN(y[t]!);
    if (!seen) return phase;
  }
  return -1;
}

import type { FitOptions, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { defaultHorizon } from "../../engine/forecast.js";
import type { Family } from "../../models/family.js";
import { withNote } from "../../models/missing.js";
import { badModel } from "../../models/notation.js";
import { pastErrors } from "./errors.js";
import { effectiveCount, factorsFrom, type Rule } from "./rule.js";

export { pastErrors, type StandardError, spread } from "./errors.js";
export { factorsFrom, type Rule } from "./rule.js";

/** Without knowledge of the kind of series: the model's own widths, worth six independent errors. */
const NEUTRAL: Rule = { prior: [1], priorWeight: 6 };

export interface CalibratedOptions {
  /** What is assumed before the series' own errors speak. */
  readonly rule?: Rule;
  /** Steps ahead for which errors are collected; default: that of a forecast by default. */
  readonly horizon?: number;
  /** Largest part of the series held back to collect errors from; default 0.3. */
  readonly share?: number;
}

/**
 * A model whose interval widths are corrected by what it missed in the past: its forecasts from earlier origins are held
 * against what came, and the widths stretched so that they would have been right, shrunk towards the model's own where the
 * past is short. The centre of the forecast does not move.
 *
 * @see Vovk, Gammerman & Shafer (2005) on conformal prediction, whose errors-from-the-past idea this takes; the parametric
 *   rule is in `rule.ts`.
 * @example calibrated(parseModel("ar(auto)")).fit(passengers).calibration!.factors;
 */
export function calibrated(model: Model, options: CalibratedOptions = {}): Model {
  return {
    ...model,
    notation: `calibrated(${model.notation})`,
    fit(series, fitOptions) {
      const fitted = model.fit(series, fitOptions);
      return calibrateFit(fitted, model, series, options, fitOptions);
    },
  };
}

/** A fit with interval widths corrected by the past errors of its model on the same series. */
export function calibrateFit(
  fitted: Fitted,
  model: Model,
  series: Series,
  options: CalibratedOptions,
  fitOptions?: FitOptions,
): Fitted {
  const horizon = options.horizon ?? Math.min(defaultHorizon(series.period), 60);
  const errors = pastErrors(model, series, horizon, options.share ?? 0.3, fitOptions);
  const factors = factorsFrom(errors, options.rule ?? NEUTRAL, horizon);
  return withNote(
    { ...fitted, notation: `calibrated(${fitted.notation})`, calibration: { factors } },
    note(factors, effectiveCount(errors)),
  );
}

function note(factors: readonly number[], count: number): Note {
  const [first, last] = [factors[0]!, factors[factors.length - 1]!];
  const from =
    count === 0
      ? "no past errors (the series is short)"
      : `past errors worth ${count.toFixed(1)} independent ones`;
  return {
    code: "calibrated-intervals",
    severity: "info",
    message: `Interval widths were multiplied by ${first.toFixed(2)} at the first step to ${last.toFixed(2)} at the last, from ${from}.`,
    details: { factors, effectiveErrors: count },
  };
}

export const calibratedFamily: Family = {
  name: "calibrated",
  summary: "any model, its interval widths corrected by its past errors",
  forms: ["calibrated(naive)"],
  options: [],
  inputs: true,
  seasonal: false,
  processes: [],
  build(call, parse) {
    const inner = call.groups.flat();
    if (inner.length !== 1)
      throw badModel(`calibrated(${inner.join(",")})`, "must hold one model, as in calibrated(ar(2))");
    return calibrated(parse(inner[0]!));
  },
};

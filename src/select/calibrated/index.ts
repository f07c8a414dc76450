import { MAX_HORIZON } from "../../core/checks.js";
import type { Calibration, FitOptions, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { powerOf } from "../../math/power.js";
import { defineModel, makeModel } from "../../models/contract/define.js";
import { object, whole, word } from "../../models/contract/kinds.js";
import { type OptionsOf, option } from "../../models/contract/schema.js";
import { withNote } from "../../models/report.js";
import { calibrationHorizon, originsIn, rollingForecasts } from "../rolling-forecasts/rolling-forecasts.js";
import { effectiveCount, type PastScore, scoresOf } from "../rolling-forecasts/scores.js";
import { conformalCalibration } from "./conformal.js";
import { type Prior, scaleCalibration, shortSample } from "./scale.js";

export { type Prior, shortSample } from "./scale.js";

/** How intervals are corrected: by one factor for the series, by conformal quantiles, or by conformal quantiles with larger weights of recent errors. */
export type CalibrationMethod = "scale" | "conformal" | "adaptive";

const CALIBRATED_OPTIONS = {
  /** Default `"scale"`: all steps by one factor, shrunk towards a prior. */
  method: option(word("scale", "conformal", "adaptive"), {
    default: "scale",
    summary: "one factor, conformal quantiles, or these with larger weights of recent errors",
  }),
  /** Steps ahead for which errors are collected; default: that of a forecast by default, at most 60. */
  horizon: option(whole(1, MAX_HORIZON), {
    unset: "that of a forecast, at most 60",
    summary: "steps ahead for which errors are collected",
  }),
  /** Prior of `"scale"`, used where there are few past errors; default: wider for shorter series. */
  prior: option(object<Prior>("an object with factor, shape, weight and inflation"), {
    unset: "wider for shorter series",
    summary: "factor assumed for few past errors",
    inCode: true,
  }),
};

export interface CalibratedOptions extends OptionsOf<typeof CALIBRATED_OPTIONS> {}

/** Quantiles need more past errors than one factor, so origins reach further back. */
const FOR_QUANTILES = { most: 40, reach: 3 };
/** Ratio of the weights of errors from two successive origins under `"adaptive"`. */
const FADING = 0.95;

/**
 * A model whose intervals are calibrated by past forecast errors: its forecasts from earlier origins are compared with the observed
 * values, and quantiles are moved so that they would have had their stated coverage. Medians, bounds and whole counts stay.
 *
 * `"scale"` estimates one factor, shrunk towards a prior where there are few past errors. `"conformal"` takes every level's
 * width at every step from the past errors themselves (split conformal prediction), `"adaptive"` weights recent errors more.
 *
 * @param model any model; it is fitted again at up to 40 earlier origins.
 * @param options see `CalibratedOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-method`, and what the model throws.
 * @see J. Lei et al., Journal of the American Statistical Association 113 (2018), p. 1094, on conformal prediction; the factor
 *   is in `scale.ts`.
 * @example calibrated(parseModel("ar(auto)")).fit(passengers).calibration!.empiricalScores;
 */
export function calibrated<F extends Fitted>(model: Model<F>, options: CalibratedOptions = {}): Model<F> {
  return makeModel(calibratedModel, options, [model]) as Model<F>;
}

export const calibratedModel = defineModel({
  name: "calibrated",
  summary: "any model, its intervals calibrated by past forecast errors",
  forms: ["calibrated(naive)", "calibrated(theta, method=conformal)"],
  options: CALIBRATED_OPTIONS,
  holds: "one",
  inputs: "uses",
  missing: "held",
  fit(series, { choice, models, options, written }) {
    const [model] = models as readonly [Model];
    const fitted = model.fit(series, options);
    const { method, prior } = choice;
    const horizon = choice.horizon ?? calibrationHorizon(series);
    const scores = pastScores(model, series, horizon, method, options);
    const { notation, ...rest } = withCalibration(
      fitted,
      scores,
      { method, ...(prior === null ? {} : { prior }) },
      horizon,
    );
    return { ...rest, notation: written({}, [notation]) };
  },
});

function pastScores(
  model: Model,
  series: Series,
  horizon: number,
  method: CalibrationMethod,
  options?: FitOptions,
): readonly PastScore[] {
  const origins = originsIn(series, horizon, method === "scale" ? {} : FOR_QUANTILES);
  if (origins === null) return [];
  const past = rollingForecasts(model, series, horizon, origins, options);
  if (method !== "adaptive") return scoresOf(past, series, origins);
  return past.flatMap((one, k) =>
    scoresOf([one], series, origins).map((score) => ({
      ...score,
      weight: score.weight * powerOf(FADING, past.length - 1 - k),
    })),
  );
}

/** A fit with its intervals corrected by past scores, and a note that says how. */
export function withCalibration(
  fitted: Fitted,
  scores: readonly PastScore[],
  { method = "scale", prior = shortSample(fitted.report.observations) }: CalibratedOptions,
  horizon: number,
): Fitted {
  const count = effectiveCount(scores);
  const conformal = method === "scale" ? null : conformalCalibration(scores, horizon);
  if (conformal !== null) {
    const { calibration, highest } = conformal;
    return withNote({ ...fitted, calibration }, conformalNote(calibration, count, highest));
  }
  const calibration = scaleCalibration(scores, prior, horizon);
  return withNote({ ...fitted, calibration }, scaleNote(calibration, count, method !== "scale"));
}

function scaleNote(
  { nominalScores: at, empiricalScores: to }: Calibration,
  count: number,
  instead: boolean,
): Note {
  const factors = to.map((scores) => scores.at(-1)! / at.at(-1)!);
  return {
    code: "calibrated-intervals",
    severity: "info",
    message: `${widthSentence(factors, count)}${instead ? ", too few for conformal intervals" : ""}.`,
    details: { method: "scale", factors, effectiveErrors: count },
  };
}

/** How widths changed from the first step to the last, and why. */
function widthSentence(factors: readonly number[], count: number): string {
  const percent = (factor: number) => Math.round(100 * (factor - 1)) || 0;
  const [first, last] = [percent(factors[0]!), percent(factors[factors.length - 1]!)];
  const errors = `about ${Math.max(1, Math.round(count))} past errors`;
  const range = rangeText(first, last);
  if (first === 0 && last === 0)
    return `Intervals kept their width: past forecasts missed as often as the model expected (${errors})`;
  if (count === 0) return `Intervals ${range}, because the series is too short for past errors`;
  if (first * last < 0)
    return `Intervals ${range}, as often as past forecasts missed at each step (${errors})`;
  const often = first + last > 0 ? "more" : "less";
  return `Intervals ${range}: past forecasts missed ${often} often than the model expected (${errors})`;
}

/** `widened by 16 to 18 %`, `narrowed by 7 %`, or `changed by -3 to 5 %`. */
function rangeText(first: number, last: number): string {
  if (first * last < 0) return `changed by ${first} to ${last} %`;
  const word = first + last > 0 ? "widened" : "narrowed";
  const [a, b] = [Math.abs(first), Math.abs(last)];
  return `${word} by ${a === b ? "" : `${a} to `}${b} %`;
}

function conformalNote(calibration: Calibration, count: number, highest: number): Note {
  return {
    code: "calibrated-intervals",
    severity: "info",
    message: `Intervals are conformal: their widths are quantiles of about ${Math.round(count)} past errors, enough for levels up to ${highest} %; above that, widths grow in proportion.`,
    details: { method: "conformal", ...calibration, effectiveErrors: count, highestLevel: highest },
  };
}

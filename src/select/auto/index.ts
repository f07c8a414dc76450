import type { FitOptions, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { defineModel, makeModel } from "../../models/contract/define.js";
import { word } from "../../models/contract/kinds.js";
import { type OptionsOf, option } from "../../models/contract/schema.js";
import { originOf } from "../../models/origin.js";
import { withReport } from "../../models/report.js";
import { withCalibration } from "../calibrated/index.js";
import { fitEnsemble } from "../ensemble/index.js";
import { typicalChange } from "../ensemble/weights.js";
import { calibrationHorizon } from "../rehearsal/rehearse.js";
import { scoresOf } from "../rehearsal/scores.js";
import { candidatesFor, SHORT } from "./candidates.js";
import { withEffects } from "./effects.js";
import { areAmounts, wholeOf } from "./features/amounts.js";
import { type Certainty, choiceNote, inShort } from "./notes.js";
import { withoutOutliers } from "./outliers.js";
import { priorFor } from "./prior.js";
import { withoutShift } from "./shifts.js";
import { shortened } from "./shorten.js";
import { fitSingleValue } from "./single-value.js";
import { type Traits, traitsOf } from "./traits.js";
import { unseenNote, withEverySeason } from "./unseen.js";

const AUTO_OPTIONS = {
  /** `"auto"` (default): intervals calibrated by past errors; `"model"`: those of the combination as they are. */
  intervals: option(word("auto", "model"), {
    default: "auto",
    summary: "calibrated by past errors, or those of the combination as they are",
  }),
};

export interface AutoOptions extends OptionsOf<typeof AUTO_OPTIONS> {}

/** Most members, and the share of the largest weight below which a member is left out. */
const MOST_MEMBERS = 6;
const LEAST_SHARE = 0.04;
/** Horizons held out, and fits for them, where the series is long enough. */
const REHEARSAL = { reach: 3, fits: 2 };
/** Beyond this many values past forecasts come from a single fit, to save time. */
const MANY = 2000;
/** Up to this many values without a season fits are quick, so more origins are refitted. */
const FEW_ENOUGH = 200;
const OFTEN = 5;
/** Of a short series each value from the fourth on is forecast by models fitted to those before it. */
const SHORT_REHEARSAL = { first: 3, fits: SHORT };

/** Up to this many values the members' own Student-t intervals are not calibrated: few degrees of freedom make them wide. */
const TOO_FEW_TO_CALIBRATE = 2;

/**
 * The default: a weighted average of several models. Every candidate forecasts the end of the series from its beginning; those
 * that did well there are fitted to the whole series and combined, w_k falling with their past errors, and the intervals are
 * calibrated by what the combination missed in the past. The notes of the result say what was decided.
 *
 * @param options.intervals `"auto"` (default) or `"model"`.
 * @returns a model; `fit` takes any series with at least one observed value.
 * @throws YuleError when fitting: `series-too-short` for a series without observed values.
 * @see J. M. Bates & C. W. J. Granger, Operational Research Quarterly 20 (1969), pp. 451-468; docs/models/combinations/auto.md.
 * @example forecast(auto().fit(passengers), { horizon: 24 });
 */
export function auto(options: AutoOptions = {}): Model {
  return makeModel(autoModel, options);
}

export const autoModel = defineModel({
  name: "auto",
  summary:
    "the default: a weighted average of models, weights by past forecast errors, with calibrated intervals",
  forms: ["auto", "auto(intervals=model)"],
  options: AUTO_OPTIONS,
  inputs: "uses",
  fit: (series, { choice: { intervals }, notation, options }) => ({
    ...fitAuto(series, intervals, options),
    notation,
  }),
});

function fitAuto(whole: Series, intervals: "auto" | "model", options: FitOptions = {}): Fitted {
  const recent = shortened(whole);
  const usable = withoutOutliers(recent.series);
  const level = withoutShift(usable.series);
  const fitted = fitRecent(level.series, intervals, options);
  const { report } = fitted;
  const told = [recent.note, usable.note, level.note, usable.latest];
  const notes = [...inShort(report.notes), ...told.filter((note) => note !== null)];
  return {
    ...withReport(fitted, { notes }),
    origin: { ...fitted.origin, ...originOf(whole), inputNames: fitted.origin.inputNames },
    history: recent.series,
  };
}

function fitRecent(given: Series, intervals: "auto" | "model", options: FitOptions): Fitted {
  const { series, unseen } = withEverySeason(given);
  const traits = traitsOf(series);
  if (traits.observed === 1) return withChoice(traits, fitSingleValue(series), null);
  const horizon = calibrationHorizon(series);
  const highest = wholeOf(series);
  const { closed } = traits;
  const combined = fitEnsemble(candidatesFor(traits), series, {
    ...options,
    ...rehearsalOf(traits),
    weights: "errors",
    stepsAhead: horizon,
    most: MOST_MEMBERS,
    leastShare: LEAST_SHARE,
    knowledge: {
      ...(areAmounts(series) || traits.relative ? { lowest: 0 } : {}),
      ...(traits.relative ? { positive: true as const } : {}),
      ...(highest === null ? {} : { highest }),
      ...(unseen === null ? {} : { unseen }),
      ...(closed === null ? {} : { closed }),
    },
  });
  const { past, origins } = combined;
  const exact = combined.exact || traits.line;
  const told = withChoice(
    traits,
    withEffects(combined.fitted, traits.inputs),
    exact ? "exact" : !hasManyZeros(traits) && isNearlyExact(combined.fitted, series) ? "nearly" : null,
    unseen === null ? [] : [unseenNote(series, unseen)],
  );
  if (intervals === "model" || exact || traits.observed <= TOO_FEW_TO_CALIBRATE) return told;
  const scores = origins === null ? [] : scoresOf(past, given, origins);
  return withCalibration(told, scores, { prior: priorFor(told.report.observations) }, horizon);
}

/** Where the next value is most likely 0 its narrow interval says nothing of the others. */
const hasManyZeros = ({ closed, intermittent }: Traits) => closed !== null || intermittent;

function rehearsalOf({ observed, periods }: Traits) {
  if (observed <= SHORT) return SHORT_REHEARSAL;
  if (periods.length === 0 && observed <= FEW_ENOUGH) return { ...REHEARSAL, fits: OFTEN };
  return observed > MANY ? { ...REHEARSAL, fits: 1 } : REHEARSAL;
}

/** An 80 % interval narrower than this share of a typical change is reported as very narrow. */
const NARROW = 0.01;

/** Whether the one-step interval has almost no width, as for data that follow an exact rule except for single values. */
function isNearlyExact({ process, params, state, origin }: Fitted, { y }: Series): boolean {
  if (origin.inputNames.length > 0) return false;
  const next = process.conditional(params, state, new Float64Array(0));
  return next.quantile(0.9) - next.quantile(0.1) < NARROW * typicalChange(y);
}

function withChoice(
  traits: Traits,
  fitted: Fitted,
  certainty: Certainty,
  more: readonly Note[] = [],
): Fitted {
  const notes: Note[] = [choiceNote(traits, fitted, certainty), ...more, ...fitted.report.notes];
  return withReport(fitted, { notes });
}

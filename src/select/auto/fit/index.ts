import type { FitOptions, Fitted, Note } from "../../../core/model.js";
import type { Series } from "../../../core/series.js";
import { update } from "../../../engine/update.js";
import { originOf } from "../../../models/origin.js";
import { withReport } from "../../../models/report.js";
import { withCalibration } from "../../calibrated/index.js";
import { fitEnsemble } from "../../ensemble/index.js";
import type { Candidate } from "../../ensemble/members.js";
import { typicalChange } from "../../ensemble/weights.js";
import { calibrationHorizon } from "../../rolling-forecasts/rolling-forecasts.js";
import { scoresOf } from "../../rolling-forecasts/scores.js";
import { candidatesFor } from "../candidates.js";
import { withEffects } from "../effects.js";
import { areAmounts, wholeOf } from "../features/amounts.js";
import { boundedAboveNote, boundedBelowNote } from "../features/bound-notes.js";
import { fitSingleValue } from "../few-values/single-value.js";
import { type Certainty, choiceNote, inShort } from "../notes.js";
import { priorFor } from "../prior.js";
import type { Traits } from "../traits.js";
import { unseenNote } from "../unseen.js";
import { howPast, type Prepared } from "./prepare.js";

export { needsPanel, refusal } from "./panel-only.js";
export { type Prepared, pastOrigins, prepare } from "./prepare.js";

/** Whether intervals are calibrated by past errors, or those of the combination as they are. */
export type AutoIntervals = "auto" | "model";

/** Most members, and the share of the largest weight below which a member is left out. */
const MOST_MEMBERS = 6;
const LEAST_SHARE = 0.04;
/** Up to this many values the members' own Student-t intervals are not calibrated: few degrees of freedom make them wide. */
const TOO_FEW_TO_CALIBRATE = 2;

/**
 * The weighted average for a series that was looked over.
 *
 * @param more candidates beside those for such a series.
 */
export function fitPrepared(
  prepared: Prepared,
  intervals: AutoIntervals,
  options: FitOptions,
  more: readonly Candidate[] = [],
): Fitted {
  const fitted = combined(prepared, intervals, options, more);
  const here = prepared.stopped === null ? fitted : update(fitted, new Float64Array(prepared.stopped.zeros));
  return {
    ...withReport(here, { notes: [...inShort(fitted.report.notes), ...prepared.notes] }),
    origin: { ...fitted.origin, ...originOf(prepared.whole), inputNames: fitted.origin.inputNames },
    history: prepared.recent,
  };
}

function combined(
  { cleaned, series, unseen, stopped, absolute, traits }: Prepared,
  intervals: AutoIntervals,
  options: FitOptions,
  more: readonly Candidate[],
): Fitted {
  if (traits.observed === 1) return withChoice(traits, fitSingleValue(series), null);
  const horizon = calibrationHorizon(series);
  const highest = absolute ? wholeOf(series) : null;
  const { closed } = traits;
  const combined = fitEnsemble([...candidatesFor(traits), ...more], series, {
    ...options,
    ...howPast(traits),
    weights: "errors",
    stepsAhead: horizon,
    mostMembers: MOST_MEMBERS,
    leastShare: LEAST_SHARE,
    limits: {
      ...((absolute && areAmounts(series)) || traits.relative ? { lowest: 0 } : {}),
      ...(traits.relative ? { positive: true as const } : {}),
      ...(highest === null ? {} : { highest }),
      ...(unseen === null ? {} : { unseen }),
      ...(closed === null ? {} : { closed }),
      ...(stopped === null ? {} : { stopped: { from: series.y.length } }),
    },
  });
  const { past, origins } = combined;
  const exact = combined.exact || traits.line;
  const told = withChoice(
    traits,
    withEffects(combined.fitted, traits.inputs),
    exact
      ? "exact"
      : stopped === null && !hasManyZeros(traits) && isNearlyExact(combined.fitted, series)
        ? "nearly"
        : null,
    [
      ...(unseen === null ? [] : [unseenNote(series, unseen)]),
      ...(traits.falls ? [boundedBelowNote(series)] : []),
      ...(highest === null ? [] : [boundedAboveNote(series, highest)]),
    ],
  );
  if (intervals === "model" || exact || traits.observed <= TOO_FEW_TO_CALIBRATE) return told;
  const scores = origins === null ? [] : scoresOf(past, openOnly(cleaned, closed), origins);
  return withCalibration(
    told,
    scores,
    { prior: priorFor(told.report.observations, openShare(closed)) },
    horizon,
  );
}

/** A series whose closed positions are missing: their certain zeros say nothing of how wide intervals are at the others. */
function openOnly(series: Series, closed: Traits["closed"]): Series {
  if (closed === null) return series;
  const y = series.y.map((value, t) => (closed.positions.includes(t % closed.period) ? Number.NaN : value));
  return { ...series, y };
}

function openShare(closed: Traits["closed"]): number {
  return closed === null ? 1 : 1 - closed.positions.length / closed.period;
}

/** Where the next value is most likely 0 its narrow interval says nothing of the others. */
const hasManyZeros = ({ closed, intermittent }: Traits) => closed !== null || intermittent;

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

import type { Note } from "../../../core/model.js";
import type { Series } from "../../../core/series.js";
import type { Unseen } from "../../ensemble/process.js";
import { calibrationHorizon, type Origins, originsIn } from "../../rolling-forecasts/rolling-forecasts.js";
import { SHORT } from "../candidates.js";
import { unfinishedInterruption, withoutInterruption } from "../cleaning/interruptions.js";
import { type Stopped, stoppedIn } from "../cleaning/stopped.js";
import { counterNote } from "../features/counter.js";
import { monthDaysNote } from "../features/month-days.js";
import { withoutOutliers } from "../outliers.js";
import { withoutShift } from "../shifts.js";
import { shortened } from "../shorten.js";
import { type Traits, traitsOf } from "../traits.js";
import { withEverySeason } from "../unseen.js";

/** A series as it is modelled, and what is known of it. */
export interface Prepared {
  /** As it was given. */
  readonly whole: Series;
  /** Its recent part. */
  readonly recent: Series;
  /** That without interruptions, wild values and level shifts. */
  readonly cleaned: Series;
  /** That with every position of its season filled: what models are fitted to. */
  readonly series: Series;
  readonly unseen: Unseen | null;
  /** Zeros at the end that follow the values of `series`, else null. */
  readonly stopped: Stopped | null;
  /** Whether 0 and whole numbers mean something, as they do not among logarithms. */
  readonly absolute: boolean;
  readonly traits: Traits;
  /** What was done to it. */
  readonly notes: readonly Note[];
}

/** Looks a series over, and takes away what would mislead models. Among transformed values 0 is a value as others. */
export function prepare(whole: Series, transformed = false): Prepared {
  const absolute = !transformed;
  const recent = shortened(whole);
  const stopped = absolute ? stoppedIn(recent.series) : null;
  const complete = withoutInterruption(stopped?.before ?? recent.series);
  const usable = withoutOutliers(complete.series);
  const level = withoutShift(usable.series);
  const { series, unseen } = withEverySeason(level.series);
  const latest = level.note === null && usable.latest === null ? unfinishedInterruption(usable.series) : null;
  const told = [
    recent.note,
    absolute ? counterNote(recent.series) : null,
    stopped?.note ?? null,
    monthDaysNote(stopped?.before ?? recent.series),
    complete.note,
    usable.note,
    level.note,
    usable.latest,
    latest,
  ];
  const notes = told.filter((note) => note !== null);
  const cleaned = level.series;
  const found = traitsOf(series, level.note !== null);
  const traits = absolute ? found : { ...found, ...NO_ZERO };
  return { whole, recent: recent.series, cleaned, series, unseen, stopped, absolute, traits, notes };
}

/** What is said of 0 where it means nothing. */
const NO_ZERO = { relative: false, falls: false, closes: false, closed: null, intermittent: false } as const;

/** Past origins at most: ten instead of six changed OWA by less than .003 on the even ids of M3 and tourism. */
const most = 6;
/** Horizons held out, and fits for them, where the series is long enough. */
const USUAL_ORIGINS = { most, reach: 3, fits: 2 };
/**
 * With a season, and beyond this many values, past forecasts come from a single fit. A second one changes weights little (OWA of monthly M3
 * series .751 with one, .750 with two) and takes a sixth of the time.
 */
const MANY = 2000;
/** Up to this many values without a season fits are quick, so more origins are refitted. */
const FEW_ENOUGH = 200;
const OFTEN = 5;
/** Of a short series each value from the fourth on is forecast by models fitted to those before it. */
const SHORT_ORIGINS = { most, first: 3, fits: SHORT };

/** How past forecasts of a series are made. */
export function howPast({ observed, periods }: Traits) {
  if (observed <= SHORT) return SHORT_ORIGINS;
  if (periods.length === 0 && observed <= FEW_ENOUGH) return { ...USUAL_ORIGINS, fits: OFTEN };
  return periods.length > 0 || observed > MANY ? { ...USUAL_ORIGINS, fits: 1 } : USUAL_ORIGINS;
}

/** Where they begin; null where there is no room for any. */
export function pastOrigins({ series, traits }: Prepared): Origins | null {
  return originsIn(series, calibrationHorizon(series), howPast(traits));
}

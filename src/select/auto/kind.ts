import type { Series } from "../../core/series.js";
import { mstl } from "../../diagnostics/decomposition/mstl.js";
import { strengths } from "../../diagnostics/decomposition/strength.js";

/** What sort of series this is, as far as the choice of models goes. */
export type Kind =
  | "short"
  | "with-inputs"
  | "intermittent"
  | "non-seasonal"
  | "seasonal"
  | "long-season"
  | "several-seasons";

export interface Classification {
  readonly kind: Kind;
  /** Why, in words that can stand in a note. */
  readonly reason: string;
  /** Seasonal periods that the models are to reckon with, ascending. */
  readonly periods: readonly number[];
}

const SHORT = 5;
/** Seasons longer than this are taken out by decomposition rather than modelled. */
const LONGEST_MODELLED = 24;
/** Above this share of zeros demand is intermittent: many of its intervals between demands exceed 1.32 (Syntetos et al. 2005). */
const INTERMITTENT_ZEROS = 0.3;

/** How many of its longer season the observed values must make up. */
const LEAST_SEASONS = 3;
/** Noise has a season of strength 0.13 + 0.7/k when k of them are decomposed: what is to count must be above. */
const NOISE = 0.2;
const NOISE_ONCE = 0.9;
/** Steps a day that mean a week of seven times as many. */
const A_DAY = [24, 48, 96, 144, 288, 1440];
const A_WEEK = 7;
const A_YEAR = 365;

/** Sorts a series by its length, its inputs, its zeros and its periods. */
export function classify(series: Series): Classification {
  const { y, period, inputs } = series;
  const seen = y.filter((value) => !Number.isNaN(value));
  const zeros = seen.filter((value) => value === 0).length;
  const periods = period > 1 && seen.length >= 2 * period + 2 ? [period] : [];
  if (seen.length <= SHORT) return { kind: "short", reason: `${seen.length} values`, periods: [] };
  if (inputs.names.length > 0)
    return { kind: "with-inputs", reason: `inputs ${inputs.names.join(", ")}`, periods };
  const countable = seen.every((value) => value >= 0);
  if (countable && zeros / seen.length > INTERMITTENT_ZEROS && zeros < seen.length) {
    return {
      kind: "intermittent",
      reason: `${Math.round((100 * zeros) / seen.length)} % zeros`,
      periods: [],
    };
  }
  if (period === 1) return { kind: "non-seasonal", reason: "no season", periods };
  if (periods.length === 0)
    return { kind: "non-seasonal", reason: `fewer than two seasons of ${period}`, periods };
  const longer = longerSeason(period);
  if (longer !== null && seen.length >= LEAST_SEASONS * longer && isStrong(series, longer)) {
    const both = [period, longer];
    return { kind: "several-seasons", reason: `seasons of ${period} and ${longer}`, periods: both };
  }
  const kind = period > LONGEST_MODELLED ? "long-season" : "seasonal";
  return { kind, reason: `season of ${period}`, periods };
}

/** The week of steps within days, the year of days; null where no second season is to be expected. */
function longerSeason(period: number): number | null {
  if (A_DAY.includes(period)) return A_WEEK * period;
  return period === A_WEEK ? A_YEAR : null;
}

/** Whether a series has a second season stronger than the decomposition of noise would find. */
function isStrong({ y, period }: Series, longer: number): boolean {
  const strength = strengths(mstl(y, [period, longer])).seasons[1] ?? 0;
  return strength > NOISE + (NOISE_ONCE * longer) / y.length;
}

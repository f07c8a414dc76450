import type { Series } from "../../core/series.js";

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
  if (longer !== null && seen.length >= LEAST_SEASONS * longer)
    return {
      kind: "several-seasons",
      reason: `seasons of ${period} and ${longer}`,
      periods: [period, longer],
    };
  const kind = period > LONGEST_MODELLED ? "long-season" : "seasonal";
  return { kind, reason: `season of ${period}`, periods };
}

/** How many of its longer season a series must hold. */
const LEAST_SEASONS = 3;
/** Steps a day that mean a week of seven times as many. */
const A_DAY = [24, 48, 96, 144, 288, 1440];
const A_WEEK = 7;
const A_YEAR = 365;

/** The week of steps within days, the year of days; null where no second season is to be expected. */
function longerSeason(period: number): number | null {
  if (A_DAY.includes(period)) return A_WEEK * period;
  return period === A_WEEK ? A_YEAR : null;
}

import type { Details, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { usualPeriods } from "../../core/time/usual-periods.js";
import { mstl as decompose } from "../../diagnostics/decomposition/mstl.js";
import type { SeasonsResult } from "../../diagnostics/decomposition/seasons.js";
import { type Strengths, strengths } from "../../diagnostics/decomposition/strength.js";
import { defineModel, type Given, makeModel } from "../contract/define.js";
import { flag, type Kind, list, number, whole, wordOr } from "../contract/kinds.js";
import { type ChoiceOf, type OptionsOf, option } from "../contract/schema.js";
import { withMissing } from "../missing.js";
import { originOf } from "../origin.js";
import {
  type Cycle,
  type SeasonalParams,
  type SeasonalState,
  seasonalKind,
  seasonalProcess,
} from "./seasonal-process.js";

const oddWindow: Kind<number> = {
  ...number(),
  wanted: "an odd whole number of at least 7",
  accepts: (value): value is number => typeof value === "number" && value >= 7 && value % 2 === 1,
};

const MSTL_OPTIONS = {
  /** Seasonal periods, e.g. `[24, 168]`; default: the period of the series, with a day for hours and minutes the week too. */
  periods: option(
    list(whole(2, 100_000), "whole numbers from 2 to 100000, at least one", (all) => all.length > 0),
    { unset: "the series' period", summary: "seasonal periods joined by +, e.g. 24+168" },
  ),
  /**
   * How fast seasons may change: the window of their smoother in seasons, odd, at least 7; `"periodic"`: they do not.
   * Default 11 for the shortest season, 15 for the next …, as in R's `mstl`.
   */
  window: option(wordOr(["periodic"], oddWindow), {
    unset: "11, 15 …",
    summary: "smoothing window of the seasons, or periodic",
  }),
  /** Whether outliers are weighed down. Default false. */
  robust: option(flag, { default: false, summary: "whether outliers get lower weights" }),
};

export interface SeasonalOptions extends OptionsOf<typeof MSTL_OPTIONS> {}

type Choice = ChoiceOf<typeof MSTL_OPTIONS>;

/** What `report.details` of `mstl(…)` has beside those of the model in it. */
export type SeasonalDetails = {
  /** Periods of the seasons that were removed. */
  readonly seasons: readonly number[];
  /** Strength of the trend and of each season, 0 to 1. */
  readonly strength: Strengths;
};

/** A seasonally adjusted series' model, around one with details D. */
export type SeasonalFitted<D extends Details = Details> = Fitted<
  SeasonalParams<unknown>,
  SeasonalState<unknown>,
  D & SeasonalDetails
>;

/**
 * A model of the seasonally adjusted series: seasons are taken out by STL, one after the other, the model is fitted to what is
 * left, and its forecasts get the last cycle of each season back.
 *
 * The seasons are taken as known: intervals are the model's. Missing values are interpolated to find the seasons, and are
 * missing to the model. For seasons that grow with the level: `log(mstl(…))`.
 *
 * @throws YuleError `bad-periods`, `bad-window`; when fitting `too-short` for fewer than two periods, and what the model throws.
 * @see R. B. Cleveland, W. S. Cleveland, J. E. McRae, I. Terpenning, Journal of Official Statistics 6 (1990), 3-73;
 *   K. Bandara, R. J. Hyndman, C. Bergmeir, MSTL (2021), arXiv 2107.13462.
 * @example forecast(mstl(ets({ trend: "Ad" }), { periods: [24, 168] }).fit(hourlyLoad), { horizon: 48 });
 */
export function mstl<D extends Details>(
  model: Model<Fitted<unknown, unknown, D>>,
  options: SeasonalOptions = {},
): Model<SeasonalFitted<D>> {
  return makeModel(mstlModel, options, [model]) as Model<SeasonalFitted<D>>;
}

/** @deprecated Use `mstl`. */
export const withSeasons = mstl;

/** `mstl(ets(A,Ad,N))[12]`, `mstl(arima(1,1,1), periods=24+168)`. */
export const mstlModel = defineModel({
  name: "mstl",
  summary: "seasonal adjustment by MSTL, any model for the adjusted series, the seasons added back",
  forms: ["mstl(ets(A,Ad,N))[12]", "mstl(drift, periods=24+168, window=periodic)", "mstl(ses, robust=true)"],
  options: MSTL_OPTIONS,
  holds: "one",
  period: "periods",
  inputs: "uses",
  resolve(kind, find) {
    const inner = seasonalKind(kind);
    return inner === null ? null : (seasonalProcess(find(inner)) as ReturnType<typeof find>);
  },
  fit: fitSeasonal,
});

function fitSeasonal(
  series: Series,
  { choice, models, options, written }: Given<typeof MSTL_OPTIONS>,
): SeasonalFitted {
  const parts = seasonsOf(series, choice);
  const path = new Float64Array(series.y.length);
  for (const { values } of parts.seasons)
    for (let t = 0; t < path.length; t++) path[t] = path[t]! + values[t]!;
  const adjusted: Series = { ...series, y: series.y.map((value, t) => value - path[t]!), period: 1 };
  const inner = withMissing(models[0]!).fit(adjusted, options);
  const params = { path, cycles: parts.seasons.map(cycleOf), inner: inner.params };
  const taken = parts.seasons.map(({ period }) => period);
  return {
    ...inner,
    notation: written(taken.length > 1 ? { periods: taken } : {}, [inner.notation]),
    process: seasonalProcess(inner.process),
    params,
    state: { inner: inner.state, count: series.y.length },
    report: {
      ...inner.report,
      notes: [...parts.notes, ...seasonNote(series, parts), ...inner.report.notes],
      details: {
        ...inner.report.details,
        seasons: taken,
        strength: strengths(parts),
      },
    },
    // What the inner model had no use for need not be known ahead.
    origin: { ...originOf(series), inputNames: inner.origin.inputNames },
    history: series,
  };
}

/** Season by season, or nothing where there is no period. */
function seasonsOf(series: Series, { periods, window, robust }: Choice): SeasonsResult {
  const wanted = (periods ?? usualPeriods(series)).filter((period) => period > 1);
  if (wanted.length === 0) {
    const trend = new Float64Array(series.y.length);
    return { trend, seasons: [], remainder: series.y, notes: [] };
  }
  return decompose(series.y, wanted, {
    ...(window === null ? {} : { seasonalWindows: window }),
    robust,
  });
}

/** The last cycle of a season, in the order in which it goes on. */
function cycleOf({ period, values }: SeasonsResult["seasons"][number]): Cycle {
  return { period, values: values.slice(values.length - period) };
}

function seasonNote(series: Series, { seasons }: SeasonsResult): Note[] {
  if (seasons.length === 1) return [];
  if (seasons.length > 1) {
    const periods = seasons.map(({ period }) => period);
    const message = `Seasons of ${periods.join(" and ")} were removed from ${series.id}.`;
    return [{ code: "seasons-taken", severity: "info", message, details: { periods } }];
  }
  return [
    {
      code: "no-season",
      severity: "info",
      message: `${series.id} has no seasonal period: no season was removed.`,
    },
  ];
}

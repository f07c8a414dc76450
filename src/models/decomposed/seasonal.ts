import { requireModel } from "../../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { FitOptions, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { usualPeriods } from "../../core/usual-periods.js";
import { mstl } from "../../diagnostics/decomposition/mstl.js";
import type { SeasonsResult } from "../../diagnostics/decomposition/seasons.js";
import { strengths } from "../../diagnostics/decomposition/strength.js";
import { inputModel } from "../guard.js";
import { withMissing } from "../missing.js";
import { writeNotation } from "../notation.js";
import { originOf } from "../origin.js";
import { type Cycle, type SeasonalParams, type SeasonalState, seasonalProcess } from "./seasonal-process.js";

export interface SeasonalOptions {
  /** Seasonal periods, e.g. `[24, 168]`; default: the period of the series, with a day for hours and minutes the week too. */
  readonly periods?: readonly number[];
  /**
   * How fast seasons may change: the window of their smoother in seasons, odd, at least 7; `"periodic"`: they do not.
   * Default 11 for the shortest season, 15 for the next …, as in R's `mstl`.
   */
  readonly window?: number | "periodic";
  /** Whether outliers are weighed down. Default false. */
  readonly robust?: boolean;
}

const WITH_SEASONS_OPTIONS: OptionTable<SeasonalOptions> = {
  periods: "numbers",
  window: { numberOr: ["periodic"] },
  robust: "boolean",
};

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
 * @example forecast(withSeasons(ets({ trend: "Ad" }), { periods: [24, 168] }).fit(load), { horizon: 48 });
 */
export function withSeasons(model: Model, options: SeasonalOptions = {}): Model {
  requireModel(model, "withSeasons takes");
  requireOptions("withSeasons", options, WITH_SEASONS_OPTIONS);
  check(options);
  return inputModel({
    notation: seasonalNotation(model.notation, options),
    missing: "keep",
    fit: (series, fitOptions) => fitSeasonal(model, series, options, fitOptions),
  });
}

function fitSeasonal(
  model: Model,
  series: Series,
  options: SeasonalOptions,
  fitOptions?: FitOptions,
): Fitted<SeasonalParams<unknown>, SeasonalState<unknown>> {
  const parts = seasonsOf(series, options);
  const path = new Float64Array(series.y.length);
  for (const { values } of parts.seasons)
    for (let t = 0; t < path.length; t++) path[t] = path[t]! + values[t]!;
  const adjusted: Series = { ...series, y: series.y.map((value, t) => value - path[t]!), period: 1 };
  const inner = withMissing(model).fit(adjusted, fitOptions);
  const params = { path, cycles: parts.seasons.map(cycleOf), inner: inner.params };
  const taken = parts.seasons.map(({ period }) => period);
  const written = taken.length > 1 ? { ...options, periods: taken } : options;
  return {
    ...inner,
    notation: seasonalNotation(inner.notation, written),
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
function seasonsOf(series: Series, { periods, window, robust }: SeasonalOptions): SeasonsResult {
  const wanted = (periods ?? usualPeriods(series)).filter((period) => period > 1);
  if (wanted.length === 0) {
    const trend = new Float64Array(series.y.length);
    return { trend, seasons: [], remainder: series.y, notes: [] };
  }
  return mstl(series.y, wanted, {
    ...(window === undefined ? {} : { seasonalWindows: window }),
    ...(robust === undefined ? {} : { robust }),
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
    const message = `Seasons of ${periods.join(" and ")} were taken out of ${series.id}.`;
    return [{ code: "seasons-taken", severity: "info", message, details: { periods } }];
  }
  return [
    {
      code: "no-season",
      severity: "info",
      message: `${series.id} has no seasonal period: nothing was taken out of it.`,
    },
  ];
}

function check({ periods, window }: SeasonalOptions): void {
  if (periods !== undefined && periods.length === 0) {
    throw usageError(
      "bad-periods",
      "periods",
      periods,
      "There must be at least one period, e.g. periods=24+168.",
    );
  }
  for (const period of periods ?? []) requireInteger("periods", period, 2, 100_000);
  if (window === undefined || window === "periodic") return;
  if (Number.isInteger(window) && window >= 7 && window % 2 === 1) return;
  throw usageError(
    "bad-window",
    "window",
    window,
    `The window must be periodic or an odd whole number of at least 7, not ${show(window)}.`,
  );
}

function seasonalNotation(inner: string, { periods, window, robust }: SeasonalOptions): string {
  const options: [string, string | number | boolean][] = [];
  const single = periods?.length === 1 ? periods[0]! : null;
  if (periods !== undefined && single === null) options.push(["periods", periods.join("+")]);
  if (window !== undefined) options.push(["window", window]);
  if (robust === true) options.push(["robust", true]);
  return writeNotation("mstl", [[inner]], options, single);
}

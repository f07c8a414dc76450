import { YuleError } from "../../../core/errors.js";
import type { Panel, Series } from "../../../core/series.js";
import { backtestHorizon } from "../../../evaluate/backtest.js";
import { type Fold, rollingOrigins } from "../../../evaluate/folds.js";
import type { Settings } from "../../options/options.js";

/** A series and where it is forecast from. */
export interface Scheduled {
  readonly series: Series;
  readonly folds: readonly Fold[];
}

/** What is forecast from where. */
export interface Schedule {
  readonly scheduled: readonly Scheduled[];
  /** Series that cannot take part, and why. */
  readonly leftOut: readonly { readonly id: string; readonly error: YuleError }[];
  readonly horizon: number;
  readonly step: number;
}

/** The past of the series, from rolling origins. */
export function rollingSchedule(settings: Settings, panel: Panel): Schedule {
  const horizon = settings.horizon ?? backtestHorizon(panel);
  const { step = horizon, gap = 0, window = "expanding" } = settings;
  const folds = settings.folds === undefined ? {} : { folds: settings.folds };
  const scheduled: Scheduled[] = [];
  const leftOut: { id: string; error: YuleError }[] = [];
  for (const series of panel) {
    try {
      scheduled.push({ series, folds: rollingOrigins(series, { horizon, step, gap, window, ...folds }) });
    } catch (error) {
      if (!(error instanceof YuleError)) throw error;
      leftOut.push({ id: series.id, error });
    }
  }
  return { scheduled, leftOut, horizon, step };
}

import { YuleError } from "../../core/errors.js";
import type { Series } from "../../core/series.js";
import { type Fold, type FoldOptions, type Outline, rollingOrigins } from "../../evaluate/folds.js";
import { backtestHorizon } from "../../evaluate/horizon.js";

/** A series, or what its folds depend on, and where it is forecast from. */
export interface Scheduled<S extends Outline = Series> {
  readonly series: S;
  readonly folds: readonly Fold[];
}

/** What is forecast from where. */
export interface Schedule<S extends Outline = Series> {
  readonly scheduled: readonly Scheduled<S>[];
  /** Series that cannot take part, and why. */
  readonly leftOut: readonly { readonly id: string; readonly error: YuleError }[];
  readonly horizon: number;
  readonly step: number;
}

/**
 * The past of the series, from rolling origins; a series without room for them is left out.
 *
 * @throws YuleError `bad-horizon`, `bad-folds`, `bad-step`, `bad-gap`, `bad-window` where an option is wrong for every series.
 */
export function rollingSchedule<S extends Outline>(
  panel: readonly S[],
  options: Partial<FoldOptions>,
): Schedule<S> {
  const horizon = options.horizon ?? backtestHorizon(panel);
  const { step = horizon, gap = 0, window = "expanding" } = options;
  const folds = options.folds === undefined ? {} : { folds: options.folds };
  const scheduled: Scheduled<S>[] = [];
  const leftOut: { id: string; error: YuleError }[] = [];
  for (const series of panel) {
    try {
      scheduled.push({ series, folds: rollingOrigins(series, { horizon, step, gap, window, ...folds }) });
    } catch (error) {
      if (!(error instanceof YuleError) || error.code.startsWith("bad-")) throw error;
      leftOut.push({ id: series.id, error });
    }
  }
  return { scheduled, leftOut, horizon, step };
}

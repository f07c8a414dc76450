import { requireInteger } from "../core/checks.js";
import { dataError, usageError } from "../core/errors.js";

export interface FoldOptions {
  /** Steps ahead that each fold forecasts. */
  readonly horizon: number;
  /** How many origins; default: as many as fit, at most 5. */
  readonly folds?: number;
  /** Rows between origins; default: the horizon, so that no value is forecast twice. */
  readonly step?: number;
  /** Rows left out between the training data and the first scored value; default 0. */
  readonly gap?: number;
  /** `"expanding"` (default): all rows before the origin; a number: only that many. */
  readonly window?: "expanding" | number;
}

/** One forecasting origin: training rows `from` to `origin` (exclusive), scored rows from `origin + gap` on. */
export interface Fold {
  readonly from: number;
  readonly origin: number;
  /** Steps that are scored, where folds differ; else as many as asked for. */
  readonly horizon?: number;
}

/** What the folds of a series depend on: its id for errors, its period and its length. */
export interface Outline {
  readonly id: string;
  readonly period: number;
  readonly y: { readonly length: number };
}

const DEFAULT_FOLDS = 5;

/** Fewest training rows a fold may have by default: two periods and a little, at least 8. */
function leastTraining(series: Outline): number {
  return Math.max(8, 2 * series.period + 3);
}

/**
 * The origins of a rolling-origin evaluation, oldest first; the last fold ends with the series.
 *
 * @throws YuleError `too-many-folds` (says how many would fit), `bad-horizon`, `bad-folds`, `bad-step`, `bad-gap`, `bad-window`.
 * @example rollingOrigins(passengers, { horizon: 12, folds: 3 });
 */
export function rollingOrigins(series: Outline, options: FoldOptions): Fold[] {
  const n = series.y.length;
  const horizon = requireInteger("horizon", options.horizon, 1, 100_000);
  const gap = requireInteger("gap", options.gap ?? 0, 0, 1_000_000);
  const step = requireInteger("step", options.step ?? horizon, 1, 1_000_000);
  const window = options.window ?? "expanding";
  if (window !== "expanding") requireInteger("window", window, 2, 100_000_000);
  const least = window === "expanding" ? leastTraining(series) : window;
  const room = n - horizon - gap - least;
  const fitting = room < 0 ? 0 : Math.floor(room / step) + 1;
  if (options.folds !== undefined) requireInteger("folds", options.folds, 1, 1_000_000);
  const folds = options.folds ?? Math.min(DEFAULT_FOLDS, fitting);
  if (folds > fitting || folds === 0) throw tooMany(series, { horizon, gap, step, least, folds, fitting });
  return Array.from({ length: folds }, (_, k) => {
    const origin = n - horizon - gap - (folds - 1 - k) * step;
    return { from: window === "expanding" ? 0 : Math.max(0, origin - window), origin };
  });
}

interface Shortage {
  readonly horizon: number;
  readonly gap: number;
  readonly step: number;
  readonly least: number;
  readonly folds: number;
  readonly fitting: number;
}

function tooMany(series: Outline, { horizon, gap, step, least, folds, fitting }: Shortage): Error {
  const n = series.y.length;
  const need = `${least} training rows and ${horizon + gap} after them`;
  if (fitting === 0) {
    const longest = n - gap - least;
    const remedy = longest < 1 ? "use more rows" : `a horizon of up to ${longest} fits`;
    return dataError(
      "series-too-short",
      series.id,
      n,
      `${series.id} has ${n === 1 ? "1 row" : `${n} rows`}, too few for one fold, which needs ${need}; ${remedy}.`,
    );
  }
  return usageError(
    "too-many-folds",
    "folds",
    folds,
    `${series.id} has ${n} rows: ${fitting} folds of step ${step} fit (each needs ${need}), not ${folds}.`,
  );
}

import { requireLevel, show } from "../core/checks.js";
import { usageError } from "../core/errors.js";
import { type Forecast, interval } from "../core/forecast.js";

/** One step of a forecast as a flat record, with the columns of `yule forecast --format csv`. */
export interface ForecastRow {
  readonly unique_id: string;
  /** Time of the step, as the input wrote its own. */
  readonly ds: string;
  readonly model: string;
  readonly mean: number;
  readonly median: number;
  /** Interval ends, `lo-80` and `hi-80` for the level 80. */
  readonly [end: `lo-${number}` | `hi-${number}`]: number;
}

/**
 * A forecast as flat records, one a step, for charts, tables and databases.
 *
 * @param levels interval levels in percent; default 80 and 95.
 * @returns `horizon` records.
 * @throws YuleError `bad-level`.
 * @example console.table(forecastRows(forecast(naive().fit(series([3, 5, 4])), { horizon: 2 }), [90]));
 */
export function forecastRows(ahead: Forecast, levels: readonly number[] = [80, 95]): ForecastRow[] {
  if (!Array.isArray(levels)) {
    throw usageError(
      "bad-level",
      "levels",
      levels,
      `The levels must be an array such as [80, 95], not ${show(levels)}.`,
    );
  }
  for (const level of levels) requireLevel(level);
  const ends = [...levels].sort((a, b) => a - b).map((level) => ({ level, ...interval(ahead, level) }));
  return ahead.times.map((ds, h) => {
    const row: Record<string, string | number> = {
      unique_id: ahead.id,
      ds,
      model: ahead.notation,
      mean: ahead.mean[h]!,
      median: ahead.median[h]!,
    };
    for (const { level, lower, upper } of ends) {
      row[`lo-${level}`] = lower[h]!;
      row[`hi-${level}`] = upper[h]!;
    }
    return row as unknown as ForecastRow;
  });
}

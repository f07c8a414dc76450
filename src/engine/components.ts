import { requireFitted } from "../core/arguments/objects.js";
import { usageError } from "../core/errors.js";
import type { Fitted } from "../core/model.js";
import { inputRow, type Series } from "../core/series.js";
import { replayed } from "./residuals.js";
import { alignInputs } from "./update.js";

/** What a model takes a series to be made of. */
export interface Components {
  /** Each part at every row, as it is estimated once the value of the row is seen: `level`, `slope`, `season`. */
  readonly parts: Readonly<Record<string, Float64Array>>;
  /** y minus its one-step prediction, in units of y; NaN where y is missing. */
  readonly remainder: Float64Array;
}

/**
 * The parts of a series under a fitted model: level, slope and season of exponential smoothing, the seasons of `mstl(…)`.
 *
 * Of an additive form, and without gaps, the parts before a row and the remainder add up to its value: y_t = l_{t−1} + φ b_{t−1} + s_{t−m} + e_t.
 *
 * @param series default: the series of the fit.
 * @returns arrays as long as the series.
 * @throws YuleError `no-components` for a model that has none, `no-history` when the model was loaded or updated and no series is given.
 * @see R. J. Hyndman, A. B. Koehler, J. K. Ord, R. D. Snyder (2008), Forecasting with Exponential Smoothing, chapter 2.
 * @example components(ets({ error: "A", trend: "N", season: "N" }).fit(series([3, 5, 4, 6, 5, 7]))).parts.level;
 */
export function components(fitted: Fitted, series?: Series): Components {
  requireFitted(fitted, "components");
  const { process, params } = fitted;
  if (process.parts === undefined || process.parts(params, process.start(params)) === null) {
    throw usageError(
      "no-components",
      "fitted",
      fitted.notation,
      `${fitted.notation} does not split a series into parts; ets and mstl do, and decompose does without a model.`,
    );
  }
  const { residuals } = replayed(fitted, series);
  const source = alignInputs(fitted, (series ?? fitted.history) as Series);
  let state = process.start(params, source);
  const rows = Array.from(source.y, (y, t) => {
    state = process.advance(params, state, y, inputRow(source.inputs, t));
    return process.parts!(params, state)!;
  });
  const names = Object.keys(rows[0] ?? {});
  const parts = names.map((name) => [name, Float64Array.from(rows, (row) => row[name]!)]);
  return { parts: Object.fromEntries(parts) as Components["parts"], remainder: residuals };
}

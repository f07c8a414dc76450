import type { Fitted } from "../core/model.js";
import type { Series } from "../core/series.js";
import { acf } from "../diagnostics/correlation/acf.js";
import { replayed } from "../engine/residuals.js";
import { mape, meanAbsoluteError, meanError, naiveScale, rootMeanSquaredError } from "./measures.js";

/** One-step errors e_t = y_t − E[y_t | past] of a fitted model over a series, as R's `forecast::accuracy` has them. */
export interface Accuracy {
  /** Errors that the measures rest on: y is observed and its one-step prediction exists. */
  readonly observations: number;
  /** Mean error, in units of y. */
  readonly me: number;
  /** Root mean squared error, in units of y. */
  readonly rmse: number;
  /** Mean absolute error, in units of y. */
  readonly mae: number;
  /** Mean percentage error; NaN where a value is 0. */
  readonly mpe: number;
  /** Mean absolute percentage error; NaN where a value is 0. */
  readonly mape: number;
  /** Mean absolute error over that of the seasonal naive forecast on the same series; NaN where that is 0. */
  readonly mase: number;
  /** Autocorrelation of the errors at lag 1; NaN where they do not vary. */
  readonly acf1: number;
}

/**
 * In-sample accuracy: how well the one-step predictions of a fitted model follow the series it was fitted to, or another.
 *
 * Errors within the sample understate those of forecasts; `backtest` measures the latter.
 *
 * @param series default: the series of the fit.
 * @returns in-sample error measures, absolute ones in the units of the data, percentages from 0 to 100 and more.
 * @throws YuleError `no-history` when the model was loaded or updated and no series is given.
 * @see R. J. Hyndman, A. B. Koehler (2006), International Journal of Forecasting 22, 679-688.
 * @example accuracy(ar({ order: 1 }).fit(series([3, 5, 4, 6, 5, 7, 6, 8]))).mase;
 */
export function accuracy(fitted: Fitted, series?: Series): Accuracy {
  const { residuals } = replayed(fitted, series);
  const { y } = (series ?? fitted.history) as Series;
  const rows = [...y.keys()].filter((t) => !Number.isNaN(residuals[t]!));
  const actual = rows.map((t) => y[t]!);
  const predicted = rows.map((t) => y[t]! - residuals[t]!);
  const shares = rows.map((t) => (y[t] === 0 ? Number.NaN : (100 * residuals[t]!) / y[t]!));
  const mae = meanAbsoluteError(actual, predicted);
  return {
    observations: rows.length,
    me: meanError(actual, predicted),
    rmse: rootMeanSquaredError(actual, predicted),
    mae,
    mpe: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    mape: mape(actual, predicted),
    mase: ratio(mae, naiveScale(y, fitted.origin.period, 1)),
    acf1: firstAutocorrelation(residuals, rows.length),
  };
}

/** An error over a scale of 0 is no number. */
function ratio(error: number, scale: number): number {
  return scale > 0 ? error / scale : Number.NaN;
}

function firstAutocorrelation(residuals: Float64Array, count: number): number {
  const present = residuals.filter((error) => !Number.isNaN(error));
  if (count < 3 || present.every((error) => error === present[0])) return Number.NaN;
  return acf(residuals, { maxLag: 1 }).values[1]!;
}

import type { Series } from "../core/series.js";
import { acf } from "../diagnostics/correlation/acf.js";
import { classicalDecomposition } from "../diagnostics/decomposition/classical.js";
import { interpolateMissing } from "../diagnostics/interpolate.js";
import { square } from "../math/power.js";

/** The normal quantile of the test, rounded as the M4 competition did. */
const CRITICAL = 1.645;
/** Fewer seasons than this are not tested. */
const LEAST_SEASONS = 3;

/**
 * Naive2, the benchmark of the M competitions: the last value of the seasonally adjusted series, with the season put
 * back. The season is taken out by classical multiplicative decomposition (additive where a value is not positive) when
 * |r_m| > 1.645 √((1 + 2 Σ_{i<m} r_i²) / n), r the autocorrelations, m the period; series shorter than three seasons count
 * as not seasonal. Missing values are interpolated.
 *
 * @returns the next `horizon` values; NaN where nothing was observed.
 * @see S. Makridakis, E. Spiliotis, V. Assimakopoulos (2020), International Journal of Forecasting 36, 57.
 * @example naive2(passengers, 12);
 */
export function naive2({ y, period }: Series, horizon: number): Float64Array {
  const seen = y.some((value) => !Number.isNaN(value));
  if (!seen) return new Float64Array(horizon).fill(Number.NaN);
  const values = y.some((value) => Number.isNaN(value)) ? interpolateMissing(y, period) : y;
  const n = values.length;
  const last = values[n - 1]!;
  if (!isSeasonal(values, period)) return new Float64Array(horizon).fill(last);
  const type = values.every((value) => value > 0) ? "multiplicative" : "additive";
  const { figure } = classicalDecomposition(values, period, { type });
  const seasonAt = (t: number) => figure[t % period]!;
  return Float64Array.from({ length: horizon }, (_, h) =>
    type === "multiplicative"
      ? (last / seasonAt(n - 1)) * seasonAt(n + h)
      : last - seasonAt(n - 1) + seasonAt(n + h),
  );
}

function isSeasonal(y: Float64Array, period: number): boolean {
  if (period <= 1 || y.length < LEAST_SEASONS * period) return false;
  if (y.every((value) => value === y[0])) return false;
  const { values } = acf(y, { maxLag: period });
  let squares = 0;
  for (let lag = 1; lag < period; lag++) squares += square(values[lag]!);
  return Math.abs(values[period]!) > CRITICAL * Math.sqrt((1 + 2 * squares) / y.length);
}

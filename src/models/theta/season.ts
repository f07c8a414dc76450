import { acf } from "../../diagnostics/correlation/acf.js";
import { classicalDecomposition } from "../../diagnostics/decomposition/classical.js";

/** How the season of a series is taken out. */
export type SeasonChoice = "auto" | "multiplicative" | "additive" | "none";

export interface SeasonFigure {
  /** The pattern from the first value's phase on; empty without a season. */
  readonly figure: Float64Array;
  readonly multiplicative: boolean;
  /** Why there is none although the period allows one, or null. */
  readonly reason: string | null;
}

/** A factor this small would blow values up. */
const SMALLEST_FACTOR = 1e-4;
const LEVEL = 90;

/**
 * The seasonal pattern by classical decomposition: multiplicative where all values are positive, else additive. By default
 * only where the autocorrelation at the period is significant at 90 %, as R's `thetaf` decides.
 *
 * @param y without missing values.
 */
export function seasonFigure(y: Float64Array, period: number, choice: SeasonChoice): SeasonFigure {
  if (choice === "none" || period <= 1) return without(null);
  if (y.length <= 2 * period)
    return without(`its ${y.length} values are not more than two seasons of ${period}`);
  if (choice === "auto" && !isSeasonal(y, period))
    return without("its autocorrelation at the period is not significant");
  const positive = y.every((value) => value > 0);
  const multiplicative = choice === "multiplicative" || (choice === "auto" && positive);
  const { figure } = classicalDecomposition(y, period, {
    type: multiplicative ? "multiplicative" : "additive",
  });
  if (multiplicative && figure.some((factor) => !(Math.abs(factor) >= SMALLEST_FACTOR))) {
    return without("a seasonal factor is close to zero");
  }
  return { figure, multiplicative, reason: null };
}

function without(reason: string | null): SeasonFigure {
  return { figure: new Float64Array(0), multiplicative: false, reason };
}

function isSeasonal(y: Float64Array, period: number): boolean {
  if (y.every((value) => value === y[0])) return false;
  const { values, band } = acf(y, { maxLag: period, level: LEVEL, bands: "bartlett" });
  return Math.abs(values[period]!) > band[period]!;
}

/** The series without its season. */
export function adjustedSeries(y: Float64Array, { figure, multiplicative }: SeasonFigure): Float64Array {
  if (figure.length === 0) return y;
  return y.map((value, t) => {
    const season = figure[t % figure.length]!;
    return multiplicative ? value / season : value - season;
  });
}

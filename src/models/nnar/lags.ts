import { separateSeasons } from "../../diagnostics/decomposition/seasons.js";
import { interpolateMissing } from "../../diagnostics/interpolate.js";
import { yuleWalker } from "../ar/index.js";

/**
 * The order of a linear autoregression of the seasonally adjusted series by AIC, 1 at least: of those up to 10 log₁₀ n and half
 * the series.
 */
export function chosenOrder(y: Float64Array, period: number): number {
  const complete = interpolateMissing(y, period);
  const n = complete.length;
  const adjusted = n > 2 * period && period > 1 ? withoutSeason(complete, period) : complete;
  if (adjusted.every((value) => value === adjusted[0])) return 1;
  const maxOrder = Math.max(1, Math.min(Math.floor(10 * Math.log10(n)), Math.floor(n / 2) - 1));
  return Math.max(1, yuleWalker(adjusted, { maxOrder }).ar.length);
}

function withoutSeason(y: Float64Array, period: number): Float64Array {
  const season = separateSeasons(y, [period], {}).seasons[0]!.values;
  return y.map((value, t) => value - season[t]!);
}

/** 1 to p, and m to Pm, ascending. */
export function lagsOf(order: number, seasonal: number, period: number): number[] {
  const lags = new Set<number>();
  for (let lag = 1; lag <= order; lag++) lags.add(lag);
  for (let turn = 1; turn <= seasonal; turn++) lags.add(turn * period);
  return [...lags].sort((a, b) => a - b);
}

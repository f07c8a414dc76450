import { fieldsOf, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import { varianceOf } from "../summary.js";
import { dropMissing } from "../values.js";
import type { SeasonsResult } from "./seasons.js";

/** How much of what is left of a series each component explains: 0 nothing, 1 all. */
export interface Strengths {
  readonly trend: number;
  /** One for each season, in their order. */
  readonly seasons: readonly number[];
}

/**
 * Strength of trend and seasons: max(0, min(1, 1 − Var(remainder)/Var(component + remainder))).
 *
 * @param parts what `mstl` returned: trend, seasons and remainder of n values each.
 * @returns strengths of trend and seasons, 0 to 1.
 * @see X. Wang, K. A. Smith, R. J. Hyndman (2006), "Characteristic-Based Clustering for Time Series Data",
 *   Data Mining and Knowledge Discovery 13, 335-364.
 * @example strengths(mstl(values, 12)).seasons[0]; // 0.94: strongly seasonal
 */
export function strengths(parts: SeasonsResult): Strengths {
  const { trend, seasons, remainder } = fieldsOf(parts);
  if (!(trend instanceof Float64Array && Array.isArray(seasons) && remainder instanceof Float64Array)) {
    throw usageError(
      "not-a-decomposition",
      "parts",
      parts,
      `strengths takes what mstl(y, periods) returns, not ${show(parts)}.`,
    );
  }
  const left = varianceOf(dropMissing(parts.remainder));
  return {
    trend: strength(parts.trend, parts.remainder, left),
    seasons: parts.seasons.map((season) => strength(season.values, parts.remainder, left)),
  };
}

function strength(component: Float64Array, remainder: Float64Array, left: number): number {
  const together = varianceOf(dropMissing(remainder.map((value, t) => value + component[t])));
  // Nothing varies: there is nothing to explain.
  if (together === 0) return 0;
  return Math.max(0, Math.min(1, 1 - left / together));
}

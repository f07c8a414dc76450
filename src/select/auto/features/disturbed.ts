import { medianOf, NORMAL_MAD } from "../../../diagnostics/summary.js";

/** Distance from the median change in robust standard deviations: of 100 normal ones about one in a hundred sets has one. */
const FAR = 4;

/**
 * Whether some changes over a season (without one: over a step) are far from the usual one, as outliers, closures and shifts of the
 * level make them: models that resist these may then forecast better.
 */
export function isDisturbed(y: Float64Array, period: number): boolean {
  const changes = y
    .slice(period)
    .map((value, t) => value - y[t]!)
    .filter((change) => !Number.isNaN(change));
  if (changes.length === 0) return false;
  const centre = medianOf(changes);
  const away = changes.map((change) => Math.abs(change - centre));
  const usual = NORMAL_MAD * medianOf(away);
  return away.some((size) => size > FAR * usual);
}

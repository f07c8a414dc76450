import type { Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { positionNames } from "../../core/time/season-names.js";
import { interpolateMissing } from "../../diagnostics/interpolate.js";
import { unseenPositions } from "../../diagnostics/seasonality/unseen-positions.js";
import type { Unseen } from "../ensemble/process.js";

/** Seasons at the end from which the values at unobserved positions are estimated. */
const SEASONS = 10;

/**
 * A series in which positions of the season that were never observed, as Sundays of a shop that is closed, are
 * interpolated, so that seasonal models can be fitted; the uncertainty of the values there is kept apart.
 */
export function withEverySeason(series: Series): { readonly series: Series; readonly unseen: Unseen | null } {
  const { y, period } = series;
  const unseen = period > 1 && y.length >= 2 * period + 2 ? unseenIn(y, period) : null;
  if (unseen === null) return { series, unseen };
  const between = interpolateMissing(y, 1);
  const filled = y.map((value, t) => (unseen.positions.includes(t % period) ? between[t]! : value));
  return { series: { ...series, y: filled }, unseen };
}

function unseenIn(y: Float64Array, period: number): Unseen | null {
  const positions = unseenPositions(y, period);
  if (positions.length === 0) return null;
  const recent = y.slice(Math.max(0, y.length - SEASONS * period)).filter((value) => !Number.isNaN(value));
  const mean = recent.reduce((sum, value) => sum + value / recent.length, 0);
  const variance = recent.reduce((sum, value) => sum + ((value - mean) * (value - mean)) / recent.length, 0);
  return { period, positions, mean, deviation: Math.sqrt(variance) };
}

/** That such positions are forecast with wide intervals. */
export function unseenNote({ id, time }: Series, { period, positions }: Unseen): Note {
  const row = positions[0]! + 1;
  const names = positionNames(time, period, positions);
  return {
    code: "unseen-positions",
    severity: "warning",
    message: `No value of ${id} was ever observed on ${positions.length} of the ${period} positions of its season (${names && `${names}: `}rows ${row}, ${row + period} …): forecasts there use the other positions and have wide intervals.`,
    details: { period, positions: positions.map((at) => at + 1) },
  };
}

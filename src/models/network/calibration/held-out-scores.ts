import { inputRow, type Series } from "../../../core/series.js";
import { pathStreams } from "../../../engine/roll.js";
import { normalQuantile } from "../../../math/special-functions/normal.js";
import type { HeldOutScore } from "../../shared/held-out-widths.js";
import type { NetworkParams } from "../data/config.js";
import { rollPaths } from "../stepping/roll.js";
import type { NetworkState } from "../stepping/state.js";

/** With few paths the interval limits are less certain than with the many of a forecast, which inflates scores. */
const PATHS = 1000;

/** Forecasts rows `origin` to `to` of a series from the state before them, and scores the observed values. */
export function heldOutScoresFrom(
  params: NetworkParams,
  state: NetworkState,
  series: Series,
  origin: number,
  to: number,
): HeldOutScore[] {
  const horizon = to - origin;
  const inputs = Array.from({ length: horizon }, (_, h) => inputRow(series.inputs, origin + h));
  const { values } = rollPaths(params, state, inputs, pathStreams(origin, PATHS));
  const misses: HeldOutScore[] = [];
  for (let h = 0; h < horizon; h++) {
    const y = series.y[origin + h]!;
    if (Number.isNaN(y)) continue;
    let [below, equal] = [0, 0];
    for (let i = 0; i < PATHS; i++) {
      const drawn = values[i * horizon + h]!;
      if (drawn < y) below++;
      else if (drawn === y) equal++;
    }
    const place = (below + 0.5 * equal + 0.5) / (PATHS + 1);
    misses.push({ step: h + 1, score: Math.abs(normalQuantile(place)) });
  }
  return misses;
}

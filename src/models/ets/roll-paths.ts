import type { Paths } from "../../core/forecast.js";
import type { Rng } from "../../core/random.js";
import { normalDraws } from "../../engine/sampling/draws.js";
import { MIN_SEASON_FACTOR } from "./recursion/recursion.js";
import { ADDITIVE, MULTIPLICATIVE, NONE, shapeOf } from "./recursion/trace.js";
import { type EtsParams, type EtsState, Transition } from "./recursion/transition.js";

/** All paths with one set of moving states: the numbers of the plain roll. */
export function rollPaths(
  params: EtsParams,
  state: EtsState,
  horizon: number,
  streams: readonly Rng[],
): Paths {
  const values = new Float64Array(streams.length * horizon);
  const { values: normals, stride } = normalDraws(streams, horizon);
  const sd = Math.sqrt(params.sigma2);
  // One row a path: the errors first, in units of σ, then the values in their place.
  for (let i = 0; i < streams.length; i++) {
    for (let h = 0; h < horizon; h++) values[i * horizon + h] = sd * normals[i * stride + h]!;
  }
  if (params.form.trend === "M") rollGrowing(params, state, horizon, values);
  else rollLinear(params, state, horizon, values);
  return { count: streams.length, horizon, values };
}

/** Trends N and A: the steps of {@link Transition} with the states in local variables. */
function rollLinear(params: EtsParams, state: EtsState, horizon: number, values: Float64Array): void {
  const { relativeError: relative, season: kind, floor } = shapeOf(params.form, params.floor);
  const { alpha, beta, gamma, phi } = params.smoothing;
  const period = state.season.length;
  // The seasons in the order of their use: step h reads entry h and writes entry h + period.
  const season = new Float64Array(horizon + Math.max(1, period));
  const first = Float64Array.from({ length: period }, (_, j) => state.season[(state.phase + j) % period]!);
  for (let from = 0; from < values.length; from += horizon) {
    let level = state.level;
    let slope = state.slope;
    season.set(first);
    for (let h = 0; h < horizon; h++) {
      const drawn = values[from + h]!;
      const pb = phi * slope;
      let q = level + pb;
      let u: number;
      if (kind === MULTIPLICATIVE) {
        if (q < floor) q = floor;
        const s = season[h]! < MIN_SEASON_FACTOR ? MIN_SEASON_FACTOR : season[h]!;
        const f = q * s;
        // The error over s moves the level, over q the season.
        u = relative ? drawn * q : drawn / s;
        values[from + h] = f + (relative ? drawn * f : drawn);
        season[h + period] = s + gamma * (relative ? drawn * s : drawn / q);
      } else {
        const f = kind === NONE ? q : q + season[h]!;
        u = relative ? drawn * Math.abs(f) : drawn;
        values[from + h] = f + u;
        if (kind === ADDITIVE) season[h + period] = season[h]! + gamma * u;
      }
      level = q + alpha * u;
      slope = pb + beta * u;
    }
  }
}

/** Trend M. */
function rollGrowing(params: EtsParams, state: EtsState, horizon: number, values: Float64Array): void {
  const motion = new Transition(params);
  const relative = params.form.error === "M";
  for (let from = 0; from < values.length; from += horizon) {
    motion.put(state);
    for (let at = from; at < from + horizon; at++) {
      const mean = motion.predict();
      const error = relative ? values[at]! * Math.abs(mean) : values[at]!;
      values[at] = mean + error;
      motion.move(error);
    }
  }
}

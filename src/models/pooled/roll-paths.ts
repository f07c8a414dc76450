import type { Paths } from "../../core/forecast.js";
import type { Rng } from "../../core/random.js";
import { negativeBinomial } from "../../distributions/families/negative-binomial.js";
import { studentTDraws } from "../../engine/draws.js";
import { logarithmOf, type PooledParams, type PooledState } from "./params.js";
import { scaleOf, TINY, WILD } from "./scale.js";
import { UsualValues } from "./usual.js";
import { leastMean } from "./walker.js";

/**
 * All paths of a memory that has seen a value: the numbers of the plain roll, with the memory of a path in local variables. What all paths
 * share is worked out once: draws of the standard t distribution, what lags before the first step add, and the values among which usual
 * values are medians.
 *
 * @param known what constant, calendar and regressors add at each step, in units of the scale.
 */
export function rollPaths(
  params: PooledParams,
  state: PooledState,
  known: Float64Array,
  streams: readonly Rng[],
): Paths {
  const { lags, coefficients, usual, low, log, fade, dispersion } = params;
  const horizon = known.length;
  const values = new Float64Array(streams.length * horizon);
  const draws = dispersion === undefined ? studentTDraws(streams, horizon, params.df) : null;
  const longest = state.recent.length;
  const past = new Float64Array(longest + horizon);
  past.set(state.recent);
  const usuals = usual === null ? null : new UsualValues(usual);
  usuals?.lookAhead(past, longest, horizon);
  const earlier = lagsBefore(params, state, horizon);
  // What a logarithm is relative to its running mean, where no usual value stands for that.
  const meanShare = log !== null && usuals === null ? 1 - sumOf(lags, coefficients) : 0;
  const ahead = new Float64Array(horizon);
  const prior = params.strength * params.error;
  for (let i = 0; i < streams.length; i++) {
    let { sum, mass, total, seen, errorSum, weight } = state;
    for (let h = 0; h < horizon; h++) {
      let mean = earlier[h]!;
      for (let j = 0; j < lags.length && lags[j]! <= h; j++)
        mean += coefficients[1 + j]! * ahead[h - lags[j]!]!;
      const scale = log === null ? scaleOf(sum, mass, total, seen) || TINY : 1;
      const usualValue = usuals === null ? 0 : usuals.at(past, longest + h);
      mean += scale * known[h]! + usualValue;
      let high = Number.POSITIVE_INFINITY;
      if (log !== null) {
        const middle = sum / mass;
        high = middle + log.reach;
        mean = Math.min(high, Math.max(Math.log(log.least), mean + middle * meanShare));
      } else mean = Math.max(leastMean(params, scale), mean);
      let drawn: number;
      if (draws === null) drawn = negativeBinomial(mean, dispersion!).sample(streams[i]!);
      else {
        const spread = (scale * params.spread * (prior + errorSum)) / (params.strength + weight);
        const at = i * draws.stride + 2 * h;
        drawn = mean + (spread * draws.values[at]!) / draws.values[at + 1]!;
      }
      const y = log === null ? drawn : Math.exp(Math.min(high, drawn)) - log.offset;
      const value = low === null ? y : Math.max(low, y);
      values[i * horizon + h] = value;
      const z = log === null ? value : logarithmOf(log, value);
      errorSum = fade * errorSum + Math.min(WILD, Math.abs(z - mean) / scale);
      weight = fade * weight + 1;
      sum = fade * sum + (log === null ? Math.abs(value) : z);
      mass = fade * mass + 1;
      total += Math.abs(value);
      seen++;
      past[longest + h] = z;
      ahead[h] = z - usualValue;
    }
  }
  return { count: streams.length, horizon, values };
}

function sumOf(lags: readonly number[], coefficients: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < lags.length; j++) sum += coefficients[1 + j]!;
  return sum;
}

/** What the lags that reach back before the first step add to the mean of each step. */
function lagsBefore(
  { lags, coefficients, usual }: PooledParams,
  { recent, deviations }: PooledState,
  horizon: number,
): Float64Array {
  const regressed = usual === null ? recent : deviations;
  const added = new Float64Array(horizon);
  for (let h = 0; h < horizon; h++) {
    for (let j = lags.length - 1; j >= 0 && lags[j]! > h; j--)
      added[h]! += coefficients[1 + j]! * regressed[regressed.length + h - lags[j]!]!;
  }
  return added;
}

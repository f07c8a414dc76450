import type { Paths } from "../../core/forecast.js";
import type { Rng } from "../../core/random.js";
import { normalDraws } from "../../engine/sampling/draws.js";
import { adjusted, factorOf, seasoned } from "./season-figure.js";
import { afterValue, predictionCovariance, propagated, unitVariance, withDrift } from "./state-covariance.js";
import { type Step, stepAt, type ThetaParams, type ThetaState } from "./transition.js";

/** One future step, the same for all paths: what is learned from a value does not depend on the value. */
interface RollStep {
  readonly step: Step;
  readonly sd: number;
  /** What an error adds to the states of the next step, beyond what its value does. */
  readonly learned: Float64Array;
}

function planned(params: ThetaParams, state: ThetaState, horizon: number): RollStep[] {
  const { alpha, sigma2, origin, driftVariance } = params;
  let { covariance } = state;
  return Array.from({ length: horizon }, (_, h) => {
    const count = state.count + h;
    const step = stepAt(params, count);
    const gain = predictionCovariance(covariance, step);
    const variance = unitVariance(gain, step);
    const factor = factorOf(params, count);
    const learned = propagated(
      alpha,
      step,
      gain.map((value) => value / variance),
    );
    covariance = afterValue(alpha, step, covariance, gain, variance);
    if (count + 1 === origin) covariance = withDrift(covariance, driftVariance);
    return { step, sd: Math.sqrt(sigma2 * variance * factor * factor), learned };
  });
}

/** All paths at once: the numbers of the plain roll, the steps' constants computed once. */
export function rollPaths(
  params: ThetaParams,
  state: ThetaState,
  horizon: number,
  streams: readonly Rng[],
): Paths {
  const { alpha } = params;
  const plan = planned(params, state, horizon);
  const values = new Float64Array(streams.length * horizon);
  const { values: normals, stride } = normalDraws(streams, horizon);
  for (let i = 0; i < streams.length; i++) {
    let { level, mean, slope, drift } = state;
    for (let h = 0; h < horizon; h++) {
      const { step, sd, learned } = plan[h]!;
      const count = state.count + h;
      const prediction = level + step.m * mean + step.s * slope + step.constant;
      const y = seasoned(params, count, prediction) + sd * normals[i * stride + h]!;
      values[i * horizon + h] = y;
      const value = adjusted(params, count, y);
      const error = value - prediction;
      const gap = value - mean;
      level += alpha * (value - level) + drift + learned[0]! * error;
      mean += step.meanGain * gap + learned[1]! * error;
      slope = step.slopeDecay * slope + step.slopeGain * gap + learned[2]! * error;
      drift += learned[3]! * error;
    }
  }
  return { count: streams.length, horizon, values };
}

import type { TimeAxis } from "../../../core/time/time.js";
import { log64 } from "../../../neural/kernel/twin/double.js";
import { FEATURES_A_CYCLE, writeCalendar, writeTurn } from "../../shared/calendar-cycles.js";
import { featureInputs, type NetworkConfig } from "./config.js";

/** Writes what every path of a forecast shares at a step: observed flag, age, calendar, regressors. */
export type FeatureWriter = (
  time: TimeAxis | null,
  t: number,
  lastObserved: boolean,
  input: ArrayLike<number>,
  out: Float64Array | Float32Array,
  at: number,
) => void;

/** The age is log₁₀(2 + t), less 2 to lie about zero. */
export function age(t: number): number {
  return log64(2 + t) / Math.LN10 - 2;
}

export function featureWriter(config: NetworkConfig): FeatureWriter {
  const { cycles, period, inputs } = config;
  const phase = cycles.length === 0 && period > 1;
  const columns = featureInputs(config);
  const inputsAt = 2 + FEATURES_A_CYCLE * (phase ? 1 : cycles.length);
  return (time, t, lastObserved, input, out, at) => {
    out[at] = lastObserved ? 1 : 0;
    out[at + 1] = age(t);
    if (phase) writeTurn((t % period) / period, out, at + 2);
    else writeCalendar(cycles, time, t, out, at + 2);
    columns.forEach((column, i) => {
      const { mean, deviation } = inputs[column]!;
      out[at + inputsAt + i] = (input[column]! - mean) / deviation;
    });
  };
}

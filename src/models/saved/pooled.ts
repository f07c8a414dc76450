import * as v from "valibot";
import { columnCount, memoryLength, type PooledParams, type PooledState } from "../pooled/index.js";
import { isCycleName } from "../shared/calendar-cycles.js";
import {
  ascendingLags,
  axis,
  count,
  finite,
  flawOf,
  floats,
  floatsOrNone,
  frequency,
  LONGEST,
  notNegative,
  positive,
  scaledInputs,
  wholeFrom,
  wrongSizes,
} from "./shapes.js";

const SHAPES = {
  params: v.object({
    lags: ascendingLags,
    period: wholeFrom(1, LONGEST),
    frequency: v.nullable(frequency),
    cycles: v.array(v.custom<string>(isCycleName, "is no cycle")),
    inputs: scaledInputs,
    log: v.nullable(v.object({ offset: notNegative, least: positive, reach: positive })),
    usual: v.nullable(v.object({ cycle: wholeFrom(1, LONGEST), turns: wholeFrom(1, 100) })),
    coefficients: floats,
    fade: v.pipe(finite, v.gtValue(0), v.maxValue(1)),
    error: positive,
    strength: positive,
    df: v.pipe(finite, v.gtValue(1)),
    spread: positive,
    low: v.nullable(finite),
    dispersion: v.optional(notNegative),
  }),
  state: v.object({
    t: count,
    time: v.nullable(axis),
    sum: finite,
    mass: notNegative,
    total: notNegative,
    seen: count,
    errorSum: notNegative,
    weight: notNegative,
    recent: floatsOrNone,
    deviations: floatsOrNone,
  }),
};

/** Why estimates and memory of a file are none of this process's. */
export function pooledFlaw(params: unknown, state: unknown, inputs: number): string | null {
  return flawOf(
    SHAPES as unknown as Parameters<typeof flawOf<PooledParams, PooledState>>[0],
    params,
    state,
    (estimates, memory) =>
      wrongSizes({
        coefficients: [estimates.coefficients.length, columnCount(estimates)],
        inputs: [estimates.inputs.length, inputs],
        recent: [memory.recent.length, memoryLength(estimates)],
        deviations: [memory.deviations.length, estimates.usual === null ? 0 : estimates.lags.at(-1)!],
      }),
  );
}

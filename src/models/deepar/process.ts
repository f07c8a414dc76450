import type { Process, Replay } from "../../core/model.js";
import { inputRow, type Series } from "../../core/series.js";
import { rollStepwise } from "../../engine/roll.js";
import type { DeepArParams } from "./data/config.js";
import { type DeepArState, RecurrentState, startState } from "./network/recurrent-state.js";
import { rollPaths } from "./network/roll.js";
import { deepArFlaw } from "./saved.js";

/** DeepAR one step at a time: the network moves over a row, says what it expects there, and takes what came. */
const stepwise: Process<DeepArParams, DeepArState> = {
  kind: "deepar",
  flaw: deepArFlaw,
  start: startState,
  conditional(params, state, input) {
    const walker = new RecurrentState(params, state);
    walker.move(input);
    return walker.expected();
  },
  advance: (params, state, y, input) => advanceMany(params, state, [y], [input]),
};

export const deepArProcess: Process<DeepArParams, DeepArState> = {
  ...stepwise,
  rollMany: (params, state, inputs, streams) =>
    state.started
      ? rollPaths(params, state, inputs, streams)
      : rollStepwise(stepwise, params, state, inputs, streams),
  advanceMany,
  replayMany,
};

/** Rows one after the other without a copy of the state between them. */
function advanceMany(
  params: DeepArParams,
  state: DeepArState,
  values: ArrayLike<number>,
  inputs: readonly Float64Array[],
): DeepArState {
  const walker = new RecurrentState(params, state);
  inputs.forEach((input, i) => {
    walker.move(input);
    walker.take(values[i]!);
  });
  return walker.save();
}

/** What is to be done with the state before a row. */
export type Pauses = ReadonlyMap<number, (state: DeepArState) => void>;

/** The plain fold without a copy of the state at every step. */
function replayMany(params: DeepArParams, series: Series): Replay<DeepArState> {
  return replayWithPauses(params, series, new Map());
}

/** The same, with something done at some rows on the way. */
export function replayWithPauses(params: DeepArParams, series: Series, pauses: Pauses): Replay<DeepArState> {
  const n = series.y.length;
  const [fitted, residuals, standardized] = [0, 1, 2].map(() => new Float64Array(n).fill(Number.NaN)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let walker = new RecurrentState(params, startState(params, series));
  let logLikelihood = 0;
  for (let t = 0; t < n; t++) {
    const y = series.y[t]!;
    const pause = pauses.get(t);
    if (pause !== undefined) {
      const state = walker.save();
      pause(state);
      walker = new RecurrentState(params, state);
    }
    walker.move(inputRow(series.inputs, t));
    const expected = walker.expected();
    if (expected.kind !== "diffuse") {
      fitted[t] = expected.mean;
      residuals[t] = y - expected.mean;
      standardized[t] = residuals[t] === 0 ? 0 : residuals[t]! / Math.sqrt(expected.variance);
    }
    if (!Number.isNaN(y)) logLikelihood += expected.logDensity(y);
    walker.take(y);
  }
  return { state: walker.save(), logLikelihood, fitted, residuals, standardized };
}

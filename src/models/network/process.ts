import type { Process, Replay } from "../../core/model.js";
import { inputRow, type Series } from "../../core/series.js";
import { lookAheadStepwise } from "../../engine/decoding/look-ahead.js";
import { bySampling } from "../../engine/parts/sampled.js";
import { rollStepwise } from "../../engine/roll.js";
import type { NetworkParams } from "./data/config.js";
import { networkFlaw } from "./saved.js";
import { NetworkLookAhead } from "./stepping/look-ahead.js";
import { rollPaths } from "./stepping/roll.js";
import { type NetworkState, startState } from "./stepping/state.js";
import { Walker } from "./stepping/walker.js";

/** A network one step at a time: it moves over a row, says what it expects there, and takes what came. */
export function networkProcess(kind: string): Process<NetworkParams, NetworkState> {
  const stepwise: Process<NetworkParams, NetworkState> = {
    kind,
    flaw: networkFlaw,
    start: startState,
    conditional(params, state, input) {
      const walker = new Walker(params, state);
      walker.move(input);
      return walker.expected();
    },
    advance: (params, state, y, input) => advanceMany(params, state, [y], [input]),
  };
  return {
    ...stepwise,
    ahead: bySampling,
    rollMany: (params, state, inputs, streams) =>
      state.started
        ? rollPaths(params, state, inputs, streams)
        : rollStepwise(stepwise, params, state, inputs, streams),
    advanceMany,
    replayMany,
    lookAhead: (params, state, inputs) =>
      state.started
        ? new NetworkLookAhead(params, state, inputs)
        : lookAheadStepwise(stepwise, params, state, inputs),
  };
}

/** Rows one after the other without a copy of the state between them. */
function advanceMany(
  params: NetworkParams,
  state: NetworkState,
  values: ArrayLike<number>,
  inputs: readonly Float64Array[],
): NetworkState {
  const walker = new Walker(params, state);
  inputs.forEach((input, i) => {
    walker.move(input);
    walker.take(values[i]!);
  });
  return walker.save();
}

/** What is to be done with the state before a row. */
export type Pauses = ReadonlyMap<number, (state: NetworkState) => void>;

/** The plain fold without a copy of the state at every step. */
function replayMany(params: NetworkParams, series: Series): Replay<NetworkState> {
  return replayWithPauses(params, series, new Map());
}

/** The same, with something done at some rows on the way. */
export function replayWithPauses(
  params: NetworkParams,
  series: Series,
  pauses: Pauses,
): Replay<NetworkState> {
  const n = series.y.length;
  const [fitted, residuals, standardized] = [0, 1, 2].map(() => new Float64Array(n).fill(Number.NaN)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let walker = new Walker(params, startState(params, series));
  let logLikelihood = 0;
  for (let t = 0; t < n; t++) {
    const y = series.y[t]!;
    const pause = pauses.get(t);
    if (pause !== undefined) {
      const state = walker.save();
      pause(state);
      walker = new Walker(params, state);
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

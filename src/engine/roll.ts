import { requireProcess, requireStream } from "../core/arguments/objects.js";
import { show } from "../core/checks.js";
import { usageError } from "../core/errors.js";
import type { Paths } from "../core/forecast.js";
import type { Process } from "../core/model.js";
import type { Rng } from "../core/random.js";
import { type Decode, sampled } from "./decoding/decoders.js";

export { pathStreams } from "./sampling/draws.js";

/**
 * Rolls a process forward, each value fed back in, once for every stream.
 *
 * @param inputs the regressors of each future step; their number is the horizon.
 * @returns the paths: `values[path * horizon + step]`.
 * @throws YuleError `not-a-process`, `bad-inputs`, `bad-streams`, `not-a-stream`, `bad-decode`.
 */
export function roll<P, S>(
  process: Process<P, S>,
  params: P,
  state: S,
  inputs: readonly Float64Array[],
  streams: readonly Rng[],
  decode: Decode = sampled,
): Paths {
  requireProcess(process, "roll");
  if (!(Array.isArray(inputs) && inputs.every((row) => row instanceof Float64Array)))
    throw badPart("inputs", inputs, "an array with a Float64Array of regressors for each step ahead");
  if (!Array.isArray(streams))
    throw badPart("streams", streams, "an array of streams, one for each path, such as [random(1)]");
  for (const stream of streams) requireStream(stream, "Each path of roll takes");
  if (typeof decode !== "function")
    throw badPart("decode", decode, "a decoder such as greedy or tempered(0.5)");
  if (decode === sampled && process.rollMany !== undefined)
    return process.rollMany(params, state, inputs, streams);
  return rollStepwise(process, params, state, inputs, streams, decode);
}

function badPart(name: string, value: unknown, wanted: string): Error {
  return usageError(`bad-${name}`, name, value, `The ${name} of roll must be ${wanted}, not ${show(value)}.`);
}

/** The plain roll, one step of one path at a time: what every fast `rollMany` must equal. */
export function rollStepwise<P, S>(
  process: Process<P, S>,
  params: P,
  state: S,
  inputs: readonly Float64Array[],
  streams: readonly Rng[],
  decode: Decode = sampled,
): Paths {
  const horizon = inputs.length;
  const values = new Float64Array(streams.length * horizon);
  streams.forEach((rng, i) => {
    let memory = state;
    inputs.forEach((input, h) => {
      const y = decode(process.conditional(params, memory, input), rng);
      values[i * horizon + h] = y;
      memory = process.advance(params, memory, y, input);
    });
  });
  return { count: streams.length, horizon, values };
}

import type { Distribution } from "../core/distribution.js";
import type { Process } from "../core/model.js";

/**
 * Exact marginals for models whose `advance` treats a missing value exactly: x_{t+h} given the past is what the
 * one-step conditional says when the h − 1 values between are missing.
 */
export function aheadThroughGaps<P, S>(
  process: Pick<Process<P, S>, "conditional" | "advance">,
  params: P,
  state: S,
  inputs: readonly Float64Array[],
): Distribution[] {
  let memory = state;
  return inputs.map((input) => {
    const marginal = process.conditional(params, memory, input);
    memory = process.advance(params, memory, Number.NaN, input);
    return marginal;
  });
}

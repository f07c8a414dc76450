import { type Rng, random } from "../../core/random.js";
import { LimitedMemory } from "../../math/minimise/limited-memory.js";
import { innerCount, type Layout, weightCount } from "./network.js";
import { type Rows, SquaredError } from "./squared-error.js";

/** The first weights are uniform between −0.5 and 0.5. */
const START = 0.5;

export interface Training {
  readonly networks: number;
  readonly decay: number;
  readonly seed: number;
  /** Steps of the descent, at most. */
  readonly steps: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * The weights of networks, each from a start of its own, that learn from the first `count` rows.
 *
 * @param first the first weights are drawn from the streams `first`, `first + 1`, … of the seed.
 */
export function trained(
  layout: Layout,
  rows: Rows,
  { networks, decay, seed, steps, signal }: Training,
  count = rows.target.length,
  first = 0,
): Float64Array[] {
  const objective = new SquaredError(layout, rows, decay, count);
  const descent = new LimitedMemory(objective);
  const root = random(seed);
  return Array.from({ length: networks }, (_, k) => {
    signal?.throwIfAborted();
    const inner = firstWeights(layout, root.fork(first + k));
    descent.run(inner, steps);
    const weights = new Float64Array(weightCount(layout));
    weights.set(inner);
    weights.set(objective.outer, inner.length);
    return weights;
  });
}

function firstWeights(layout: Layout, rng: Rng): Float64Array {
  return Float64Array.from({ length: innerCount(layout) }, () => START * (2 * rng.uniform() - 1));
}

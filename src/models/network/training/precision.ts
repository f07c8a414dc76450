import { YuleError } from "../../../core/errors.js";
import { LARGEST_HALF, toHalf } from "../../../core/half.js";
import type { Settings } from "../data/options.js";

/**
 * Weights as the model keeps them: as they were trained, or rounded to half precision, in which files hold them.
 *
 * @throws YuleError `bad-precision` for a weight that half precision cannot hold.
 */
export function inPrecision(weights: Float32Array, { precision }: Pick<Settings, "precision">): Float32Array {
  if (precision === "single") return weights;
  const beyond = weights.find((weight) => Math.abs(weight) > LARGEST_HALF);
  if (beyond !== undefined) {
    throw new YuleError({
      code: "bad-precision",
      category: "data",
      argument: "precision",
      value: "half",
      message: `A weight of the trained network is ${beyond}, and half precision ends at ${LARGEST_HALF}; leave precision=half out.`,
    });
  }
  return weights.map(toHalf);
}
